"""One fragment spoken piece by piece: what the coqui engines have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

import numpy as np

from app.engines.speech.common import loudness
from app.engines.speech.common.coqui.word_times import Heard, Span, word_times
from app.engines.speech.common.speaking import HEAD_SECONDS, TAIL_SECONDS
from app.errors import LectureTextError
from app.ports.speech import Speech, VoiceUsed

if TYPE_CHECKING:
    from app.engines.speech.common.coqui.pieces import Piece
    from app.ports.sound import Samples
    from app.ports.work import Cancel, Progress

_LEAD_SECONDS = 0.03
_END_SECONDS = 0.05
"""Silence that trimming leaves before the first and after the last sound of a piece."""

Listen = Callable[["Samples"], Sequence[Heard]]


class Say(Protocol):
    def __call__(self, piece: str, progress: Progress) -> Samples:
        """Sound of one piece, trimmed.

        Args:
            piece: As the model needs it.
            progress: Told the share of this piece.

        Raises:
            EngineError: The model failed.
            Cancelled: The lecture was cancelled meanwhile.
        """


def speak(
    text: str,
    pieces: Iterable[Piece],
    *,
    say: Say,
    rate: int,
    listen: Listen,
    cancel: Cancel,
    progress: Progress,
) -> Speech:
    """Speak a fragment, whole, with the times of its words.

    Args:
        text: Any length; a text without a letter or digit becomes a pause.
        pieces: Of that text, in order.
        say: The model.
        rate: Hertz, of the model.
        listen: Recognizer of the words in the whole sound; may hear nothing.
        cancel: Checked before every piece and by ``say``.
        progress: Told after every piece, and within one where ``say`` tells it.

    Raises:
        LectureTextError: There are words, but none of them can be read.
        EngineError: The model failed.
        Cancelled: The lecture was cancelled meanwhile.
    """
    words = text.split()
    spans: list[Span] = []
    parts = [loudness.silence(HEAD_SECONDS, rate)]
    pause = share = 0.0
    for piece in pieces:
        cancel.check()
        parts.append(loudness.silence(pause, rate))
        time = sum(part.size for part in parts) / rate
        begun, share = share, (piece.parts[-1].owner + 1) / len(words)
        sound = say(piece.spoken, partial(_tell, progress, begun, share))
        parts.append(sound)
        spans.append(_span(piece, time, sound.size / rate))
        pause = piece.pause
        progress(share)
    if not spans and any(letter.isalnum() for letter in text):
        raise LectureTextError(f"none of {len(words)} words can be read")
    joined = np.concatenate([*parts, loudness.silence(TAIL_SECONDS, rate)])
    # No mouth shapes: from heard words and pronunciation rules they came out worse than those
    # that the sound itself tells (opening against kokoro's own, Russian: 0.57 against 0.68).
    return Speech(
        samples=loudness.level(joined, rate),
        rate=rate,
        voice=VoiceUsed("cloned"),
        words=word_times(words, spans, listen(joined) if spans else ()),
    )


def _tell(progress: Progress, begun: float, ended: float, share: float) -> None:
    progress(begun + (ended - begun) * share)


def _span(piece: Piece, time: float, seconds: float) -> Span:
    lead, end = min(_LEAD_SECONDS, seconds / 4), min(_END_SECONDS, seconds / 4)
    return Span(piece.parts, time + lead, time + seconds - end)
