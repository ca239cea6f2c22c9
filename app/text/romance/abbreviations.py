"""Abbreviations of one token or several, and initials."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from app.text.romance.context import is_last, said, word_before
from app.text.romance.figures import whole_number
from app.text.romance.language import Language
from app.text.romance.spelling import plain, spelt_out
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_NUMERAL = re.compile(r"\d.*|[IVXLC]+(?:[-–][IVXLC]+)?")
_INITIAL = re.compile(r"[^\W\d_](?:\.?-[^\W\d_])?")
_PARTICLES = frozenset(words("de du des di da do dos della del von van der le la d"))
"""Words of small letters between an initial and a name: "S. de Beauvoir"."""
_CENTURY = re.compile(r"[ivx]+(?:e[rm]*)?")
"""A Roman ordinal: "XVIIIe s."."""
_NUMBERED = re.compile(r"(?P<sign>[^\W\d_]{1,2}\.?[°ºᵒ])(?P<number>\d+)")
_GLUED = re.compile(r"(?P<short>[^\W\d_]{1,5})\.(?P<first>\d+)(?:[-–](?P<last>\d+))?")
_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")

_Phrase = tuple[tuple[str, ...], tuple[str, ...]]
"""Tokens as they are written, and the words of each."""


def abbreviation(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """The abbreviation at a token, written out; empty when it is none."""
    return phrase(tokens, place, language) or _single(tokens, place, language)


def initials(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """Letters of initials and dotted acronyms: "J. R. R. Tolkien", "U.S.A."."""
    token = tokens[place]
    stopped = token.closing.startswith(".") and not is_last(tokens, place)
    if stopped and _INITIAL.fullmatch(token.core) and token.core.isupper():
        following = tokens[place + 1].core
        follows = following[:1].isupper() or (following in _PARTICLES and place + 2 < len(tokens))
        return [said(token, spelt_out(token.core, language), abbreviated=True)] if follows else []
    if _DOTTED.fullmatch(token.core):
        return [said(token, spelt_out(token.core, language), abbreviated=stopped)]
    return []


def phrase(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """An abbreviation of several tokens, or those run together: "p. ej.", "p.ej."."""
    for written, spoken in _phrases(language).get(tokens[place].core.lower(), ()):
        run = tokens[place : place + len(written)]
        if len(run) == len(written) and _matches(run, written):
            last = place + len(run) - 1
            parts = [*spoken, *[""] * len(written)] if len(written) > 1 else [" ".join(spoken)]
            stopped = written[-1].endswith(".") and not is_last(tokens, last)
            return [
                said(token, word, abbreviated=index + 1 < len(run) or stopped)
                for index, (token, word) in enumerate(zip(run, parts, strict=False))
            ]
    return []


@cache
def _phrases(language: Language) -> dict[str, list[_Phrase]]:
    """Phrases by the first core in small letters, those of most tokens first."""
    result: dict[str, list[_Phrase]] = {}
    for written, spoken in language.abbreviations.phrases.items():
        for form in (written, written.replace(" ", "")):
            pieces = tuple(form.split())
            found = result.setdefault(pieces[0].rstrip(".").lower(), [])
            found.append((pieces, tuple(spoken.split("|"))))
    for found in result.values():
        found.sort(key=lambda phrase: -len(phrase[0]))
    return result


def _matches(run: Sequence[Token], written: Sequence[str]) -> bool:
    """Whether tokens are a phrase: letters as in the table, or with a capital at the start."""
    for index, (token, piece) in enumerate(zip(run, written, strict=True)):
        core = piece.removesuffix(".")
        same = token.core == core or (index == 0 and token.core == core[:1].upper() + core[1:])
        if not same or (piece.endswith(".") and not token.closing.startswith(".")):
            return False
        if index and token.opening:
            return False
        if index + 1 < len(run) and token.closing not in ("", "."):
            return False
    return True


def _single(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    table = language.abbreviations
    token = tokens[place]
    stopped = token.closing.startswith(".") and not token.closing.startswith("..")
    if stopped and token.core in table.numbered and _before_numeral(tokens, place):
        return [said(token, table.numbered[token.core], abbreviated=True)]
    key, meaning = _meaning(token.core, table.stopped) if stopped else ("", "")
    if not meaning:
        key, meaning = _meaning(token.core, table.plain)
        stopped = False
    if not meaning:
        return _joined(token, language)
    if not _in_place(key, tokens, place, language):
        return []
    return [said(token, meaning, abbreviated=stopped and not is_last(tokens, place))]


def _joined(token: Token, language: Language) -> list[Verbalized]:
    """An abbreviation in one piece with what it stands before: "n°5", "p.12", "St-Étienne"."""
    table = language.abbreviations
    if match := _NUMBERED.fullmatch(token.core):
        _, meaning = _meaning(match["sign"], table.plain)
        number = whole_number(match["number"], language)
        return [said(token, f"{meaning} {number}")] if meaning else []
    if match := _GLUED.fullmatch(token.core):
        key, meaning = _meaning(match["short"], table.stopped)
        ends = [whole_number(each, language) for each in match.group("first", "last") if each]
        number = language.numerals.ranged(*ends) if len(ends) > 1 else ends[0]
        glued = meaning and (key in table.before_number or len(key) > 2)
        return [said(token, f"{meaning} {number}")] if glued else []
    short, *names = token.core.split("-")
    key, meaning = _meaning(short, table.plain)
    if key not in table.before_name or not names or not names[0][:1].isupper():
        return []
    return [said(token, " ".join([meaning, *(plain(name, language) for name in names)]))]


def _meaning(core: str, table: Mapping[str, str]) -> tuple[str, str]:
    """The key of a core and what it stands for; empty when the table has none."""
    for key in (core, core.lower()):
        if key in table:
            return key, table[key]
    return "", ""


def _in_place(key: str, tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether the neighbours are those that an abbreviation asks for, if it asks for any."""
    table = language.abbreviations
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    conditions = []
    if key in table.before_number:
        conditions.append(_before_numeral(tokens, place))
    if key in table.before_name:
        conditions.append(following is not None and following.core[:1].isupper())
    if key in table.after_number:
        before = word_before(tokens, place)
        conditions.append(before[-1:].isdigit() or bool(_CENTURY.fullmatch(before)))
    return any(conditions) if conditions else True


def _before_numeral(tokens: Sequence[Token], place: int) -> bool:
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    return following is not None and _NUMERAL.fullmatch(following.core) is not None
