"""English words for whatever no other rule reads: formulas, identifiers, mixed tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.english.context import (
    MATHEMATICAL,
    in_formula,
    is_operand,
    said,
    word_after,
    word_before,
)
from app.text.english.identifiers import word
from app.text.english.letters import letter, named
from app.text.english.numerals import ordinal, spoken_number
from app.text.english.signs import NEEDS_BOTH_SIDES, SIGNS, SIGNS_ALONE
from app.text.english.units import unit
from app.text.pieces import Piece, is_scientific, pieces
from app.text.tokens import Token, Verbalized

_BETWEEN = {"–": "to", "—": "to", "|": "given"}
_BARS = {"|": "the absolute value of", "‖": "the norm of"}
_ION = re.compile(r"(?:[A-Z][a-z]?){1,3}[⁺⁻]")
_SUMS = frozenset("∑∏∫∮√")


def factorial(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A short number or variable before "!", unless that ends a sentence of words."""
    token = tokens[place]
    ends = place + 1 == len(tokens) or tokens[place + 1].text[:1].isupper()
    alone = len(tokens) == 1 or in_formula(tokens, place) or not ends
    if token.closing[:1] != "!" or len(token.core) > 3 or not alone or not is_operand(token.core):
        return []
    spoken = _spoken(pieces(token.core), tokens, place)
    return [token.said([*spoken, "factorial"], closing=token.closing[1:])]


