"""Everything that can go wrong, as one tree.

* LectureError              base class, never raised itself
  x InputError              the caller can fix it
    + PathError             a path is relative, missing, unreadable or outside the allowed roots
    + LectureTextError      text of another format or encoding, too long or empty
    + VoiceSampleError      no recording, or too little speech in it
    + RecordingError        no recording that a lecture can be spoken by
    + SourceImageError      image unreadable, too large, or without exactly one usable face
      - NoFaceError         the engine finds no face in it
      - SeveralFacesError   the engine finds more than one
    + LanguageError         no engine speaks that language, or it cannot be told from the text
  x NotFound                nothing of that name that the caller may see
    + JobNotFound           no such lecture
  x Unauthenticated         no key, or one that is unknown, expired or revoked
  x Forbidden               the key does not allow it
  x Conflict                it does not go with what is there
    + InUse                 something else needs it
    + PreconditionFailed    it has changed since the caller looked at it
    + KeyReused             an Idempotency-Key was used for another request
  x TooLarge                more bytes than are taken
  x TooMany                 more than the caller is allowed at the moment
    + QuotaExceeded         more than the caller is allowed to have
  x JobConflict             this lecture is being generated from other input
  x Busy                    too many ask at a time; the same is possible a little later
    + StoreBusy             others have the job database locked, or all of its connections
  x DiskFull                no space left for the work
    + StoreFull             the job database is what has no space
  x StoreUnavailable        the job database does not answer or is damaged
  x EngineError             a speech or face engine failed
    + EngineUnavailable     its packages, weights or interpreter are missing
      - CheckpointMissing   a file of weights; the message says which and where to put it
      - WrongInterpreter    the other interpreter is missing or of another version
    + FragmentNotSpoken     it stumbles over words of a fragment, which the message names
    + EngineCrashed         its process died or broke the line protocol
    + EngineStalled         it made no progress for too long and was stopped
    + OutOfDeviceMemory     the model and its input do not fit into the device
  x MediaError              ffmpeg failed
  x ConfigError             a setting is missing, misspelt or out of range
* Cancelled                 not an error: somebody asked for the work to stop
"""

from __future__ import annotations

from typing import ClassVar


class LectureError(Exception):
    """Base of every error this service reports to its caller.

    The message names the thing and the value, in English, and may be shown to the caller.
    """

    code: ClassVar[str] = "internal"
    """Stable and machine-readable; part of the HTTP contract."""

    retryable: ClassVar[bool] = False
    """Whether the same work may succeed if it is simply done again."""

    def __init__(self, message: str = "", *, retry_after: float | None = None) -> None:
        """``retry_after``: seconds to wait, if whoever refused it says so; else others decide."""
        super().__init__(message)
        self.retry_after = retry_after


class InputError(LectureError):
    """The caller sent something that cannot be used.

    Args:
        message: What is wrong with it; whoever answers the caller names it in front.
        field: Part of a draft or request that it is about; ``None``: the whole, or as it tells.
    """

    code = "bad_input"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class PathError(InputError):
    """A path is relative, missing, unreadable, of the wrong kind or outside the roots."""

    code = "bad_path"


class LectureTextError(InputError):
    """The lecture text cannot be read or holds nothing to speak."""

    code = "bad_lecture_text"


class VoiceSampleError(InputError):
    """The voice sample is no recording, or holds too little speech."""

    code = "bad_voice_sample"


class RecordingError(InputError):
    """The recording that is to be heard instead of a text cannot be used."""

    code = "bad_recording"


class SourceImageError(InputError):
    """The picture cannot be read or does not show exactly one usable face."""

    code = "bad_source_image"


class NoFaceError(SourceImageError):
    """The face engine finds no face in the picture."""

    code = "no_face"


class SeveralFacesError(SourceImageError):
    """The face engine finds several faces in the picture and cannot tell whose to move."""

    code = "several_faces"


class LanguageError(InputError):
    """No engine speaks the language, or it cannot be told from the text."""

    code = "bad_language"


class NotFound(LectureError):
    """Nothing of that name, or nothing that the caller may see."""

    code = "not_found"


class JobNotFound(NotFound):
    """No lecture has that id."""

    code = "job_not_found"


class Unauthenticated(LectureError):
    """The caller shows no key, or one that is unknown, expired or revoked."""

    code = "unauthenticated"


class Forbidden(LectureError):
    """The caller's key does not allow it."""

    code = "forbidden"


class Conflict(LectureError):
    """What is asked for does not go with what is there."""

    code = "conflict"


class InUse(Conflict):
    """Something else needs what is to be removed."""

    code = "in_use"


class PreconditionFailed(Conflict):
    """It has changed since the caller looked at it."""

    code = "precondition_failed"


class KeyReused(Conflict):
    """An Idempotency-Key was used for another request."""

    code = "idempotency_key_reused"


class TooLarge(LectureError):
    """More bytes than are taken."""

    code = "body_too_large"


class TooMany(LectureError):
    """More than the caller is allowed at the moment; less so a little later."""

    code = "too_many_requests"
    retryable = True


class QuotaExceeded(TooMany):
    """More than the caller is allowed to have."""

    code = "quota_exceeded"


class JobConflict(LectureError):
    """The id is being generated from other input; cancel it or wait."""

    code = "job_conflict"


class Busy(LectureError):
    """Too many ask at a time, or the service is being stopped; ask again after a while."""

    code = "busy"
    retryable = True


class DiskFull(LectureError):
    """No space is left where the work or its results go."""

    code = "disk_full"


class StoreFull(DiskFull):
    """No space is left for the job database: nothing can be noted, not even a failure."""


class StoreBusy(Busy):
    """Others have the job database locked, or all of its connections."""


class StoreUnavailable(LectureError):
    """The job database does not answer or is damaged; whoever operates it knows why."""

    code = "store_unavailable"


class EngineError(LectureError):
    """A speech or face engine failed on this input."""

    code = "engine_failed"
    retryable = True


class EngineUnavailable(EngineError):
    """Packages, weights or an interpreter are missing; the message says where to put them."""

    code = "engine_unavailable"
    retryable = False


class CheckpointMissing(EngineUnavailable):
    """A file of weights is missing; the message says which and where to put it."""

    code = "checkpoint_missing"


class WrongInterpreter(EngineUnavailable):
    """The interpreter of a bridged engine is missing, does not start or has another version."""

    code = "wrong_interpreter"


class FragmentNotSpoken(EngineError):
    """The speech engine stumbles over a fragment's text; the message names the words, if few."""

    code = "fragment_not_spoken"
    retryable = False


class EngineCrashed(EngineError):
    """The engine's process died or broke the line protocol."""

    code = "engine_crashed"


class EngineStalled(EngineError):
    """The engine made no progress for too long and was stopped."""

    code = "engine_stalled"


class OutOfDeviceMemory(EngineError):
    """The model and its input do not fit into the device's memory."""

    code = "out_of_device_memory"


class MediaError(LectureError):
    """ffmpeg could not read or write a file."""

    code = "media_failed"


STORE_FAILURES = (StoreBusy, StoreFull, StoreUnavailable)
"""What keeps the job store from noting anything; its log says it once."""


class ConfigError(LectureError):
    """A setting is wrong; met at start only."""

    code = "bad_config"


class Cancelled(BaseException):
    """Raised inside a step once its cancellation was asked for.

    A ``BaseException``, so that an engine's ``except Exception`` cannot swallow it.
    """
