"""Dashes between words without spaces: "the idea—which was old—came back" is read with pauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.text.addresses import address
from app.text.dashes import cut
from app.text.english.letters import in_latin
from app.text.tables import words
from app.text.tokens import Token, token_of

_DASH = re.compile(r"[—―⸺]+|-{2,3}|–")
_TYPED_RANGE = re.compile(r"(?<=\d)--(?=\d)")
_LONGEST = 30
"""Letters of the longest word that is looked at beside a dash."""
_TYPED = re.compile(r"-{2,3}")
_BETWEEN_CLAUSES = frozenset(
    words(
        """
        a an the this that these those which who whom whose where when while if because since
        although though and but or nor so yet for as than not no is are was were be been has have
        had do does did can could might must will would shall should i he she it we you they
        his her its our their my your in on at by with from of into about after before under even
        only just perhaps maybe however indeed especially namely including like then there here
        what how why all both each some any
        """
    )
)
"""Words that an en dash beside them parts from a clause; other words it joins: "cost–benefit"."""


def parted(tokens: Sequence[Token]) -> list[list[Token]]:
    """For each token the tokens that dashes make of it; the dash closes the one before it.

    >>> [[part.text for part in group] for group in parted([token_of("old—which")])]
    [['old—', 'which']]
    """
    closed = any(_TYPED.match(token.closing) and len(token.core) > 1 for token in tokens)
    return [_parts(_drawn(token, closed=closed)) for token in tokens]


def _drawn(token: Token, *, closed: bool) -> Token:
    """The token with the dashes of a typewriter at its ends drawn: "old--" is "old—".

    Args:
        token: It.
        closed: Whether two hyphens end a word of the sentence, so that they may begin one, too;
            else they mark an option, "--verbose".
    """
    if not token.core or (len(token.core) == 1 and token.core.islower()):
        return token
    opening = token.opening
    if closed or token.core.lower() in _BETWEEN_CLAUSES:
        opening = _TYPED.sub("—", opening)
    return replace(token, opening=opening, closing=_TYPED.sub("—", token.closing))


def _parts(token: Token) -> list[Token]:
    if not _DASH.search(token.core) or address(token.core):
        return [token]
    text = _TYPED_RANGE.sub("–", token.text)
    spoken = [place for place, character in enumerate(text) if character.isalnum()]
    inner = _DASH.finditer(text, spoken[0], spoken[-1]) if spoken else ()
    cuts = [found.end() for found in inner if _is_pause(text, found)]
    if not cuts:
        return [token if text == token.text else replace(token_of(text), text=token.text)]
    return [_drawn(in_latin(part), closed=True) for part in cut(text, cuts)]


def _is_pause(text: str, dash: re.Match[str]) -> bool:
    before = text[max(0, dash.start() - _LONGEST) : dash.start()]
    after = text[dash.end() : dash.end() + _LONGEST]
    if dash.group() != "–":
        return not (before[-1].isnumeric() and after[0].isnumeric())
    last, first = re.split(r"[^\w'’]", before)[-1], re.split(r"[^\w'’]", after)[0]
    if re.search(r"\d[)\]]$", before) and re.match(r"[(\[]\d", after):
        return False
    if before[-1] in ")”\"'’,;:!?":
        return True
    clause = {last.lower(), first.lower()} & _BETWEEN_CLAUSES
    return bool(clause) and min(len(last), len(first)) > 0 and not len(last) == len(first) == 1
