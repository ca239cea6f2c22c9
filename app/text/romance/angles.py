"""Degrees with minutes, and with what stands behind them: "41°53′ N", "20° C"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.text.romance.context import article_agreement, clean, gender_of, said, word_after
from app.text.romance.figures import is_one, spoken_number
from app.text.romance.language import Language
from app.text.tokens import Token, Verbalized

_ANGLE = re.compile(
    r"(?P<degrees>\d{1,3})°(?P<minutes>\d{1,2}(?:,\d+)?)[′'](?:(?P<seconds>\d{1,2}(?:,\d+)?)[″\"])?"
    r"(?P<towards>[NSEOW])?"
)
_PART = re.compile(r"(?P<number>\d{1,2}(?:,\d+)?)(?P<sign>[′″])")
"""Minutes or seconds behind degrees that are a token of their own: "40° 25′"."""
_TYPED = str.maketrans("'\"", "′″")
_DEGREES = re.compile(r"\d{1,3}(?:,\d+)?°(?P<towards>[NSEOW])?")


def angle(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """The degrees at a token with what they are of; empty for plain ones."""
    token = tokens[place]
    mark = token.closing[:1]
    core = token.core + (mark if mark and mark in "'\"" else "")
    match = _ANGLE.fullmatch(core)
    if part := _part(core, tokens, place, language):
        return part
    if match is None and not _DEGREES.fullmatch(token.core):
        return []
    if article_agreement(tokens, place, language):
        # "La 3° E" is a class.
        return []
    behind = tokens[place + 1].core if core != token.core and place + 1 < len(tokens) else ""
    following = behind or word_after(tokens, place)
    compass = {**language.units.compass, **language.units.scales}
    towards = [said(tokens[place + 1], compass[following])] if following in compass else []
    if match is None:
        match = _DEGREES.fullmatch(token.core)
        assert match is not None  # asked for above
        parts = [(token.core.rstrip("°NSEOW"), "°")]
        if not (towards or match["towards"]):
            return []
    else:
        parts = [(match["degrees"], "°"), (match["minutes"], "′")]
        parts += [(match["seconds"], "″")] if match["seconds"] else []
    spoken = " ".join(_measure(number, sign, language) for number, sign in parts)
    spoken += f" {compass.get(match['towards'] or '', '')}"
    result = said(token, spoken)
    return [
        token.said(result.words, closing=token.closing[len(core) - len(token.core) :]),
        *towards,
    ]


def _part(core: str, tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """Minutes or seconds behind degrees or minutes; empty for anything else."""
    match = _PART.fullmatch(core.translate(_TYPED))
    before = tokens[place - 1].core + tokens[place - 1].closing if place else ""
    if match is None or before[-1:] not in ("°", "′", "'"):
        return []
    token = tokens[place]
    behind = word_after([replace(token, closing=""), *tokens[place + 1 :]], 0)
    compass = language.units.compass
    towards = [said(tokens[place + 1], compass[behind])] if behind in compass else []
    words = clean(_measure(match["number"], match["sign"], language))
    return [token.said(words, closing=token.closing[len(core) - len(token.core) :]), *towards]


def _measure(number: str, sign: str, language: Language) -> str:
    name = language.units.names[sign][not is_one(number, language)]
    return f"{spoken_number(number, language, gender_of(name, language), name)} {name}"