def formula(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The token in words, whatever it is; no letter, digit or sign of it is passed over."""
    token = tokens[place]
    core = token.core
    if not core:
        return [_bare(tokens, place)]
    if place and is_scientific(tokens[place - 1].core) and unit(core, many=True):
        return [said(token, unit(core, many=True))]
    if core[0] == core[-1] and core[0] in _BARS and len(core) > 2:
        inner = _spoken(pieces(core[1:-1]), tokens, place)
        return [said(token, [*_BARS[core[0]].split(), *inner])]
    if _ION.fullmatch(core):
        parts = (name for c in re.sub("[⁺⁻]", "", core).upper() for name in letter(c))
        return [said(token, [*parts, "plus" if core[-1] == "⁺" else "minus"])]
    spoken = _spoken(pieces(core), tokens, place)
    following = tokens[place + 1].core[:1] if place + 1 < len(tokens) else ""
    prime = token.closing[:1] == "'" and "'" not in token.opening and len(core) == 1
    if prime and (following in MATHEMATICAL or in_formula(tokens, place)):
        return [token.said([*spoken, "prime"], closing=token.closing[1:])]
    return [said(token, spoken)]


def _bare(tokens: Sequence[Token], place: int) -> Verbalized:
    """A token of punctuation only: a minus or a range between numbers, "times", else a pause."""
    token = tokens[place]
    between = _between_operands(tokens, place)
    text = token.opening
    if text in ("-", "–", "*", "/", "·") and between:
        ranged = text == "–" or (text == "-" and _rises(tokens, place))
        words = {"*": "times", "/": "over", "·": "times"}.get(text, "to" if ranged else "minus")
        return token.said([words], opening="", closing="")
    if text in ("-", "–", "*", "•", "+", "—") and place == 0:
        return token.said([], opening="", closing="")
    return token.said(
        [], opening=text.replace("-", "—") if text in ("-", "--", "---") else text, closing=""
    )


def _between_operands(tokens: Sequence[Token], place: int) -> bool:
    return is_operand(word_before(tokens, place)) and is_operand(_following(tokens, place))


def _following(tokens: Sequence[Token], place: int) -> str:
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    return following.core if following and not following.opening else ""


def _rises(tokens: Sequence[Token], place: int) -> bool:
    """Whether two whole numbers from at least 1900 on part a hyphen: years, not a difference."""
    ends = (tokens[place - 1].core, tokens[place + 1].core)
    return all(end.isdecimal() and len(end) == 4 for end in ends) and ends[0] < ends[1]


def _spoken(parts: Sequence[Piece], tokens: Sequence[Token], place: int) -> list[str]:
    result: list[str] = []
    for index, part in enumerate(parts):
        before = parts[index - 1] if index else None
        after = parts[index + 1] if index + 1 < len(parts) else None
        match part.kind:
            case "number":
                result += _number(part, before)
            case "super":
                result += _raised(part.text, before)
            case "sub":
                result += _lowered(part.text, before)
            case "word":
                result += word(part, before, after, tokens, place)
            case "sign":
                result += _sign(part.text, before, after, tokens, place)
    return result


def _number(part: Piece, before: Piece | None) -> list[str]:
    if before and before.text == "." and part.text.isdecimal():
        return ["point", *spoken_number("0." + part.text)[2:]]
    commas = part.text.split(",")
    if len(commas) > 1 and not all(len(group) == 3 for group in commas[1:]):
        return [word for group in commas for word in spoken_number(group)]
    points = part.text.split(".")
    if len(points) > 2:
        return " point ".join(" ".join(spoken_number(point)) for point in points).split()
    return spoken_number(part.text)


def _raised(text: str, before: Piece | None) -> list[str]:
    """An exponent; on a long word a footnote mark, which is silent."""
    if before is None:
        return _inner(text)
    if before.kind == "word" and len(before.text) > 3 and text.isdecimal():
        return []
    if text in ("2", "3"):
        return [{"2": "squared", "3": "cubed"}[text]]
    if text in ("+", "−", "-"):
        return [SIGNS["−" if text == "-" else text]]
    if text == "T" and before.text.isupper():
        return ["transpose"]
    if text in ("st", "nd", "rd", "th") and before.text.isdecimal():
        return []
    if text.isdecimal():
        return ["to", "the", *ordinal(int(text))]
    return ["to", "the", *_inner(text)]


def _lowered(text: str, before: Piece | None) -> list[str]:
    if before and before.text in ("log", "lg"):
        return ["base", *_inner(text), "of"]
    return _inner(text)


def _inner(text: str) -> list[str]:
    spoken: list[str] = []
    for part in pieces(text):
        if part.kind == "number":
            spoken += spoken_number(part.text)
        elif part.kind == "word":
            spoken += (
                [n for c in part.text for n in letter(c)] if len(part.text) < 3 else [part.text]
            )
        elif part.text == "-":
            spoken.append("minus")
        else:
            spoken += SIGNS.get(part.text, "").split()
    return spoken


def _sign(
    text: str, before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> list[str]:
    if text == "-":
        return ["minus"] if _is_minus(before, after) else []
    if text == "$" and after is not None and after.kind == "word":
        return ["dollar"]
    following = word_after(tokens, place).lower()
    if text in _SUMS and after is None and following in ("of", "from", "over", ""):
        return SIGNS[text].split()[:-1]
    if text == "/":
        return ["over"] if _divides(before, after, tokens, place) else []
    if text in _BETWEEN:
        return [_BETWEEN[text]] if before and after else []
    if text == "#":
        return _hash(before, after)
    if text in ("'", "′") and before and after:
        return ["prime", *(["of"] if after.text == "(" else [])]
    if text in NEEDS_BOTH_SIDES and before is None and (after or place == 0):
        return SIGNS_ALONE.get(text, "" if text in ("→", "->", "=>", "*") else SIGNS[text]).split()
    if text in SIGNS:
        return SIGNS[text].split()
    if text.isalnum():
        return named(text)
    silent = text in "()[]{}<>,.;:!?\"'`«»“”„‘’‹›_\\…*" or not text.isprintable()
    return [] if silent or ord(text[0]) < 0x2000 else named(text)


def _divides(
    before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> bool:
    """Whether a stroke stands between numbers or variables rather than words: "and/or"."""
    if before is None and after is None:
        return _between_operands(tokens, place)
    if before is None or after is None or (before.text.isupper() and after.text.isupper()):
        return False
    above = len(before.text) == 1 or before.kind == "number" or before.text in ("dx", "dt", "dy")
    below = len(after.text) == 1 or after.kind == "number" or after.text in ("dx", "dt", "dy")
    return above and below


def _hash(before: Piece | None, after: Piece | None) -> list[str]:
    if before and before.text in ("C", "F", "A", "G", "D", "c", "f"):
        return ["sharp"]
    return ["hash"] if after and after.kind == "word" else []


def _is_minus(before: Piece | None, after: Piece | None) -> bool:
    """A hyphen between a small variable or a bracket and a number or another variable."""
    if before is None or after is None:
        return after is not None and after.kind == "number"
    left = before.text == ")" or (
        before.kind == "word" and len(before.text) == 1 and before.text.islower()
    )
    left = left or before.kind in ("super", "sub")
    return left and (after.kind == "number" or (len(after.text) == 1 and after.text not in "'"))
