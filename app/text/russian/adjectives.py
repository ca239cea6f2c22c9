"""Shortened adjectives that agree with the noun behind them: "макс. скорость", "гл. инженер"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.russian.abbreviations import closing
from app.text.russian.context import CASE_OF_PREPOSITION, word_after, word_before
from app.text.tables import meanings
from app.text.tokens import Token, Verbalized

_STEMS = meanings(
    """
    макс:максимальн; мин:минимальн; гл:главн; физ:физическ; хим:химическ; мед:медицинск;
    техн:техническ; науч:научн; гос:государственн; соц:социальн; полит:политическ;
    экон:экономическ; мат:математическ; осн:основн; разл:различн; стат:статистическ;
    ист:историческ; межд:международн; нац:национальн; сов:советск; доп:дополнительн
    """
)
_NOUN = re.compile("[а-яё]{4,}")
_ENDINGS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("ов", "ев", "ей", "ний", "ий"), "ых"), (("ость", "а", "я", "ия"), "ая"),
    (("о", "ие", "ье", "ще"), "ое"), (("ости", "ии"), "ой"), (("ы", "и"), "ые"),
    (("у", "ю"), "ую"),
)  # fmt: skip
"""Endings of nouns, and of the adjectives before them where no preposition stands."""


def adjective(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A shortened adjective before its noun; empty for another token."""
    token = tokens[place]
    stem, noun = _STEMS.get(token.core.lower()), word_after(tokens, place)
    if stem is None or token.closing != "." or not _NOUN.fullmatch(noun) or noun == "наук":
        return []
    before = word_before(tokens, place)
    if before in CASE_OF_PREPOSITION:
        return []
    ending = next((said for ends, said in _ENDINGS if noun.endswith(ends)), "ый")
    ending = "ые" if ending == "ой" and not before else ending
    if stem[-1] in "кгхщ":
        ending = {"ый": "ий", "ые": "ие", "ых": "их"}.get(ending, ending)
    return [token.said([stem + ending], closing=closing(tokens, place, sentence_end=False))]
