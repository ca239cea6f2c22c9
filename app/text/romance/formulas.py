"""Words for whatever no other rule reads: formulas, plain words, mixed tokens."""

from __future__ import annotations

from collections.abc import Sequence

from app.text.pieces import Piece, between, is_scientific, pieces
from app.text.romance.context import (
    MATHEMATICAL,
    Around,
    article_agreement,
    between_operands,
    clean,
    in_formula,
    is_operand,
    said,
    word_before,
)
from app.text.romance.figures import spoken_number
from app.text.romance.identifiers import word
from app.text.romance.language import Language
from app.text.romance.scripts import inner, lowered, raised
from app.text.romance.signs import is_compound, sign
from app.text.romance.spelling import letter
from app.text.romance.sums import Bounded, bounded
from app.text.romance.units import is_listed, unit
from app.text.tokens import Token, Verbalized

_LONGEST_OPERAND = 3
_CALLED = frozenset("fghFGHP")
"""Letters that with an index still name a function: "fₙ(x)"."""


def factorial(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """A short number or variable before "!", unless that ends a sentence of words."""
    token = tokens[place]
    ends = place + 1 == len(tokens) or tokens[place + 1].text[:1].isupper()
    alone = len(tokens) == 1 or in_formula(tokens, place) or "!" in token.core or not ends
    last = token.core.rpartition("/")[2]
    bracketed = "(" in token.core and token.closing.startswith(")!") and "!" in token.core
    plain = token.closing[:1] == "!" and len(last) <= _LONGEST_OPERAND and is_operand(last)
    if not (bracketed or (plain and alone)):
        return []
    spoken = spoken_pieces(pieces(token.core), tokens, place, language)
    factorial = language.formulas.factorial
    closing = token.closing.replace("!", "", 1)
    return [token.said(clean(f"{spoken} {factorial}"), closing=closing)]


def formula(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """The token in words, whatever it is; no letter, digit or sign of it is passed over."""
    token, formulas = tokens[place], language.formulas
    core = token.core
    if not core:
        return [_bare(tokens, place, language)]
    if place and is_scientific(tokens[place - 1].core) and unit(core, language, many=True):
        return [said(token, unit(core, language, many=True))]
    if core == "%" and core in formulas.alone and article_agreement(tokens, place, language):
        return [said(token, formulas.alone[core])]
    bars = {"|": formulas.absolute, "‖": formulas.norm}
    if core[0] == core[-1] and core[0] in bars and len(core) > 2:
        inner = spoken_pieces(pieces(core[1:-1]), tokens, place, language)
        return [said(token, f"{bars[core[0]]} {inner}")]
    if measure := _lone_unit(tokens, place, language):
        return [said(token, measure)]
    if (joint := language.letters.euphonic) and is_compound(core):
        core = core.replace(f"-{joint}-", f"-{joint}'")
    if found := bounded(core):
        rest = spoken_pieces(pieces(found.rest), tokens, place, language)
        return [said(token, f"{_with_bounds(found, language)} {rest}")]
    spoken = spoken_pieces(pieces(core), tokens, place, language)
    if not core[0].isalnum():
        # "Es ≤ 5": the verb of the sign is in the text.
        spoken = spoken.removeprefix(f"{word_before(tokens, place)} ").lstrip()
    if token.opening.endswith("-") and in_formula(tokens, place):
        return [token.said(clean(f"{formulas.signs['−']} {spoken}"), opening=token.opening[:-1])]
    prime = token.closing[:1] == "'" and "'" not in token.opening and len(core) == 1
    following = tokens[place + 1].core[:1] if place + 1 < len(tokens) else ""
    if prime and (in_formula(tokens, place) or following in MATHEMATICAL):
        twice = token.closing.startswith("''")
        spoken = f"{letter(core, language)} {formulas.signs['″'] if twice else formulas.prime}"
        return [token.said(clean(spoken), closing=token.closing[1 + twice :])]
    return [said(token, spoken)]


def _with_bounds(found: Bounded, language: Language) -> str:
    """A sum with its bounds: "sommatoria da i uguale a uno a enne di"."""
    formulas = language.formulas
    name, of = formulas.signs[found.sign].rsplit(" ", 1)
    lower, upper = inner(found.lower, language), inner(found.upper, language)
    if not upper:
        return f"{name} {lower} {of}"
    first, second = formulas.bounds
    return f"{name} {first} {lower} {second} {upper} {of}"


def _lone_unit(tokens: Sequence[Token], place: int, language: Language) -> str:
    """A unit without a number, "in km/h"; empty for what may be a word or an acronym."""
    core = tokens[place].core
    small = any(character.islower() for character in core)
    compound = "/" in core or core[-1:] in "²³"
    if len(core) == 1 or not small or in_formula(tokens, place):
        return ""
    named = is_listed(core, language) and not language.letters.vowels.search(core.lower())
    if not compound and not named:
        return ""
    return unit(core, language, many=word_before(tokens, place) in ("en", "in"))


def _bare(tokens: Sequence[Token], place: int, language: Language) -> Verbalized:
    """A token of punctuation only: a minus or a range between numbers, "times", else a pause."""
    token, formulas = tokens[place], language.formulas
    text = token.opening
    calculates = text in ("-", "–", "*", "/", "·") or _divides(tokens, place, language)
    if calculates and between_operands(tokens, place):
        ranged = text == "–" or (text == "-" and _rises(tokens, place))
        minus = language.numerals.to if ranged else formulas.signs["−"]
        words = {
            ":": formulas.signs["÷"],
            "*": formulas.signs["×"],
            "·": formulas.signs["×"],
            "/": formulas.over,
        }
        return token.said(clean(words.get(text, minus)), opening="", closing="")
    if text in ("-", "–", "*", "•", "+", "—") and place == 0:
        return token.said([], opening="", closing="")
    dashed = text.replace("-", "—") if text in ("-", "--", "---") else text
    return token.said([], opening=dashed[:1] if set(dashed) == {"—"} else dashed, closing="")


def _divides(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a lone colon stands for a division rather than for punctuation."""
    if tokens[place].opening != ":":
        return False
    if not language.formulas.spaced_colon:
        return True
    beside = [token.core for token in tokens[place - 1 : place + 3]]
    return len(beside) == 4 and beside[3] == "=" and (beside[0] + beside[2]).isdecimal()


def _rises(tokens: Sequence[Token], place: int) -> bool:
    """Whether two whole numbers from at least 1000 on part a hyphen: years, not a difference."""
    ends = (tokens[place - 1].core, tokens[place + 1].core)
    return all(end.isdecimal() and len(end) == 4 for end in ends) and ends[0] < ends[1]


def spoken_pieces(
    parts: Sequence[Piece], tokens: Sequence[Token], place: int, language: Language
) -> str:
    """The pieces of a token in words."""
    result: list[str] = []
    for before, part, after in between(parts):
        around = Around(before, after, tokens, place, language)
        match part.kind:
            case "number":
                result.append(_number(part, before, language))
            case "super":
                result.append(raised(part.text, before, language))
            case "sub":
                result.append(lowered(part.text, before, language))
                if before and before.text in _CALLED and after and after.text == "(":
                    result.append(language.formulas.applied)
            case "word":
                result.append(word(part, around))
            case "sign":
                result.append(sign(part.text, around))
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
    return spoken_number(part.text, language)
