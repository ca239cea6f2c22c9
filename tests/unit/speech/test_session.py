from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import config
from app.engines.speech.common.session import Array, open_session, run
from app.engines.speech.g2p.english import phonemize_english
from app.engines.speech.hibari.weights import model_path
from app.engines.speech.kokoro.engine import KokoroModel
from app.errors import Cancelled, EngineError, EngineUnavailable
from tests.unit.speech.conftest import Switch


def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(b"no model")
    with pytest.raises(EngineUnavailable, match=r"model\.onnx"):
        open_session(path, threads=1)


def test_a_model_that_fails_is_an_engine_error(models_dir: Path) -> None:
    session = open_session(model_path(models_dir), threads=1)
    wrong: dict[str, Array] = {
        "ids": np.zeros((1, 3), np.int64),
        "speed": np.zeros((2, 2), np.float32),
    }
    with pytest.raises(EngineError, match="speech model failed"):
        run(session, wrong, ["f0"], cancel=Switch())


def test_a_cancelled_model_is_not_started(models_dir: Path) -> None:
    session = open_session(model_path(models_dir), threads=1)
    with pytest.raises(Cancelled):
        run(session, {}, ["f0"], cancel=Switch(after=0.0))


@pytest.mark.slow
def test_a_running_model_stops_soon_after_it_was_cancelled(kokoro_model: KokoroModel) -> None:
    sentence = "and then the packets travel from one machine to another machine, " * 6
    symbols = " ".join(word.phonemes for word in phonemize_english(sentence))[:400]
    switch = Switch(after=0.3)
    begun = time.process_time()
    with pytest.raises(Cancelled):
        kokoro_model.render(symbols, "af_heart", switch)
    spent = time.process_time() - begun
    assert spent < 2.0, "the whole phrase takes about eight seconds of computing"


@pytest.mark.slow
def test_a_model_that_nobody_cancels_is_looked_after_while_it_runs(
    kokoro_model: KokoroModel,
) -> None:
    switch = Switch()
    kokoro_model.render("həlˈO ðˈɛɹ, ˈɛvɹiwˌʌn.", "af_heart", switch)
    assert switch.checks >= 2


KEPT = """
import sys
from pathlib import Path
import psutil
from app.engines.speech.g2p.english import phonemize_english
from app.engines.speech.kokoro.engine import KokoroModel
from tests.unit.speech.conftest import Switch

model = KokoroModel(Path(sys.argv[1]), threads=1, length_scale=1.0)
sentence = "and then the packets travel from one machine to another machine, " * 3
symbols = " ".join(word.phonemes for word in phonemize_english(sentence))[:150]
model.render(symbols[:20], "af_heart", Switch())
before = psutil.Process().memory_info().rss
model.render(symbols, "af_heart", Switch())
print((psutil.Process().memory_info().rss - before) / 1e6)
"""


@pytest.mark.slow
def test_the_memory_of_a_long_phrase_is_given_back(models_dir: Path) -> None:
    # In a process of its own: what other tests have left free there would be counted too.
    ran = subprocess.run(
        [sys.executable, "-c", KEPT, models_dir],
        cwd=config.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert float(ran.stdout) < 80, "while it is spoken, the phrase takes about 190 MB"
