"""Units of measurement and currencies in Italian."""

from __future__ import annotations

from app.text.romance.italian.nouns import gender
from app.text.romance.italian.numerals import ordinal
from app.text.romance.language import Units
from app.text.romance.numerals import Agreement
from app.text.tables import meanings

_TABLE = """
m metro metri; km chilometro chilometri; hm ettometro ettometri; dm decimetro decimetri;
cm centimetro centimetri; mm millimetro millimetri; µm micrometro micrometri;
nm nanometro nanometri; pm picometro picometri; mi miglio miglia; ft piede piedi; ha ettaro ettari;
g grammo grammi; kg chilogrammo chilogrammi; hg ettogrammo ettogrammi; gr grammo grammi;
mg milligrammo milligrammi; µg microgrammo microgrammi; t tonnellata tonnellate;
q quintale quintali; lb libbra libbre; oz oncia once; l litro litri; L litro litri;
dl decilitro decilitri; dL decilitro decilitri; cl centilitro centilitri; ml millilitro millilitri;
mL millilitro millilitri; hl ettolitro ettolitri; µl microlitro microlitri;
µL microlitro microlitri; cpr compressa compresse; s secondo secondi; sec secondo secondi;
ms millisecondo millisecondi; µs microsecondo microsecondi; ns nanosecondo nanosecondi;
min minuto minuti; h ora ore; mol mole moli; mmol millimole millimoli; Hz hertz hertz;
kHz chilohertz chilohertz; MHz megahertz megahertz; GHz gigahertz gigahertz;
THz terahertz terahertz; B byte byte; kB kilobyte kilobyte; KB kilobyte kilobyte;
MB megabyte megabyte; GB gigabyte gigabyte; TB terabyte terabyte; PB petabyte petabyte; bit bit bit;
kbit kilobit kilobit; Mbit megabit megabit; Gbit gigabit gigabit; px pixel pixel; W watt watt;
mW milliwatt milliwatt; kW chilowatt chilowatt; MW megawatt megawatt; GW gigawatt gigawatt;
TW terawatt terawatt; Wh wattora wattora; kWh chilowattora chilowattora;
MWh megawattora megawattora; GWh gigawattora gigawattora; TWh terawattora terawattora; V volt volt;
mV millivolt millivolt; kV chilovolt chilovolt; A ampere ampere; mA milliampere milliampere;
Ah amperora amperora; mAh milliamperora milliamperora; C coulomb coulomb; Ω ohm ohm;
kΩ chiloohm chiloohm; MΩ megaohm megaohm; F farad farad; µF microfarad microfarad;
nF nanofarad nanofarad; pF picofarad picofarad; H henry henry; T tesla tesla; Wb weber weber;
N newton newton; kN chilonewton chilonewton; Pa pascal pascal; hPa ettopascal ettopascal;
kPa chilopascal chilopascal; MPa megapascal megapascal; GPa gigapascal gigapascal; bar bar bar;
mbar millibar millibar; atm atmosfera atmosfere; J joule joule; kJ chilojoule chilojoule;
MJ megajoule megajoule; eV elettronvolt elettronvolt; keV chiloelettronvolt chiloelettronvolt;
MeV megaelettronvolt megaelettronvolt; GeV gigaelettronvolt gigaelettronvolt;
TeV teraelettronvolt teraelettronvolt; cal caloria calorie; kcal chilocaloria chilocalorie;
K kelvin kelvin; lm lumen lumen; lx lux lux; Bq becquerel becquerel; Sv sievert sievert;
mSv millisievert millisievert; Gy gray gray; dB decibel decibel; rad radiante radianti;
giri giro giri; ° grado gradi; ′ minuto minuti; ″ secondo secondi
"""
_PHRASES = {
    "%": ("per cento", "per cento"),
    "‰": ("per mille", "per mille"),
    "ab/km²": ("abitante al chilometro quadrato", "abitanti al chilometro quadrato"),
    "ab./km²": ("abitante al chilometro quadrato", "abitanti al chilometro quadrato"),
    "Km": ("chilometro", "chilometri"),
    "Km/h": ("chilometro orario", "chilometri orari"),
    "Kg": ("chilogrammo", "chilogrammi"),
    "mt": ("metro", "metri"),
    "lt": ("litro", "litri"),
    "gg": ("giorno", "giorni"),
    "ppm": ("parte per milione", "parti per milione"),
    "mq": ("metro quadrato", "metri quadrati"),
    "kmq": ("chilometro quadrato", "chilometri quadrati"),
    "cmq": ("centimetro quadrato", "centimetri quadrati"),
    "mc": ("metro cubo", "metri cubi"),
    "cc": ("centimetro cubo", "centimetri cubi"),
    "km/h": ("chilometro orario", "chilometri orari"),
    "kmh": ("chilometro orario", "chilometri orari"),
    "mph": ("miglio orario", "miglia orarie"),
    "mmHg": ("millimetro di mercurio", "millimetri di mercurio"),
    "fps": ("fotogramma al secondo", "fotogrammi al secondo"),
    "rpm": ("giro al minuto", "giri al minuto"),
    "bpm": ("battito al minuto", "battiti al minuto"),
    "dpi": ("punto per pollice", "punti per pollice"),
    "kbps": ("kilobit al secondo", "kilobit al secondo"),
    "Mbps": ("megabit al secondo", "megabit al secondo"),
    "Gbps": ("gigabit al secondo", "gigabit al secondo"),
}
_CURRENCIES = """
€ euro euro; US$ dollaro dollari; $ dollaro dollari; £ sterlina sterline; ¥ yen yen; ₽ rublo rubli;
₹ rupia rupie; ₩ won won; EUR euro euro; USD dollaro dollari; GBP sterlina sterline;
CHF franco franchi; JPY yen yen; RUB rublo rubli; CNY yuan yuan
"""
_HUNDREDTHS = {"euro": "centesimi", "dollari": "centesimi", "franchi": "centesimi"}


