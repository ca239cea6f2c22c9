"""Numbers in words: counts, measures, ordinals, fractions, ratios, versions, telephones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.romance.context import (
    article_agreement,
    clean,
    elision,
    form,
    in_formula,
    leading,
    said,
    word_after,
    word_before,
)
from app.text.romance.figures import (
    PLAIN,
    digits,
    is_one,
    spoken_number,
    value_of,
    whole_number,
)
from app.text.romance.fractions import fraction
from app.text.romance.language import Language
from app.text.romance.money import money
from app.text.romance.numerals import Form
from app.text.romance.units import unit
from app.text.tokens import Token, Verbalized

_NUMBER = re.compile(
    rf"(?P<sign>[+−±~≈<>≤≥#№§¶-]?)(?P<first>{PLAIN})"
    rf"(?:(?P<dash>[-–—…])(?P<second>{PLAIN}))?(?P<unit>[^\d\s(),-].*)?"
)
_ORDINAL = re.compile(r"(?P<value>\d{1,12})\.?(?P<ending>[^\W\d_]+|°|\^|ᵉʳ|ᵉ|ʳᵉ)")
_ORDINALS = re.compile(
    r"(?P<first>\d{1,12})(?P<one>\.?[^\W\d_]+|°)?[-–](?P<second>\d{1,12})\.?(?P<ending>[^\W\d_]+|°)"
)
_BEFORE_AN_ORDINAL = frozenset(["", "e", "o", "y", "u"])
"""What may stand before an ordinal without an article."""
_LARGEST_WITHOUT_ARTICLE = 31
"""Of ordinals; "90°" are degrees."""
_BEFORE_DEGREES = frozenset(["de", "a", "di", "entre", "tra"])
"""Words before "45º", whose sign then stands for degrees unless a noun follows."""
_BEHIND_DEGREES = frozenset("NSEOWCF")
"""Letters behind "45º" that make its sign one of degrees."""
_RATIO = re.compile(rf"({PLAIN}):({PLAIN})")
_VERSION = re.compile(r"v?\d+(?:\.\d+){2,}|v\d+(?:\.\d+)?")
_COMPARES = frozenset("=≈×")
"""Signs between two measures: 5 m × 3 m, 1 h = 60 min."""
_ITEM = re.compile(r"(\d{1,2})[°º]")
"""The number of a list's item: "1°) …"."""
_PAIRS = re.compile(r"0\d(?P<mark>[.-])\d{2}(?:(?P=mark)\d{2}){3}")
"""A French telephone number."""
_ISBN = re.compile(r"97[89](?:-\d+){3,4}")
_TELEPHONE = re.compile(r"\(?(?:\d{1,4}[-.)]){2,4}\d{2,4}(?:-\d{2})*")


