"""Units of measurement and currencies in French."""

from __future__ import annotations

from app.text.romance.french.numerals import cardinal
from app.text.romance.language import Units
from app.text.tables import meanings

_TABLE = """
m mètre; km kilomètre; hm hectomètre; dm décimètre; cm centimètre; mm millimètre;
µm micromètre; nm nanomètre; pm picomètre; mi mile; ha hectare;
g gramme; kg kilogramme; mg milligramme; µg microgramme; t tonne; Mt mégatonne; lb livre;
l litre; L litre; dl décilitre; dL décilitre; cl centilitre; cL centilitre; ml millilitre;
mL millilitre; hl hectolitre; hL hectolitre; µL microlitre; µl microlitre;
s seconde; sec seconde; ms milliseconde; µs microseconde; ns nanoseconde; min minute; mn minute;
h heure; j jour; hab habitant; tr tour; mol mole; mmol millimole; ppm partie par million;
Hz hertz; kHz kilohertz; MHz mégahertz; GHz gigahertz; THz térahertz;
o octet; Mo mégaoctet; Go gigaoctet; To téraoctet; Po pétaoctet;
MB mégaoctet; GB gigaoctet; TB téraoctet;
bit bit; kbit kilobit; Mbit mégabit; Gbit gigabit; px pixel;
W watt; mW milliwatt; kW kilowatt; MW mégawatt; GW gigawatt; TW térawatt;
Wh wattheure; kWh kilowattheure; MWh mégawattheure; GWh gigawattheure; TWh térawattheure;
V volt; mV millivolt; kV kilovolt; A ampère; mA milliampère; Ah ampère-heure;
mAh milliampère-heure; C coulomb; Ω ohm; MΩ mégaohm; F farad; µF microfarad;
nF nanofarad; pF picofarad; H henry; T tesla; Wb weber; N newton; kN kilonewton;
Pa pascal; hPa hectopascal; kPa kilopascal; MPa mégapascal; GPa gigapascal; bar bar;
mbar millibar; atm atmosphère; mmHg millimètre de mercure; J joule; kJ kilojoule; MJ mégajoule;
eV électronvolt; keV kiloélectronvolt; MeV mégaélectronvolt; GeV gigaélectronvolt;
TeV téraélectronvolt; cal calorie; kcal kilocalorie; K kelvin; cd candela; lm lumen;
Bq becquerel; Sv sievert; mSv millisievert; Gy gray; dB décibel; rad radian;
° degré
"""
_NAMES: dict[str, tuple[str, str]] = {
    "%": ("pour cent", "pour cent"),
    "‰": ("pour mille", "pour mille"),
    "′": ("minute", "minutes"),
    "″": ("seconde", "secondes"),
    **dict.fromkeys(("ko", "Ko", "kB", "KB"), ("kilo-octet", "kilo-octets")),
    "kΩ": ("kilo-ohm", "kilo-ohms"),
    "ch": ("cheval", "chevaux"),
    "N·m": ("newton mètre", "newtons mètres"),
    "lx": ("lux", "lux"),
    "fps": ("image par seconde", "images par seconde"),
    "rpm": ("tour par minute", "tours par minute"),
    "bpm": ("battement par minute", "battements par minute"),
    "dpi": ("point par pouce", "points par pouce"),
    "kmh": ("kilomètre par heure", "kilomètres par heure"),
    "Mbps": ("mégabit par seconde", "mégabits par seconde"),
    "Gbps": ("gigabit par seconde", "gigabits par seconde"),
    "kbps": ("kilobit par seconde", "kilobits par seconde"),
}
_CURRENCIES = """
€:euro; US$:dollar; $US:dollar; $CA:dollar canadien; $:dollar; £:livre sterling; ¥:yen; ₽:rouble;
₹:roupie; ₩:won; EUR:euro; USD:dollar; GBP:livre sterling; CHF:franc suisse; CAD:dollar canadien;
JPY:yen; RUB:rouble; CNY:yuan; FF:franc
"""
_FEMININE = frozenset(
    ["seconde", "secondes", "minute", "minutes", "heure", "heures", "tonne", "tonnes"]
)

_BELOW_TEN = frozenset(cardinal(value) for value in range(1, 10))


def _plural(name: str) -> str:
    """The plural of a name: its first word, and the adjective behind a currency.

    >>> _plural("ampère-heure"), _plural("franc suisse"), _plural("partie par million")
    ('ampères-heure', 'francs suisses', 'parties par million')
    """
    for mark in (" par ", " de ", "-"):
        first, joint, rest = name.partition(mark)
        if joint:
            return f"{_plural(first)}{joint}{rest}"
    return " ".join(
        word if word.endswith(("s", "x", "z")) or word == "sterling" else f"{word}s"
        for word in name.split(" ")
    )


def _powered(name: str, power: str, plural: bool) -> str:
    """A unit with its power: "mètres carrés", "seconde carrée", "mètres puissance quatre"."""
    if power not in ("2", "3"):
        return f"{name} puissance {cardinal(int(power))}" if power.isdecimal() else name
    adjective = {"2": "carré", "3": "cube"}[power]
    if name in _FEMININE and power == "2":
        adjective += "e"
    return f"{name} {adjective}{'s' if plural else ''}"


def _price(whole: str, name: str, hundredths: str) -> str:
    """An amount with its hundredths, "trois euros cinquante", "un euro zéro huit"."""
    zero = "zéro " if hundredths in _BELOW_TEN else ""
    return f"{whole} {name} {zero}{hundredths}"


def _names() -> dict[str, tuple[str, str]]:
    entries = (entry.strip().partition(" ") for entry in _TABLE.split(";"))
    names = {sign: (name, _plural(name)) for sign, _, name in entries}
    return names | _NAMES


UNITS = Units(
    names=_names(),
    per=lambda name: f"par {name}",
    powered=_powered,
    compass=meanings("N:nord; S:sud; E:est; O:ouest; W:ouest"),
    scales={"C": "celsius", "F": "fahrenheit", "K": "kelvin"},
    currencies={sign: (name, _plural(name)) for sign, name in meanings(_CURRENCIES).items()},
    price=_price,
)
