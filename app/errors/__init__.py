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

from app.errors.base import (
    Cancelled,
    LectureError,
)
from app.errors.engines import (
    CheckpointMissing,
    EngineCrashed,
    EngineError,
    EngineStalled,
    EngineUnavailable,
    FragmentNotSpoken,
    MediaError,
    OutOfDeviceMemory,
    WrongInterpreter,
)
from app.errors.inputs import (
    InputError,
    LanguageError,
    LectureTextError,
    NoFaceError,
    PathError,
    RecordingError,
    SeveralFacesError,
    SourceImageError,
    VoiceSampleError,
)
from app.errors.pictures import (
    PictureReason,
    PictureSeen,
)
from app.errors.requests import (
    Conflict,
    Forbidden,
    InUse,
    JobConflict,
    JobNotFound,
    KeyReused,
    NotFound,
    PreconditionFailed,
    QuotaExceeded,
    TooLarge,
    TooMany,
    Unauthenticated,
)
from app.errors.service import (
    STORE_FAILURES,
    Busy,
    ConfigError,
    DiskFull,
    StoreBusy,
    StoreFull,
    StoreUnavailable,
)

__all__ = [
    "STORE_FAILURES",
    "Busy",
    "Cancelled",
    "CheckpointMissing",
    "ConfigError",
    "Conflict",
    "DiskFull",
    "EngineCrashed",
    "EngineError",
    "EngineStalled",
    "EngineUnavailable",
    "Forbidden",
    "FragmentNotSpoken",
    "InUse",
    "InputError",
    "JobConflict",
    "JobNotFound",
    "KeyReused",
    "LanguageError",
    "LectureError",
    "LectureTextError",
    "MediaError",
    "NoFaceError",
    "NotFound",
    "OutOfDeviceMemory",
    "PathError",
    "PictureReason",
    "PictureSeen",
    "PreconditionFailed",
    "QuotaExceeded",
    "RecordingError",
    "SeveralFacesError",
    "SourceImageError",
    "StoreBusy",
    "StoreFull",
    "StoreUnavailable",
    "TooLarge",
    "TooMany",
    "Unauthenticated",
    "VoiceSampleError",
    "WrongInterpreter",
]
