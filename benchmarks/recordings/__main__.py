"""``python -m benchmarks.recordings [--voices DIR]``: what becomes of recordings."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import numpy as np

import config
from app.engines.speech.common.sample import only_speech, read_sample
from app.engines.speech.common.speaker import Embedding, embed
from app.errors import VoiceSampleError
from app.voice import caution, find_passage, read_passage
from benchmarks.recordings import cases
from benchmarks.recordings.cases import Case
from benchmarks.recordings.sounds import RATE, Sound

_WORDS = {
    "drowned": cases.DROWNED,
    "is silent": cases.SILENT,
    "s of speech": cases.SHORT,
    "holds no speech": cases.NO_VOICE,
    "has no sound": cases.NO_TRACK,
    "cut off": cases.CUT,
    "protected": cases.LOCKED,
    "holds no sound": cases.NO_RECORDING,
}
"""What a message says, in the order in which it is looked for, and what that is."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A recording of somebody, which all others are made of."""

    name: str
    sound: Sound
    embedding: Embedding


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a recording."""

    case: Case
    got: str
    seconds: float
    similarity: float | None
    """Cosine of the speaker embeddings of what is used and of the voice as it was."""
    told: str


def outcome(path: Path) -> tuple[str, str]:
    """What becomes of a file, and the sentence that its sender is told."""
    try:
        told = caution(find_passage(path))
    except VoiceSampleError as error:
        told = str(error)
        return next(name for words, name in _WORDS.items() if words in told), told
    return (cases.CAUTIONED if told else cases.USED), told


def examine(case: Case, voice: Voice) -> Verdict:
    """Make a recording and hear what is made of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = case.make(Path(folder), voice.sound)
        # As the service has it: the name of its own copy tells nothing.
        copy = path.rename(Path(folder) / "voice-sample")
        began = time.monotonic()
        got, told = outcome(copy)
        seconds = time.monotonic() - began
        used = got in (cases.USED, cases.CAUTIONED)
        similarity = float(embed(read_sample(copy)) @ voice.embedding) if used else None
    return Verdict(case, got, seconds, similarity, told)


def voices(folder: Path | None) -> list[Voice]:
    """The sample of this repository, and the recordings in a folder."""
    files = [config.ROOT / "samples" / "voice.wav", *sorted(folder.glob("*.wav") if folder else ())]
    return [_voice(path) for path in files]


def _voice(path: Path) -> Voice:
    sound = read_passage(path, RATE)
    return Voice(path.name, sound.astype(np.float64), embed(only_speech(sound)))


def table(verdicts: Sequence[Verdict]) -> str:
    """How often what was expected became what, in Markdown."""
    counted = Counter((verdict.case.expected, verdict.got) for verdict in verdicts)
    rows = [
        f"| {expected} | {got} | {count} |" for (expected, got), count in sorted(counted.items())
    ]
    return "\n".join(["| should be | is | recordings |", "|---|---|---|", *rows])


def main() -> int:
    """Print the table, what went another way, and how near the voice stayed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recordings")
    parser.add_argument("--voices", type=Path, help="a folder with more of them")
    parser.add_argument("--every", action="store_true", help="tell of each recording")
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    speakers = cycle(voices(asked.voices))
    verdicts = []
    for case, voice in zip(cases.cases(), speakers, strict=False):
        verdict = examine(case, voice)
        verdicts.append(verdict)
        if asked.every or verdict.got != case.expected:
            near = "" if verdict.similarity is None else f" similarity {verdict.similarity:.2f}"
            print(f"{case.name} ({voice.name}): {verdict.got}{near}; {verdict.told}", flush=True)
    print(table(verdicts))
    print(_summary(verdicts))
    return int(any(verdict.got != verdict.case.expected for verdict in verdicts))


def _summary(verdicts: Sequence[Verdict]) -> str:
    used = sorted(v.similarity for v in verdicts if v.got == cases.USED and v.similarity)
    times = sorted(verdict.seconds for verdict in verdicts)
    return (
        f"{len(verdicts)} recordings; similarity of those used without a caution: least"
        f" {used[0]:.2f}, median {used[len(used) // 2]:.2f}; seconds for each: median"
        f" {times[len(times) // 2]:.2f}, most {times[-1]:.2f}"
    )


if __name__ == "__main__":
    sys.exit(main())
