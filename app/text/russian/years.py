"""Years, decades, centuries and rulers in words: ordinals that agree with their noun."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.roman import roman_value
from app.text.russian.abbreviations import closing
from app.text.russian.context import word_after
from app.text.russian.lists import IsItem, first_of_list, last_of_list
from app.text.russian.months import MONTHS, word_or_month_before
from app.text.russian.neighbours import unit_at
from app.text.russian.numerals import CASES, Case, Gender, ends_in_few, ordinal
from app.text.russian.rulers import agreement_of_ruler
from app.text.russian.year_nouns import ABBREVIATED, FORMS
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_RANGE = re.compile(r"(\d{1,4})(?:[-–—](\d{1,4}))?")
_SEASON = re.compile(r"([12]\d{3})/(\d{2,4})")
_DECADE = re.compile(r"(?:(\d{0,2}\d0)(?:-[ех])?[-–—])?(\d{0,2}\d0)-(е|х|м|ми|ые|ых|ым|ыми)")
_ROMAN = re.compile(r"([IVXLC]+)(?:[-–—]([IVXLC]+))?")
_CYRILLIC_ROMAN = re.compile(r"[ХІV]+(?:[-–—][ХІV]+)?")
"""Centuries typed with Russian letters, "ХХ век"."""
_IN_LATIN = str.maketrans("ХІ", "XI")
_CENTURIES = ("в", "вв", "век", "столет", "тысячелет")
_LATEST_CENTURY = 22
_FIRST_YEAR = 1000
_LAST_YEAR = 2100

_CASE_BEFORE: dict[str, Case] = {
    **dict.fromkeys(("в", "во", "о", "об"), "prepositional"),
    **dict.fromkeys(("к", "ко", "по", "благодаря"), "dative"),
    **dict.fromkeys(("с", "со", "до", "от", "из", "после", "около", "для", "без"), "genitive"),
    **dict.fromkeys(("между", "перед", "над"), "instrumental"),
    **dict.fromkeys(("на", "за", "про", "через"), "accusative"),
}  # fmt: skip
_NO_NOUN_BEFORE = frozenset(
    words("и а но или что как это весь был настал наступил шёл пришёл если когда лишь только уже")
)
_PARTS_OF_A_CENTURY = ("нач", "кон", "сер", "пол")
_COUNTED = ("ов", "ев", "ей", "лет", "раз", "ек", "ок", "ых", "их", "иц")
"""Endings of genitives behind a number."""
_VERB_OR_ADJECTIVE = ("ся", "сь", "ый", "ий", "ет", "ёт", "ит", "ют", "ут", "ло", "ав", "ив")
_DECADE_CASES: dict[str, Case] = {"е": "nominative", "ые": "nominative", "м": "dative",
                                  "ым": "dative", "ми": "instrumental",
                                  "ыми": "instrumental"}  # fmt: skip


def year(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A year, a decade or a century that begins at a token, in words; empty when none does."""
    token = tokens[place]
    after = tokens[place + 1] if place + 1 < len(tokens) and not token.closing else None
    season = _SEASON.fullmatch(token.core)
    if season:
        case = _CASE_BEFORE.get(word_or_month_before(tokens, place), "nominative")
        return [_ordinals(token, [int(season[1]), int(season[2])], case, "masculine")]
    decade = _DECADE.fullmatch(token.core)
    if decade and after is not None and (decade[1] or after.core in ("г", "гг")):
        return _decade(
            tokens, place, [int(part) for part in decade.groups()[:2] if part], decade[3]
        )
    years = _RANGE.fullmatch(token.core)
    if years and (int(years[1]) >= _FIRST_YEAR or _is_early(tokens, place)):
        return _year(tokens, place, [int(found) for found in years.groups() if found], after)
    if after is not None and _is_century(tokens, place):
        return _with_noun(tokens, place, [int(token.core)], after, ("в", "вв"))
    centuries = _ROMAN.fullmatch(_in_latin(tokens, place))
    if centuries:
        numbers = [roman_value(found) for found in centuries.groups() if found]
        return _century(tokens, place, numbers, after)
    return []


