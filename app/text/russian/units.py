"""Units of measurement in Russian words, in every case."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.pieces import Piece, pieces
from app.text.russian.numerals import Case, Gender, agreeing
from app.text.tables import meanings

_TABLE = """
км|километр|километра|километров|m
м|метр|метра|метров|m
дм|дециметр|дециметра|дециметров|m
см|сантиметр|сантиметра|сантиметров|m
мм|миллиметр|миллиметра|миллиметров|m
мкм|микрометр|микрометра|микрометров|m
нм|нанометр|нанометра|нанометров|m
кг|килограмм|килограмма|килограммов|m
мг|миллиграмм|миллиграмма|миллиграммов|m
мкг|микрограмм|микрограмма|микрограммов|m
г|грамм|грамма|граммов|m
т|тонна|тонны|тонн|f
ц|центнер|центнера|центнеров|m
л|литр|литра|литров|m
мл|миллилитр|миллилитра|миллилитров|m
га|гектар|гектара|гектаров|m
ч|час|часа|часов|m
мин|минута|минуты|минут|f
с|секунда|секунды|секунд|f
сек|секунда|секунды|секунд|f
мс|миллисекунда|миллисекунды|миллисекунд|f
мкс|микросекунда|микросекунды|микросекунд|f
нс|наносекунда|наносекунды|наносекунд|f
сут|сутки|суток|суток|f
мес|месяц|месяца|месяцев|m
нед|неделя|недели|недель|f
Гц|герц|герца|герц|m
кГц|килогерц|килогерца|килогерц|m
МГц|мегагерц|мегагерца|мегагерц|m
ГГц|гигагерц|гигагерца|гигагерц|m
ТГц|терагерц|терагерца|терагерц|m
Вт|ватт|ватта|ватт|m
мВт|милливатт|милливатта|милливатт|m
кВт|киловатт|киловатта|киловатт|m
МВт|мегаватт|мегаватта|мегаватт|m
ГВт|гигаватт|гигаватта|гигаватт|m
кВт·ч|киловатт-час|киловатт-часа|киловатт-часов|m
В|вольт|вольта|вольт|m
мВ|милливольт|милливольта|милливольт|m
кВ|киловольт|киловольта|киловольт|m
А|ампер|ампера|ампер|m
мА|миллиампер|миллиампера|миллиампер|m
Ом|ом|ома|ом|m
кОм|килоом|килоома|килоом|m
Ф|фарад|фарада|фарад|m
Н|ньютон|ньютона|ньютонов|m
кН|килоньютон|килоньютона|килоньютонов|m
Н·м|ньютон-метр|ньютон-метра|ньютон-метров|m
Па|паскаль|паскаля|паскалей|m
кПа|килопаскаль|килопаскаля|килопаскалей|m
МПа|мегапаскаль|мегапаскаля|мегапаскалей|m
атм|атмосфера|атмосферы|атмосфер|f
Дж|джоуль|джоуля|джоулей|m
кДж|килоджоуль|килоджоуля|килоджоулей|m
МДж|мегаджоуль|мегаджоуля|мегаджоулей|m
эВ|электронвольт|электронвольта|электронвольт|m
кэВ|килоэлектронвольт|килоэлектронвольта|килоэлектронвольт|m
МэВ|мегаэлектронвольт|мегаэлектронвольта|мегаэлектронвольт|m
ГэВ|гигаэлектронвольт|гигаэлектронвольта|гигаэлектронвольт|m
кал|калория|калории|калорий|f
ккал|килокалория|килокалории|килокалорий|f
К|кельвин|кельвина|кельвинов|m
моль|моль|моля|молей|m
лм|люмен|люмена|люменов|m
лк|люкс|люкса|люксов|m
Тл|тесла|теслы|тесл|f
дБ|децибел|децибела|децибел|m
рад|радиан|радиана|радиан|m
бит|бит|бита|бит|m
байт|байт|байта|байт|m
кбит|килобит|килобита|килобит|m
Кбит|килобит|килобита|килобит|m
Мбит|мегабит|мегабита|мегабит|m
Гбит|гигабит|гигабита|гигабит|m
КБ|килобайт|килобайта|килобайт|m
Кб|килобайт|килобайта|килобайт|m
кБ|килобайт|килобайта|килобайт|m
МБ|мегабайт|мегабайта|мегабайт|m
Мб|мегабайт|мегабайта|мегабайт|m
ГБ|гигабайт|гигабайта|гигабайт|m
Гб|гигабайт|гигабайта|гигабайт|m
ТБ|терабайт|терабайта|терабайт|m
Тб|терабайт|терабайта|терабайт|m
%|процент|процента|процентов|m
‰|промилле|промилле|промилле|m
°|градус|градуса|градусов|m
′|минута|минуты|минут|f
″|секунда|секунды|секунд|f
долл|доллар|доллара|долларов|m
л.с|лошадиная сила|лошадиные силы|лошадиных сил|f
тыс|тысяча|тысячи|тысяч|f
млн|миллион|миллиона|миллионов|m
млрд|миллиард|миллиарда|миллиардов|m
трлн|триллион|триллиона|триллионов|m
руб|рубль|рубля|рублей|m
₽|рубль|рубля|рублей|m
коп|копейка|копейки|копеек|f
$|доллар|доллара|долларов|m
USD|доллар|доллара|долларов|m
€|евро|евро|евро|m
EUR|евро|евро|евро|m
£|фунт|фунта|фунтов|m
¥|иена|иены|иен|f
чел|человек|человека|человек|m
шт|штука|штуки|штук|f
экз|экземпляр|экземпляра|экземпляров|m
об|оборот|оборота|оборотов|m
кадр|кадр|кадра|кадров|m
"""
_UNITS: dict[str, tuple[str, str, str, Gender]] = {
    sign: (one, few, many, "feminine" if gender == "f" else "masculine")
    for sign, one, few, many, gender in (line.split("|") for line in _TABLE.split("\n") if line)
}
"""Unit signs: nominative, genitive singular, genitive plural, gender."""
_LATIN = meanings(
    """
    km:км; m:м; cm:см; mm:мм; µm:мкм; μm:мкм; nm:нм; kg:кг; g:г; mg:мг; l:л; ml:мл; s:с; ms:мс;
    ns:нс; min:мин; h:ч; Hz:Гц; kHz:кГц; MHz:МГц; GHz:ГГц; W:Вт; kW:кВт; MW:МВт; V:В; kV:кВ; mV:мВ;
    A:А; mA:мА; Ω:Ом; N:Н; Pa:Па; kPa:кПа; MPa:МПа; J:Дж; kJ:кДж; eV:эВ; keV:кэВ; MeV:МэВ; GeV:ГэВ;
    K:К; dB:дБ; B:байт; kB:КБ; KB:КБ; MB:МБ; GB:ГБ; TB:ТБ; bit:бит; kbit:кбит; Mbit:Мбит;
    Gbit:Гбит; fps:кадр/с; rpm:об/мин; мк:мкм; mol:моль; Ω:Ом
    """
)
_SCALES = {"C": "цельсия", "С": "цельсия", "F": "фаренгейта", "К": "кельвина", "K": "кельвина"}
_POWERS = {"2": ("квадратный", "квадратных"), "3": ("кубический", "кубических")}
_OF_TIME = frozenset(("с", "ч", "мин", "сут", "сек", "мс"))
_LENGTHS = frozenset(("м", "км", "см", "мм", "дм", "нм", "мкм"))
_NEVER_ATTACHED = frozenset("AKВКАФНABFNJDEGHIPQRSTUXYZ")
"""One letter that, right behind digits, is rather a name: 4K, 5А."""

_HARD = {"dative": ("у", "ам"), "instrumental": ("ом", "ами"), "prepositional": ("е", "ах")}
_SOFT = {"dative": ("ю", "ям"), "instrumental": ("ем", "ями"), "prepositional": ("е", "ях")}
_FEMININE = {"dative": "е", "instrumental": "ой", "prepositional": "е"}
_ADJECTIVES: dict[str, dict[Case, tuple[str, str]]] = {
    "ый": {"genitive": ("ого", "ых"), "dative": ("ому", "ым"), "instrumental": ("ым", "ыми"),
           "prepositional": ("ом", "ых")},
    "ий": {"genitive": ("ого", "их"), "dative": ("ому", "им"), "instrumental": ("им", "ими"),
           "prepositional": ("ом", "их")},
    "ая": {"genitive": ("ой", "ых"), "dative": ("ой", "ым"), "instrumental": ("ой", "ыми"),
           "prepositional": ("ой", "ых")},
}  # fmt: skip


def is_unit(sign: str, *, attached: bool = False) -> bool:
    """Whether a sign after a number is a unit, powers and divisions included."""
    if attached and sign in _NEVER_ATTACHED:
        return False
    return bool(sign) and _parsed(sign) is not None


def gender(sign: str) -> Gender:
    """Gender of a unit, which one and two agree with."""
    return _head(sign)[3]


def unit(sign: str, number: int, case: Case = "nominative") -> list[str]:
    """Words of a unit after a whole number.

    >>> unit("кг/м³", 5), unit("°C", 100, "prepositional")
    (['килограммов', 'на', 'кубический', 'метр'], ['градусах', 'цельсия'])
    """
    parsed = _parsed(sign)
    assert parsed is not None  # asked with is_unit first
    (one, few, many, _), tail = parsed
    single = number % 10 == 1 and number % 100 != 11
    if case == "nominative" or (case == "accusative" and not one.endswith(("а", "я"))):
        return [*agreeing(number, one, few, many).split(), *tail]
    if case == "accusative":
        return [*(_accusative(one) if single else agreeing(number, one, few, many)).split(), *tail]
    return [*_declined(one, few, many, case, single=single), *tail]


def unit_after_fraction(sign: str) -> list[str]:
    """Words of a unit after a decimal fraction: always genitive singular.

    >>> unit_after_fraction("м²")
    ['квадратного', 'метра']
    """
    parsed = _parsed(sign)
    assert parsed is not None  # asked with is_unit first
    (one, few, many, _), tail = parsed
    return [*_declined(one, few, many, "genitive", single=True), *tail]


def _accusative(one: str) -> str:
    endings = {"ая": "ую"}
    inflected = [
        word[:-2] + endings[word[-2:]]
        if word[-2:] in endings
        else re.sub("а$", "у", re.sub("я$", "ю", word))
        for word in one.split()
    ]
    return " ".join(inflected)


def _declined(one: str, few: str, many: str, case: Case, *, single: bool) -> list[str]:
    adjective, _, noun = one.rpartition(" ")
    if adjective:
        ending = _ADJECTIVES[adjective[-2:]][case][not single]
        return [
            adjective[:-2] + ending,
            *_noun(noun, few.rpartition(" ")[2], many.rpartition(" ")[2], case, single),
        ]
    return _noun(one, few, many, case, single)


def _noun(one: str, few: str, many: str, case: Case, single: bool) -> list[str]:
    if case == "genitive" or few == one:
        return [few if single else many]
    stem, last = few[:-1], few[-1]
    soft = last == "я" or (last == "и" and stem[-1] not in "гкхжшчщ")
    singular, plural = (_SOFT if soft else _HARD)[case]
    if single and last in "ыи":
        singular = _FEMININE[case]
    return [stem + (singular if single else plural)]


def _head(sign: str) -> tuple[str, str, str, Gender]:
    parsed = _parsed(sign)
    assert parsed is not None  # asked with is_unit first
    return parsed[0]


def _parsed(sign: str) -> tuple[tuple[str, str, str, Gender], list[str]] | None:
    """Forms of the unit counted, and the words that follow it unchanged."""
    sign = _LATIN.get(sign, sign)
    if sign[:1] == "°" and sign[1:] in _SCALES:
        return _UNITS["°"], [_SCALES[sign[1:]]]
    if sign in _UNITS:
        return _UNITS[sign], []
    above, stroke, below = sign.partition("/")
    head = _powered(pieces(above))
    if head is None:
        return None
    if not stroke:
        return head, []
    divisor = pieces(below)
    name = _powered(divisor)
    if name is None or not divisor:
        return None
    base = _LATIN.get(divisor[0].text, divisor[0].text)
    preposition = "в" if base in _OF_TIME else "на"
    noun = _accusative(name[0]) if name[3] == "feminine" else name[0]
    power = {"2": ["в", "квадрате"], "3": ["в", "кубе"]}.get(divisor[-1].text, [])
    return head, [preposition, *noun.split(), *(power if base in _OF_TIME else [])]


def _powered(parts: Sequence[Piece]) -> tuple[str, str, str, Gender] | None:
    """Forms of one unit, square or cubic when it is a length."""
    if not parts or parts[0].kind != "word":
        return None
    sign = _LATIN.get(parts[0].text, parts[0].text)
    if sign not in _UNITS or len(parts) > 2:
        return None
    one, few, many, noun_gender = _UNITS[sign]
    if len(parts) == 1:
        return one, few, many, noun_gender
    if parts[1].kind != "super" or parts[1].text not in _POWERS:
        return None
    if sign not in _LENGTHS:
        return (one, few, many, noun_gender) if sign in _OF_TIME else None
    adjective, plural = _POWERS[parts[1].text]
    return f"{adjective} {one}", f"{plural} {few}", f"{plural} {many}", noun_gender
