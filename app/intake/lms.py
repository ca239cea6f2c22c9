"""The LMS names everything by paths: they are checked, and what they name is copied.

Nothing behind this module knows a path of a caller, but for the one that results go to.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.bootstrap import Services
from app.disk import disk_full_named
from app.errors import InputError, PathError
from app.intake.draft import Content, Draft, about
from app.intake.engines import choose_face_engine
from app.intake.files import Bounds, copy_file
from app.intake.output import check_output_dir
from app.intake.request import GenerateRequest
from app.intake.staging import Staging, staging
from app.lecture.lexicon import LARGEST_FILE

_SAFE_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".avif", ".gif", ".tif", ".tiff", ".bmp"}
)

_KEYS = {
    "face": "face_path",
    "voice": "voice_path",
    "text": "lecture_text_path",
    "lexicon": "lexicon_path",
    "output": "generated_dir_path",
}
"""What the request calls the fields of a draft; wishes are called the same."""


@contextmanager
def draft_of(
    request: GenerateRequest,
    services: Services,
    *,
    everywhere: bool = False,
    until: float | None = None,
) -> Iterator[Draft]:
    """The draft of a request, for as long as the block lasts.

    Whatever in the block is wrong with the caller's input is told in the caller's words:
    by the request's key and the path in it.  The copies are gone afterwards, unless the
    draft was accepted.

    Args:
        everywhere: Paths need not lie under the configured roots.
        until: When the caller must have an answer, by the monotonic clock.

    Raises:
        InputError: Something the caller named cannot be used; nothing was written.
        EngineUnavailable: The face engine cannot run here, or ffmpeg is missing.
        DiskFull: No space for the copies.
    """
    settings, rules = services.settings, services.settings.lecture
    bounds = Bounds(None if everywhere else settings.paths.roots, settings.paths.data)
    with _in_the_callers_words(request):
        with about("output"):
            output = check_output_dir(request.generated_dir_path, bounds=bounds)
        wishes = request.wishes()
        face_engine = choose_face_engine(settings, wishes)
        with staging(settings.paths.data / "inputs") as copies:
            copied = _Copier(bounds, copies)
            image, voice = request.face_path, request.voice_path
            text, lexicon = request.lecture_text_path, request.lexicon_path
            yield Draft(
                id=request.id,
                wishes=wishes,
                face_engine=face_engine,
                output=output,
                copies=copies,
                face=copied("face", image, _image_name(image), rules.max_image_bytes),
                voice=copied("voice", voice, "voice-sample", rules.max_voice_bytes),
                text=copied("text", text, "lecture-text", rules.max_text_bytes),
                lexicon=(
                    copied("lexicon", lexicon, "lexicon.yaml", LARGEST_FILE) if lexicon else None
                ),
                restart=bool(request.restart),
                until=until,
            )


@dataclass(frozen=True, slots=True)
class _Copier:
    """Makes private copies of what a caller names."""

    bounds: Bounds
    copies: Staging

    def __call__(self, field: str, path: Path, name: str, max_bytes: int) -> Content:
        target = self.copies.path / name
        with about(field), disk_full_named(self.copies.path.parent.name):
            sha256 = copy_file(path, target, bounds=self.bounds, max_bytes=max_bytes)
        return Content(target, sha256)


def _image_name(path: Path) -> str:
    """A name of our own: what a caller calls a file never reaches a command line."""
    suffix = path.suffix.lower()
    return f"source-image{suffix if suffix in _SAFE_SUFFIXES else ''}"


@contextmanager
def _in_the_callers_words(request: GenerateRequest) -> Iterator[None]:
    try:
        yield
    except InputError as error:
        key = _KEYS.get(error.field or "")
        if key is None:
            raise
        # What is wrong with a path tells it already; what is wrong with content cannot.
        named = key if isinstance(error, PathError) else f"{key} {getattr(request, key)}"
        raise type(error)(f"{named}: {error}", field=key) from error
