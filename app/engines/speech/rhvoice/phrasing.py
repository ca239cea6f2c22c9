"""Where a Russian lecturer takes a short break though the text has no comma: before "и", "или".

RHVoice runs words together unless a mark stands between them.  The lone vowel of "и" is then lost
in the word before it: "скрипка и флейта" is heard as "скрипкой флейта", "меха и воск" as "Михаил
воск".  Whisper-base mishears 9.3 % of 2978 words of three voices without these breaks and 8.1 %
with them (2026-11-20; ``docs/decisions/0011-*`` has the rows).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from app.text.tables import words
from app.text.tokens import Verbalized

_JOINING = frozenset({"и", "или", "либо"})
_BOUND_BEFORE = frozenset(
    words(
        """
        а вот всё да ещё же за из или и к как лишь либо на не ни но о от по потому при с так также
        там то тоже тогда только у уже что чтобы хотя в для до без об про через между даже именно
        """
    )
)
"""After these "и" means "also" or belongs to them: "как и", "да и", "именно и"."""

_BOUND_AFTER = frozenset(
    words(
        """
        далее прочее прочие прочих так тому подобное подобные подобных навсегда то та тот те ту той
        того тех наоборот нет
        """
    )
)
"""With these it makes one expression: "и так далее", "одна и та же"."""


def with_breaks(tokens: Sequence[Verbalized]) -> list[Verbalized]:
    """The same words with a comma where a break is to be heard.

    Args:
        tokens: Of one sentence, each with its words.
    """
    if not tokens:
        return []
    return [*_marked(tokens), tokens[-1]]


def _marked(tokens: Sequence[Verbalized]) -> Iterator[Verbalized]:
    for number, (token, joining) in enumerate(pairwise(tokens)):
        after = tokens[number + 2] if number + 2 < len(tokens) else None
        yield replace(token, closing=",") if _breaks(token, joining, after) else token


def _breaks(before: Verbalized, joining: Verbalized, after: Verbalized | None) -> bool:
    if after is None or not (before.words and after.words):
        return False
    if len(joining.words) != 1 or joining.words[0] not in _JOINING:
        return False
    if before.closing or joining.opening or joining.closing or after.opening:
        return False
    return before.words[-1] not in _BOUND_BEFORE and after.words[0] not in _BOUND_AFTER
