"""Folders of weights, voices and the licence."""

from __future__ import annotations

import builtins
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile

import config
from app.engines.speech.xtts.card import CARD as XTTS
from app.engines.speech.xtts.options import XttsOptions
from app.engines.speech.yourtts.card import CARD as YOURTTS
from app.engines.speech.yourtts.options import YourTtsOptions
from app.errors import CheckpointMissing, EngineUnavailable, VoiceSampleError
from tests.coqui.conftest import VOICE, GoOn

if TYPE_CHECKING:
    from app.engines.speech.xtts.engine import Xtts


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection or asks on the terminal fails the test."""

    def refuse(*_: Any, **__: Any) -> None:
        pytest.fail("a connection or a question")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(builtins, "input", refuse)


def copied(folder: Path, place: Path) -> Path:
    """The folder again, its large files as links."""
    place.mkdir()
    for path in folder.iterdir():
        (place / path.name).hardlink_to(path)
    return place


@pytest.mark.usefixtures("no_network")
def test_without_the_licence_nothing_is_fetched_and_nothing_asked(tmp_path: Path) -> None:
    from app.engines.speech.xtts.engine import Xtts

    engine = Xtts(XttsOptions(models_dir=tmp_path))
    with pytest.raises(CheckpointMissing, match="accept_licence"):
        engine.load()
    assert "accept_licence" in XTTS.lacks({}, {"models_dir": tmp_path})
    assert "accept_licence" in YOURTTS.lacks({}, {"models_dir": tmp_path})
    assert XTTS.lacks({"accept_licence": True}, {"models_dir": tmp_path}) == ""
    assert list(tmp_path.iterdir()) == []


def test_with_the_licence_and_no_network_the_failure_is_told_and_nothing_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    from app.engines.speech.xtts.engine import Xtts

    def refuse(*_: Any) -> None:
        pytest.fail("a question")

    monkeypatch.setattr(builtins, "input", refuse)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    engine = Xtts(XttsOptions(models_dir=tmp_path, accept_licence=True))
    with pytest.raises(EngineUnavailable, match=r"xtts_v2.*coqui"):
        engine.load()


@pytest.mark.parametrize("name", ["config.json", "model.pth", "vocab.json"])
def test_a_missing_file_is_named(
    make_xtts: Callable[..., Xtts], xtts_folder: Path, tmp_path: Path, name: str
) -> None:
    folder = copied(xtts_folder, tmp_path / "part")
    (folder / name).unlink()
    with pytest.raises(CheckpointMissing, match=name):
        make_xtts(folder).load()
    assert name in XTTS.lacks({"checkpoint_dir": folder}, {"models_dir": tmp_path})


def test_missing_parts_of_yourtts_are_named(yourtts_folder: Path, tmp_path: Path) -> None:
    folder = copied(yourtts_folder, tmp_path / "part")
    (folder / "model_se.pth").unlink()
    (folder / "language_ids.json").unlink()
    lacking = YOURTTS.lacks({"checkpoint_dir": folder}, {"models_dir": tmp_path})
    assert "model_se.pth" in lacking and "language_ids.json" in lacking
    assert "config_se.json" not in lacking


def test_damaged_weights_are_told(
    make_xtts: Callable[..., Xtts], xtts_folder: Path, tmp_path: Path
) -> None:
    folder = copied(xtts_folder, tmp_path / "damaged")
    (folder / "model.pth").unlink()
    (folder / "model.pth").write_bytes(b"no weights")
    with pytest.raises(EngineUnavailable, match="cannot be read as XTTS"):
        make_xtts(folder).load()


def test_weights_of_the_first_releases_are_read_and_left_as_they_are(
    make_xtts: Callable[..., Xtts], xtts: Xtts, xtts_folder: Path, tmp_path: Path
) -> None:
    from tests.coqui.fabricate import as_first_released

    folder = tmp_path / "first"
    shutil.copytree(xtts_folder, folder)
    as_first_released(folder)
    before = (folder / "model.pth").stat()
    engine = make_xtts(folder)
    said = engine.synthesize("Проверка.", engine.voice(VOICE), "ru", GoOn())
    assert (folder / "model.pth").stat().st_mtime_ns == before.st_mtime_ns
    wanted = xtts.synthesize("Проверка.", xtts.voice(VOICE), "ru", GoOn())
    assert np.array_equal(said.samples, wanted.samples)


def test_a_device_that_is_not_there_is_named(
    make_xtts: Callable[..., Xtts],
) -> None:
    with pytest.raises(EngineUnavailable, match="mps"):
        make_xtts(device="mps").load()


def test_a_voice_is_measured_once_and_kept_by_content(
    make_xtts: Callable[..., Xtts], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from TTS.tts.models.xtts import Xtts as Network

    first = make_xtts()
    measured = first.voice(VOICE)
    assert first.voice(VOICE) is measured

    measurements: list[int] = []
    measure = Network.get_gpt_cond_latents

    def counted(self: Any, *inputs: Any, **more: Any) -> Any:
        measurements.append(1)
        return measure(self, *inputs, **more)

    monkeypatch.setattr(Network, "get_gpt_cond_latents", counted)
    renamed = tmp_path / "the same.wav"
    shutil.copy(VOICE, renamed)
    kept = make_xtts().voice(renamed)
    assert not measurements
    for name, tensor in measured.tensors.items():
        assert np.array_equal(tensor.numpy(), kept.tensors[name].numpy())
    make_xtts(gpt_cond_len=6).voice(VOICE)
    assert measurements


def test_a_damaged_kept_voice_is_measured_again(
    make_xtts: Callable[..., Xtts], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    measured = make_xtts().voice(VOICE)
    (kept,) = (tmp_path / "cache").glob("latents-*.safetensors")
    kept.write_bytes(b"damaged")
    again = make_xtts().voice(VOICE)
    assert "kept latents damaged" in caplog.text
    for name, tensor in measured.tensors.items():
        assert np.array_equal(tensor.numpy(), again.tensors[name].numpy())
    assert kept.stat().st_size > 1000


def test_a_picture_is_no_voice_sample(xtts: Xtts) -> None:
    with pytest.raises(VoiceSampleError):
        xtts.voice(config.ROOT / "samples" / "lecturer-man.jpg")


def test_a_voice_sample_of_less_than_a_second_is_refused(xtts: Xtts, tmp_path: Path) -> None:
    samples, rate = soundfile.read(VOICE)
    soundfile.write(tmp_path / "short.wav", samples[: rate * 9 // 10], rate)
    with pytest.raises(VoiceSampleError, match=r"the voice sample (is|holds) 0\."):
        xtts.voice(tmp_path / "short.wav")


def test_doctor_is_told_versions_device_and_sizes(
    xtts_folder: Path, yourtts_folder: Path, tmp_path: Path
) -> None:
    for folder, card in ((xtts_folder, XTTS), (yourtts_folder, YOURTTS)):
        findings = list(card.examine({"checkpoint_dir": folder}, {"models_dir": tmp_path}))
        assert all(finding.ok for finding in findings)
        said = {finding.what: finding.says for finding in findings}
        assert "coqui-tts 0.28.0" in said["packages"]
        assert " MB" in said["weights"] and str(folder) in said["weights"]
        assert said["device"]


def test_options_name_what_they_do_not_know() -> None:
    with pytest.raises(ValueError, match="tempo"):
        YourTtsOptions(models_dir=Path("/m"), tempo=1)  # type: ignore[call-arg]
