"""Files that cannot be read as a picture, and the sentence that says why."""

from __future__ import annotations

import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.errors import SourceImageError
from app.portrait import read_picture


def message(path: Path) -> str:
    with pytest.raises(SourceImageError) as caught:
        read_picture(path)
    return str(caught.value)


def test_a_picture_over_40_megapixels_is_refused_with_its_size(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    Image.new("1", (8000, 5001)).save(path)
    assert message(path) == (
        "the picture has 8000 x 5001 pixels, more than the 40 megapixels that are read"
    )


WEBP_HEADERS = {
    "extended": b"VP8X" + bytes(8) + (12_000 - 1).to_bytes(3, "little") + b"\x1f\x1f\0",
    "lossless": b"VP8L" + bytes(4) + b"\x2f" + (11_999 | 7_967 << 14).to_bytes(4, "little"),
    "lossy": b"VP8 " + bytes(7) + b"\x9d\x01\x2a" + struct.pack("<HH", 12_000, 7_968),
}
"""First chunk of a WEBP of 12000 x 7968 pixels."""


@pytest.mark.parametrize("kind", WEBP_HEADERS)
def test_a_webp_over_40_megapixels_is_refused_before_it_is_opened(
    tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "huge.webp"
    path.write_bytes(b"RIFF" + bytes(4) + b"WEBP" + WEBP_HEADERS[kind] + bytes(20))
    assert message(path).startswith("the picture has 12000 x 7968 pixels, more than")


@pytest.mark.parametrize("lossless", [True, False])
def test_a_webp_that_is_too_small_is_refused_with_its_size(tmp_path: Path, lossless: bool) -> None:
    path = tmp_path / "small.webp"
    Image.new("RGB", (100, 31)).save(path, lossless=lossless)
    assert message(path) == "the picture has 100 x 31 pixels; each side needs at least 32"


def png_of(width: int, height: int) -> bytes:
    """A valid grey PNG, all black, written row by row."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)

    packer = zlib.compressobj(1)
    rows = b"".join(packer.compress(bytes(width + 1)) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


MEASURE = """
import sys, time
from pathlib import Path
from app.errors import SourceImageError
from app.portrait import read_picture
start = time.process_time()
try:
    read_picture(Path(sys.argv[1]))
except SourceImageError as error:
    seconds = time.process_time() - start
    peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
    print(seconds, int(peak) / 1024, error, sep="|")
"""


def test_a_bomb_of_200_megapixels_costs_neither_time_nor_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png_of(20_000, 10_000))
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", MEASURE, path],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=Path(__file__).parents[3],
    )
    seconds, megabytes, sentence = run.stdout.strip().split("|")
    assert sentence.startswith("the picture has 20000 x 10000 pixels, more than")
    assert float(seconds) < 1
    assert float(megabytes) < 300


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "bmp", "tif"])
@pytest.mark.parametrize("kept", [0.5, 0.95])
def test_a_truncated_picture_is_refused(tmp_path: Path, suffix: str, kept: float) -> None:
    path = tmp_path / f"half.{suffix}"
    noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8)
    Image.fromarray(noise).save(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert message(path).startswith("the picture is damaged")


# Pillow warns of metadata that it leaves unread.
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@settings(max_examples=60, deadline=None)
@given(
    cut=st.integers(1, 2500),
    holes=st.lists(st.tuples(st.integers(0, 2500), st.binary(min_size=1, max_size=8)), max_size=4),
    suffix=st.sampled_from(["jpg", "png", "webp", "bmp", "tif"]),
)
def test_whatever_is_wrong_no_message_tells_where_the_file_lies(
    cut: int, holes: list[tuple[int, bytes]], suffix: str
) -> None:
    with tempfile.TemporaryDirectory(prefix="private-") as folder:
        path = Path(folder) / f"copy.{suffix}"
        Image.linear_gradient("L").resize((40, 40)).convert("RGB").save(path)
        content = bytearray(path.read_bytes()[:cut])
        for place, bytes_ in holes:
            content[place : place + len(bytes_)] = bytes_
        path.write_bytes(content)
        try:
            read_picture(path)
        except SourceImageError as error:
            assert "private-" not in str(error)
            assert "copy" not in str(error)


def test_a_damaged_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "head.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\xff" * 50)
    assert message(path) == "the picture is damaged: its header cannot be read"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("slides.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
        ("clip.gif", b"GIF89a" + bytes(40)),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("empty.png", b""),
        ("text.jpg", b"This is a text."),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert message(path) == "the file is not a picture: JPEG, PNG, WEBP, BMP and TIFF are read"


def test_pixels_without_a_range_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "heat.tif"
    Image.fromarray(np.zeros((40, 60), np.float32)).save(path)
    assert message(path) == "the picture has pixels of kind F: save it with 8 bits per colour"


def test_a_missing_file_is_refused_without_its_name(tmp_path: Path) -> None:
    assert (
        message(tmp_path / "nobody.png") == "the picture cannot be read: No such file or directory"
    )
