"""Roman numerals: centuries, chapters, kings and popes; ordinals with their ending."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from app.text.roman import NUMERAL, roman_value
from app.text.romance.context import (
    article_agreement,
    in_formula,
    leading,
    said,
    word_after,
    word_before,
)
from app.text.romance.language import Language
from app.text.romance.numerals import Agreement
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_ENDING = "[a-zèéᵉʳº°ª^]*"
_ROMAN = re.compile(
    rf"(?P<first>{NUMERAL})(?:(?P<one>{_ENDING})[-–](?P<second>{NUMERAL}))?(?P<ending>{_ENDING})"
)
_OTHER_LETTERS = re.compile(r"(?P<digits>[IVX]+|[ivx]+)(?P<ending>ER|E|ÈME|er|e|ème|ᵉ)")
_LARGEST_NAMED = 40
"""Of people; a larger numeral behind a name is a word or an acronym."""
_SECTIONS = frozenset(words("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI"))
_OF_THE_FIRST = frozenset(words("er ers re res ère ères ᵉʳ ʳᵉ"))
"""Endings that only the first has: "Ier"."""
_LETTERS = frozenset("LCDM")
"""Large digits, which alone are rather letters: "figure C"."""
_SMALL_DIGITS = frozenset("IVX")
_AND = frozenset(words("y e et ed"))
_OF = ("de", "di", "d'", "d’")
_LIST = 5
"""How many tokens a list of centuries may go on: "XVI, XVII e XIX secolo"."""


def roman(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """The Roman numeral at a token, where a noun or a name tells that it is one."""
    token = tokens[place]
    match = _numeral(_in_usual_letters(tokens, place, language), language)
    raised = token.core.endswith("^")
    if match is None or (in_formula(tokens, place) and not raised):
        return []
    ending, first, second = match["ending"], match["first"], match["second"]
    value = roman_value(first)
    if ending:
        spoken = language.numerals.ordinal(value, language.numerals.endings[ending])
        if second:
            last = language.numerals.ordinal(roman_value(second), language.numerals.endings[ending])
            spoken = language.numerals.ranged(spoken, last, leading(tokens, place))
        return [said(token, spoken)]
    name = _namer(tokens, place, language)
    if name is None:
        return []
    spoken = name(value)
    if second:
        last = name(roman_value(second))
        spoken = language.numerals.ranged(spoken, last, leading(tokens, place), years=True)
    return [said(token, spoken)]


def _in_usual_letters(tokens: Sequence[Token], place: int, language: Language) -> str:
    """The core of a token; of a century, "XVIIE SIÈCLE" or "xixe siècle", as it should be written.

    Small capitals become small letters when a text is copied.
    """
    core = tokens[place].core
    match = _OTHER_LETTERS.fullmatch(core)
    if match is None or match["ending"].lower() not in language.romans.endings:
        return core
    behind = word_after(tokens, place).lower() in language.romans.centuries
    certain = match["digits"].startswith("x") and len(core) > 2
    return match["digits"].upper() + match["ending"].lower() if behind or certain else core


def _numeral(core: str, language: Language) -> re.Match[str] | None:
    """The parts of a Roman numeral; none of "Le", "Ce" and "Louis", which begin like one."""
    match = _ROMAN.fullmatch(core)
    if match is None:
        return None
    endings = {match["one"], match["ending"]} - {None, ""}
    if endings & _OF_THE_FIRST and match["first"] != "I":
        # "Ver" is a word.
        return None
    large = len(match["first"]) == 1 and match["first"] not in _SMALL_DIGITS
    return None if endings and (large or not endings <= language.romans.endings) else match


def _namer(tokens: Sequence[Token], place: int, language: Language) -> Callable[[int], str] | None:
    """How the numeral at a token is said; None when nothing tells that it is one."""
    romans = language.romans
    before = word_before(tokens, place)
    noun = before or _abbreviated(tokens, place)
    known = noun in romans.numbered and tokens[place].core not in _LETTERS
    if known or _heads_a_section(tokens, place):
        return lambda value: romans.numeral(value, noun)
    if f"{tokens[place].core} {word_after(tokens, place)}" in romans.words:
        return None
    if _counts_centuries(tokens, place, language):
        return romans.century
    first = re.split("[-–]", tokens[place].core)[0]
    following = word_after(tokens, place).lower()
    if following in language.dates.months:
        return language.dates.day
    agreement = article_agreement(tokens, place, language)
    if agreement and set(first) <= _SMALL_DIGITS and _is_counted(following, language):
        return partial(_alone, agreement=agreement, language=language)
    name = tokens[place - 1].core if before else ""
    other = len(name) > 3 and name.istitle() and len(first) > 1 and first not in romans.words
    if (before in romans.rulers or other) and roman_value(first) <= _LARGEST_NAMED:
        return lambda value: romans.ruler(value, before)
    if set(first) <= _SMALL_DIGITS and (name := _same_ruler(tokens, place, language)):
        return lambda value: romans.ruler(value, name)
    if len(first) > 1 and set(first) <= _SMALL_DIGITS and first not in romans.words:
        agreement = agreement or _agreement(tokens, place, language)
        return partial(_alone, agreement=agreement, language=language)
    return None


def _alone(value: int, *, agreement: Agreement | None, language: Language) -> str:
    """A numeral that no neighbour explains: "la III A", "Inf. XXXIII"."""
    if agreement:
        return language.numerals.ordinal(value, agreement)
    return language.romans.numeral(value, "")


def _same_ruler(tokens: Sequence[Token], place: int, language: Language) -> str:
    """The ruler who is numbered twice: "Carlos I de España y V de Alemania"; empty otherwise."""
    following = tokens[place + 1].text.lower() if place + 1 < len(tokens) else ""
    if word_before(tokens, place) not in _AND or not following.startswith(_OF):
        return ""
    for earlier in range(place - 2, max(place - _LIST - 2, 0), -1):
        name = word_before(tokens, earlier)
        if name in language.romans.rulers and _numeral(tokens[earlier].core, language):
            return name
    return ""


def _agreement(tokens: Sequence[Token], place: int, language: Language) -> Agreement | None:
    """What a numeral before a name agrees with, without an article: "II República"."""
    noun = word_after(tokens, place)
    gender = language.nouns.gender(noun.lower()) if noun.istitle() else None
    if not language.nouns.articles or gender is None:
        return None
    return Agreement(gender, plural=noun.endswith("s"))


def _is_counted(word: str, language: Language) -> bool:
    """Whether a word behind a numeral may be the noun that it counts."""
    return len(word) > 2 and word.isalpha() and word not in language.nouns.others


def _abbreviated(tokens: Sequence[Token], place: int) -> str:
    """The noun before a token, if it is shortened: "cap. II"."""
    before = tokens[place - 1] if place else None
    return before.core.lower() if before and before.closing == "." else ""


def _heads_a_section(tokens: Sequence[Token], place: int) -> bool:
    """Whether a numeral stands before the words of a heading: "II. Results"."""
    token = tokens[place]
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    dashed = following is not None and following.text in ("-", "–", "—") and place + 2 < len(tokens)
    marked = dashed or token.closing in (".", ")", ".-")
    if place or not marked or token.opening or token.core not in _SECTIONS or following is None:
        return False
    return dashed or following.text.lstrip("«“\"'([")[:1].isupper()


def _counts_centuries(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a noun for centuries stands before the numeral or behind it, lists included."""
    centuries = language.romans.centuries
    for step in (-1,) if tokens[place].core in language.romans.words else (-1, 1):
        beside = place + step
        while 0 <= beside < len(tokens) and abs(beside - place) <= _LIST:
            core = tokens[beside].core
            if core.lower() in centuries:
                return True
            numeral = _numeral(core, language) is not None
            if not numeral and (len(core) > 4 or not core.islower()):
                break
            beside += step
    return False
