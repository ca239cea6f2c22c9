"""English words for whatever no other rule reads: formulas, identifiers, mixed tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from app.text.english.context import (
    MATHEMATICAL,
    core_after,
    follows_operand,
    in_equation,
    in_formula,
    is_operand,
    precedes_operand,
    said,
)
from app.text.english.identifiers import word
from app.text.english.letters import letter
from app.text.english.numerals import ordinal, spoken_number
from app.text.english.operators import sign
from app.text.english.signs import SIGNS
from app.text.english.units import unit
from app.text.pieces import Piece, between, is_scientific, pieces
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_OPERATORS = {"*": "times", "/": "over", "·": "times"}
_BARS = {"|": "the absolute value of", "‖": "the norm of"}
_INNER_SIGNS = {"-": "minus", "/": "over"}
_INNER_WORDS = frozenset(
    words("pi mu nu xi phi chi psi rho tau eta max min net out in eff avg tot ext int old new top")
)
_SUMS = frozenset("∑∏∫∮")
_POWER_OF_BARS = re.compile(r"\|([^|]+)\|([²³]|\^\w+)")
_RARE_UNITS = {"C": "coulombs", "H": "henries", "M": "molar"}
"""Letters that are units behind a power of ten only."""
_ION = re.compile(r"(?:[A-Z][a-z]?){1,3}[⁺⁻]")
_BEFORE_A_VALUE = frozenset(
    words("is are was equals be to than by from of and or between minus plus times gives get")
)
"""Behind them a hyphen before a variable is its sign: "equals -x"."""


def factorial(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A number, a variable or a bracket before "!", unless that ends a sentence of words."""
    token = tokens[place]
    behind = token.closing.lstrip(")")
    if behind[:1] != "!" or not is_operand(token.core):
        return []
    composed = "!" in token.core or (behind != token.closing and not token.core.isalnum())
    ends = place + 1 == len(tokens) or tokens[place + 1].text[:1].isupper()
    alone = len(tokens) == 1 or in_formula(tokens, place) or not ends
    divides = place > 0 and tokens[place - 1].core in ("/", "=", "+", "−", "·", "×")
    single = behind == token.closing and len(token.core) <= 3 and (alone or divides)
    if not (single or composed):
        return []
    opening, sign = _signed(tokens, place)
    spoken = _spoken(pieces(token.core), tokens, place)
    closing = token.closing.replace("!", "", 1)
    return [token.said([*sign, *spoken, "factorial"], opening=opening, closing=closing)]


