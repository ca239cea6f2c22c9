"""``python -m benchmarks.quality``: measure what is wanted, write the report.

What was measured before from the same program, pictures and texts is kept and not measured
again, so a run may be stopped and made in parts.  Ends with status 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import config
from app.engines import registry
from benchmarks.quality import report, showing, texts
from benchmarks.quality.drilling import drill_all
from benchmarks.quality.driving import driving
from benchmarks.quality.keeping import Place
from benchmarks.quality.saying import Case, say
from benchmarks.quality.texts.drill import languages

PORTRAITS_VARIABLE = "VIDEOLECTURE_PORTRAITS"
QUICK_PORTRAITS = 3
QUICK_PARAGRAPHS = 2
_ALL = 1000
_ENGINES = ("kokoro", "hibari", "rhvoice", "festival", "espeak")
"""Embedded ones and those of the system; whichever is not installed is reported as skipped."""


def main() -> int:
    """Run the parts that are asked for."""
    asked = _arguments()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    place = Place(asked.out)
    place.folder.mkdir(parents=True, exist_ok=True)
    everything = not (asked.face or asked.speech or asked.drill)
    if asked.face or everything:
        _face(place, asked)
    if asked.speech or everything:
        _speech(place, asked)
    if asked.drill:
        _drill(place, asked)
    judged = report.write(place)
    missed = [v for v in judged if not v.reached and not v.bar.aim]
    for verdict in missed:
        print(f"missed: {verdict.subject} {verdict.bar.figure} {verdict.value} ({verdict.bar})")
    print(f"{len(judged)} figures held against bars, {len(missed)} missed; {place.report}")
    return 1 if missed else 0


def _face(place: Place, asked: argparse.Namespace) -> None:
    pictures = [p for p in showing.portraits(asked.portraits) if _wanted(p.stem, asked.only)]
    pictures = pictures[: QUICK_PORTRAITS if asked.quick else None]
    how = {"size": asked.size, "preprocess": asked.preprocess}
    for name, found in showing.show(place, pictures, driving(place), **how):
        print(f"face {name}: {found.get('refused') or found['figures']}", flush=True)


def _speech(place: Place, asked: argparse.Namespace) -> None:
    most = QUICK_PARAGRAPHS if asked.quick else _ALL
    cases = [case for case in _cases() if _wanted(case.name, asked.only)]
    for name, found in say(place, cases, most):
        print(f"speech {name}: {found.get('skipped') or found['figures']}", flush=True)


def _drill(place: Place, asked: argparse.Namespace) -> None:
    cases = [c for c in _cases() if c.language in languages() and _wanted(c.name, asked.only)]
    for name, found in drill_all(place, cases, asked.drill):
        print(f"drill {name}: {found.get('skipped') or found['figures']}", flush=True)


def _cases() -> list[Case]:
    known = registry.cards("speech")
    return [
        Case(engine, language)
        for engine in _ENGINES
        if engine in known
        for language in texts.LANGUAGES
        if language in known[engine].languages
    ]


def _wanted(name: str, only: list[str]) -> bool:
    return not only or any(name == each or name.startswith(f"{each}/") for each in only)


def _arguments() -> argparse.Namespace:
    folder = os.environ.get(PORTRAITS_VARIABLE)
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality")
    parser.add_argument("--speech", action="store_true", help="this part alone")
    parser.add_argument("--face", action="store_true", help="this part alone")
    parser.add_argument(
        "--drill", type=int, default=0, metavar="N", help="N made-up paragraphs of en and ru"
    )
    parser.add_argument("--quick", action="store_true", help="3 portraits, 2 paragraphs")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="NAME", help="portraits, engines, engine/language"
    )
    parser.add_argument("--size", type=int, default=512, choices=(256, 512, 1080))
    parser.add_argument("--preprocess", default="crop", choices=("crop", "full", "resize"))
    parser.add_argument(
        "--portraits",
        type=Path,
        default=Path(folder) if folder else None,
        help=f"folder with more pictures; default: the variable {PORTRAITS_VARIABLE}",
    )
    parser.add_argument("--out", type=Path, default=config.ROOT / "quality")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
