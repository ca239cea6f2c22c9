"""What was ordered to be said, sentence after sentence, as soon as each is made."""

from __future__ import annotations

import time
import wave
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app import errors
from app.bootstrap import Services
from app.errors import Busy, EngineError, LectureError, NotFound
from app.intake.utterances import Ordered
from app.jobs.store.job import JobState
from app.lecture import Fragment
from app.ports.sound import SAMPLE_RATE
from app.ports.speech import Word
from app.steps.record import SpeechRecord, read_record
from app.steps.speak import SOUND

LOOK_SECONDS = 0.05
"""Between two looks at whether a sentence is there."""

_ASKED_SECONDS = 0.5
"""Between two looks at whether the job has failed."""

AGAIN_SECONDS = 2.0
"""When somebody who could not wait any longer may ask again."""

_SENTENCE_PAUSE = 0.35
_PARAGRAPH_PAUSE = 0.6
"""Seconds of silence, as engines make them between sentences that they say in one go."""

_BYTES_PER_SECOND = 2 * SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence with the silence before it."""

    sound: bytes
    """24 kHz, mono, 16 bit."""
    words: tuple[Word, ...]
    """Times are seconds from the start of the whole."""
    record: SpeechRecord
    """Of the sentence alone."""


@contextmanager
def place(services: Services) -> Iterator[None]:
    """A place among those who wait, each with a thread of the process.

    Raises:
        Busy: All are taken.
    """
    if not services.listeners.acquire(blocking=False):
        raise Busy("too many wait to hear something; try again soon", retry_after=AGAIN_SECONDS)
    try:
        yield
    finally:
        services.listeners.release()


def heard(
    services: Services, ordered: Ordered, *, seconds: float, until: float | None = None
) -> Iterator[Piece | None]:
    """The sentences in order; ``None`` now and then while one is waited for.

    Args:
        seconds: How long to wait for each.
        until: When all of it must be there, by the monotonic clock.

    Raises:
        Busy: It takes longer; it is made all the same, and found when it is asked for again.
        LectureError: What kept it from being made.
    """
    said, place, paused = ordered.utterance, 0, b""
    for fragment, step in zip(said.slide.fragments, ordered.steps, strict=True):
        limit = time.monotonic() + seconds
        waited = _waited(services, ordered, step.input_hash, min(limit, until or limit))
        for found in waited:
            if found is None:
                yield None
                continue
            is_last = step is ordered.steps[-1]
            piece = _piece(found, paused, place, trimmed=not is_last)
            place += len(piece.sound)
            paused = _pause_after(fragment, said.speed)
            yield piece


def kept(services: Services, ordered: Ordered) -> list[Piece]:
    """The sentences, all of which were made some time ago.

    Raises:
        NotFound: One is not there, or not any more.
    """
    if not all(services.artifacts.find(step.input_hash) for step in ordered.steps):
        raise NotFound("what was said under this id is not kept: have it said again")
    return [piece for piece in heard(services, ordered, seconds=0.0) if piece is not None]


def sound_of(pieces: Sequence[Piece]) -> bytes:
    """All of it, 24 kHz, mono, 16 bit."""
    return b"".join(piece.sound for piece in pieces)


def seconds_of(sound: bytes) -> float:
    """How long it takes.

    >>> seconds_of(bytes(48_000))
    1.0
    """
    return len(sound) / _BYTES_PER_SECOND


def _waited(
    services: Services, ordered: Ordered, input_hash: str, until: float
) -> Iterator[Path | None]:
    """Nothing again and again, and then the artifact."""
    asked = 0.0
    while (found := services.artifacts.find(input_hash)) is None:
        now = time.monotonic()
        if now - asked >= _ASKED_SECONDS:
            _check(services, ordered)
            asked = now
        if now >= until:
            raise Busy(
                "it is not said yet, for the workers have much to do; ask for it again",
                retry_after=AGAIN_SECONDS,
            )
        yield None
        time.sleep(LOOK_SECONDS)
    yield found


def _check(services: Services, ordered: Ordered) -> None:
    """Return as long as a sentence may still be made.

    Raises:
        LectureError: What kept it from being made.
    """
    job = services.store.find(ordered.tenant, ordered.id)
    if job is None or job.state is JobState.CANCELLED:
        raise NotFound("this is not being said any more")
    if job.error_code is not None:
        raise _error(job.error_code, job.error_message or "it cannot be said")


def _error(code: str, message: str) -> LectureError:
    """As the worker met it; what nobody foresaw is the engine's fault."""
    known = [
        error
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, LectureError) and error.code == code
    ]
    return known[0](message) if known else EngineError(message)


def _piece(artifact: Path, paused: bytes, place: int, *, trimmed: bool) -> Piece:
    """A sentence as it stands among the others.

    Args:
        paused: Silence before it; none before the first.
        place: Bytes of all that is heard before.
        trimmed: Whether the silence after it goes: another sentence follows.
    """
    record = read_record(artifact)
    sound = _samples(artifact / SOUND)
    head = _silent_head(sound) if place else 0
    end = len(sound.rstrip(b"\0")) if trimmed else len(sound)
    spoken = sound[head : max(head, end + end % 2)]
    later = (place + len(paused) - head) / _BYTES_PER_SECOND
    words = tuple(
        Word(word.text, round(word.start + later, 3), round(word.end + later, 3))
        for word in record.words
    )
    return Piece(paused + spoken, words, record)


def _samples(path: Path) -> bytes:
    with wave.open(str(path), "rb") as wav:
        return wav.readframes(wav.getnframes())


def _silent_head(sound: bytes) -> int:
    """Bytes of whole samples before the first that is heard."""
    silent = len(sound) - len(sound.lstrip(b"\0"))
    return silent - silent % 2


def _pause_after(fragment: Fragment, speed: float) -> bytes:
    ends = fragment.paragraph_ends
    is_end = bool(ends) and ends[-1] == len(fragment.plain.split())
    seconds = (_PARAGRAPH_PAUSE if is_end else _SENTENCE_PAUSE) / speed
    return bytes(2 * round(seconds * SAMPLE_RATE))