def formula(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The token in words, whatever it is; no letter, digit or sign of it is passed over."""
    token = tokens[place]
    core = token.core
    if not core:
        return [_bare(tokens, place)]
    if place and _is_power(tokens[place - 1].core):
        measure = _RARE_UNITS.get(core, "").split() or unit(core, many=True)
        if measure:
            return [said(token, measure)]
    if powered := _POWER_OF_BARS.fullmatch(core):
        inner = _spoken(pieces(powered[1]), tokens, place)
        power = _raised(pieces("x" + powered[2])[1].text, Piece("sign", "|"))
        return [said(token, [*_BARS["|"].split(), *inner, *power])]
    if core[0] == core[-1] and core[0] in _BARS and len(core) > 2:
        inner = _spoken(pieces(core[1:-1]), tokens, place)
        return [said(token, [*_BARS[core[0]].split(), *inner])]
    if _ION.fullmatch(core):
        parts = (name for c in re.sub("[⁺⁻]", "", core).upper() for name in letter(c))
        return [said(token, [*parts, "plus" if core[-1] == "⁺" else "minus"])]
    opening, sign = _signed(tokens, place)
    token = replace(token, opening=opening)
    spoken = [*sign, *_spoken(pieces(core), tokens, place)]
    following = core_after(tokens, place)[:1]
    prime = token.closing[:1] == "'" and "'" not in token.opening and len(core) == 1
    if prime and (following in MATHEMATICAL or in_formula(tokens, place)):
        return [token.said([*spoken, "prime"], closing=token.closing[1:])]
    if token.closing[:2] == "--" and len(core) == 1 and core.islower():
        return [token.said([*spoken, "minus", "minus"], closing=token.closing[2:])]
    return [said(token, spoken)]


def _is_power(core: str) -> bool:
    return any(map(str.isdecimal, core)) and is_scientific(core)


def _signed(tokens: Sequence[Token], place: int) -> tuple[str, list[str]]:
    """Opening marks of a token without the hyphen that is a minus, and its word: "(-b"."""
    token = tokens[place]
    before, hyphen, brackets = token.opening.rpartition("-")
    product = re.fullmatch(r"[a-z]{2}", token.core) and in_formula(tokens, place)
    if not hyphen or before.endswith("-") or not (product or is_operand(token.core)):
        return token.opening, []
    wordless = len(token.core) == 1 or product is not None or not token.core.isalpha()
    composed = re.search(r"[/^²³]", token.core) is not None
    bracketed = composed or bool(before or brackets.strip("(")) or (brackets and place > 0)
    counted = in_formula(tokens, place) or follows_operand(tokens, place)
    valued = place > 0 and tokens[place - 1].core.lower() in _BEFORE_A_VALUE
    if not wordless or not (bracketed or counted or valued):
        return token.opening, []
    return before + brackets, ["minus"]


def _bare(tokens: Sequence[Token], place: int) -> Verbalized:
    """A token of punctuation only: a minus or a range between numbers, "times", else a pause."""
    token = tokens[place]
    text = token.opening
    if text in _OPERATORS and _joins(tokens, place, text):
        return token.said(_OPERATORS[text].split(), opening="", closing="")
    if text in ("-", "–") and _joins(tokens, place, text):
        to = _rises(tokens, place) if text == "-" else not _subtracts(tokens, place)
        return token.said(["to" if to else "minus"], opening="", closing="")
    if text == ":" and _joins(tokens, place, "*") and _is_proportion(tokens, place):
        return token.said(["to"], opening="", closing="")
    if text in ("-", "–", "*", "•", "+", "—") and place == 0:
        return token.said([], opening="", closing="")
    return token.said(
        [], opening=text.replace("-", "—") if text in ("-", "--", "---") else text, closing=""
    )


def _joins(tokens: Sequence[Token], place: int, text: str) -> bool:
    """Whether a sign that stands alone is one of a formula."""
    if follows_operand(tokens, place) and precedes_operand(tokens, place):
        return True
    worded = text != "*" and place > 0 and place + 1 < len(tokens)
    return worded and in_equation(tokens, place)


def _is_proportion(tokens: Sequence[Token], place: int) -> bool:
    """Whether a colon that stands alone parts two numbers, or is one of two: "a : b = c : d"."""
    numbers = all(tokens[at].core.isdecimal() for at in (place - 1, place + 1))
    return numbers or sum(token.text == ":" for token in tokens) > 1


def _subtracts(tokens: Sequence[Token], place: int) -> bool:
    """Whether an en dash parts small letters or stands in an equation."""
    ends = (tokens[place - 1].core, tokens[place + 1].core)
    letters = any(len(end) == 1 and end.islower() for end in ends)
    return letters or in_equation(tokens, place)


def _rises(tokens: Sequence[Token], place: int) -> bool:
    """Whether two whole numbers from at least 1900 on part a hyphen: years, not a difference."""
    ends = (tokens[place - 1].core, tokens[place + 1].core)
    return all(end.isdecimal() and len(end) == 4 for end in ends) and ends[0] < ends[1]


def _spoken(parts: Sequence[Piece], tokens: Sequence[Token], place: int) -> list[str]:
    result: list[str] = []
    bounded, first = _bounded(parts)
    result += bounded
    for before, part, after in islice(between(parts), first, None):
        match part.kind:
            case "number":
                result += _number(part, before)
            case "super":
                inverse = bool(after and after.text == "(" and before and before.text in "fgh")
                result += _raised(part.text, before, inverse=inverse)
                result += ["of"] if inverse else []
            case "sub":
                result += _lowered(part.text, before)
            case "word":
                result += word(part, before, after, tokens, place)
            case "sign":
                result += sign(part.text, before, after, tokens, place)
    return result


def _bounded(parts: Sequence[Piece]) -> tuple[list[str], int]:
    """A sum or an integral with its bounds at the start of a token, and how many pieces it is."""
    if len(parts) < 2 or parts[0].text not in _SUMS or parts[1].kind != "sub":
        return [], 0
    name = [*SIGNS[parts[0].text].split()[:-1], "from" if len(parts) > 2 else "over"]
    lower = _inner(parts[1].text)
    if len(parts) == 2 or parts[2].kind != "super":
        return [*name[:-1], "over", *lower, "of"], 2
    return [*name, *lower, "to", *_inner(parts[2].text), "of"], 3


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


def _raised(text: str, before: Piece | None, *, inverse: bool = False) -> list[str]:
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
    if text == "−1" and inverse:
        return ["inverse"]
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
            whole = len(part.text) > (3 if part.text.islower() else 2) or part.text in _INNER_WORDS
            spoken += [part.text] if whole else [n for c in part.text for n in letter(c)]
        elif part.kind == "super":
            spoken += _raised(part.text, Piece("sign", ""))
        elif part.text in _INNER_SIGNS:
            spoken.append(_INNER_SIGNS[part.text])
        else:
            spoken += SIGNS.get(part.text, "").split()
    return spoken
