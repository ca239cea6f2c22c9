"""Files that cannot be read as a picture, and the sentence that says why."""

from __future__ import annotations

import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
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


def test_a_picture_over_200_megapixels_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    path.write_bytes(png_of(20_000, 10_001))
    assert message(path) == (
        "the picture has 20000 x 10001 pixels, more than the 200 megapixels that are read: "
        "save it smaller, 4000 pixels on the long side are enough"
    )


def interlaced_png(path: Path) -> None:
    head = png_of(8000, 5001)
    header = head[12:28] + b"\1"
    checksum = struct.pack(">I", zlib.crc32(header))
    path.write_bytes(head[:12] + header + checksum + head[33:])


def progressive_jpeg(path: Path) -> None:
    Image.new("L", (8000, 5001)).save(path, "JPEG", progressive=True)


def lossless_webp(path: Path) -> None:
    Image.new("RGB", (8000, 5001)).save(path, "WEBP", lossless=True, method=0, quality=0)


def gif(path: Path) -> None:
    Image.new("P", (8000, 5001)).save(path, "GIF")


def bmp(path: Path) -> None:
    Image.new("1", (8000, 5001)).save(path, "BMP")


def avif(path: Path) -> None:
    Image.new("L", (8000, 5001)).save(path, "AVIF", speed=10, quality=1)


DECODED_WHOLE = {
    "an AVIF": avif,
    "an interlaced PNG": interlaced_png,
    "a progressive JPEG": progressive_jpeg,
    "a WebP that is lossless, animated or transparent": lossless_webp,
    "a GIF": gif,
    "a BMP": bmp,
}


@pytest.mark.parametrize("kind", DECODED_WHOLE)
def test_what_must_be_decoded_whole_has_a_lower_bound(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "large"
    most = 25 if kind == "a GIF" else 16 if kind == "an AVIF" else 40
    DECODED_WHOLE[kind](path)
    assert message(path) == (
        f"the picture has 8000 x 5001 pixels, more than the {most} megapixels that are read "
        f"of {kind}: "
        "save it smaller, 4000 pixels on the long side are enough, or as a plain JPEG"
    )


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
from app.portrait import FaceFinder, read_picture
finder = FaceFinder()
start = time.process_time()
height, width, _ = read_picture(Path(sys.argv[1])).shape
seconds = time.process_time() - start
peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(seconds, int(peak) / 1024, width, height, sep="|")
"""


def tiled_tiff(path: Path) -> None:
    import pyvips

    pyvips.Image.black(20_000, 10_000, bands=3).tiffsave(str(path), tile=True, compression="lzw")


def plain_jpeg(path: Path) -> None:
    import pyvips

    pyvips.Image.black(20_000, 10_000, bands=3).jpegsave(str(path))


def plain_png(path: Path) -> None:
    path.write_bytes(png_of(20_000, 10_000))


@pytest.mark.slow
@pytest.mark.parametrize("make", [plain_png, plain_jpeg, tiled_tiff])
def test_a_picture_of_200_megapixels_is_read_within_300_megabytes(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    path = tmp_path / "large"
    make(path)
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, path],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=Path(__file__).parents[3],
    )
    seconds, megabytes, width, height = run.stdout.strip().split("|")
    assert (width, height) == ("4000", "2000")
    assert float(seconds) < 15
    assert float(megabytes) < 300


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "bmp", "tif", "avif"])
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
    suffix=st.sampled_from(["jpg", "png", "webp", "bmp", "tif", "gif", "avif"]),
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


def test_pixels_without_a_range_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "heat.tif"
    Image.fromarray(np.zeros((40, 60), np.float32)).save(path)
    assert message(path) == (
        "the picture has pixels of kind b-w, float: save it with 8 bits per colour"
    )


def test_a_missing_file_is_refused_without_its_name(tmp_path: Path) -> None:
    assert (
        message(tmp_path / "nobody.png") == "the picture cannot be read: No such file or directory"
    )
