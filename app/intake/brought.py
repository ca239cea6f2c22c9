"""Lectures of files that come with the request, from callers who know of no library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass

from app.bootstrap import Services
from app.errors import STORE_FAILURES, LectureError
from app.intake import lectures, stored
from app.intake.draft import Content, about
from app.intake.stored import Wish
from app.library.items import Item, Kind, New
from app.library.staging import Staged
from app.requests.asked import Asked, AskedSlide
from app.requests.lectures import LectureRequest


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody brings, and what he wants of it."""

    id: int
    """Of the lecture."""
    texts: Sequence[str]
    """A slide each."""
    language: str | None
    face: Staged
    face_wish: Wish
    voice: Staged
    voice_wish: Wish

    @property
    def tenant(self) -> str:
        """Whose all of it is."""
        return self.face_wish.tenant


def create(brought: Brought, services: Services, *, until: float | None = None) -> None:
    """Keep face and voice in the library, and have the lecture made.

    Either all of it is there afterwards, or nothing.

    Raises:
        As :func:`app.intake.lectures.create`; the field of what is wrong with a file is
        ``/avatar`` or ``/voice``.
    """
    with about("/avatar"):
        face = stored.seen(services, Kind.AVATAR, brought.face, brought.face_wish)
    with about("/voice"):
        voice = stored.seen(services, Kind.VOICE, brought.voice, brought.voice_wish)
    with (
        _kept(services, face, brought.face) as avatar,
        _kept(services, voice, brought.voice) as sample,
    ):
        asked = Asked(
            slides=tuple(map(AskedSlide, brought.texts)),
            avatar=avatar.id,
            voice=sample.id,
            language=brought.language,
        )
        lectures.create(_request(brought, asked), services, until=until)
    for item in (avatar, sample):  # behind the lecture, which somebody waits for
        _show(services, item)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A recording that somebody brings, with a face."""

    id: int
    """Of the lecture."""
    tenant: str
    face: Item | Staged
    """Of the library, or one that is kept there."""
    recording: Staged


def create_spoken(
    spoken: Spoken, wish: Wish, services: Services, *, until: float | None = None
) -> bool:
    """Keep the face in the library if it is not there, and have the lecture made.

    Args:
        wish: How the face shall be kept.

    Returns:
        Whether it is new; not when the very same was brought before.

    Raises:
        As :func:`app.intake.lectures.create`; the field of what is wrong with a file is
        ``/avatar`` or ``/recordings.1``.
    """
    with _face_of(spoken, wish, services) as avatar:
        asked = Asked(slides=(AskedSlide(),), avatar=avatar.id, voice=None)
        sound = {1: Content(spoken.recording.path, spoken.recording.sha256)}
        request = _request(spoken, asked)
        is_new = lectures.create(request, services, recordings=sound, until=until)
        if not is_new and avatar is not spoken.face:
            services.library.remove(avatar)  # kept before, for the same lecture
    if is_new and avatar is not spoken.face:
        _show(services, avatar)
    return is_new


def _show(services: Services, item: Item) -> None:
    with suppress(*STORE_FAILURES):  # the lecture was taken on already
        stored.show(services, item)


def _face_of(spoken: Spoken, wish: Wish, services: Services) -> AbstractContextManager[Item]:
    if isinstance(spoken.face, Item):
        return nullcontext(spoken.face)
    with about("/avatar"):
        face = stored.seen(services, Kind.AVATAR, spoken.face, wish)
    return _kept(services, face, spoken.face)


def _request(brought: Brought | Spoken, asked: Asked) -> LectureRequest:
    return LectureRequest(
        tenant=brought.tenant,
        id=brought.id,
        title="",
        asked=asked,
        metadata={},
        callback_url=None,
        seconds=0.0,
    )


@contextmanager
def _kept(services: Services, new: New, content: Staged) -> Iterator[Item]:
    """An item of the library that goes again when what it is kept for comes to nothing."""
    item = services.library.add(new, content)
    try:
        yield item
    except BaseException:
        with suppress(LectureError):
            services.library.remove(item)
        raise
