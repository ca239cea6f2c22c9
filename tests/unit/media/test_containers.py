"""What ffmpeg may open of a caller's."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import imageio_ffmpeg

from app.media.containers import CONTAINERS, FOREIGN, SOUND_CODECS, SOUND_FORMATS
from tools import document_formats

OPENS_MORE = {
    *("hls", "dash", "concat", "concatf", "imf", "sdp", "rtp", "rtsp", "sap", "webm_dash_manifest"),
    *("image2", "image2pipe", "avisynth", "vapoursynth", "lavfi", "ffmetadata", "dvdvideo"),
    *("tty", "ass", "srt", "libgme", "libopenmpt", "tedcaptions", "alsa", "pulse", "x11grab"),
}
"""Readers that follow a file to others, run it, draw it or listen to a device."""


def test_no_reader_that_opens_further_files_is_allowed() -> None:
    assert OPENS_MORE.isdisjoint(SOUND_FORMATS.split(","))
    assert FOREIGN["protocol_whitelist"] == "file,pipe"


def test_no_sound_without_a_header_is_allowed() -> None:
    # Any file at all would be taken for such.
    raw = {"s16le", "s16be", "u8", "f32le", "alaw", "mulaw", "g722", "gsm", "sln", "data"}
    assert raw.isdisjoint(SOUND_FORMATS.split(","))


def test_only_sound_is_decoded() -> None:
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    told = subprocess.run(
        [ffmpeg, "-hide_banner", "-decoders"], capture_output=True, text=True, check=True
    ).stdout
    kinds = dict(re.findall(r"^ ([VAS])\S+ +(\S+)", told, re.MULTILINE))
    others = {name for kind, name in re.findall(r"^ ([VAS])\S+ +(\S+)", told, re.MULTILINE)
              if kind != "A"}  # fmt: skip
    assert kinds
    assert others.isdisjoint(SOUND_CODECS.split(","))


def test_the_ffmpeg_that_comes_along_reads_all_of_them() -> None:
    assert document_formats.readable(Path(imageio_ffmpeg.get_ffmpeg_exe())) == list(CONTAINERS)


def test_the_page_lists_what_is_read() -> None:
    written = document_formats.PAGE.read_text("utf-8")
    assert written == document_formats.page(written), "run: python -m tools.document_formats"
