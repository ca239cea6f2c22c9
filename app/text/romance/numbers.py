"""Numbers in words: counts and measures, ratios and versions, and the rules for other numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.romance.abbreviations import phrase
from app.text.romance.context import (
    by_first,
    clean,
    elision,
    form,
    gender_of,
    in_formula,
    leading,
    said,
    word_after,
    word_before,
)
from app.text.romance.figures import (
    PLAIN,
    is_one,
    signed,
    spoken_number,
    value_of,
    whole_number,
)
from app.text.romance.fractions import fraction
from app.text.romance.language import Language
from app.text.romance.money import money
from app.text.romance.numerals import Form
from app.text.romance.ordinals import ordinal
from app.text.romance.telephones import telephone
from app.text.romance.units import unit
from app.text.tokens import Token, Verbalized

_NUMBER = re.compile(
    rf"(?P<sign>[+−±~≈<>≤≥#№§¶-]?)(?P<first>{PLAIN})"
    rf"(?:(?P<dash>[-–—…])(?P<second>{PLAIN}))?(?P<unit>[^\d\s(),-].*)?"
)
_RATIO = re.compile(rf"({PLAIN}):({PLAIN})")
_VERSION = re.compile(r"v?\d+(?:\.\d+){2,}|v\d+(?:\.\d+)?")
_BEHIND_A_UNIT = frozenset(["", "de", "di", "d'", "e", "y", "et", "o", "a", "con", "per", "por"])
_COMPARES = frozenset("=≈×")
"""Signs between two measures: 5 m × 3 m, 1 h = 60 min."""


def number(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """The number that begins at a token, with its unit; empty when none does."""
    token = tokens[place]
    if not any(character.isnumeric() for character in token.core):
        coded = token.core in language.units.currencies
        return money(tokens, place, language) if coded or not token.core.isalpha() else []
    return by_first(_RULES, tokens, place, language)


def _special(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """A ratio or the number of a version."""
    token, numerals = tokens[place], language.numerals
    core = token.core
    if match := _RATIO.fullmatch(core):
        parts = [spoken_number(part, language) for part in match.groups()]
        return [said(token, f" {numerals.ratio} ".join(parts))]
    if _VERSION.fullmatch(core) and value_of(core.removeprefix("v")) is None:
        version = core.lstrip("v").split(".")
        point = f" {numerals.point} "
        name = f"{language.letters.names['v']} " if core[0] == "v" else ""
        return [said(token, name + point.join(whole_number(part, language) for part in version))]
    return []


def _counted(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """A number or range, its sign, the unit on it or after it, or the noun that it counts."""
    token = tokens[place]
    match = _NUMBER.fullmatch(token.core)
    if match is None or (match["dash"] and in_formula(tokens, place)):
        return []
    many = not is_one(match["first"], language) or bool(match["second"])
    attached = match["unit"] or ""
    before = leading(tokens, place)
    years = _are_years(match) or word_after(tokens, place) in language.dates.eras
    if attached:
        measure = _attached_unit(attached, tokens, place, many=many, language=language)
        agreed = _value(match, language, _gender(measure, language), measure, before)
        return [said(token, f"{agreed} {measure}")] if measure else []
    sign = word_after(tokens, place)
    if scale := _scale(sign, tokens, place, language):
        value = _value(match, language, "masculine", scale[many], before)
        return [said(token, value), said(tokens[place + 1], scale[many])]
    measure = ""
    if _is_measure(sign, tokens, place, language):
        measure = unit(sign, language, many=many)
    if measure:
        stopped = sign.isalpha() and place + 2 < len(tokens)
        value = _value(match, language, _gender(measure, language), measure, before)
        result = [said(token, value), said(tokens[place + 1], measure, abbreviated=stopped)]
        return result + _inverse(tokens, place + 1, language)
    agreement, following = form(tokens, place, language)
    earlier = word_before(tokens, place)
    # "En 1 heure" counts; "fase 1 comincia" does not, whatever the next word looks like.
    if earlier in language.nouns.numbered and (agreement == "alone" or len(earlier) > 2):
        agreement, following = "which", ""
    value = _value(match, language, agreement, following, before, years=years)
    if following and agreement in ("masculine", "feminine") and _is_large(match, language):
        noun = tokens[place + 1]
        return [said(token, value), said(noun, language.numerals.of(noun.core))]
    return [said(token, value)]


def _attached_unit(
    sign: str, tokens: Sequence[Token], place: int, *, many: bool, language: Language
) -> str:
    if len(sign) == 1 and sign.isalpha() and in_formula(tokens, place):
        return ""
    measure = unit(sign, language, many=many, attached=True)
    if not measure and sign in language.numerals.scales:
        measure = language.numerals.scales[sign][many]
    return measure


def _gender(measure: str, language: Language) -> Form:
    """What a number before a unit agrees with; before "per cent" it stands alone."""
    if not measure or measure in (language.units.names["%"][0], language.units.names["‰"][0]):
        return "alone"
    return gender_of(measure, language)


def _is_large(match: re.Match[str], language: Language) -> bool:
    """Whether the numeral ends in a noun of its own, "million"."""
    if match["second"]:
        return False
    value = value_of(match["first"])
    if not value:
        return False
    return clean(language.numerals.cardinal(value))[-1] in language.numerals.large


def _inverse(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """The unit after a unit that divides it, as in "m s⁻¹"."""
    following = word_after(tokens, place)
    measure = unit(following, language, many=False) if "⁻" in following else ""
    return [said(tokens[place + 1], measure)] if measure else []


def _scale(
    sign: str, tokens: Sequence[Token], place: int, language: Language
) -> tuple[str, str] | None:
    """The names of a scale between a number and what it counts: "67,8 M d'habitants"."""
    counted = place + 2 < len(tokens) and elision(tokens[place + 2]) == "d"
    of = word_after(tokens, place + 1) in ("de", "di")
    return language.numerals.scales.get(sign) if counted or of else None


def _is_measure(sign: str, tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether the token after a number is a unit rather than a word or a variable."""
    if sign in language.units.words and word_after(tokens, place + 1) not in _BEHIND_A_UNIT:
        return False
    if sign and phrase(tokens, place + 1, language):
        return False
    if not sign or len(sign) > 1 or not in_formula(tokens, place + 1):
        return sign != ""
    behind = [token.core for token in tokens[place + 2 : place + 5]]
    compared = len(behind) > 2 and behind[0] in _COMPARES and behind[1].isdecimal()
    return compared and behind[2].isalpha() and not tokens[place + 1].closing


