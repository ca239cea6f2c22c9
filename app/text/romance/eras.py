"""Years whose era runs on into the next year, "100 a. C.-44 a. C."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.romance.context import clean, said
from app.text.romance.figures import whole_number
from app.text.romance.language import Language
from app.text.tokens import Token, Verbalized

_ERA_AND_YEAR = re.compile(r"(?P<era>(?:.*[.-])?C)\.?[-–](?P<year>\d{1,4})")


def era(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """The era of one year and the next year in the same token; empty for anything else."""
    token = tokens[place]
    run = [token]
    if token.closing == "." and token.core.isalpha() and place + 1 < len(tokens):
        run.append(tokens[place + 1])
    match = _ERA_AND_YEAR.fullmatch(run[-1].core)
    if match is None or run[-1].opening:
        return []
    written = f"{token.core}.{match['era']}." if len(run) > 1 else f"{match['era']}."
    for phrase, spoken in language.abbreviations.phrases.items():
        if phrase.replace(" ", "") == written:
            year = whole_number(match["year"], language)
            first, *others = spoken.split("|")
            rest = f"{' '.join(others)} {language.numerals.to} {year}"
            if len(run) == 1:
                return [said(token, f"{first} {rest}")]
            return [token.said(clean(first), closing=""), said(run[1], rest)]
    return []
