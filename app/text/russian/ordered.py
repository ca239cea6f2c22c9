"""Numbers without a suffix that are said as ordinals: "в 5 классе", "19 век", "на 3 странице"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.russian.numerals import Case, Gender, ordinal
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_MASCULINE = frozenset(words("класс этаж курс век семестр урок раунд тур абзац параграф"))
_FEMININE = {
    word[:-1]: word[-1]
    for word in words(
        """
        глава страница строка таблица теорема лемма формула группа задача схема лекция серия
        версия
        """
    )
}
_ENDINGS: dict[str, Case] = {"": "nominative", "е": "prepositional", "у": "dative", "а": "genitive",
                             "ом": "instrumental"}  # fmt: skip
_IN = ("в", "во", "на", "о", "об", "при")
_NUMBER = re.compile(r"[1-9]\d{0,2}")


def ordered(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The ordinal that numbers the noun after it; empty where the number counts."""
    token = tokens[place]
    if not _NUMBER.fullmatch(token.core) or token.closing or place + 1 >= len(tokens):
        return []
    before = tokens[place - 1].core.lower() if place else ""
    if before in ("№", "номер"):
        return []
    agreement = _agreement(int(token.core), before, tokens[place + 1].core.lower())
    if agreement is None:
        return []
    return [token.said(ordinal(int(token.core), *agreement), closing="")]


def _agreement(number: int, before: str, noun: str) -> tuple[Case, Gender] | None:
    few = 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14
    for stem in _MASCULINE:
        case = _ENDINGS.get(noun.removeprefix(stem)) if noun.startswith(stem) else None
        if case is None or (case == "genitive" and few):
            continue  # "3 века" are counted, "до 19 века" is not
        if case == "genitive" and number % 10 == 1 and number != 11:
            continue  # "до 21 века" may be either; both are understood
        return case, "masculine"
    stem, ending = noun[:-1], noun[-1:]
    if before in _IN and stem in _FEMININE and ending in ("е", "и") and not (few and ending == "и"):
        return "prepositional", "feminine"
    return None
