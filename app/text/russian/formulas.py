"""Russian words for whatever no other rule reads: formulas, identifiers, mixed tokens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from app.text.pieces import Piece, between, is_scientific, pieces
from app.text.russian.abbreviations import closing
from app.text.russian.chemistry import chemical, is_element, is_substance
from app.text.russian.latin import is_known, latin
from app.text.russian.mathematics import (
    CASE_OF_NOUGHT,
    beside,
    between_operands,
    has_minus_before,
    in_formula,
    is_factorial,
)
from app.text.russian.mixed import any_word, letters_of, word_of_a_formula
from app.text.russian.numerals import LARGEST, Case, cardinal, decimal, ordinal, spoken_number
from app.text.russian.operators import sign
from app.text.russian.signs import FUNCTIONS, SIGNS
from app.text.russian.units import SAID_POWERS, is_unit, unit
from app.text.tokens import Token, Verbalized

_GENITIVE_SIGNS = ("√", "∛")
_REACH = 4
"""Tokens beside an element that tell whether it reacts with something."""
_REACTION_SIGNS = ("+", "→", "->", "=", "⟶")
_SIDE = r"(?:\{[^}]*\}?|[^\W_])"
_BOUNDED = re.compile(
    rf"""
    (?P<sum>[∑∏∫∮])(?:_(?P<low>{_SIDE})|(?P<sub>[₀-₉ᵢⱼ]+))(?:\^(?P<high>{_SIDE})|(?P<sup>[⁰¹²³⁴-⁹ⁿ]+))?
    |(?P<function>lim|max|min|sup|inf|log|lg)_(?P<of>{_SIDE})
    """,
    re.VERBOSE,
)
"""A sum or a limit with its bounds, "∑_{{i=1}}^n", "∫₀¹"."""
_FACTORIAL_OF_BRACKETS = re.compile(r"\)+!")
_BARS = {"|": "модуль", "‖": "норма"}


def factorial(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A short number or variable before "!" with its factorial; empty for a call."""
    if not is_factorial(tokens, place):
        return []
    token = tokens[place]
    words = [*spoken_pieces(token.core, tokens, place), "факториал"]
    return [token.said(words, closing=token.closing[1:])]


