"""What ffmpeg reads to put clips one after another: a script and the chapters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.media.ffmpeg import Stream, sink, source
from app.ports.face import FRAMES_PER_SECOND
from app.ports.media import Chapter, Clip
from app.ports.work import Cancel

_SCRIPT, _LABELS = "clips.ffconcat", "labels"


def write_script(
    clips: Sequence[Clip],
    frames: Sequence[int],
    scratch: Path,
    *,
    cancel: Cancel,
    inpoint: float | None = None,
) -> None:
    """Write the script that :func:`clips_in` reads.

    Args:
        clips: In their order.
        frames: Pictures of each; the lengths are stated, since a clip's own includes its
            sound's padding.
        scratch: Where it and links to the clips are put.
        cancel: Checked before each clip.
        inpoint: Seconds at which each clip but the first is entered; what lies before is
            left out.
    """
    lines = ["ffconcat version 1.0"]
    for number, (clip, count) in enumerate(zip(clips, frames, strict=True), start=1):
        cancel.check()
        # A link with a plain name: the script then needs no quoting and no "-safe 0".
        link = scratch / f"{number}.mp4"
        link.symlink_to(clip.video.absolute())
        lines.append(f"file {link.name}")
        if inpoint is not None and number > 1:
            lines.append(f"inpoint {inpoint:g}")
        lines.append(f"duration {count / FRAMES_PER_SECOND:.2f}")
    (scratch / _SCRIPT).write_text("\n".join(lines) + "\n", encoding="ascii")


def clips_in(scratch: Path) -> Stream:
    """Input of an ffmpeg graph: the clips of the script, which may open MP4s and nothing else."""
    # Without auto_convert ffmpeg would write the parameter sets, which are equal, into every seam.
    return source(
        scratch / _SCRIPT, format="concat", safe=1, auto_convert=0, format_whitelist="concat,mov"
    )


def write_chapters(chapters: Sequence[Chapter], scratch: Path) -> None:
    """Write the chapters, in time order, for :func:`labelled`."""
    lines = [";FFMETADATA1"]
    for chapter in chapters:
        lines += [
            "[CHAPTER]",
            "TIMEBASE=1/1000",
            f"START={round(chapter.start * 1000)}",
            f"END={round(chapter.end * 1000)}",
            f"title={_escaped(chapter.title)}",
        ]
    (scratch / _LABELS).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def labelled(joined: Stream, scratch: Path) -> Stream:
    """The graph with the chapters as its last input.

    They hold titles and no dates or names.  They have no stream, so ffmpeg-python cannot hold
    them as an input of the graph; ffmpeg takes inputs anywhere on its command line.
    """
    return joined.global_args("-f", "ffmetadata", "-i", sink(scratch / _LABELS))


def _escaped(title: str) -> str:
    on_one_line = " ".join(title.split())
    return "".join(f"\\{c}" if c in "=;#\\" else c for c in on_one_line)
