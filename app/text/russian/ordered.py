"""Numbers without a suffix that are said as ordinals: "в 5 классе", "19 век", "на 3 странице"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from app.text.russian.lists import first_of_list, last_of_list
from app.text.russian.numerals import Case, Gender, ends_in_few, ordinal
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
_NEUTER: dict[str, Case] = {"место": "nominative", "месте": "prepositional", "месту": "dative",
           "издание": "nominative", "издании": "prepositional",
           "полугодие": "nominative", "полугодии": "prepositional"}  # fmt: skip
_ENDINGS: dict[str, Case] = {"": "nominative", "е": "prepositional", "у": "dative", "а": "genitive",
                             "ом": "instrumental"}  # fmt: skip
_GENDERS: tuple[tuple[Collection[str], Gender], ...] = (
    (_MASCULINE, "masculine"), (_FEMININE, "feminine"),
)  # fmt: skip
_PLURAL: dict[str, Case] = {"ы": "nominative", "и": "nominative", "ах": "prepositional",
                            "ов": "genitive", "ам": "dative", "ами": "instrumental"}  # fmt: skip
_IN = ("в", "во", "на", "о", "об", "при")
_NUMBER = re.compile(r"[1-9]\d{0,2}")


def ordered(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The ordinal that numbers the noun after it; empty where the number counts."""
    token = tokens[place]
    before = tokens[place - 1].core.lower() if place else ""
    if not _NUMBER.fullmatch(token.core) or before in ("№", "номер"):
        return []
    agreement = _of_a_list(tokens, place)
    if agreement is None and not token.closing and place + 1 < len(tokens):
        if before in ("с", "со", "от") and tokens[place + 1].core in ("по", "до"):
            agreement = _of_a_span(tokens, place)
        else:
            agreement = _agreement(int(token.core), before, _noun(tokens, place))
    if agreement is None:
        return []
    return [token.said(ordinal(int(token.core), *agreement))]


def _noun(tokens: Sequence[Token], place: int) -> str:
    """What is numbered; a letter of its own may stand before it, "3 «Б» класс"."""
    first, *second = tokens[place + 1 : place + 3]
    return (second[0] if second and first.opening and len(first.core) == 1 else first).core.lower()


def _of_a_list(tokens: Sequence[Token], place: int) -> tuple[Case, Gender] | None:
    """Agreement of each of the numbers of "в 1 и 2 классах"."""
    last = last_of_list(tokens, place, _is_number)
    if first_of_list(tokens, place, _is_number) == last or last + 1 >= len(tokens):
        return None
    noun = tokens[last + 1].core.lower()
    if tokens[last].closing:
        return None
    for stems, gender in _GENDERS:
        stem = next((stem for stem in stems if noun.startswith(stem)), None)
        if stem and noun.removeprefix(stem) in _PLURAL:
            return _PLURAL[noun.removeprefix(stem)], gender
    return None


def _is_number(core: str) -> bool:
    return _NUMBER.fullmatch(core) is not None


def _of_a_span(tokens: Sequence[Token], place: int) -> tuple[Case, Gender] | None:
    """Agreement of the first number of "с 1 по 3 курс"."""
    if place + 3 >= len(tokens) or not _NUMBER.fullmatch(tokens[place + 2].core):
        return None
    last = _agreement(int(tokens[place + 2].core), "по", tokens[place + 3].core.lower())
    return ("genitive", last[1]) if last else None


def _agreement(number: int, before: str, noun: str) -> tuple[Case, Gender] | None:
    few = ends_in_few(number)
    for stem in _MASCULINE:
        case = _ENDINGS.get(noun.removeprefix(stem)) if noun.startswith(stem) else None
        if case is None or (case == "genitive" and few):
            continue  # "3 века" are counted, "до 19 века" is not
        if case == "genitive" and number % 10 == 1 and number != 11:
            continue  # "до 21 века" may be either; both are understood
        return case, "masculine"
    if noun in _NEUTER:
        return _NEUTER[noun], "neuter"
    stem, ending = noun[:-1], noun[-1:]
    if before in _IN and stem in _FEMININE and ending in ("е", "и") and not (few and ending == "и"):
        return "prepositional", "feminine"
    return None
