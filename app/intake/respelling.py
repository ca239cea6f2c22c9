"""The lexicons that a request's lecture is spoken with: the site's, and its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import ConfigError, LectureTextError
from app.intake.files import Bounds, copy_file
from app.lecture.lexicon import LARGEST_FILE, Lexicon

if TYPE_CHECKING:
    from config import Settings


@dataclass(frozen=True, slots=True)
class Respelling:
    """What is respelt, and a name of it for hashes."""

    lexicon: Lexicon
    identity: str
    """Empty when nothing is; else other for other files."""


def respelling(
    named: Path | None, settings: Settings, *, bounds: Bounds, staging: Path
) -> Respelling:
    """The site's lexicon and, winning where they disagree, the one that a request names.

    Raises:
        ConfigError: The site's file is missing or wrong.
        InputError: The request's file is; the message names line and key.
    """
    site = settings.speech.lexicon
    lexicon, identity = _site(site) if site else (Lexicon(), "")
    if named is None:
        return Respelling(lexicon, identity)
    copy = copy_file(
        "lexicon_path", named, staging / "lexicon.yaml", bounds=bounds, max_bytes=LARGEST_FILE
    )
    try:
        own = Lexicon.load(copy.path, error=LectureTextError)
    except LectureTextError as error:
        message = str(error).replace(str(copy.path), str(named))
        raise LectureTextError(f"lexicon_path: {message}") from error
    return Respelling(lexicon.merged(own), f"{identity} {copy.sha256}")


def _site(path: Path) -> tuple[Lexicon, str]:
    try:
        status = path.stat()
    except OSError as error:
        raise ConfigError(f"speech.lexicon: no readable file at {path}") from error
    identity = f"{status.st_mtime_ns}-{status.st_size}"
    return _loaded(path, identity), identity


@lru_cache(maxsize=4)
def _loaded(path: Path, identity: str) -> Lexicon:
    """Read once per version of the file: thousands of entries take a second."""
    del identity
    return Lexicon.load(path)
