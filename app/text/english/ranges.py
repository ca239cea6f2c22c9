"""What a dash between two things says: "to", "minus", or nothing, as in "Navier–Stokes"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.english.context import in_equation, in_formula, word_after, word_before
from app.text.pieces import Piece
from app.text.tables import words
from app.text.tokens import Token

_CALENDAR = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
    r"|january|february|march|april|june|july|august|september|october|november|december"
    r"|mon|tue|tues|wed|thu|thurs|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|spring|summer|autumn|fall|winter)",
    re.IGNORECASE,
)
_JOURNEYS = frozenset(
    words(
        """
        train trains flight flights line lines route routes railway railroad road roads motorway
        highway bus buses ferry journey trip service services corridor link leg race drive voyage
        crossing distance tunnel canal express connection shuttle border ticket run walk
        """
    )
)
"""What leads from one place to another; other pairs of names are people's: "Navier–Stokes"."""
_PAIRED = frozenset(words("bond bonds junction junctions test tests testing"))
"""What two letters name together: "C–H bonds"."""
_LABEL = re.compile(r"[A-Za-zΑ-ω]|[IVXLC]+|[A-Z]?\d+[a-z]?")


def joined_by_dash(
    before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> list[str]:
    """The word for an en dash within a token; empty when it is only a joint or a pause.

    Args:
        before: What stands before it in the token.
        after: What stands behind it there.
        tokens: Of the sentence.
        place: Of the token.
    """
    if before is None or after is None:
        return []
    core = tokens[place].core
    if (before.text, after.text) == (")", "("):
        return ["to"] if ")–(" in core and core[0].isdecimal() else []
    if _is_difference(before, after, core) or _is_difference_of_formula(tokens, place, after):
        return ["minus"]
    if word_after(tokens, place).lower() in _PAIRED:
        return []
    ends = (before.text, after.text)
    ranged = all(_LABEL.fullmatch(end) for end in ends) or all(map(_CALENDAR.fullmatch, ends))
    counted = before.kind in ("number", "super", "sub") or after.kind == "number"
    named = word_before(tokens, place) in ("from", "between")
    travelled = word_after(tokens, place).lower() in _JOURNEYS and core[:1].isupper()
    return ["to"] if ranged or counted or named or travelled else []


def _is_difference(before: Piece, after: Piece, core: str) -> bool:
    """Whether a number is taken from a small letter, "n–1"."""
    single = before.kind == "word" and len(before.text) == 1 and before.text.islower()
    return single and after.kind == "number" and core[:1].islower()


def _is_difference_of_formula(tokens: Sequence[Token], place: int, after: Piece) -> bool:
    short = after.kind == "number" or len(after.text) == 1
    return short and (in_formula(tokens, place) or in_equation(tokens, place))
