"""Which neighbouring words a caption keeps on one line: number and unit, initials and name."""

from __future__ import annotations

import re

from app.text.sentences.full_stops import BY_LANGUAGE, words_of
from app.text.sentences.places import CLOSING, OPENING

_NUMBER = re.compile(r"[-−+±~≈<>≤≥=]?[№§#$€£¥₽]?\d(?:[\d.,:/’'\u00a0–-]*\d)?")
_THOUSANDS = re.compile(r"\d{3}(?:[ .,]\d+)*")
_LEADING = re.compile(r"[-−+±~≈<>≤≥]?[№§#$€£¥₽]?\d{1,3}")
_SIGN = re.compile(r"[№§#$€£¥₽±~≈<>≤≥−+-]|§§|[Nn][º°ºo]\.?|Nr\.?|No\.?")
_UNIT_SIGN = re.compile(r"[%‰°′″$€£¥₽½¼¾²³].?")
_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?:er|e|ème|º|ª)?")
_INITIAL = re.compile(r"(?:[^\W\d_a-zа-я]\.-?)+")
_SMALL_LETTER = re.compile(r"[^\W\d_]\.")
_UNITS = words_of(
    """
    m km cm dm mm µm μm nm pm mi ft yd g kg mg µg t lb lbs oz l L ml mL ha s sec ms µs ns min h hr
    hrs Hz kHz MHz GHz THz B kB KB MB GB TB PB KiB MiB GiB bit bits bps kbps Mbps Gbps dB W kW MW GW
    V kV mV A mA Ω kΩ F N kN Pa kPa MPa bar atm J kJ MJ eV keV MeV GeV cal kcal K C T mol lm lx rad
    px pt dpi rpm kWh Wh Bq Sv Gy Mio Mrd mln mld bn EUR USD GBP RUB CHF AD BC CE BCE am pm a.m p.m
    км м дм см мм мкм нм кг мг мкг г т ц л мл га ч мин с сек мс мкс нс сут мес нед Гц кГц МГц ГГц
    ТГц Вт мВт кВт МВт ГВт В мВ кВ А мА Ом кОм Ф Н кН Па кПа МПа атм Дж кДж МДж эВ кэВ МэВ ГэВ кал
    ккал К моль лм лк Тл дБ рад бит байт кбит Кбит Мбит Гбит КБ Кб кБ МБ Мб ГБ Гб ТБ Тб долл тыс млн
    млрд трлн руб коп л.с гг лет год года чел шт экз стр н.э
    """
)
_COMPOUND = re.compile(r"[^\W\d_]{1,4}[²³]?(?:[/·][^\W\d_]{1,3}[²³]?)+|[^\W\d_]{1,3}[²³]")
_CENTURIES = words_of(
    "век века веке веков веку веком century centuries siècle siècles secolo secoli siglo siglos"
)
_CALLED = words_of(
    """
    figure chapter section equation table page slide lecture part volume example theorem appendix
    рисунок рисунка рисунке глава главы главе таблица таблицы таблице страница страницы странице
    слайд лекция лекции раздел раздела разделе пункт пункта часть части параграф формула
    формулы формуле abbildung kapitel tabelle seite figura capítulo página tabla chapitre
    tableau capitolo pagina
    """
)
_NUMBERED = frozenset().union(*(rules.numbered for rules in BY_LANGUAGE.values()))
_LEADING_NAMES = words_of(
    """
    dr mr mrs ms prof st mt gen gov capt hon м mm mme mlle sr sra srta dra don dña sig sig.ra dott
    ing hr fr проф доц акад им св ул пл г гр тов д-р г-н г-жа
    """
)


def stay_together(before: str, after: str, *, first: bool = False) -> bool:
    """Whether no line should end between two neighbouring words.

    >>> [stay_together(*pair.split()) for pair in ("12,5 %", "10 000", "Louis XIV", "in 5")]
    [True, True, True, False]

    Args:
        first: The word before begins a sentence, where a capital is no sign of a name.
    """
    left, right = before.lstrip(OPENING), after.lstrip(OPENING).rstrip(CLOSING + ",;:.!?…")
    return bool(right) and (
        _counts(before, left, after, right)
        or _numbers(left, right)
        or _names(left, after.lstrip(OPENING), right, first=first)
    )


def _counts(whole: str, left: str, after: str, right: str) -> bool:
    """A number, and more of it or what it counts."""
    number = whole if _NUMBER.fullmatch(whole) else left
    if not _NUMBER.fullmatch(number):
        return False
    if _THOUSANDS.fullmatch(right) and _LEADING.fullmatch(number.split("\u00a0")[-1]):
        return True
    return (
        _UNIT_SIGN.fullmatch(right) is not None
        or right in _UNITS
        or _is_century(after, right)
        or _COMPOUND.fullmatch(right) is not None
    )


def _numbers(left: str, right: str) -> bool:
    """What is numbered, and its number or letter."""
    if _SIGN.fullmatch(left) and right[:1].isdigit():
        return True
    short = left.endswith(".") and left[:-1].lower() in _NUMBERED
    if not short and left.lower() not in _CALLED and left not in _NUMBERED:
        return False
    numbered = right[:1].isdigit() or _ROMAN.fullmatch(right) is not None
    return numbered or (short and len(right) == 1 and right.isupper())


def _names(left: str, after: str, right: str, *, first: bool) -> bool:
    """A person's initials or title and name, a ruler's name and number, a century's number."""
    if _INITIAL.fullmatch(left) and left not in ("I.", "Я."):
        return after[:1].isupper()
    if left[:1].isupper() and left[1:].islower() and left.isalpha() and _INITIAL.match(after):
        return True
    if left.endswith(".") and left[:-1].lower() in _LEADING_NAMES:
        return after[:1].isupper()
    if _SMALL_LETTER.fullmatch(left):
        return _SMALL_LETTER.match(after) is not None
    if _ROMAN.fullmatch(left):
        return _is_century(after, right)
    ruler = (
        left[:1].isupper()
        and left[1:].islower()
        and not (first and left.isascii() and right == "I")
    )
    return ruler and _ROMAN.fullmatch(right) is not None


def _is_century(after: str, right: str) -> bool:
    return right in _CENTURIES or (right in ("в", "вв") and after.startswith(right + "."))
