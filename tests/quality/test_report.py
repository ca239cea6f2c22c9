from __future__ import annotations

import json
import math
from pathlib import Path

import cv2
import numpy as np
import pytest
import soundfile

from benchmarks.quality import report
from benchmarks.quality.bars import PARTS, verdicts
from benchmarks.quality.keeping import Place, identity_of

FACE = {
    "correlation": 0.95, "lag": 0, "closure": 1.0, "opening": 0.3, "frontal": True,
    "width": 0.05, "silence": math.nan, "jitter": 0.002,
}  # fmt: skip
SPEECH = {"wer": 9.0, "cer": 2.0, "sentences_dropped": 0, "true_peak": -1.2}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A run of one portrait and one voice."""
    place = Place(tmp_path)
    place.keep("face", "somebody", "1", {"figures": FACE})
    place.keep("face", "nobody", "1", {"refused": "SourceImageError: no face"})
    row = {"text": "a < b", "heard": "a b", "wer": 9.0, "loudness": -19, "mos": 3.0}
    place.keep("speech", "kokoro/en", "1", {"figures": SPEECH, "paragraphs": [row]})
    for name in ("photo", "first", "blink"):
        cv2.imwrite(
            str(place.of("frames", "somebody") / f"{name}.jpg"), np.zeros((64, 64, 3), np.uint8)
        )
    curves = {"seen": [0.0, None, 0.1, 0.2], "commanded": [0.0, 1.0, 1.0, 2.0]}
    (place.of("curves") / "somebody.json").write_text(json.dumps(curves), encoding="utf-8")
    sounds = place.of("sounds", "kokoro", "en")
    noise = np.random.default_rng(1).normal(0, 0.1, 24000)
    soundfile.write(sounds / "001.flac", noise, 24000)
    visemes = [{"name": "aa", "start": 0.1, "end": 0.3}]
    (sounds / "001.json").write_text(json.dumps(visemes), encoding="utf-8")
    return place


def test_the_report_needs_nothing_beside_it(place: Place) -> None:
    report.write(place)

    page = place.report.read_text(encoding="utf-8")

    assert page.count("<img") == page.count("src='data:image/") == 3
    assert "a &lt; b" in page
    assert "no face" in page


def test_a_clip_in_which_no_face_was_found_misses_its_bars(place: Place) -> None:
    place.keep("face", "ghost", "1", {"figures": {"frames_without_face": 768}})

    missed = {v.bar.figure for v in report.write(place) if v.subject == "ghost" and not v.reached}

    assert {"correlation", "frames_without_face", "identity_mean"} <= missed


def test_figures_are_strict_json_with_the_machine(place: Place) -> None:
    report.write(place)

    def refuse(constant: str) -> float:
        raise AssertionError(constant)

    figures = json.loads(place.figures.read_text(encoding="utf-8"), parse_constant=refuse)

    assert figures["machine"]["cores"] >= 1
    assert {one["subject"] for one in figures["face"]} == {"somebody", "nobody"}
    (opening,) = (bar for bar in figures["bars"] if bar["figure"] == "opening")
    assert opening["missed"] == {"somebody": 0.3}


def test_a_bar_without_a_figure_is_missed() -> None:
    judged = {v.bar.figure: v.reached for v in verdicts("face", "somebody", FACE)}

    assert not judged["silence"]
    assert not judged["blinks_per_minute"]
    assert judged["correlation"]


def test_each_language_has_its_own_bar() -> None:
    def reached(subject: str) -> list[bool]:
        judged = verdicts("speech", subject, {"wer": 9.0})
        return [v.reached for v in judged if v.bar.figure == "wer"]

    assert reached("kokoro/en") == [False]
    assert reached("kokoro/es") == [True]
    assert reached("kokoro/de") == []


def test_russian_must_be_clear_from_rhvoice_and_is_an_aim_for_kokoro() -> None:
    def bars(subject: str) -> list[tuple[bool, bool]]:
        judged = verdicts("speech", subject, {"wer": 9.0})
        return [(v.reached, v.bar.aim) for v in judged if v.bar.figure == "wer"]

    assert bars("rhvoice/ru") == [(False, False)]
    assert bars("kokoro/ru") == [(True, True)]
    assert bars("espeak/ru") == []


def test_the_opening_of_a_turned_face_is_held_against_no_bar() -> None:
    turned = {v.bar.figure for v in verdicts("face", "x", {**FACE, "frontal": False})}

    assert "opening" not in turned
    assert "opening" in {v.bar.figure for v in verdicts("face", "x", FACE)}


def test_what_was_made_from_something_else_is_not_used_again(place: Place) -> None:
    assert place.kept("face", "somebody", "1") is not None
    assert place.kept("face", "somebody", "2") is None
    assert place.kept("face", "another", "1") is None


def test_a_changed_file_has_another_identity(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("one")
    before = identity_of(file, more="x")

    assert identity_of(file, more="y") != before
    file.write_text("two")
    assert identity_of(file, more="x") != before


def test_an_empty_run_has_a_report(tmp_path: Path) -> None:
    assert report.write(Place(tmp_path)) == []
    assert {bar["part"] for bar in json.loads((tmp_path / "figures.json").read_text())["bars"]} == {
        *PARTS
    }
