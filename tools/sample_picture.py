"""The README's picture: frames of a lecture side by side.

make demo && .venv/bin/python -m tools.sample_picture
"""

from __future__ import annotations

import argparse
from pathlib import Path

import av
from PIL import Image

import config

LECTURE = config.ROOT / "generated" / "demo" / "final" / "lecture_1.mp4"
PICTURE = config.ROOT / "docs" / "images" / "sample.jpg"
COLUMNS, ROWS, SIDE = 6, 2, 230
FIRST_SECOND, STEP_SECONDS = 1.0, 0.44


def main() -> None:
    """Write the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lecture", type=Path, nargs="?", default=LECTURE)
    parser.add_argument("picture", type=Path, nargs="?", default=PICTURE)
    asked = parser.parse_args()
    wanted = {round(25 * (FIRST_SECOND + STEP_SECONDS * n)): n for n in range(COLUMNS * ROWS)}
    sheet = Image.new("RGB", (COLUMNS * SIDE, ROWS * SIDE))
    with av.open(str(asked.lecture)) as lecture:
        for index, frame in enumerate(lecture.decode(video=0)):
            if index in wanted:
                row, column = divmod(wanted[index], COLUMNS)
                picture = Image.fromarray(frame.to_ndarray(format="rgb24"))
                still = picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
                sheet.paste(still, (column * SIDE, row * SIDE))
            if index > max(wanted):
                break
    sheet.save(asked.picture, quality=88)


if __name__ == "__main__":
    main()
