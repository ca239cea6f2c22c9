"""Dates, years and centuries in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.roman import roman_value
from app.text.russian.abbreviations import closing
from app.text.russian.numerals import Case, Gender, ordinal
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_MONTHS = words(
    """
        января февраля марта апреля мая июня июля августа сентября октября ноября декабря
        """
)
_RANGE = re.compile(r"(\d{1,4})(?:[-–—](\d{1,4}))?")
_SEASON = re.compile(r"([12]\d{3})/(\d{2,4})")
_DATE = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY = re.compile(r"(\d{1,2})(?:[-–—](\d{1,2}))?")
_SHORT_MONTHS = {month[:3]: month for month in _MONTHS} | {"сент": "сентября"}
_ROMAN = re.compile(r"([IVXLC]+)(?:[-–—]([IVXLC]+))?")
_FIRST_YEAR = 1000
_LAST_YEAR = 2100

_FORMS: dict[str, tuple[Case, Gender]] = {
    "год": ("nominative", "masculine"), "года": ("genitive", "masculine"),
    "году": ("prepositional", "masculine"), "годом": ("instrumental", "masculine"),
    "годы": ("nominative", "plural"), "годов": ("genitive", "plural"),
    "годам": ("dative", "plural"), "годами": ("instrumental", "plural"),
    "годах": ("prepositional", "plural"),
    "век": ("nominative", "masculine"), "века": ("genitive", "masculine"),
    "веку": ("dative", "masculine"), "веком": ("instrumental", "masculine"),
    "веке": ("prepositional", "masculine"), "веков": ("genitive", "plural"),
    "веках": ("prepositional", "plural"), "столетие": ("nominative", "neuter"),
    "столетия": ("genitive", "neuter"), "столетии": ("prepositional", "neuter"),
    "съезд": ("nominative", "masculine"), "съезда": ("genitive", "masculine"),
    "съезде": ("prepositional", "masculine"),
}  # fmt: skip
"""Nouns that follow the ordinal of a year or a century."""
_ABBREVIATED: dict[str, tuple[str, Gender]] = {
    "г": ("год года году году", "masculine"),
    "гг": ("годы годов годам годах", "plural"),
    "в": ("век века веку веке", "masculine"),
    "вв": ("века веков векам веках", "plural"),
}
"""Nominative, genitive, dative and prepositional of an abbreviated noun."""
_ABBREVIATED_CASES: tuple[Case, ...] = ("nominative", "genitive", "dative", "prepositional")
_CASE_BEFORE: dict[str, Case] = {
    "в": "prepositional", "во": "prepositional", "о": "prepositional", "к": "dative",
    "по": "dative",
    **dict.fromkeys(("с", "со", "до", "от", "из", "после", "около"), "genitive"),
}  # fmt: skip
_PARTS_OF_A_YEAR = words("конец конц начал середин весн лето летом лета осен зим полугод квартал")
_RULERS = ("Екатерин", "Елизавет", "Мари", "Анн", "Виктори")
_CASE_OF_NAME: tuple[tuple[str, Case], ...] = (
    ("а", "genitive"), ("я", "genitive"), ("у", "dative"), ("ю", "dative"), ("ом", "instrumental"),
    ("ем", "instrumental"), ("е", "prepositional"),
)  # fmt: skip


def date(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A date, year or century that begins at a token, written out; empty when none does."""
    token = tokens[place]
    whole, iso = _DATE.fullmatch(token.core), _ISO.fullmatch(token.core)
    if whole or iso:
        day, month, year = whole.groups() if whole else reversed(iso.groups() if iso else ())
        return _whole_date(token, int(day), int(month), int(year))
    after = tokens[place + 1] if place + 1 < len(tokens) and not token.closing else None
    month_name = _month(after) if after else ""
    if _DAY.fullmatch(token.core) and after and month_name:
        day_word = _days(token, _before(tokens, place))
        return [day_word, after.said([month_name], closing=_end(tokens, place + 1))]
    if _begins_a_span(tokens, place):
        return [_days(token, "от")]
    if token.closing.startswith(".") and _month(token) and token.core.lower() in _SHORT_MONTHS:
        name = _month(token)
        named = f"{name[:-1]}е" if _before(tokens, place) in ("в", "во") else name
        return [token.said([named], closing=_end(tokens, place))]
    season = _SEASON.fullmatch(token.core)
    if season:
        case = _CASE_BEFORE.get(_before(tokens, place), "nominative")
        return [_ordinals(token, [int(season[1]), int(season[2])], case, "masculine")]
    years = _RANGE.fullmatch(token.core)
    if years and int(years[1]) >= _FIRST_YEAR:
        return _year(tokens, place, [int(year) for year in years.groups() if year], after)
    centuries = _ROMAN.fullmatch(token.core)
    if centuries:
        return _century(tokens, place, [roman_value(n) for n in centuries.groups() if n], after)
    return []


def _whole_date(token: Token, day: int, month: int, year: int) -> list[Verbalized]:
    if not (1 <= month <= len(_MONTHS) and 1 <= day <= 31):
        return []
    words = [*ordinal(day, "genitive", "neuter"), _MONTHS[month - 1], *ordinal(year, "genitive")]
    return [token.said([*words, "года"])]


def _month(token: Token) -> str:
    """Genitive of a month written out or shortened; empty for another word."""
    core = token.core.lower()
    if core in _MONTHS:
        return core
    return _SHORT_MONTHS.get(core, "") if token.closing.startswith(".") else ""


