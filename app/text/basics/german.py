"""German numbers, dates, rulers, units and abbreviations in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.basics.numerals import cardinal, spelled
from app.text.basics.rules import Rules, after, before, stopped, unit_names
from app.text.basics.rules import in_words as by_rules
from app.text.roman import roman_value
from app.text.tables import meanings, words
from app.text.tokens import Token, Verbalized

_MONTHS = words(
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
)
_ORDINAL_NOUN = re.compile(
    r"(?:Jahrhundert|Jahrtausend|Kapitel|Semester|Klasse|Stock|Geburtstag|Auflage|Band|Platz"
    r"|Weltkrieg|Mal|Tag|Woche|Stunde|Satz|Grad|Ordnung|Teil|Schritt|Rang|Sinfonie|Symphonie|Lebensjahr)\w{0,3}"
)
_DATIVE = frozenset(
    words("am im vom zum beim dem den des der seit ab bis diesem jedem unserem einem zur")
)
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d\d))?")
_YEARS = range(1100, 2000)


def in_words(text: str) -> list[Verbalized]:
    """Pieces of a German sentence.

    >>> [piece.spoken for piece in in_words("Am 3. Mai 1848: 12,5 %.")]
    ['Am', 'dritten', 'Mai', 'achtzehnhundertachtundvierzig:', 'zwölf Komma fünf', 'Prozent.']
    """
    return by_rules(text, _RULES)


def _ordinal(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """As "3." before a month or a noun that is numbered; else the full stop ends a sentence."""
    token = tokens[place]
    noun = after(tokens, place)
    if not stopped(token) or not token.core.isdecimal() or len(token.core) > 3 or not noun:
        return []
    if not (noun in _MONTHS or noun[:3] in _SHORT_MONTHS or _ORDINAL_NOUN.fullmatch(noun)):
        return []
    said = _declined(int(token.core), before(tokens, place), noun)
    return [token.said(said.split(), closing=token.closing[1:])]


def _declined(value: int, word_before: str, noun: str) -> str:
    """As "der dritte Mai", "am dritten Mai", "dritter Mai"."""
    month = noun in _MONTHS or noun[:3] in _SHORT_MONTHS
    if word_before in ("der", "die", "das") and not noun.endswith("s"):
        form = "spellout-ordinal"
    elif word_before in _DATIVE:
        form = "spellout-ordinal-n"
    elif word_before in ("ein", "mein", "sein", "ihr", "kein"):
        form = "spellout-ordinal-r" if month else "spellout-ordinal-s"
    else:
        form = "spellout-ordinal-r" if month else "spellout-ordinal"
    return spelled(value, "de", form)


def _short_month(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    token = tokens[place]
    numbered = place > 0 and tokens[place - 1].core.isdecimal()
    if numbered and stopped(token) and token.core in _SHORT_MONTHS:
        return [token.said([_SHORT_MONTHS[token.core]], closing=token.closing[1:])]
    return []


def _ruler(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """As "Ludwig XIV." as "der Vierzehnte", "Ludwigs XIV." as "des Vierzehnten"."""
    token = tokens[place]
    name = tokens[place - 1].core if place else ""
    if not _ROMAN.fullmatch(token.core) or not stopped(token) or not name.istitle():
        return []
    genitive = name.endswith("s") and not name.endswith(("us", "es", "is"))
    form = "spellout-ordinal-n" if genitive else "spellout-ordinal"
    said = spelled(roman_value(token.core), "de", form).capitalize()
    closing = token.closing if place + 1 == len(tokens) else token.closing[1:]
    return [token.said(["des" if genitive else "der", said], closing=closing)]


def _number(digits: str, noun: str) -> str:
    if digits == "1" and noun:
        feminine = noun in _FEMININE or noun.endswith(("ung", "heit", "keit", "tion"))
        return "eine" if feminine else "ein"
    return cardinal(digits, "de")


def _year(digits: str) -> str:
    if int(digits) not in _YEARS:
        return cardinal(digits, "de")
    hundreds, rest = divmod(int(digits), 100)
    return f"{spelled(hundreds, 'de')}hundert{spelled(rest, 'de') if rest else ''}"


def _price(whole: int, hundredths: int, sign: str) -> str:
    """As "drei Euro fünfzig"."""
    return f"{_number(str(whole), 'Euro')} {_UNITS[sign][-1]} {spelled(hundredths, 'de')}"


def _counted(value: int | None, names: tuple[str, ...]) -> str:
    return names[0] if value == 1 else names[-1]


def _clock(hour: int, minute: int | None, word_before: str) -> str:
    del word_before
    said = "ein" if hour == 1 else spelled(hour, "de")
    return f"{said} Uhr" + (f" {spelled(minute, 'de')}" if minute else "")


def _date(day: int, month: int, year: int, word_before: str) -> str:
    return (
        f"{_declined(day, word_before, _MONTHS[month - 1])} {_MONTHS[month - 1]} {_year(str(year))}"
    )


def _time(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A time and the word "Uhr" behind it, which is said between hour and minute."""
    found = _TIME.fullmatch(tokens[place].core)
    if found is None or tokens[place].closing or after(tokens, place) != "Uhr":
        return []
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > 24 or minute > 59:
        return []
    return [tokens[place].said([]), tokens[place + 1].said(_clock(hour, minute, "").split())]


