"""Results are published while their folders are swapped for links to somebody else's."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks.attack.ground import Ground
from benchmarks.attack.ledger import Promise
from benchmarks.attack.swaps import swapping

FOLDERS = ("audio_fragments", "video_fragments", "combined", "final")

SWAPS, FEW_SWAPS = 10_000, 400

SLIDES, FEW_SLIDES = 6, 2
"""In the long and in the short form."""

AWAY_SECONDS = 0.0003
HOME_SECONDS = (0.004, 0.002, 0.0005)
"""How long a link stands in the place of the output directory, the one above or those in it, and
how long there is none."""

RENDER_SECONDS = 120.0
ENDS = ("done", "failed", "cancelled")


def attack(ground: Ground) -> None:
    """Plant links, then swap in a loop."""
    text = ground.folder("publication") / "slides.txt"
    slides = range(FEW_SLIDES if ground.short else SLIDES)
    text.write_text("_;".join(f"Slide {each} says a few words. And a few more." for each in slides))
    first = _lecture(ground, text, ground.folder("publication") / "generated")
    if first != "done":
        ground.tally.break_(Promise.TOLD, f"an honest lecture became {first}")
    _linked_in_advance(ground, text)
    _hard_linked_in_advance(ground, text)
    _swapped_after_the_answer(ground, text)
    _swapped_meanwhile(ground, text)


def _lecture(ground: Ground, text: Path, output: Path, lecture_id: int | None = None) -> str | None:
    """Have a lecture made, of parts that were made before; its state in the end."""
    chosen = _accepted(ground, text, output, lecture_id)
    return None if chosen is None else _end(ground, chosen)


def _accepted(
    ground: Ground, text: Path, output: Path, lecture_id: int | None = None
) -> int | None:
    """Post a lecture; its id when it was accepted."""
    chosen = ground.new_id() if lecture_id is None else lecture_id
    where = {"lecture_text_path": str(text), "generated_dir_path": str(output)}
    answer = ground.post("a lecture", id=chosen, **where)
    return chosen if answer.status == 200 else None


def _end(ground: Ground, lecture_id: int) -> str | None:
    deadline = time.monotonic() + RENDER_SECONDS
    while (state := ground.state(lecture_id)) not in ENDS and time.monotonic() < deadline:
        time.sleep(0.05)
    return state


def _linked_in_advance(ground: Ground, text: Path) -> None:
    """A folder of results is a link already, or the output itself, or a file in it."""
    for name in ground.some(FOLDERS, 0.25):
        output = ground.folder("linked") / "generated"
        output.mkdir()
        (output / name).symlink_to(ground.outside.folder)
        _lecture(ground, text, output)
    for number in range(1 if ground.short else 3):
        lecture_id, output = ground.new_id(), ground.folder("planted") / "generated"
        for path in _names(output, lecture_id):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(ground.outside.secret)
            # A name that can be guessed is there before the service makes it.
            for suffix in (".part", ".tmp", f".{number}.part"):
                with suppress(FileExistsError):
                    (path.parent / f".{path.name}{suffix}").symlink_to(ground.outside.secret)
            for step in range(40 if ground.short else 200):
                (path.parent / f".{path.name}.{step:016x}{1:08x}.part").symlink_to(
                    ground.outside.secret
                )
        _lecture(ground, text, output, lecture_id)


def _hard_linked_in_advance(ground: Ground, text: Path) -> None:
    """The files of results are other names of a file outside."""
    lecture_id, output = ground.new_id(), ground.folder("hard") / "generated"
    for path in _names(output, lecture_id):
        path.parent.mkdir(parents=True, exist_ok=True)
        os.link(ground.outside.secret, path)
    ground.outside.arm()  # the number of names is no content
    _lecture(ground, text, output, lecture_id)


def _names(output: Path, lecture_id: int) -> Iterator[Path]:
    """Where the results of the lecture belong."""
    for number in range(1, SLIDES + 1):
        yield output / "audio_fragments" / f"audio_fragment_{lecture_id}_{number}.wav"
        yield output / "video_fragments" / f"video_fragment_{lecture_id}_{number}_1.mp4"
        yield output / "combined" / f"slide_{lecture_id}_{number}.mp4"
    yield output / "final" / f"lecture_{lecture_id}.mp4"
    yield output / "final" / f"manifest_{lecture_id}.json"


def _swapped_after_the_answer(ground: Ground, text: Path) -> None:
    """Between the answer and the first result: the folder, or the one above."""
    for above in ground.some((False, True), 0.5):
        output = ground.folder("after") / "upper" / "generated"
        output.mkdir(parents=True)
        chosen = _accepted(ground, text, output)
        place = output.parent if above else output
        with suppress(OSError):
            place.rename(place.with_name("moved"))
            place.symlink_to(ground.outside.folder)
        if chosen is not None:
            _end(ground, chosen)


def _swapped_meanwhile(ground: Ground, text: Path) -> None:
    """The output directory, the one above and every folder in it, in loops."""
    swaps, lectures, wanted = 0, 0, FEW_SWAPS if ground.short else SWAPS
    ends: Counter[str | None] = Counter()
    while swaps < wanted:
        output = ground.folder("races") / "upper" / "generated"
        for name in FOLDERS:
            (output / name).mkdir(parents=True)
        # Longest at home at first, so that whoever gives up at the first link gets far enough.
        for pairs, home in zip(_pairs(ground, output), HOME_SECONDS, strict=True):
            lectures += 1
            # Every second lecture is accepted before, and raced while it is published alone.
            chosen = _accepted(ground, text, output) if lectures % 2 else None
            with swapping(*pairs, away_seconds=AWAY_SECONDS, home_seconds=home) as swapper:
                if chosen is None:
                    chosen = _accepted(ground, text, output)
                state = "refused" if chosen is None else _end(ground, chosen)
            swaps += swapper.swaps
            ends[state] += 1
    ground.tally.figures |= {"swaps": swaps, "lectures": lectures, "ends": ends}


def _pairs(ground: Ground, output: Path) -> Iterator[list[tuple[Path, Path]]]:
    outside, upper = ground.outside.folder, output.parent
    (upper.parent / "other").symlink_to(outside)
    (upper / "other").symlink_to(outside)
    inside = []
    for name in FOLDERS:
        (upper / f"other-{name}").symlink_to(outside)
        inside.append((output / name, upper / f"other-{name}"))
    yield [(output, upper / "other")]
    yield [(upper, upper.parent / "other")]
    yield inside
