"""Results are published while their folders are swapped for links to somebody else's."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks.attack.ground import Ground
from benchmarks.attack.ledger import Promise
from benchmarks.attack.swaps import swapping

FOLDERS = ("audio_fragments", "video_fragments", "combined", "final")

SWAPS = 10_000
"""Of each of the two long scenes together, in the long form."""

TEXT = "_;".join(f"Slide {number} says a few words. It has two sentences." for number in range(6))

RENDER_SECONDS = 120.0
ENDS = ("done", "failed", "cancelled")


def attack(ground: Ground) -> None:
    """Plant links, then swap in a loop."""
    text = ground.folder("publication") / "slides.txt"
    text.write_text(TEXT)
    first = _lecture(ground, text, ground.folder("publication") / "generated")
    if first != "done":
        ground.tally.break_(Promise.TOLD, f"an honest lecture became {first}")
    _linked_in_advance(ground, text)
    _hard_linked_in_advance(ground, text)
    _swapped_after_the_answer(ground, text)
    _swapped_meanwhile(ground, text)


def _lecture(ground: Ground, text: Path, output: Path, lecture_id: int | None = None) -> str | None:
    """Have a lecture made, of parts that were made before; its state in the end."""
    chosen = ground.new_id() if lecture_id is None else lecture_id
    where = {"lecture_text_path": str(text), "generated_dir_path": str(output)}
    answer = ground.post("a lecture", id=chosen, restart=True, **where)
    return _end(ground, chosen) if answer.status == 200 else f"answered {answer}"


def _end(ground: Ground, lecture_id: int) -> str | None:
    deadline = time.monotonic() + RENDER_SECONDS
    while (state := ground.state(lecture_id)) not in ENDS and time.monotonic() < deadline:
        time.sleep(0.05)
    return state


def _linked_in_advance(ground: Ground, text: Path) -> None:
    """A folder of results is a link already, or the output itself, or a file in it."""
    for name in ground.some(FOLDERS, 0.5):
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
    for number in range(1, 7):
        yield output / "audio_fragments" / f"audio_fragment_{lecture_id}_{number}.wav"
        yield output / "video_fragments" / f"video_fragment_{lecture_id}_{number}_1.mp4"
        yield output / "combined" / f"slide_{lecture_id}_{number}.mp4"
    yield output / "final" / f"lecture_{lecture_id}.mp4"
    yield output / "final" / f"manifest_{lecture_id}.json"


def _swapped_after_the_answer(ground: Ground, text: Path) -> None:
    """Between the answer and the first result: the folder, or the one above."""
    for above in (False, True):
        output = ground.folder("after") / "upper" / "generated"
        output.mkdir(parents=True)
        chosen = ground.new_id()
        where = {"lecture_text_path": str(text), "generated_dir_path": str(output)}
        ground.post("swapped after the answer", id=chosen, **where)
        place = output.parent if above else output
        with suppress(OSError):
            place.rename(place.with_name("moved"))
            place.symlink_to(ground.outside.folder)
        _end(ground, chosen)


def _swapped_meanwhile(ground: Ground, text: Path) -> None:
    """The output directory, the one above and every folder in it, in loops."""
    swaps, lectures, wanted = 0, 0, 400 if ground.short else SWAPS
    ends: dict[str, int] = {}
    while swaps < wanted:
        output = ground.folder("races") / "upper" / "generated"
        for name in FOLDERS:
            (output / name).mkdir(parents=True)
        for which, pairs in enumerate(_pairs(ground, output)):
            with swapping(*pairs, every_seconds=0.001 if which else 0.0005) as swapper:
                state = _lecture(ground, text, output)
            swaps += swapper.swaps
            lectures += 1
            ends[str(state)[:40]] = ends.get(str(state)[:40], 0) + 1
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
