"""What goes wrong while something is made."""

from __future__ import annotations

from app.errors.base import LectureError


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