def _days(token: Token, before: str) -> Verbalized:
    """Days of a month, "к пятому", "по десятое", else "пятого"."""
    case: Case = {"к": "dative", "ко": "dative", "по": "accusative", "на": "accusative"}.get(
        before, "genitive"
    )  # type: ignore[assignment]
    days = [int(day) for day in token.core.replace("–", "-").replace("—", "-").split("-")]
    words = [word for day in days for word in ordinal(day, case, "neuter")]
    return token.said(words)


def _begins_a_span(tokens: Sequence[Token], place: int) -> bool:
    """Whether this is the first day of "с 5 по 10 мая"."""
    if not _DAY.fullmatch(tokens[place].core) or place + 3 >= len(tokens):
        return False
    until, last, month = tokens[place + 1 : place + 4]
    spans = until.core.lower() in ("по", "до") and _before(tokens, place) in ("с", "со", "от")
    return spans and _DAY.fullmatch(last.core) is not None and bool(_month(month))


def _end(tokens: Sequence[Token], place: int) -> str:
    """Punctuation after a month, without the full stop that only shortens it."""
    token = tokens[place]
    shortened = token.core.lower() not in _MONTHS and place + 1 < len(tokens)
    return token.closing[1:] if shortened and token.closing.startswith(".") else token.closing


def _year(
    tokens: Sequence[Token], place: int, years: list[int], after: Token | None
) -> list[Verbalized]:
    if after is not None:
        result = _with_noun(tokens, place, years, after, ("г", "гг"))
        if result:
            return result
    since = (
        _before(tokens, place) in ("с", "со") and after is not None and after.core in ("по", "до")
    )
    if since or _before(tokens, place) in _MONTHS:
        return [_ordinals(tokens[place], years, "genitive", "masculine")]
    token = tokens[place]
    paired = _paired(tokens, place)
    if paired is not None:
        return [_ordinals(token, years, paired, "masculine")]
    bracketed = token.opening.endswith("(") and token.closing.startswith(")")
    plausible = all(_FIRST_YEAR <= year < _LAST_YEAR for year in years)
    if plausible and (
        bracketed or (len(years) > 1 and years[0] < years[1] and not token.closing.startswith("%"))
    ):
        before = _before(tokens, place)
        case = _CASE_BEFORE.get(before, "nominative") if not bracketed else "nominative"
        return [_ordinals(token, years, case, "masculine")]
    return []


def _paired(tokens: Sequence[Token], place: int) -> Case | None:
    """Case of the first year of "между 1990 и 2000 годами"."""
    following = [token.core.lower() for token in tokens[place + 1 : place + 4]]
    if tokens[place].closing or len(following) < 3 or following[0] not in ("и", "или"):
        return None
    noun = _FORMS.get(following[2])
    return noun[0] if noun and following[1].isdecimal() and following[2].startswith("год") else None


def _century(
    tokens: Sequence[Token], place: int, numbers: list[int], after: Token | None
) -> list[Verbalized]:
    if after is not None:
        result = _with_noun(tokens, place, numbers, after, ("в", "вв"))
        if result:
            return result
    name = tokens[place - 1].core if place and not tokens[place - 1].closing else ""
    if len(name) > 3 and name[0].isupper() and name[1:].islower():
        if name.startswith(_RULERS):
            case: Case = "nominative" if name[-1] in "ая" else "genitive"
            return [_ordinals(tokens[place], numbers, case, "feminine")]
        case = next((case for ending, case in _CASE_OF_NAME if name.endswith(ending)), "nominative")
        return [_ordinals(tokens[place], numbers, case, "masculine")]
    return []


def _with_noun(
    tokens: Sequence[Token],
    place: int,
    numbers: list[int],
    after: Token,
    abbreviations: tuple[str, str],
) -> list[Verbalized]:
    """The ordinal and the noun it agrees with, which may be abbreviated."""
    token, before = tokens[place], _before(tokens, place)
    noun = after.core.lower()
    if noun in _FORMS:
        case, gender = _FORMS[noun]
        case = "dative" if noun == "году" and before in ("к", "по") else case
        return [_ordinals(token, numbers, case, gender)]
    if noun in abbreviations and (after.closing.startswith(".") or noun != "в"):
        forms, gender = _ABBREVIATED[noun]
        part_of_it = before in _MONTHS or before.startswith(_PARTS_OF_A_YEAR)
        default: Case = "genitive" if noun in ("в", "вв") or part_of_it else "nominative"
        since = any(
            token.core.lower() in ("с", "со") for token in tokens[max(0, place - 5) : place]
        )
        until = before == "по" and since
        case = "nominative" if until else _CASE_BEFORE.get(before, default)
        return [
            _ordinals(token, numbers, case, gender),
            after.said(
                [forms.split()[_ABBREVIATED_CASES.index(case)]],
                closing=closing(tokens, place + 1),
            ),
        ]
    return []


def _ordinals(token: Token, numbers: list[int], case: Case, gender: Gender) -> Verbalized:
    if len(numbers) > 1:
        gender = "masculine"  # "первый — пятый годы", not "первые"
    words = [word for number in numbers for word in ordinal(number, case, gender)]
    return token.said(words)


def _before(tokens: Sequence[Token], place: int) -> str:
    if place == 0:
        return ""
    return _month(tokens[place - 1]) or tokens[place - 1].core.lower()
