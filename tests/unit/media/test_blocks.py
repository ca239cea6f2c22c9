"""Sound of a file, a block at a time."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile

from app.errors import MediaError
from app.media.blocks import sound_blocks
from tests.unit.media.conftest import tone


def test_blocks_have_the_size_asked_for_and_hold_all_of_the_sound(tmp_path: Path) -> None:
    samples = np.stack([tone(1.0, rate=16000), tone(1.0, rate=16000, level=0.1)], axis=1)
    soundfile.write(tmp_path / "a.wav", samples, 16000)
    blocks = list(sound_blocks(tmp_path / "a.wav", 16000, size=7000))
    assert [block.shape for block in blocks] == [(7000, 2), (7000, 2), (2000, 2)]
    assert np.abs(np.concatenate(blocks) - samples).max() < 1e-4


def test_sound_comes_at_the_rate_asked_for(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.flac", tone(2.0, rate=48000), 48000)
    [block] = sound_blocks(tmp_path / "a.flac", 22050, size=10**6)
    assert block.shape == (44100, 1)


def test_a_sound_that_breaks_off_gives_what_there_is(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.flac", tone(4.0, rate=16000), 16000)
    raw = (tmp_path / "a.flac").read_bytes()
    (tmp_path / "a.flac").write_bytes(raw[: len(raw) // 2])
    blocks = list(sound_blocks(tmp_path / "a.flac", 16000, size=1000))
    assert 1.0 < sum(len(block) for block in blocks) / 16000 < 4.0


def test_a_track_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", tone(1.0), 24000)
    with pytest.raises(MediaError, match=r"no sound in a\.wav"):
        next(sound_blocks(tmp_path / "a.wav", 16000, size=1000, track=1))


def test_whoever_stops_early_leaves_no_process(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", tone(60.0), 24000)
    before = len(psutil.Process(os.getpid()).children(recursive=True))
    blocks = sound_blocks(tmp_path / "a.wav", 16000, size=1000)
    next(blocks)
    blocks.close()
    assert len(psutil.Process(os.getpid()).children(recursive=True)) == before
