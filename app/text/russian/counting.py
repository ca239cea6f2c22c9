"""Which case and gender a number takes from the words around it."""

from __future__ import annotations

from collections.abc import Sequence

from app.text.russian.numerals import Case, Gender, ends_in_one
from app.text.tables import words

_CASE_OF_PREPOSITION: dict[str, Case] = {
    **dict.fromkeys(
        words(
            """
            до от из без около более менее свыше больше меньше после против для у порядка кроме
            вместо сверх пределах уровне достигает достигают достиг достигла достигло достигли
            ото изо среди выше ниже старше младше моложе возрасте размере количестве течение
            """
        ),
        "genitive",
    ),
    **dict.fromkeys(
        words("к ко благодаря равен равна равно равны равняется соответствует кратно"), "dative"
    ),
    **dict.fromkeys(("о", "об", "при"), "prepositional"),
    **dict.fromkeys(("между", "над", "перед"), "instrumental"),
}
_WITH_INSTRUMENTAL = ("с", "со", "между", "над", "перед", "под", "за")
_CASE_OF_ENDING: tuple[tuple[tuple[str, ...], Case], ...] = (
    (("ами", "ями", "ьми"), "instrumental"),
    (("ам", "ям"), "dative"),
    (("ах", "ях"), "prepositional"),
)
_ADJECTIVE = (
    "ых",
    "их",
    "ые",
    "ие",
    "ый",
    "ий",
    "ой",
    "ая",
    "яя",
    "ое",
    "ее",
    "ым",
    "им",
    "ыми",
    "ими",
)
_INSTRUMENTAL = ("ом", "ем", "ём", "ой", "ей", "ью")
_NO_NOUNS = frozenset(words("и или если при ли либо ни чтобы хотя когда где мы вы они"))
_CONSONANTS = "бвгджзклмнпрстфхцчшщй"
_HOURS = frozenset(words("утра дня вечера ночи"))
_NOT_FEMININE = ("пути", "дни")
_FEMININE_BY_CASE: dict[Case, tuple[str, ...]] = {
    "genitive": ("ы", "и"),
    "dative": ("е", "и"),
    "instrumental": ("ой", "ей", "ью"),
}
"""Endings that tell a counted feminine noun in the singular."""


def case_of(before: str, after: Sequence[str], number: int = 0) -> Case:
    """Case of a number, from the word before it and the noun after it.

    Args:
        before: The preposition.
        after: The next two words.
        number: It, for one agrees with a noun in the singular, "с 21 студентом".
    """
    noun = _noun(after, number)
    if ends_in_one(number) and before in _WITH_INSTRUMENTAL and noun.endswith(_INSTRUMENTAL):
        return "instrumental"
    for endings, case in _CASE_OF_ENDING:
        if noun.endswith(endings) and len(noun) > 3:
            return case
    if before in ("с", "со") and noun and (noun[-1] in _CONSONANTS or noun in _HOURS):
        return "genitive"
    return _CASE_OF_PREPOSITION.get(before, "nominative")


def gender_of(number: int, before: str, after: Sequence[str]) -> tuple[Case, Gender]:
    """Case and gender of one and two, which agree with the noun."""
    case, noun = case_of(before, after, number), _noun(after, number)
    if number % 100 in (11, 12) or number % 10 not in (1, 2) or not noun:
        return case, "masculine"
    if before == "по" and noun.endswith(("у", "ю", "е")):
        return "dative", "feminine" if noun.endswith("е") else "masculine"
    if number % 10 == 2:
        feminine = noun.endswith(("ы", "и")) and noun not in _NOT_FEMININE
        return case, "feminine" if feminine else "masculine"
    if _FEMININE_BY_CASE.get(case, ()) and noun.endswith(_FEMININE_BY_CASE[case]):
        return case, "feminine"
    if noun.endswith(("у", "ю")) and case == "nominative":
        return "accusative", "feminine"
    if noun.endswith(("а", "я", "ь")) and case == "nominative":
        return case, "masculine" if noun.endswith(
            ("тель", "день", "рубль", "уровень", "корень")
        ) else "feminine"
    if noun.endswith(("о", "е")) and case == "nominative":
        return (
            ("prepositional", "neuter")
            if before in ("в", "на") and noun.endswith("е")
            else (case, "neuter")
        )
    return case, "masculine"


def _noun(after: Sequence[str], number: int = 0) -> str:
    """The counted noun: the first of the next words that is not an adjective."""
    one = ends_in_one(number)
    return next((word for word in after[:2] if not _is_adjective(word, one=one)), "")


def _is_adjective(word: str, *, one: bool) -> bool:
    """Whether a word has the ending of an adjective; one thing may be a noun in -ние."""
    if word in _NO_NOUNS:
        return True
    return word.endswith(_ADJECTIVE) and not (one and word.endswith(("ние", "тие", "вие")))