def formula(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The token in words, whatever it is; no letter, digit or sign of it is passed over."""
    token = tokens[place]
    core = token.core
    if not core:
        return [_bare(tokens, place)]
    if is_known(core):
        return [token.said(latin(core))]
    if place and is_scientific(tokens[place - 1].core) and is_unit(core):
        return [token.said(unit(core, 5), closing=closing(tokens, place))]
    if core[0] == core[-1] and core[0] in _BARS and len(core) > 2:
        return [token.said([_BARS[core[0]], *spoken_pieces(core[1:-1], tokens, place)])]
    spoken = spoken_pieces(core, tokens, place)
    mathematical = "!" in core or in_formula(tokens, place)
    if mathematical and _FACTORIAL_OF_BRACKETS.match(token.closing):
        spoken.append("факториал")
    if has_minus_before(token):
        return [token.said(["минус", *spoken], opening=token.opening[:-1])]
    if token.closing[:1] == "'" and len(core) == 1 and core.isascii() and "'" not in token.opening:
        return [token.said([*spoken, "штрих"], closing=token.closing[1:])]
    return [token.said(spoken)]


def spoken_pieces(core: str, tokens: Sequence[Token], place: int) -> list[str]:
    """Words of a core, piece by piece."""
    named = chemical(core, alone=is_element(core) and _reacts(tokens, place))
    if named:
        return named
    bounded = _BOUNDED.match(core)
    if bounded:
        rest = core[bounded.end() :]
        return [*_bounds(bounded), *(spoken_pieces(rest, tokens, place) if rest else [])]
    result: list[str] = []
    for before, part, after in between(pieces(core)):
        match part.kind:
            case "number":
                result += _number(part.text, before)
            case "super":
                result += _raised(part.text, before)
            case "sub":
                result += _lowered(part.text, before)
            case "word":
                result += word_of_a_formula(part.text, before, after, tokens, place)
            case "sign":
                result += sign(part.text, before, after, tokens, place)
    return result


def _reacts(tokens: Sequence[Token], place: int) -> bool:
    """Whether a substance stands near, and a sign between them, as in "Zn + 2HCl"."""
    cores = [token.core for token in beside(tokens, place, _REACH)]
    return any(map(is_substance, cores)) and any(core in _REACTION_SIGNS for core in cores)


def _bounds(match: re.Match[str]) -> list[str]:
    """Words of a sum, an integral or a limit with its bounds."""
    if match["function"]:
        base = ["по", "основанию"] if match["function"] in ("log", "lg") else ["при"]
        base = [] if match["function"] == "lim" else base
        return [*FUNCTIONS[match["function"]].split(), *base, *_bound(match["of"], "nominative")]
    low, high = match["low"] or match["sub"], match["high"] or match["sup"]
    if high is None:
        return [*SIGNS[match["sum"]].split(), "по", *_bound(low, "nominative")]
    between = ["от", *_bound(low, "genitive"), "до", *_bound(high, "genitive")]
    return [*SIGNS[match["sum"]].split(), *between]


def _bound(text: str, case: Case) -> list[str]:
    plain = unicodedata.normalize("NFKC", text.strip("{}"))
    if plain.isdecimal() and int(plain) <= LARGEST:
        return cardinal(int(plain), case)
    return _inner(plain)


def _bare(tokens: Sequence[Token], place: int) -> Verbalized:
    """A token of punctuation only: a sign between operands, a bullet, or a pause."""
    token = tokens[place]
    text = token.opening
    if between_operands(tokens, place) and text in ("-", "–", "*", "·"):
        numbers = tokens[place - 1].core.isdecimal() and tokens[place + 1].core.isdecimal()
        numbers = numbers and not any(token.core == "=" for token in tokens)
        if text != "–" or not numbers:
            return token.said(
                ["минус"] if text in "-–" else ["умножить", "на"], opening="", closing=""
            )
    if text == ":" and _is_ratio(tokens, place):
        return token.said(["к"], opening="", closing="")
    if text in ("-", "–", "—", "*", "•") and place == 0:
        return token.said([], opening="", closing="")
    return token.said([], opening="—" if text in ("-", "--", "---") else text, closing="")


def _is_ratio(tokens: Sequence[Token], place: int) -> bool:
    sides = tokens[max(0, place - 1) : place + 2 : 2]
    return len(sides) == 2 and all(side.core.isdecimal() for side in sides)


def _number(text: str, before: Piece | None) -> list[str]:
    if before is not None and before.text in _GENITIVE_SIGNS and text.isdecimal():
        return cardinal(int(text), "genitive") if int(text) <= LARGEST else spoken_number(text)
    if text == "0" and before is not None and before.text in CASE_OF_NOUGHT:
        return cardinal(0, CASE_OF_NOUGHT[before.text])
    parts = re.split(r"[.,]", text)
    if len(parts) == 2 and "," in text and len(parts[0]) < len(str(LARGEST)):
        return decimal(int(parts[0]), parts[1])
    if len(parts) == 1:
        return spoken_number(text)
    mark = "запятая" if "," in text else "точка"
    return f" {mark} ".join(" ".join(spoken_number(part)) for part in parts).split()


def _raised(text: str, before: Piece | None) -> list[str]:
    """An exponent; on a long word a footnote mark, which is silent."""
    if before is None:
        return _inner(text)
    if before.kind == "word" and len(before.text) > 3 and text.isdecimal():
        return []
    if text in SAID_POWERS:
        return SAID_POWERS[text].split()
    if text in ("+", "−", "-"):
        return ["плюс" if text == "+" else "минус"]
    if text == "T":
        return ["транспонированное"]
    sign = ["минус"] if text[0] in "−-" else []
    if text.lstrip("−-").isdecimal():
        degree = ordinal(int(text.lstrip("−-")), "prepositional", "feminine")
        return ["в", *sign, *degree, "степени"]
    return ["в", "степени", *_inner(text)]


def _lowered(text: str, before: Piece | None) -> list[str]:
    if before is not None and before.text == "log":
        return ["по", "основанию", *_inner(text)]
    return _inner(text)


def _inner(text: str) -> list[str]:
    result: list[str] = []
    before: Piece | None = None
    for part in pieces(text):
        if part.kind == "number":
            result += _number(part.text, before)
        elif part.kind == "word":
            result += letters_of(part.text) if len(part.text) < 3 else any_word(part.text)
        else:
            result += SIGNS.get(part.text.replace("-", "−"), "").split()
        before = part
    return result