def _are_years(match: re.Match[str]) -> bool:
    first, second = match["first"], match["second"] or ""
    whole = first.isdecimal() and second.isdecimal() and len(first) == 4
    return whole and (len(second) == 4 or (len(second) == 2 and first < second.rjust(4, "9")))


def _falls(match: re.Match[str]) -> bool:
    """Whether the second number is the lower one, as in a score; "1914-18" is none."""
    first, second = value_of(match["first"]), value_of(match["second"])
    short_year = len(match["first"]) == 4 and len(match["second"]) == 2
    return first is not None and second is not None and first > second and not short_year


def _value(
    match: re.Match[str],
    language: Language,
    agreement: Form,
    following: str,
    before: str,
    *,
    years: bool = False,
) -> str:
    numerals = language.numerals
    following = clean(following)[0] if following else ""
    spoken = spoken_number(match["first"], language, agreement, following)
    if match["second"]:
        second = spoken_number(match["second"], language, agreement, following)
        if before in numerals.in_parts and not years:
            spoken = f"{spoken} {language.marks['-']} {second}"
        elif _falls(match) and not years:
            spoken = f"{spoken} {numerals.ratio} {second}"
        else:
            spoken = numerals.ranged(spoken, second, before, years=years)
    return signed(spoken, match["sign"], language)


_RULES = (telephone, fraction, ordinal, _special, money, _counted)
