"""What becomes of a draft's recordings: slides beside those of its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from app.bootstrap import Services
from app.engines.recognizer import recognizer_identity
from app.errors import InputError
from app.intake.draft import Content, Draft, about
from app.lecture import UNTOLD, Fragment, Passage, Slide
from app.lecture.bounds import Bounds, estimated_seconds

if TYPE_CHECKING:
    from app.examiner.asked import RecordingKept, TextRead

FIELD = "recordings"
"""Of a draft; an error of a recording has the slide's number behind it: ``recordings.3``."""


@dataclass(frozen=True, slots=True)
class _Recorded:
    """The pieces of a slide's recording, and what its owner should know."""

    pieces: tuple[Passage, ...]
    caution: str


def with_recordings(
    read: TextRead, draft: Draft, services: Services, *, tenant: str
) -> tuple[TextRead, str]:
    """The text's slides and the recorded ones in order, their fragments numbered anew.

    Returns:
        And what the caller should know of the recordings; empty when all is well.

    Raises:
        InputError: A slide has both text and a recording, or there are too many.
        RecordingError: A recording cannot be used; its ``field`` tells the slide.
        DiskFull: No space for their sound.
        Busy: Too many files are to be examined.
    """
    if not draft.recordings:
        return read, ""
    rules = services.settings.lecture
    bounds = Bounds(rules.max_slides, rules.max_fragments, rules.max_seconds)
    slides = _with_room(read.slides, draft, bounds)
    recorded = dict(_recorded(slides, draft, services, bounds, tenant))
    merged, spoken = _merged(slides, read.read, recorded)
    with about(FIELD):
        _check_fragments(len(spoken), bounds)
    cautions = (f"slide {k}: {each.caution}" for k, each in recorded.items() if each.caution)
    told = replace(read, language=read.language or UNTOLD, slides=merged, read=spoken)
    return told, "; ".join(cautions)


def _with_room(slides: Sequence[Slide], draft: Draft, bounds: Bounds) -> list[Slide]:
    """The text's slides, and empty ones up to the last recorded one."""
    last = max(draft.recordings)
    if min(draft.recordings) < 1 or max(last, len(slides)) > bounds.slides:
        raise InputError(
            f"slides are numbered from 1 to {bounds.slides:,}, not {min(draft.recordings)} to"
            f" {max(last, len(slides)):,}",
            field=FIELD,
        )
    room = [*slides, *[Slide(())] * (last - len(slides))]
    for number in sorted(draft.recordings):
        if room[number - 1].fragments:
            raise InputError(
                f"slide {number} has both a text and a recording", field=f"{FIELD}.{number}"
            )
    return room


def _recorded(
    slides: Sequence[Slide], draft: Draft, services: Services, bounds: Bounds, tenant: str
) -> Iterator[tuple[int, _Recorded]]:
    texts = (fragment.plain for slide in slides for fragment in slide.fragments)
    left = bounds.seconds - sum(map(estimated_seconds, texts))
    for number, content in sorted(draft.recordings.items()):
        with about(f"{FIELD}.{number}"):
            name = f"recorded-slide-{number}.f32"
            kept = services.examiner.keep_recording(
                content.path,
                content.sha256,
                draft.copies.path / name,
                most_seconds=max(0.0, left),
                tenant=tenant,
                until=draft.until,
            )
        left -= kept.seconds
        yield number, _Recorded(tuple(_passages(content, Path(name), kept)), kept.caution)


def _passages(content: Content, file: Path, kept: RecordingKept) -> Iterator[Passage]:
    for start, end in pairwise((0.0, *kept.cuts, kept.seconds)):
        yield Passage(file.name, content.sha256, start, end, kept.gain, recognizer_identity())


def _merged(
    slides: Sequence[Slide], read: Sequence[str], recorded: dict[int, _Recorded]
) -> tuple[tuple[Slide, ...], tuple[str, ...]]:
    merged: list[Slide] = []
    spoken: list[str] = []
    for number, slide in enumerate(slides, start=1):
        first = len(spoken) + 1
        if number in recorded:
            fragments = tuple(
                Fragment(place, "", recording=piece)
                for place, piece in enumerate(recorded[number].pieces, start=first)
            )
            spoken += [""] * len(fragments)
        else:
            fragments = tuple(
                replace(fragment, number=place)
                for place, fragment in enumerate(slide.fragments, start=first)
            )
            spoken += [read[fragment.number - 1] for fragment in slide.fragments]
        merged.append(Slide(fragments))
    return tuple(merged), tuple(spoken)


def _check_fragments(number: int, bounds: Bounds) -> None:
    if number > bounds.fragments:
        raise InputError(
            f"{number:,} fragments; at most {bounds.fragments:,} are made one lecture; divide it"
            " into several lectures"
        )