def _is_early(tokens: Sequence[Token], place: int) -> bool:
    """Whether a number of up to three digits is a year: "в 988 г.", "44 г. до н. э."."""
    number, noun = tokens[place].core, tokens[place + 1] if place + 1 < len(tokens) else None
    if noun is None or tokens[place].closing or not number.isdecimal() or int(number) < 1:
        return False
    before = word_or_month_before(tokens, place)
    if noun.core in ("г", "гг") and noun.closing.startswith("."):
        era = [token.core for token in tokens[place + 2 : place + 5]]
        return era[:1] == ["н"] or era[:2] == ["до", "н"] or (before == "в" and len(number) == 3)
    match noun.core.lower():
        case "году":
            return True
        case "года":
            return len(number) == 3 and (
                before in ("до", "с", "от", "после") or not ends_in_few(int(number))
            )
        case "год":
            return len(number) == 3 and not number.endswith("1")
    return False


def _in_latin(tokens: Sequence[Token], place: int) -> str:
    core = tokens[place].core
    if _CYRILLIC_ROMAN.fullmatch(core) and word_after(tokens, place).lower().startswith(_CENTURIES):
        return core.translate(_IN_LATIN)
    return core


def _is_century(tokens: Sequence[Token], place: int) -> bool:
    """Whether "в." behind an Arabic number is a century: "в 19 в."."""
    noun, *after = tokens[place + 1 : place + 3]
    if not (tokens[place].core.isdecimal() and 1 <= int(tokens[place].core) <= _LATEST_CENTURY):
        return False
    return noun.core in ("в", "вв") and noun.closing.startswith(".") and not (
        after and after[0].core == "д"
    )  # fmt: skip


def _decade(
    tokens: Sequence[Token], place: int, values: list[int], suffix: str
) -> list[Verbalized]:
    """Years of a decade, or of two, with their noun, which may be shortened: "в 1990-х гг."."""
    noun = tokens[place + 1]
    case = FORMS[noun.core][0] if noun.core in FORMS else _DECADE_CASES.get(suffix)
    if case is None:
        inside = word_or_month_before(tokens, place) in ("в", "во", "о", "об", "на", "при")
        case = "prepositional" if inside else "genitive"
    words = [word for value in values for word in ordinal(value, case, "plural")]
    if noun.core not in ("г", "гг"):
        return [tokens[place].said(words)]
    named = ABBREVIATED["гг"][0].split()[CASES.index(case)]
    return [tokens[place].said(words), noun.said([named], closing=_end(tokens, place + 1))]


def _year(
    tokens: Sequence[Token], place: int, years: list[int], after: Token | None
) -> list[Verbalized]:
    token, before = tokens[place], word_or_month_before(tokens, place)
    if after is not None and after.core == "г.р":
        return [_ordinals(token, years, "genitive", "masculine"),
                after.said(["года", "рождения"], closing=after.closing)]  # fmt: skip
    if after is not None:
        result = _with_noun(tokens, place, years, after, ("г", "гг"))
        if result:
            return result
    since = before in ("с", "со") and after is not None and after.core in ("по", "до")
    if since or before in MONTHS:
        return [_ordinals(token, years, "genitive", "masculine")]
    paired = _paired(tokens, place, ("г", "гг"))
    if paired is not None:
        return [_ordinals(token, years, paired, "masculine")]
    bracketed = token.opening.endswith("(") and token.closing.startswith(")")
    plausible = all(_FIRST_YEAR <= found < _LAST_YEAR for found in years)
    rising = len(years) > 1 and years[0] < years[1] and not token.closing.startswith("%")
    if plausible and (bracketed or (rising and not _counts(tokens, place))):
        case = _CASE_BEFORE.get(before, "nominative") if not bracketed else "nominative"
        return [_ordinals(token, years, case, "masculine")]
    return []


def _counts(tokens: Sequence[Token], place: int) -> bool:
    """Whether what follows is counted: "1000–1500 руб."."""
    if place + 1 == len(tokens) or tokens[place].closing:
        return False
    following = tokens[place + 1].core
    return unit_at(tokens, place + 1) or following.endswith(_COUNTED)


