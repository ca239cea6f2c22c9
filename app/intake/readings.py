"""A text that is read, and no lecture is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app import ids
from app.bootstrap import Services
from app.errors import InputError
from app.examiner.asked import TextRead
from app.intake import api
from app.intake.draft import Content, Wishes
from app.intake.lectures import recorded_seconds
from app.intake.staging import Staging, staging
from app.intake.text import check_language, lexicons, read_text
from app.library.items import Kind
from app.requests.asked import Asked, AskedSlide

_NO_CONTENT = Content(Path(), "")


@dataclass(frozen=True, slots=True)
class _Words:
    """A text that is to be read, and no lecture is made of."""

    text: Content | None
    wishes: Wishes
    lexicon: Content | None
    delimiter: str | None
    until: float | None
    recordings: Mapping[int, Content]


def of_text(slides: tuple[AskedSlide, ...], wishes: Mapping[str, object]) -> Asked:
    """A request without a face and a voice, to be looked at only.

    Args:
        wishes: Fields of :class:`Asked`.
    """
    return Asked(slides=slides, avatar=0, voice=0, **wishes)  # type: ignore[arg-type]  # checked by the caller's model


def read_aloud(
    asked: Asked, services: Services, *, tenant: str, until: float | None = None
) -> TextRead:
    """What is said of a text, and what of it otherwise than it is written.

    Raises:
        InputError: Something of it cannot be used; its ``field`` points there.
        Busy: Too many files are to be examined.
    """
    recorded(tenant, asked, services)
    with (
        api.in_the_callers_words(),
        staging(services.settings.paths.data / "inputs") as copies,
    ):
        return read_asked(asked, copies, services, tenant=tenant, until=until, is_aloud=True)


def recorded(tenant: str, asked: Asked, services: Services) -> dict[int, float]:
    """How long each of its recordings is, by id.

    Raises:
        InputError: The tenant has no such recording.
    """
    seconds = recorded_seconds(tenant, asked, services)
    for place, slide in enumerate(asked.slides):
        if slide.audio is not None and slide.audio not in seconds:
            shown = ids.told(Kind.RECORDING.prefix, slide.audio)
            told = f"{Kind.RECORDING.value}: there is no {shown}"
            raise InputError(told, field=f"/slides/{place}/audio")
    return seconds


def read_asked(
    asked: Asked,
    copies: Staging,
    services: Services,
    *,
    tenant: str,
    until: float | None,
    is_aloud: bool = False,
) -> TextRead:
    """The text of a request as slides and fragments.

    Args:
        asked: Face and voice do not matter.
        copies: Where the text may be kept meanwhile.
        is_aloud: Whether to tell what is said otherwise than it is written.

    Raises:
        LectureTextError: The text or the lexicon cannot be used.
        LanguageError: Its language cannot be told.
        Busy: Too many files are to be examined.
    """
    has_text = any(slide.text for slide in asked.slides)
    words = _Words(
        text=api.text_of(asked, copies) if has_text or not asked.recordings else None,
        wishes=api.wishes_of(asked),
        lexicon=api.lexicon_of(asked, copies),
        delimiter=api.BETWEEN_SLIDES,
        until=until,
        recordings=dict.fromkeys(asked.recordings, _NO_CONTENT),
    )
    read = read_text(words, services, lexicons(words, services), tenant=tenant, is_aloud=is_aloud)
    check_language(read)
    return read