_SHORT_MONTHS = {
    "Jan": "Januar", "Feb": "Februar", "Febr": "Februar", "Mär": "März", "Apr": "April",
    "Jun": "Juni", "Jul": "Juli", "Aug": "August", "Sep": "September", "Sept": "September",
    "Okt": "Oktober", "Nov": "November", "Dez": "Dezember",
}  # fmt: skip
_FEMININE = frozenset(
    words("Stunde Minute Sekunde Woche Tonne Million Milliarde Frau Stadt Art Seite Zahl Zeit")
)
_UNITS = unit_names(
    """
    %:Prozent; ‰:Promille; €:Euro; $:Dollar; US$:US-Dollar; £:Pfund; °:Grad; °C:Grad Celsius;
    km:Kilometer; m:Meter; dm:Dezimeter; cm:Zentimeter; mm:Millimeter; µm:Mikrometer;
    nm:Nanometer; kg:Kilogramm; g:Gramm; mg:Milligramm; t:Tonne/Tonnen; l:Liter; ml:Milliliter;
    h:Stunde/Stunden; min:Minute/Minuten; s:Sekunde/Sekunden; ms:Millisekunde/Millisekunden;
    Hz:Hertz; kHz:Kilohertz; MHz:Megahertz; GHz:Gigahertz; W:Watt; kW:Kilowatt; MW:Megawatt;
    kWh:Kilowattstunde/Kilowattstunden; V:Volt; A:Ampere; J:Joule; kJ:Kilojoule; N:Newton;
    Pa:Pascal; hPa:Hektopascal; K:Kelvin; MB:Megabyte; GB:Gigabyte; TB:Terabyte; ha:Hektar;
    m²:Quadratmeter; km²:Quadratkilometer; cm²:Quadratzentimeter; m³:Kubikmeter
    """
) | {
    "km/h": ("Kilometer pro Stunde",), "m/s": ("Meter pro Sekunde",),
    "m/s²": ("Meter pro Sekunde Quadrat",), "kg/m³": ("Kilogramm pro Kubikmeter",),
}  # fmt: skip
_RULES = Rules(
    language="de",
    own=(_ordinal, _short_month, _ruler, _time),
    abbreviations=meanings(
        """
        z.b:zum Beispiel; d.h:das heißt; u.a:unter anderem; u.v.a:und viele andere;
        usw:und so weiter;
        bzw:beziehungsweise; ca:zirka; dr:Doktor; prof:Professor; nr:Nummer; s:Seite; abb:Abbildung;
        kap:Kapitel; vgl:vergleiche; evtl:eventuell; ggf:gegebenenfalls; mio:Millionen;
        mrd:Milliarden;
        jh:Jahrhundert; v.chr:vor Christus; n.chr:nach Christus; s.o:siehe oben; s.u:siehe unten;
        u.u:unter Umständen; i.d.r:in der Regel; bspw:beispielsweise; inkl:inklusive;
        exkl:exklusive;
        zzgl:zuzüglich; tab:Tabelle; bd:Band; aufl:Auflage; hrsg:Herausgeber; st:Sankt; str:Straße;
        o.ä:oder Ähnliches; u.ä:und Ähnliches; sog:sogenannte; z.t:zum Teil; i.a:im Allgemeinen;
        etc:et cetera; max:maximal; min:minimal; std:Stunden; tel:Telefon; abs:Absatz; art:Artikel;
        fig:Figur; gl:Gleichung; ff:folgende; f:folgende
        """
    ),
    units=_UNITS,
    signs=meanings(
        "&:und; +:plus; =:gleich; %:Prozent; §:Paragraf; −:minus; ×:mal; €:Euro; №:Nummer"
    ),
    comma="Komma",
    minus="minus",
    until="bis",
    counted=_counted,
    number=_number,
    year=_year,
    price=_price,
    clock=_clock,
    date=_date,
)
