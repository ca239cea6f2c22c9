"""Limits in words, "lim x→0 f(x)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.romance.context import said, word_after
from app.text.romance.language import Language
from app.text.romance.scripts import inner
from app.text.tokens import Token, Verbalized

_LIMIT = re.compile(r"l[ií]m(?:_\{(?P<bound>[^}]+)\}?)?")
_ARROW = re.compile("→|->")


def limit(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """A limit with what its variable tends to; empty where a language has no word to join them."""
    formulas = language.formulas
    match = _LIMIT.fullmatch(tokens[place].core)
    if match is None or not formulas.limit:
        return []
    name = f"{formulas.functions['lim']} {formulas.limit}"
    if match["bound"]:
        bound = inner(match["bound"], language)
        return [said(tokens[place], f"{name} {bound} {formulas.applied}")]
    run = _bound(tokens, place)
    if not run:
        return []
    spoken = [inner(token.core, language) for token in run]
    spoken[-1] += f" {formulas.applied}"
    parts = [said(token, words) for token, words in zip(run, spoken, strict=True)]
    return [said(tokens[place], name), *parts]


def _bound(tokens: Sequence[Token], place: int) -> Sequence[Token]:
    """The tokens behind a limit that tell where it goes: "x→0", "x → 0"; empty without."""
    if _ARROW.search(word_after(tokens, place)[1:-1]):
        return tokens[place + 1 : place + 2]
    spaced = place + 3 < len(tokens) and _ARROW.fullmatch(tokens[place + 2].core)
    return tokens[place + 1 : place + 4] if spaced else ()
