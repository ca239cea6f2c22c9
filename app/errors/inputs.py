"""What the caller can mend: paths, texts, recordings, pictures."""

from __future__ import annotations

from app.errors.base import LectureError
from app.errors.pictures import PictureReason, PictureSeen


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
    """The picture cannot be read or does not show exactly one usable face.

    Args:
        message: What is wrong with it.
        field: As for every input.
        reason: The same for programs; ``None`` where the picture was not looked at.
        seen: What there is to see; ``None`` likewise.
    """

    code = "bad_source_image"

    def __init__(
        self,
        message: str,
        *,
        field: str | None = None,
        reason: PictureReason | None = None,
        seen: PictureSeen | None = None,
    ) -> None:
        super().__init__(message, field=field)
        self.reason = reason
        self.seen = seen


class NoFaceError(SourceImageError):
    """The face engine finds no face in the picture."""

    code = "no_face"


class SeveralFacesError(SourceImageError):
    """The face engine finds several faces in the picture and cannot tell whose to move."""

    code = "several_faces"


class LanguageError(InputError):
    """No engine speaks the language, or it cannot be told from the text."""

    code = "bad_language"
