"""What becomes of a draft's text and lexicon, which another process reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from app.bootstrap import Services
from app.engines import choice
from app.errors import ConfigError, LanguageError, LectureTextError
from app.examiner.asked import TextQuestion, TextRead
from app.intake.draft import Content, Wishes
from app.lecture.bounds import Bounds


@dataclass(frozen=True, slots=True)
class Lexicons:
    """The lexicons that a lecture is spoken with, as hashes know them."""

    site: str
    """Version of the site's; empty for none."""
    own: str
    """sha256 of the lecture's own; empty for none."""

    @property
    def identity(self) -> str:
        """Empty when nothing is respelt; else other for other files."""
        return f"{self.site} {self.own}" if self.own else self.site


class Worded(Protocol):
    """A text that is to be read, and how: a draft, or less than one."""

    @property
    def text(self) -> Content | None: ...
    @property
    def recordings(self) -> Mapping[int, Content]: ...
    @property
    def wishes(self) -> Wishes: ...
    @property
    def lexicon(self) -> Content | None: ...
    @property
    def delimiter(self) -> str | None: ...
    @property
    def until(self) -> float | None: ...


def lexicons(draft: Worded, services: Services) -> Lexicons:
    """Which lexicons a lecture is spoken with; none is read.

    Raises:
        ConfigError: The site's is missing.
    """
    own = "" if draft.lexicon is None else draft.lexicon.sha256
    return Lexicons(site_lexicon(services), own)


def site_lexicon(services: Services) -> str:
    """Version of the site's lexicon; empty for none.

    Raises:
        ConfigError: It is missing.
    """
    path = services.settings.speech.lexicon
    if path is None:
        return ""
    try:
        status = path.stat()
    except OSError as error:
        raise ConfigError(f"speech.lexicon: no readable file at {path}") from error
    return f"{status.st_mtime_ns}-{status.st_size}"


def read_text(
    draft: Worded, services: Services, spelt: Lexicons, *, tenant: str, is_aloud: bool = False
) -> TextRead:
    """The draft's text as slides, fragments and words; its copy is UTF-8 from then on.

    Where there is nothing but recordings the language is the one that was named, or empty.

    Raises:
        LectureTextError: The lexicon or the text cannot be used; its ``field`` tells which.
        ConfigError: The site's lexicon is wrong.
        DiskFull: No space for the copy.
        Busy: Too many files are to be examined.
    """
    settings, rules = services.settings, services.settings.lecture
    language = draft.wishes.language or rules.language
    is_told = language == "auto"
    if draft.text is None:
        if not draft.recordings:
            raise LectureTextError("there is neither a text nor a recording", field="text")
        return TextRead("" if is_told else language)
    question = TextQuestion(
        text=draft.text.path,
        delimiter=draft.delimiter or rules.delimiter,
        split=draft.wishes.split or rules.split,
        bounds=Bounds(rules.max_slides, rules.max_fragments, rules.max_seconds),
        language=None if is_told else language,
        spoken=_spoken(draft, services) if is_told else (),
        lexicon=None if draft.lexicon is None else draft.lexicon.path,
        site_lexicon=settings.speech.lexicon,
        site_version=spelt.site,
        is_all=not draft.recordings,
        is_aloud=is_aloud,
    )
    return services.examiner.read_text(
        question, (draft.text.sha256, spelt.own), tenant=tenant, until=draft.until
    )


def _spoken(draft: Worded, services: Services) -> tuple[str, ...]:
    return tuple(sorted(choice.spoken_languages(services.settings, draft.wishes.speech_engine)))


def check_language(read: TextRead) -> None:
    """Return when the language of the text could be told, if there is any.

    Raises:
        LanguageError: It could not.
    """
    if read.doubt:
        raise LanguageError(read.doubt, field="text")
