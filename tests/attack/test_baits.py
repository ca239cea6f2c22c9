"""The baits work: whoever is led astray shows."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from benchmarks.attack import reference_files
from benchmarks.attack.victims import Outside, listening, notes_reading
from tests.process.family import wait_until

CAREFREE = ("-protocol_whitelist", "file,http,tcp,crypto,data")
ANY_SEGMENT = ("-f", "hls", "-allowed_extensions", "ALL", "-extension_picky", "0")

ADDRESSES: Mapping[str, Sequence[str]] = {
    "hls": ANY_SEGMENT,
    "hls-variants": ANY_SEGMENT,
    "hls-key": ANY_SEGMENT,
    "hls-map": ANY_SEGMENT,
    "m3u": ANY_SEGMENT,
    "dash": ("-f", "dash"),
    "concat": ("-f", "concat", "-safe", "0"),
    "ffconcat": ("-f", "concat", "-safe", "0"),
}
"""Files that lead a careless decoder to an address, and how it is careless."""

FILES: Mapping[str, Sequence[str]] = {
    "ffconcat": ("-f", "concat", "-safe", "0"),
    "quicktime-alias": ("-enable_drefs", "1", "-use_absolute_path", "1"),
}


def decode(
    path: Path, carelessness: Sequence[str], until: Callable[[], bool] = lambda: False
) -> None:
    """Decode to the end, or until something has happened: lists without end are asked for again."""
    command = [get_ffmpeg_exe(), "-v", "quiet", "-nostdin", *CAREFREE, *carelessness]
    with subprocess.Popen([*command, "-i", str(path), "-f", "null", "-"]) as decoder:
        wait_until(lambda: decoder.poll() is not None or until(), 30)
        decoder.kill()


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_careless_decoder_connects(name: str, tmp_path: Path) -> None:
    with listening() as listener:
        path = tmp_path / "voice.wav"
        path.write_bytes(reference_files.SOUNDS[name](f"{listener.url}/voice.wav"))
        decode(path, ADDRESSES[name], until=lambda: listener.connections > 0)
        assert listener.connections > 0


@pytest.mark.parametrize("name", FILES)
def test_a_careless_decoder_reads_what_is_outside(name: str, tmp_path: Path) -> None:
    if not notes_reading(tmp_path):
        pytest.skip("this file system does not note that files are read")
    outside = Outside(tmp_path / "outside")
    path = tmp_path / "voice.wav"
    path.write_bytes(reference_files.SOUNDS[name](str(outside.folder / "voice.wav")))
    decode(path, FILES[name])
    assert outside.changes() == ["read outside/voice.wav"]
