"""What stands around a number: its preposition, what it counts, and whether a unit follows."""

from __future__ import annotations

from collections.abc import Sequence

from app.text.russian.context import INSTRUMENTAL, word_after
from app.text.russian.counting import case_of
from app.text.russian.numerals import Case
from app.text.russian.units import is_length, is_unit
from app.text.tables import words
from app.text.tokens import Token

_WITH_WITH = frozenset(
    words("небольшим лишним хвостиком каждого каждой каждых человека начала конца половины лица")
)
"""Genitives behind "с" as a preposition: "по 100 с каждого"."""
_FIRST_PERSON = ("аем", "яем", "уем", "еем", "ляем", "дим", "вим", "шим", "чим", "тим")
"""Verbs that end as nouns in the instrumental do."""
_NO_NOUNS = frozenset(words("потом затем совсем причём чем днём"))
DIRECTIONS = ("за", "через", "на", "про", "в", "во")
"""Prepositions of an amount in the accusative, "за 1 мин."."""


def preposition(tokens: Sequence[Token], place: int) -> str:
    """The preposition of a number; "с 5 до 7" asks for the genitive, as "от" does."""
    before = tokens[place - 1] if place else None
    if before is None:
        return ""
    if before.text == ":" and place > 1 and tokens[place - 2].core.isdecimal():
        return "к"
    word = before.core.lower()
    if word in ("ок", "св") and before.closing == ".":
        return "около"
    if before.closing:
        return ""
    if word in ("и", "или") and place > 1 and tokens[place - 2].core.isdecimal():
        return preposition(tokens, place - 2)
    if word in ("→", "->"):
        return "к"
    if word in ("<", ">", "~", "≥", "≤"):
        return "" if place > 1 and not tokens[place - 2].closing else "более"
    until = [token.core for token in tokens[place + 1 : place + 3]]
    spans = "до" in until or until[:1] == ["по"]
    return "от" if word in ("с", "со") and spans else word


def counted(tokens: Sequence[Token], place: int) -> list[str]:
    """The next two words behind a number, as far as no mark parts them from it."""
    found: list[str] = []
    while place + 1 < len(tokens) and not tokens[place].closing and len(found) < 2:
        place += 1
        found.append(tokens[place].core.lower())
    return found


def case_of_amount(tokens: Sequence[Token], place: int, end: int, measure: str) -> Case:
    """Case of an amount with a unit, as in "до 5 кг", "за 1 мин.", "в 2 км от".

    Args:
        tokens: Of the sentence.
        place: Of the number.
        end: Of the last token of the amount, which may be the unit.
        measure: The unit's sign.
    """
    before = preposition(tokens, place)
    case = case_of(before, ())
    if case != "nominative":
        return case
    if before == "по" and tokens[place].core == "1":
        return "dative"
    if before in ("в", "во") and is_length(measure) and word_after(tokens, end).lower() == "от":
        return "prepositional"
    return "accusative" if before in DIRECTIONS else "nominative"


def unit_at(tokens: Sequence[Token], place: int) -> bool:
    """Whether a token is a unit; "с" is a second only where it is no preposition."""
    token = tokens[place]
    if token.opening or not is_unit(token.core):
        return False
    if token.core == "с" and not token.closing and place + 1 < len(tokens):
        return not _is_preposition(tokens, place)
    variable = token.core.isascii() and len(token.core) == 1 and token.core in "msghAVKNJ" and (
        place + 1 < len(tokens) and not tokens[place + 1].core[:1].isalpha() and not token.closing
    )  # fmt: skip
    return not variable


def unit_follows(tokens: Sequence[Token], place: int) -> bool:
    """Whether the next token is the unit of a number."""
    last = place + 1 == len(tokens)
    return not (last or tokens[place].closing) and unit_at(tokens, place + 1)


def _is_preposition(tokens: Sequence[Token], place: int) -> bool:
    """Whether "с" between a number and a word goes with the word, as in "5 с половиной"."""
    if "," in tokens[place - 1].core:
        return False
    first, *rest = (token.core.lower() for token in tokens[place + 1 : place + 3])
    if first in _WITH_WITH:
        return True
    if first in _NO_NOUNS or (
        first.endswith(_FIRST_PERSON) and not (rest and rest[0].endswith(INSTRUMENTAL))
    ):
        return False
    return first.endswith(INSTRUMENTAL) and len(first) > 3