def number(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """The number that begins at a token, with its unit; empty when none does."""
    token = tokens[place]
    if not any(character.isnumeric() for character in token.core):
        return money(tokens, place, language) if not token.core.isalpha() else []
    for rule in (_telephone, fraction, _special, money, _counted):
        found = rule(tokens, place, language)
        if found:
            return found
    return []


def _telephone(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """A telephone number written in one piece or, after "+", in several."""
    token = tokens[place]
    if _PAIRS.fullmatch(token.core):
        pairs = re.split(r"\D", token.core)
        return [said(token, " ".join(whole_number(pair, language) for pair in pairs))]
    if _is_called(tokens, place, language):
        return [said(token, digits(token.core, language))]
    if _ISBN.fullmatch(token.core):
        return [said(token, digits(token.core, language))]
    if _TELEPHONE.fullmatch(token.core) and "-" in token.core:
        return [said(token, digits(token.core, language))]
    if not re.fullmatch(r"\+\d{1,3}", token.core) or token.closing:
        return []
    run = 1
    while place + run < len(tokens) and re.fullmatch(r"\d+(?:-\d+)*", tokens[place + run].core):
        run += 1
    if run < 3:
        return []
    parts = tokens[place + 1 : place + run]
    short = all(len(part.core) <= 2 for part in parts)
    say = whole_number if short else digits
    plus = language.formulas.signs["+"]
    result = [said(part, say(part.core, language)) for part in parts]
    return [said(token, f"{plus} {say(token.core[1:], language)}"), *result]


def _is_called(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether figures are of a telephone number, whose first stand behind "tel."."""
    before = place
    while before >= 0 and re.fullmatch(r"\d[\d/.-]*", tokens[before].core):
        before -= 1
    named = 0 <= before < place and tokens[before].core.lower() in language.numerals.called
    return named and tokens[before].closing in ("", ".", ":", ".:")


def _special(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    token, numerals = tokens[place], language.numerals
    core = token.core
    if place == 0 and token.closing.startswith(")") and (match := _ITEM.fullmatch(core)):
        return [said(token, whole_number(match[1], language))]
    if (found := _ordinal(core, language)) and _is_ordinal(tokens, place, language):
        return [said(token, found, abbreviated=False)]
    if match := _RATIO.fullmatch(core):
        parts = [spoken_number(part, language) for part in match.groups()]
        return [said(token, f" {numerals.ratio} ".join(parts))]
    if _VERSION.fullmatch(core) and value_of(core.removeprefix("v")) is None:
        version = core.lstrip("v").split(".")
        point = f" {numerals.point} "
        name = f"{language.letters.names['v']} " if core[0] == "v" else ""
        return [said(token, name + point.join(whole_number(part, language) for part in version))]
    return []


def _is_ordinal(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether "2a" or "3°" is an ordinal rather than a product or so many degrees."""
    ending = tokens[place].core.lstrip("0123456789-–.")
    if not language.nouns.articles or (ending not in ("°", "º") and len(ending.encode()) > 1):
        return True
    small = int(re.split(r"\D", tokens[place].core)[0]) <= _LARGEST_WITHOUT_ARTICLE
    following = word_after(tokens, place)
    named = leading(tokens, place) in language.nouns.articles or "." in tokens[place].core
    degrees = leading(tokens, place) in _BEFORE_DEGREES or following in _BEHIND_DEGREES
    if ending == "º" and (named or (small and not degrees)):
        return True
    if in_formula(tokens, place) and ending != "^":
        return False
    if article_agreement(tokens, place, language) or _is_numbered(tokens, place, language):
        return True
    noun = language.abbreviations.stopped.get(following, following)
    begins = small and leading(tokens, place) in _BEFORE_AN_ORDINAL
    return begins and len(noun) > 2 and language.nouns.gender(noun) is not None


def _is_numbered(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a noun that is numbered stands before a token, "volume" or "vol."."""
    before = tokens[place - 1] if place else None
    named = before is not None and before.core.lower() in language.romans.numbered
    return named and tokens[place - 1].closing in ("", ".")


def _ordinal(core: str, language: Language) -> str:
    """An ordinal in digits, or a range of them, "2.ª", "1er-3e"; empty for anything else."""
    endings = language.numerals.endings
    match = _ORDINAL.fullmatch(core)
    if match and match["ending"] in endings:
        return language.numerals.ordinal(int(match["value"]), endings[match["ending"]])
    match = _ORDINALS.fullmatch(core)
    if match is None or match["ending"] not in endings:
        return ""
    first = (match["one"] or match["ending"]).lstrip(".")
    if first not in endings:
        return ""
    ends = ((match["first"], first), (match["second"], match["ending"]))
    spoken = [language.numerals.ordinal(int(value), endings[ending]) for value, ending in ends]
    return language.numerals.ranged(*spoken)


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
    if _is_measure(sign, tokens, place):
        measure = unit(sign, language, many=many)
    if measure:
        stopped = sign.isalpha() and place + 2 < len(tokens)
        value = _value(match, language, _gender(measure, language), measure, before)
        result = [said(token, value), said(tokens[place + 1], measure, abbreviated=stopped)]
        return result + _inverse(tokens, place + 1, language)
    agreement, following = form(tokens, place, language)
    if agreement == "alone" and word_before(tokens, place) in language.nouns.numbered:
        agreement = "which"
    value = _value(match, language, agreement, following, before, years=years)
    if agreement != "alone" and _is_large(match, language):
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
    return language.nouns.gender(clean(measure)[0]) or "masculine"


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


def _is_measure(sign: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether the token after a number is a unit rather than a word or a variable."""
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
    sign = match["sign"].replace("-", "−")
    if not sign:
        return spoken
    formulas = language.formulas
    return f"{formulas.alone.get(sign) or formulas.signs[sign]} {spoken}"
