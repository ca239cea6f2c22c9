"""The lexicons that a lecture is spoken with: the site's, and its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import ConfigError
from app.intake.draft import Content, about
from app.lecture.lexicon import Lexicon

if TYPE_CHECKING:
    from config import Settings


@dataclass(frozen=True, slots=True)
class Respelling:
    """What is respelt, and a name of it for hashes."""

    lexicon: Lexicon
    identity: str
    """Empty when nothing is; else other for other files."""


def respelling(own: Content | None, settings: Settings) -> Respelling:
    """The site's lexicon and, winning where they disagree, the lecture's own.

    Raises:
        ConfigError: The site's file is missing or wrong.
        LectureTextError: The lecture's own is wrong; the message names line and key.
    """
    site = settings.speech.lexicon
    lexicon, identity = _site(site) if site else (Lexicon(), "")
    if own is None:
        return Respelling(lexicon, identity)
    with about("lexicon"):
        entries = Lexicon.parse(own.path.read_bytes())
    return Respelling(lexicon.merged(entries), f"{identity} {own.sha256}")


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