def _per(name: str) -> str:
    """A unit that divides another: "al secondo", "all'ora", "alla tonnellata"."""
    if name[0] in "aeiou":
        return f"all'{name}"
    if gender(name.split(maxsplit=1)[0]) == "feminine":
        return f"alla {name}"
    return f"allo {name}" if name[0] == "z" else f"al {name}"


def _powered(name: str, power: str, plural: bool) -> str:
    """A unit with its power: "metri quadrati", "secondo quadrato", "metri alla quarta"."""
    if power not in ("2", "3"):
        return f"{name} alla {ordinal(int(power), Agreement('feminine'))}"
    adjective = {"2": "quadrat", "3": "cub"}[power]
    feminine = name.endswith("a") or (plural and name.endswith("e"))
    endings = ("a", "e") if feminine else ("o", "i")
    return f"{name} {adjective}{endings[plural]}"


def _price(whole: str, name: str, hundredths: str) -> str:
    """An amount with hundredths.

    >>> _price("tre", "euro", "cinquanta"), _price("zero", "euro", "cinquanta")
    ('tre euro e cinquanta', 'cinquanta centesimi')
    """
    small = _HUNDREDTHS.get(name)
    if whole == "zero" and small:
        return "un centesimo" if hundredths == "uno" else f"{hundredths} {small}"
    return f"{whole} {name} e {hundredths}"


def _names(table: str) -> dict[str, tuple[str, str]]:
    rows = (entry.split() for entry in table.split(";"))
    return {sign: (one, many) for sign, one, many in rows}


UNITS = Units(
    names=_names(_TABLE) | _PHRASES,
    per=_per,
    powered=_powered,
    words=frozenset(["ha"]),
    compass=meanings("N:nord; S:sud; E:est; O:ovest; W:ovest"),
    scales=meanings("C:centigradi; F:fahrenheit; K:kelvin"),
    currencies=_names(_CURRENCIES),
    price=_price,
)
"""What Italian calls measures and money."""
