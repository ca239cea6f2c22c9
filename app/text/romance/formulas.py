"""Words for whatever no other rule reads: formulas, plain words, mixed tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.pieces import Piece, is_scientific, pieces
from app.text.romance.context import (
    MATHEMATICAL,
    between_operands,
    clean,
    in_formula,
    is_operand,
    said,
    word_after,
    word_before,
)
from app.text.romance.figures import spoken_number
from app.text.romance.identifiers import joins_words, word
from app.text.romance.language import Language
from app.text.romance.spelling import letter
from app.text.romance.sums import Bounded, bounded
from app.text.romance.units import unit
from app.text.tokens import Token, Verbalized

_SUMS = frozenset("∑∏∫∮√∛")
_NEEDS_BOTH_SIDES = frozenset(
    "= == != ≠ < > ≤ <= ≥ >= ≈ × * · ⋅ ÷ ∪ ∩ → -> => ⇒ ⟶ ∈".split()  # noqa: SIM905
)
_ARROWS = frozenset("→ -> => * ⟶ ⇒".split())  # noqa: SIM905
_COMPOUND = re.compile(r"(?=.*[^\W\d_]{2})[^\W\d_]+(?:[-'][^\W\d_]+)+")
"""Words that hyphens join, single letters among them: "a-t-il"."""
_CHARGE = re.compile("[1-9][+−]")
"""Of an ion, "Fe³⁺"."""
_LONGEST_PRODUCT = 3
"""Letters that may be multiplied on a side of a stroke: "nRT/P"."""
_DASHES = frozenset("- – — −".split())  # noqa: SIM905


def factorial(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """A short number or variable before "!", unless that ends a sentence of words."""
    token = tokens[place]
    ends = place + 1 == len(tokens) or tokens[place + 1].text[:1].isupper()
    alone = len(tokens) == 1 or in_formula(tokens, place) or "!" in token.core or not ends
    last = token.core.rpartition("/")[2]
    if token.closing[:1] != "!" or len(last) > 3 or not alone or not is_operand(last):
        return []
    spoken = spoken_pieces(pieces(token.core), tokens, place, language)
    factorial = language.formulas.factorial
    return [token.said(clean(f"{spoken} {factorial}"), closing=token.closing[1:])]


def formula(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """The token in words, whatever it is; no letter, digit or sign of it is passed over."""
    token, formulas = tokens[place], language.formulas
    core = token.core
    if not core:
        return [_bare(tokens, place, language)]
    if place and is_scientific(tokens[place - 1].core) and unit(core, language, many=True):
        return [said(token, unit(core, language, many=True))]
    bars = {"|": formulas.absolute, "‖": formulas.norm}
    if core[0] == core[-1] and core[0] in bars and len(core) > 2:
        inner = spoken_pieces(pieces(core[1:-1]), tokens, place, language)
        return [said(token, f"{bars[core[0]]} {inner}")]
    if measure := _lone_unit(tokens, place, language):
        return [said(token, measure)]
    if (joint := language.letters.euphonic) and _COMPOUND.fullmatch(core):
        core = core.replace(f"-{joint}-", f"-{joint}'")
    if found := bounded(core):
        rest = spoken_pieces(pieces(found.rest), tokens, place, language)
        return [said(token, f"{_with_bounds(found, language)} {rest}")]
    spoken = spoken_pieces(pieces(core), tokens, place, language)
    if token.opening.endswith("-") and in_formula(tokens, place):
        return [token.said(clean(f"{formulas.signs['−']} {spoken}"), opening=token.opening[:-1])]
    prime = token.closing[:1] == "'" and "'" not in token.opening and len(core) == 1
    following = tokens[place + 1].core[:1] if place + 1 < len(tokens) else ""
    if prime and (in_formula(tokens, place) or following in MATHEMATICAL):
        spoken = f"{letter(core, language)} {formulas.prime}"
        return [token.said(clean(spoken), closing=token.closing[1:])]
    return [said(token, spoken)]


def _with_bounds(found: Bounded, language: Language) -> str:
    """A sum with its bounds: "sommatoria da i uguale a uno a enne di"."""
    name, of = language.formulas.signs[found.sign].rsplit(" ", 1)
    lower, upper = _inner(found.lower, language), _inner(found.upper, language)
    if not upper:
        return f"{name} {lower} {of}"
    first, second = language.formulas.bounds
    return f"{name} {first} {lower} {second} {upper} {of}"


def _lone_unit(tokens: Sequence[Token], place: int, language: Language) -> str:
    """A unit without a number, "in km/h"; empty for what may be a word or an acronym."""
    core = tokens[place].core
    small = any(character.islower() for character in core)
    compound = "/" in core or core[-1:] in "²³"
    if len(core) == 1 or not small or in_formula(tokens, place):
        return ""
    named = core in language.units.names and not language.letters.vowels.search(core.lower())
    if not compound and not named:
        return ""
    return unit(core, language, many=word_before(tokens, place) in ("en", "in"))


def _bare(tokens: Sequence[Token], place: int, language: Language) -> Verbalized:
    """A token of punctuation only: a minus or a range between numbers, "times", else a pause."""
    token, formulas = tokens[place], language.formulas
    text = token.opening
    if text in ("-", "–", "*", "/", "·") and between_operands(tokens, place):
        ranged = text == "–" or (text == "-" and _rises(tokens, place))
        minus = language.numerals.to if ranged else formulas.signs["−"]
        words = {"*": formulas.signs["×"], "·": formulas.signs["×"], "/": formulas.over}
        return token.said(clean(words.get(text, minus)), opening="", closing="")
    if text in ("-", "–", "*", "•", "+", "—") and place == 0:
        return token.said([], opening="", closing="")
    dashed = text.replace("-", "—") if text in ("-", "--", "---") else text
    return token.said([], opening=dashed[:1] if set(dashed) == {"—"} else dashed, closing="")


def _rises(tokens: Sequence[Token], place: int) -> bool:
    """Whether two whole numbers from at least 1000 on part a hyphen: years, not a difference."""
    ends = (tokens[place - 1].core, tokens[place + 1].core)
    return all(end.isdecimal() and len(end) == 4 for end in ends) and ends[0] < ends[1]


def spoken_pieces(
    parts: Sequence[Piece], tokens: Sequence[Token], place: int, language: Language
) -> str:
    """The pieces of a token in words."""
    result: list[str] = []
    for index, part in enumerate(parts):
        before = parts[index - 1] if index else None
        after = parts[index + 1] if index + 1 < len(parts) else None
        match part.kind:
            case "number":
                result.append(_number(part, before, language))
            case "super":
                result.append(_raised(part.text, before, language))
            case "sub":
                result.append(_lowered(part.text, before, language))
            case "word":
                result.append(word(part, before, after, tokens, place, language))
            case "sign":
                result.append(_sign(part.text, before, after, tokens, place, language))
    return " ".join(filter(None, result))


def _number(part: Piece, before: Piece | None, language: Language) -> str:
    if before and before.text in (".", ",") and part.text.isdecimal():
        mark = language.numerals.point if before.text == "." else language.numerals.comma
        return f"{mark} {spoken_number(part.text, language)}"
    for mark in (".", ","):
        groups = part.text.split(mark)
        if len(groups) > 2 and not all(len(group) == 3 for group in groups[1:]):
            name = f" {language.numerals.point} " if mark == "." else " "
            return name.join(spoken_number(group, language) for group in groups)
    if "." in part.text and "," in part.text and not part.text.replace(".", "").isdecimal():
        return spoken_number(part.text, language)
    return spoken_number(part.text, language)


def _raised(text: str, before: Piece | None, language: Language) -> str:
    """An exponent; on a long word a footnote mark, which is silent."""
    formulas = language.formulas
    if before is None:
        return _inner(text, language)
    if before.kind == "word" and len(before.text) > 3 and text.isdecimal():
        return ""
    if text in ("+", "−", "-"):
        return formulas.signs["−" if text == "-" else text]
    if _CHARGE.fullmatch(text):
        return _inner(text, language)
    if before.text in formulas.functions and text in formulas.powers:
        joint = "" if before.text in formulas.unjoined else formulas.applied
        return f"{formulas.raised_functions.get(text, formulas.powers[text])} {joint}"
    if text in formulas.powers and (text != "T" or before.text.isupper()):
        return formulas.powers[text]
    return f"{formulas.power} {_inner(text, language)}"


def _lowered(text: str, before: Piece | None, language: Language) -> str:
    formulas = language.formulas
    if before and before.text in ("log", "lg"):
        return f"{formulas.base} {_inner(text, language)} {formulas.applied}"
    chemical = before is not None and before.text[:1].isupper() and text.isdecimal()
    return f"{'' if chemical else formulas.index} {_inner(text, language)}".strip()


def _inner(text: str, language: Language) -> str:
    spoken: list[str] = []
    for part in pieces(text):
        if part.kind == "number":
            spoken.append(spoken_number(part.text, language))
        elif part.kind == "word":
            letters = [letter(character, language) for character in part.text]
            spoken += letters if len(part.text) < 3 else [part.text.lower()]
        elif part.kind in ("super", "sub"):
            spoken.append(_raised(part.text, Piece("word", "x"), language))
        else:
            sign = "−" if part.text == "-" else part.text
            spoken.append(language.formulas.signs.get(sign, ""))
    return " ".join(spoken)


def _sign(
    text: str,
    before: Piece | None,
    after: Piece | None,
    tokens: Sequence[Token],
    place: int,
    language: Language,
) -> str:
    formulas = language.formulas
    if text in _DASHES:
        return _dash(text, before, after, tokens, place, language)
    if text in _SUMS and after is None and not is_operand(word_after(tokens, place)[:1]):
        return formulas.signs[text].rsplit(" ", 1)[0]
    if text == "/":
        divides = _divides(before, after, tokens, place)
        return formulas.over if divides and not joins_words(tokens[place].core, language) else ""
    if text == "|":
        opens = before is None and any(each.core.endswith("|") for each in tokens[place + 1 :])
        return formulas.absolute if opens else formulas.given if before and after else ""
    if text == "#":
        sharp = before and before.text in ("C", "F", "A", "G", "D")
        if sharp:
            return formulas.sharp
        return formulas.signs["#"] if after and after.kind == "word" else ""
    if text == "!" and before is not None and after is not None:
        return formulas.factorial
    if text in ("'", "′", "″") and before and after and before.kind != "sign":
        name = formulas.signs["″"] if text == "″" else formulas.prime
        return f"{name} {formulas.applied if after.text == '(' else ''}".strip()
    if text in _NEEDS_BOTH_SIDES and before is None and (after or place == 0):
        return formulas.alone.get(text, "" if text in _ARROWS else formulas.signs.get(text, ""))
    if text in formulas.signs:
        return formulas.signs[text]
    if text.isalnum():
        return letter(text, language)
    return ""


def _dash(
    text: str,
    before: Piece | None,
    after: Piece | None,
    tokens: Sequence[Token],
    place: int,
    language: Language,
) -> str:
    """A minus, "to" between numbers, or nothing: the pause between words."""
    minus, to = language.formulas.signs["−"], language.numerals.to
    if text == "−":
        return minus
    if before is None:
        return minus if after is not None and (after.kind == "number" or text == "-") else ""
    if after is None or _COMPOUND.fullmatch(tokens[place].core):
        return ""
    if text == "-":
        return minus if _is_minus(before, after, tokens, place) else ""
    ends = before.text + after.text
    ranged = ends.isdecimal() or (len(ends) == 2 and ends.isupper())
    return to if ranged and text == "–" else ""


def _is_minus(before: Piece, after: Piece, tokens: Sequence[Token], place: int) -> bool:
    """A hyphen between a small variable or a bracket and a number or another variable."""
    left = before.text in ("(", ")") or before.kind in ("super", "sub")
    left = left or (before.kind == "word" and len(before.text) == 1 and before.text.islower())
    left = left or (before.kind == "number" and in_formula(tokens, place))
    right = after.kind == "number" or (len(after.text) == 1 and after.text not in "'")
    return left and right


def _divides(
    before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> bool:
    """Whether a stroke stands between numbers or variables rather than words: "y/o"."""
    if before is None and after is None:
        return between_operands(tokens, place)
    if before is None or after is None:
        other = before or after
        return other is not None and (in_formula(tokens, place) or other.text == ")")
    if before.text.isupper() and after.text.isupper():
        return in_formula(tokens, place)
    if in_formula(tokens, place) and max(len(before.text), len(after.text)) <= _LONGEST_PRODUCT:
        return True
    return _is_short(before) and _is_short(after)


def _is_short(part: Piece) -> bool:
    short = len(part.text) == 1 or part.text in ("dx", "dt", "dy")
    return short or part.kind in ("number", "super", "sub")
