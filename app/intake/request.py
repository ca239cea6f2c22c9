"""What a caller may ask for, by paths."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.intake.draft import Wishes
from app.lecture import FaceChoice, SplitMode
from app.lecture.model import Preprocess


def _absolute(value: object) -> object:
    """Refuse what is a string but no absolute path; other types are refused by pydantic."""
    if isinstance(value, str):
        if "\0" in value or not _encodable(value):
            raise ValueError("must not hold a NUL character or half a character")
        if not value.startswith("/"):
            raise ValueError(f"must be an absolute path, not {value!r}")
    return value


def _encodable(text: str) -> bool:
    """Whether a string can name a file; JSON may hold lone surrogates, which cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


AbsolutePath = Annotated[Path, BeforeValidator(_absolute)]

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,19}")


def lecture_id(value: object) -> int:
    """The id of a lecture as callers write it: a whole number, or one in a string.

    >>> lecture_id(7), lecture_id("7")
    (7, 7)

    Raises:
        ValueError: It is nothing of that kind, or beyond 64 bits.
    """
    match value:
        case bool():
            number = None
        case int():
            number = value
        case float() if value.is_integer():
            number = int(value)
        case str() if _WHOLE_NUMBER.fullmatch(value):
            number = int(value)
        case _:
            number = None
    if number is None:
        raise ValueError(f"must be a whole number, not {_shown(value)}")
    if not -(2**63) <= number < 2**63:
        raise ValueError("must be a whole number of at most 64 bits")
    return number


def _shown(value: object) -> str:
    return repr(value[:40]) if isinstance(value, str) else f"a {type(value).__name__}"


LectureId = Annotated[int, BeforeValidator(lecture_id)]


class GenerateRequest(BaseModel):
    """Body of ``POST /generate``; unknown keys are ignored, as callers rely on."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: LectureId
    face_path: AbsolutePath
    voice_path: AbsolutePath
    lecture_text_path: AbsolutePath
    generated_dir_path: AbsolutePath

    language: str | None = Field(None, pattern=r"^(auto|[a-z]{2})$")
    speech_engine: str | None = Field(None, max_length=64)
    face_engine: str | None = Field(None, max_length=64)
    preprocess: Preprocess | None = None
    still: bool | None = None
    size: Literal[256, 512, 1080] | None = None
    split: SplitMode | None = None
    lexicon_path: AbsolutePath | None = None
    restart: bool | None = None

    def wishes(self) -> Wishes:
        """How the lecture shall be made."""
        return Wishes(
            language=self.language,
            speech_engine=self.speech_engine,
            face_engine=self.face_engine,
            face=FaceChoice(self.preprocess, self.still, self.size),
            split=self.split,
        )
