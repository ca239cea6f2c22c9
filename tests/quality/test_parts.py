"""The parts of a run, with little to do."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

import config
from app.ports.speech import Speech, VoiceUsed
from benchmarks.quality import report
from benchmarks.quality.__main__ import PORTRAITS_VARIABLE, main
from benchmarks.quality.drilling import drill_all
from benchmarks.quality.driving import Fragment, joined, over_all
from benchmarks.quality.keeping import Place
from benchmarks.quality.saying import Case, say
from benchmarks.quality.showing import portraits, show
from tests.unit.meshwarp.speaking import SENTENCE, sound_of, speak, write_wav

SAMPLES = config.ROOT / "samples"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "quality")


@pytest.fixture
def fragments(tmp_path: Path) -> tuple[Fragment, ...]:
    """Twice the same 2.56 s: whole blocks, as the service writes them."""
    visemes = speak(SENTENCE[:14])
    sound = write_wav(sound_of(visemes, 2.56), tmp_path / "speech.wav")
    return (Fragment(sound, visemes), Fragment(sound, visemes))


def test_speech_is_joined_with_silence_and_its_visemes_move_along() -> None:
    visemes = speak(("aa",), start=0.1)
    one = Speech(np.ones(24000, np.float32), 24000, VoiceUsed("preset"), visemes=visemes)

    whole = joined([one, one], 0.5)

    assert whole.samples.size == 24000 * 2.5
    assert not whole.samples[24000:36000].any()
    assert whole.visemes[1].start == pytest.approx(1.6)


def test_fragments_in_a_row_begin_at_whole_frames(fragments: tuple[Fragment, ...]) -> None:
    samples, visemes, starts = over_all(fragments)

    assert starts == [0, 64]
    assert samples.size == 2 * 64 * 960
    assert visemes[len(visemes) // 2].start == pytest.approx(2.56 + fragments[0].visemes[0].start)


def test_a_folder_of_portraits_comes_after_the_samples(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "lecturer-man.jpg", tmp_path / "b.jpg")
    (tmp_path / "notes.txt").write_text("no picture")

    names = [picture.stem for picture in portraits(tmp_path)]

    assert names == ["lecturer-man-tie", "lecturer-man", "lecturer-woman", "b"]


def test_a_run_without_subjects_writes_an_empty_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    monkeypatch.setenv(PORTRAITS_VARIABLE, str(SAMPLES))
    monkeypatch.setattr(sys, "argv", ["quality", "--drill", "1", "--only", "-", "--out", str(out)])

    assert main() == 0
    assert json.loads((out / "figures.json").read_text(encoding="utf-8"))["drill"] == []


@pytest.mark.slow
def test_a_portrait_is_rendered_judged_and_kept(
    place: Place, fragments: tuple[Fragment, ...], tmp_path: Path
) -> None:
    grey = tmp_path / "grey.png"
    cv2.imwrite(str(grey), np.full((128, 128, 3), 128, np.uint8))
    pictures = [SAMPLES / "lecturer-man.jpg", grey]

    found = dict(show(place, pictures, fragments, size=256))

    figures = found["lecturer-man-256"]["figures"]
    assert figures["seconds"] == pytest.approx(5.12)
    assert figures["join_jump"] <= 3
    assert figures["correlation"] >= 0.85
    assert "SourceImageError" in found["grey-256"]["refused"]
    assert report.write(place)
    kept = place.folder / "kept" / "face" / "lecturer-man-256.json"
    before = kept.stat().st_mtime_ns
    again = dict(show(place, pictures, fragments, size=256))["lecturer-man-256"]["figures"]
    assert again["correlation"] == figures["correlation"]
    assert kept.stat().st_mtime_ns == before


@pytest.mark.slow
def test_a_voice_is_heard_judged_and_kept(place: Place, models: Path) -> None:
    assert models.is_dir()

    found = dict(say(place, [Case("hibari", "en")], 1))

    figures = found["hibari/en"]["figures"]
    assert figures["wer"] <= 20
    assert figures["sentences_dropped"] == 0
    assert 1 <= figures["mos"] <= 5
    assert (place.folder / "sounds" / "hibari" / "en" / "001.flac").is_file()
    assert {v.bar.figure for v in report.write(place)} >= {"wer", "true_peak"}


@pytest.mark.slow
def test_a_drill_goes_on_where_it_stopped(place: Place, models: Path) -> None:
    assert models.is_dir()
    case = Case("hibari", "en")

    first = dict(drill_all(place, [case], 1))[case.name]["figures"]
    both = dict(drill_all(place, [case], 2))[case.name]["figures"]

    assert (first["paragraphs"], both["paragraphs"]) == (1, 2)
    assert both["sentences"] > first["sentences"]
