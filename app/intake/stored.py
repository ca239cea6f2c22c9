"""The way of a face or a voice into the library, and what workers make of it there."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from app.bootstrap import Services
from app.errors import STORE_FAILURES, Busy, DiskFull, JobConflict
from app.intake import removing
from app.intake.previews import request_avatar_preview, request_voice_profile
from app.jobs.store.job import JobKey, JobState
from app.library import sweeping
from app.library.items import Item, Kind, New, Origin
from app.library.staging import Staged
from app.steps import preview, profile, stored_face, thumbnail, trial
from app.steps.profile import Profile
from app.steps.utterance import UTTERANCE

log = logging.getLogger(__name__)

THUMBNAIL = thumbnail.PICTURE
PREVIEW = {Kind.AVATAR: preview.CLIP, Kind.VOICE: trial.SOUND}
"""What shows an item, by its kind."""

_SHOWN_BY = {Kind.AVATAR: stored_face.AVATAR, Kind.VOICE: trial.VOICE}
"""The kind of job that makes it."""


PreviewState = Literal["running", "ready", "failed", "none"]


@dataclass(frozen=True, slots=True)
class Wish:
    """How something shall be kept."""

    tenant: str
    name: str
    tags: Sequence[str] = ()
    language: str | None = None
    """ISO 639-1, of a voice."""
    origin: Origin = "upload"
    until: float | None = None
    """When whoever asks must have an answer, by the monotonic clock; ``None``: he has time."""


def seen(services: Services, kind: Kind, staged: Staged, wish: Wish) -> New:
    """What there is to keep of a file, when it can be used.

    Raises:
        SourceImageError: The picture does not show exactly one usable face.
        VoiceSampleError: The voice sample holds too little speech.
        RecordingError: It is no recording, silent, cut off or too long.
        Busy: Too many files are to be examined.
    """
    return New(
        kind=kind,
        tenant=wish.tenant,
        name=wish.name,
        tags=wish.tags,
        seen=_LOOKS[kind](services, staged, wish),
        origin=wish.origin,
        language=wish.language,
    )


def _see(services: Services, staged: Staged, wish: Wish) -> dict[str, Any]:
    look = services.examiner.see_face
    return asdict(look(staged.path, staged.sha256, tenant=wish.tenant, until=wish.until))


def _hear(services: Services, staged: Staged, wish: Wish) -> dict[str, Any]:
    look = services.examiner.hear_voice
    return asdict(look(staged.path, staged.sha256, tenant=wish.tenant, until=wish.until))


def _listen(services: Services, staged: Staged, wish: Wish) -> dict[str, Any]:
    """What is known of a recording; its sound is read anew when a lecture is made of it."""
    sound = staged.path.with_name(f"{staged.path.name}.f32")
    try:
        kept = services.examiner.keep_recording(
            staged.path,
            staged.sha256,
            sound,
            most_seconds=services.settings.lecture.max_seconds,
            tenant=wish.tenant,
            until=wish.until,
        )
    finally:
        sound.unlink(missing_ok=True)
    return {"seconds": kept.seconds, "warnings": [kept.caution] if kept.caution else []}


_LOOKS: Mapping[Kind, Callable[[Services, Staged, Wish], dict[str, Any]]] = {
    Kind.AVATAR: _see,
    Kind.VOICE: _hear,
    Kind.RECORDING: _listen,
}


def keep(services: Services, kind: Kind, staged: Staged, wish: Wish) -> Item:
    """Examine a file, keep it, and have workers show it.

    Raises:
        SourceImageError: The picture does not show exactly one usable face.
        VoiceSampleError: The recording holds too little speech.
        Busy: Too many files are to be examined.
        DiskFull: No space is left.
    """
    item = services.library.add(seen(services, kind, staged, wish), staged)
    show(services, item)
    return item


def show(services: Services, item: Item) -> None:
    """Have workers make what shows an item; without it, it can be used all the same."""
    if item.kind not in PREVIEW:
        return
    folder = services.library.preview(item)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _request(services, item, folder)
    except (DiskFull, JobConflict, OSError) as error:
        # Removed meanwhile, or there is no space: whoever stores something hears of that soon.
        log.warning("item not shown kind=%s id=%d why=%s", item.kind, item.id, error)


def _request(services: Services, item: Item, folder: Path) -> None:
    if item.kind is Kind.AVATAR:
        request_avatar_preview(
            services, item.tenant, item.id, image=item.path, sha256=item.sha256, folder=folder
        )
        return
    request_voice_profile(
        services,
        item.tenant,
        item.id,
        sample=item.path,
        sha256=item.sha256,
        language=item.language,
        folder=folder,
    )


def made(services: Services, item: Item, name: str) -> Path | None:
    """A file that workers have made of an item; ``None`` while there is none."""
    path = services.library.preview(item) / name
    return path if path.is_file() else None


def profile_of(services: Services, item: Item) -> Profile | None:
    """Whose voice people hear for a stored one; ``None`` while nobody has tried it."""
    path = made(services, item, profile.FILE)
    try:
        return None if path is None else profile.profiles().validate_json(path.read_bytes())
    except FileNotFoundError:  # the voice is removed just now
        return None


def state(services: Services, item: Item) -> PreviewState:
    """How far they are."""
    if made(services, item, PREVIEW[item.kind]) is not None:
        return "ready"
    job = services.store.find(item.tenant, item.id)
    if job is None:
        return "none"
    match job.state:
        case JobState.DONE:
            return "none"  # nothing can move a face here
        case JobState.FAILED | JobState.CANCELLED:
            return "failed"
    return "running"


def remove(services: Services, item: Item, version: int | None) -> None:
    """Remove an item with its previews and, of a voice, what was said with it.

    Raises:
        InUse: Lectures use it.
        NotFound: It was removed meanwhile.
        PreconditionFailed: It has another version.
    """
    services.library.remove(item, version=version)
    # What cannot be removed now is so when what nobody can ask for is looked for.
    with suppress(Busy, JobConflict, *STORE_FAILURES):
        _forget(services, item)


def remove_lost(services: Services, most: int) -> int:
    """Remove some previews of items that are gone; how many."""
    removed = 0
    for kind, key in sweeping.lost_jobs(services.library, _SHOWN_BY.values(), most):
        with suppress(Busy, JobConflict):
            removing.remove(key, services, kind=kind)
            removed += 1
    return removed


def _forget(services: Services, item: Item) -> None:
    """Remove the jobs of an item that is gone."""
    if item.kind in PREVIEW:
        removing.remove(JobKey(item.tenant, item.id), services, kind=_SHOWN_BY[item.kind])
    if item.kind is Kind.VOICE and not services.library.has(item.tenant, item.sha256):
        for key in removing.made_from(services, item.tenant, UTTERANCE, item.sha256):
            removing.remove(key, services, kind=UTTERANCE)
