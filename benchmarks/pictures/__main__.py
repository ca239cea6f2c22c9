"""``python -m benchmarks.pictures``: make the pictures, examine each, print what was right.

Ends with status 1 when a picture was wrongly accepted or refused, or refused for another
reason than it should be.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

import config
from app.errors import SourceImageError
from app.portrait import FaceFinder, read_picture
from benchmarks.pictures.cases import Case, Portrait, cases_of, foreign_cases

VERDICTS = (
    *("accepted rightly", "refused rightly", "wrongly accepted", "wrongly refused"),
    *("wrong reason", "wrong colours"),
)
_MOST_OFF = 6.0
"""Mean difference of 255, at 128 pixels a side; a palette's and a printer's are 3 to 4."""


def main() -> int:
    """Examine and print."""
    asked = _arguments()
    finder = FaceFinder()
    counted: dict[str, Counter[str]] = {}
    for case in _cases(finder):
        if asked.only and case.group not in asked.only:
            continue
        verdict, said = judge(case, finder)
        counted.setdefault(case.group, Counter())[verdict] += 1
        if verdict not in VERDICTS[:2]:
            print(f"{verdict}: {case.group} {case.name}: {said}", flush=True)
    print(_table(counted))
    wrong = sum(group[verdict] for group in counted.values() for verdict in VERDICTS[2:])
    return 1 if wrong else 0


def judge(case: Case, finder: FaceFinder) -> tuple[str, str]:
    """What became of a picture, and what was said of it."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(case.make())
        file.flush()
        try:
            picture = read_picture(Path(file.name))
            finder.examine(picture)
        except SourceImageError as error:
            if not case.refused:
                return "wrongly refused", str(error)
            right = case.refused in str(error)
            return "refused rightly" if right else "wrong reason", str(error)
    if case.refused:
        return "wrongly accepted", f"not said: {case.refused}"
    off = 0.0 if case.same is None else _off(picture, case.same)
    return "wrong colours" if off > _MOST_OFF else "accepted rightly", f"off by {off:.1f}"


def _off(read: np.ndarray, expected: np.ndarray) -> float:
    small = [
        cv2.resize(each, (128, 128), interpolation=cv2.INTER_AREA).astype(float)
        for each in (read, expected)
    ]
    return float(np.abs(small[0] - small[1]).mean())


def _cases(finder: FaceFinder) -> Iterator[Case]:
    yield from foreign_cases()
    for path in sorted((config.ROOT / "samples").glob("*.jpg")):
        picture = read_picture(path)
        portrait = Portrait(path.stem, picture, finder.find(picture).landmarks)
        yield from cases_of(portrait)


def _table(counted: dict[str, Counter[str]]) -> str:
    shown = [verdict for verdict in VERDICTS if any(group[verdict] for group in counted.values())]
    lines = ["| group | " + " | ".join(shown) + " |", "|---|" + "---|" * len(shown)]
    total: Counter[str] = Counter()
    for name, group in counted.items():
        total += group
        lines.append(f"| {name} | " + " | ".join(str(group[verdict]) for verdict in shown) + " |")
    lines.append(f"| all {total.total()} | " + " | ".join(str(total[v]) for v in shown) + " |")
    return "\n".join(lines)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pictures")
    parser.add_argument("--only", nargs="+", default=[], metavar="GROUP", help="as in the table")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
