"""Names of the months, written out or shortened."""

from __future__ import annotations

from collections.abc import Sequence

from app.text.tables import words
from app.text.tokens import Token

MONTHS = words("января февраля марта апреля мая июня июля августа сентября октября ноября декабря")
SHORT_MONTHS = {month[:3]: month for month in MONTHS} | {
    "сент": "сентября", "февр": "февраля", "нояб": "ноября",
}  # fmt: skip


def month(token: Token) -> str:
    """Genitive of a month written out or shortened; empty for another word."""
    core = token.core.lower()
    if core in MONTHS:
        return core
    return SHORT_MONTHS.get(core, "") if token.closing.startswith(".") else ""


def word_or_month_before(tokens: Sequence[Token], place: int) -> str:
    """The word before a token, a month written out; empty at the start."""
    if place == 0:
        return ""
    return month(tokens[place - 1]) or tokens[place - 1].core.lower()
