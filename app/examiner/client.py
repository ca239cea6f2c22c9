"""The side that asks."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app import errors
from app.errors import (
    Busy,
    InputError,
    LectureError,
    LectureTextError,
    RecordingError,
    SourceImageError,
    VoiceSampleError,
)
from app.examiner.asked import (
    RecordingKept,
    TextQuestion,
    TextRead,
    answers,
    questions,
    recordings,
)
from app.examiner.pool import MOST_WAITING, BrokenDown, Crowded, Overdue, Pool
from app.examiner.seen import FaceSeen, VoiceHeard, faces, pictures, voices
from app.examiner.turns import AGAIN_SECONDS, busy
from app.examiner.verdicts import Answer, Verdict, Verdicts

SECONDS = 120.0
"""What a look may take for somebody who has time.  A picture of 200 megapixels needs 1 to 5 s of a
core, an hour without a clear voice 5 to 13 s, the largest text 2 s."""

RECORDING_SECONDS = 600.0
"""The same for a recording that is kept whole, of which an hour takes 5 to 15 s of a core."""

OWN_SECONDS = 4.0
"""Of computing after which a look that is overdue has itself to blame; before, the machine had no
time for it, and may have later."""

REMEMBERED = 1000
"""Verdicts kept, so that a class that shares one lecturer is examined once."""

FAILED_SECONDS = 300.0
"""How long it is remembered that a file could not be examined: another day it might be."""

TRIED_SECONDS = 1.0
"""Of computing after which a file whose look was ended is not looked at again before its caller
was told to ask again."""

_ERRORS: Mapping[str, type[LectureError]] = {
    error.code: error
    for error in vars(errors).values()
    if isinstance(error, type) and issubclass(error, LectureError)
}

_OF_FILE: Mapping[str, type[InputError]] = {
    "face": SourceImageError,
    "voice": VoiceSampleError,
    "hearing": VoiceSampleError,
    "recording": RecordingError,
    "text": LectureTextError,
}

_FIELDS = {"hearing": "voice"}
"""What a look is about, where it is not called so."""


class Examiner:
    """Has files examined by other processes, several at a time.

    Safe to call from several threads.  Every method raises :class:`~app.errors.Busy` when too
    many files are to be examined.
    """

    def __init__(
        self,
        ffmpeg: Path | None = None,
        *,
        processes: int | None = None,
        seconds: float = SECONDS,
        own_seconds: float = OWN_SECONDS,
        module: str = "app.examiner.serve",
    ) -> None:
        """Nothing is started yet.

        Args:
            ffmpeg: The program; found when not given.
            processes: Looks at a time; one for each core, at least two, when not given.
            seconds: What a look may take for callers who name no moment themselves.
            own_seconds: Of computing from which on a look that is overdue is to blame for it.
            module: Of the answering side.
        """
        command: list[str | Path] = [sys.executable, "-m", module]
        if ffmpeg is not None:
            command.append(ffmpeg)
        self._pool = Pool(command, processes or max(2, len(os.sched_getaffinity(0))))
        self._seconds = seconds
        self._own_seconds = own_seconds
        self._verdicts = Verdicts(REMEMBERED, most_waiting=MOST_WAITING)

    def check_face(
        self, picture: Path, sha256: str, *, tenant: str = "", until: float | None = None
    ) -> None:
        """Return when the picture shows exactly one usable face.

        Args:
            sha256: Of the picture's bytes; the same bytes are examined once.
            tenant: Who asks: when many do, each has its turn.
            until: When the answer must be there, by the monotonic clock.

        Raises:
            SourceImageError: It does not; the message says what it shows instead.
        """
        self._judged("face", picture, sha256, tenant, until)

    def see_face(
        self, picture: Path, sha256: str, *, tenant: str = "", until: float | None = None
    ) -> FaceSeen:
        """What is seen of the one usable face of a picture.

        Raises:
            SourceImageError: As :meth:`check_face`.
        """
        return faces().validate_python(self._judged("face", picture, sha256, tenant, until))

    def check_voice(
        self, sample: Path, sha256: str, *, tenant: str = "", until: float | None = None
    ) -> str:
        """Return when the sample holds enough speech to follow.

        Returns:
            What the caller should know of it all the same, for example that it is noisy;
            empty when all is well.

        Raises:
            VoiceSampleError: It does not; the message says why.
        """
        known = self._verdicts.known(("hearing", sha256))
        answer = known or self._judged("voice", sample, sha256, tenant, until)
        if "error" in answer:
            raise _error(answer)
        caution: str = answer["caution"]
        return caution

    def hear_voice(
        self, sample: Path, sha256: str, *, tenant: str = "", until: float | None = None
    ) -> VoiceHeard:
        """What is heard of the one who speaks in a sample.

        Raises:
            VoiceSampleError: As :meth:`check_voice`.
        """
        return voices().validate_python(self._judged("hearing", sample, sha256, tenant, until))

    def keep_recording(
        self,
        recording: Path,
        sha256: str,
        target: Path,
        *,
        most_seconds: float,
        tenant: str = "",
        until: float | None = None,
    ) -> RecordingKept:
        """Have the sound of a recording written as steps read it, and cut.

        Args:
            recording: A file of anybody's.
            sha256: Of its bytes; what was refused is not looked at again.
            target: File to write.
            most_seconds: The longest sound that is taken.

        Raises:
            RecordingError: It cannot be used; the message says why.
            DiskFull: No space for the sound.
        """
        key = ("recording", f"{sha256} {most_seconds}")
        refused = self._verdicts.known(key)
        if refused is not None:
            raise _error(refused)
        verdict = self._look(
            "recording",
            tenant,
            time.monotonic() + RECORDING_SECONDS if until is None else until,
            recording.stat().st_size,
            path=str(recording),
            target=str(target),
            most_seconds=most_seconds,
        )
        if "error" in verdict.answer:
            if verdict.answer["error"] == RecordingError.code:
                self._verdicts.keep(key, verdict)
            raise _error(verdict.answer)
        return recordings().validate_python(verdict.answer)

    def read_text(
        self,
        asked: TextQuestion,
        sha256s: Sequence[str],
        *,
        tenant: str = "",
        until: float | None = None,
    ) -> TextRead:
        """What becomes of a text.

        Args:
            sha256s: Of the files that the question names.

        Raises:
            LectureTextError: The lexicon or the text cannot be used; its ``field`` tells which.
            ConfigError: The site's lexicon is missing or wrong.
            DiskFull: No space beside the text.
        """
        unnamed = replace(asked, text=Path(), lexicon=None)
        key = hashlib.sha256(questions().dump_json(unnamed) + "".join(sha256s).encode()).hexdigest()
        refused = self._verdicts.known(("text", key))
        if refused is not None:
            raise _error(refused)
        place = asked.text.with_name("text-read.json")
        question = questions().dump_python(asked, mode="json")
        verdict = self._look(
            "text", tenant, until, asked.text.stat().st_size, question=question, answer=str(place)
        )
        if "error" in verdict.answer:
            if verdict.answer["error"] == LectureTextError.code:
                self._verdicts.keep(("text", key), verdict)
            raise _error(verdict.answer)
        read = answers().validate_json(place.read_bytes())
        place.unlink()
        return read

    def prepare(self) -> None:
        """Have what the next look needs loaded, without waiting for it."""
        self._pool.prepare()

    def close(self) -> None:
        """End all processes, and whatever they have started.  Safe to call twice."""
        self._pool.close()

    def _judged(
        self, what: str, path: Path, sha256: str, tenant: str, until: float | None
    ) -> Answer:
        def look() -> Verdict:
            verdict = self._look(what, tenant, until, path.stat().st_size, path=str(path))
            if verdict.answer.get("error") in (None, _OF_FILE[what].code, Busy.code):
                return verdict
            raise _error(verdict.answer)  # not the file's fault: nothing to remember

        answer = self._verdicts.answer((what, sha256), look)
        if "error" in answer:
            raise _error(answer)
        return answer

    def _look(self, what: str, tenant: str, until: float | None, size: int, **more: Any) -> Verdict:
        until = time.monotonic() + self._seconds if until is None else until
        try:
            return Verdict(
                self._pool.ask({"what": what, **more}, tenant=tenant, until=until, size=size)
            )
        except Overdue as overdue:
            if overdue.computed < TRIED_SECONDS:
                raise busy() from overdue
            if isinstance(overdue, Crowded) or overdue.computed < self._own_seconds:
                return Verdict({"error": Busy.code}, AGAIN_SECONDS)
            said = "takes too long to examine"
        except BrokenDown:
            said = "could not be examined: it takes too much memory, or breaks what reads it"
        return Verdict(
            {
                "error": _OF_FILE[what].code,
                "message": f"the file {said}",
                "field": _FIELDS.get(what, what),
            },
            FAILED_SECONDS,
        )


def _error(answer: Answer) -> LectureError:
    if answer["error"] == Busy.code:
        return busy()
    kind = _ERRORS[answer["error"]]
    if issubclass(kind, SourceImageError) and "seen" in answer:
        seen = pictures().validate_python(answer["seen"])
        return kind(
            answer["message"], field=answer.get("field"), reason=answer["reason"], seen=seen
        )
    if issubclass(kind, InputError):
        return kind(answer["message"], field=answer.get("field"))
    return kind(answer["message"])