def _century(
    tokens: Sequence[Token], place: int, numbers: list[int], after: Token | None
) -> list[Verbalized]:
    if after is not None:
        result = _with_noun(tokens, place, numbers, after, ("в", "вв"))
        if result:
            return result
    paired = _paired(tokens, place, ("в", "вв"))
    if paired is not None:
        return [_ordinals(tokens[place], numbers, paired, "masculine")]
    before = word_or_month_before(tokens, place)
    if before in _PARTS_OF_A_CENTURY or before.startswith(("начал", "конец", "конц", "рубеж")):
        return [_ordinals(tokens[place], numbers, "genitive", "masculine")]
    name = tokens[place - 1].core if place and not tokens[place - 1].closing else ""
    if len(name) > 3 and name[0].isupper() and name[1:].islower():
        return [_ordinals(tokens[place], numbers, *agreement_of_ruler(name))]
    return []


def _paired(tokens: Sequence[Token], place: int, abbreviations: tuple[str, str]) -> Case | None:
    """Case of the first years of "между 1990 и 2000 годами", "в 2001, 2005 и 2010 гг."."""
    is_item = _like(tokens[place])
    last = last_of_list(tokens, place, is_item)
    if last == place or tokens[last].closing or last + 1 >= len(tokens):
        return None
    noun = tokens[last + 1]
    if noun.core.lower() in abbreviations and noun.closing.startswith("."):
        first = first_of_list(tokens, place, is_item)
        return _case_of_abbreviated(tokens, first, noun.core.lower())
    found = FORMS.get(noun.core.lower())
    return found[0] if found else None


def _like(token: Token) -> IsItem:
    """Whether a core is written as this token's, in Arabic or in Roman numerals."""
    if token.core.isdecimal():
        return str.isdecimal
    return lambda core: _ROMAN.fullmatch(core.translate(_IN_LATIN)) is not None


def _with_noun(
    tokens: Sequence[Token],
    place: int,
    numbers: list[int],
    after: Token,
    abbreviations: tuple[str, str],
) -> list[Verbalized]:
    """The ordinal and the noun it agrees with, which may be abbreviated."""
    token, noun = tokens[place], after.core.lower()
    first = first_of_list(tokens, place, _like(token))
    second = first != place
    if noun in FORMS:
        case, gender = FORMS[noun]
        before = word_or_month_before(tokens, first)
        case = "dative" if noun == "году" and before in ("к", "ко", "по") else case
        return [_ordinals(token, numbers, case, "masculine" if second else gender)]
    if noun in abbreviations and (after.closing.startswith(".") or noun != "в"):
        forms, gender = ABBREVIATED[noun]
        case = _case_of_abbreviated(tokens, first, noun)
        return [
            _ordinals(token, numbers, case, "masculine" if second or noun == "вв" else gender),
            after.said([forms.split()[CASES.index(case)]], closing=_end(tokens, place + 1)),
        ]
    return []


def _case_of_abbreviated(tokens: Sequence[Token], place: int, noun: str) -> Case:
    """Case of "г." and "в." by what stands before the numeral: "мир 1648 г." is its genitive."""
    before = word_or_month_before(tokens, place)
    if before == "по" and any(
        token.core.lower() in ("с", "со") for token in tokens[max(0, place - 5) : place]
    ):
        return "nominative"
    if before in _CASE_BEFORE:
        return _CASE_BEFORE[before]
    if noun in ("в", "вв") or before in MONTHS:
        return "genitive"
    marked = not place or tokens[place - 1].closing.lstrip(".") or tokens[place].opening
    no_noun = before in _NO_NOUN_BEFORE or before.endswith(_VERB_OR_ADJECTIVE)
    return "nominative" if marked or no_noun or not before.isalpha() else "genitive"


def _end(tokens: Sequence[Token], place: int) -> str:
    """Punctuation behind "г." and "в.", which end no sentence that goes on behind them."""
    return closing(tokens, place, sentence_end=False)


def _ordinals(token: Token, numbers: list[int], case: Case, gender: Gender) -> Verbalized:
    if len(numbers) > 1:
        gender = "masculine"  # "первый — пятый годы", not "первые"
    return token.said(word for number in numbers for word in ordinal(number, case, gender))
