"""Hibari's weights, which come with its package."""

from __future__ import annotations

from pathlib import Path

from app.engines.card import Tell
from app.engines.speech.common.model_files import package_file, verify, write_model

MODEL_SHA256 = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
"""Of ``hibari.onnx`` in hibari-tts 0.2.1 (Apache-2.0), 8 MB."""

DURATIONS = "/Clip_output_0"
"""Output of the graph with the durations of the symbols, in steps of 25 ms."""


def model_path(models_dir: Path) -> Path:
    return models_dir / "hibari" / "model.onnx"


def fetch(models_dir: Path, tell: Tell) -> None:
    """Put the model into ``models_dir``, unless it is there.

    Args:
        models_dir: Created when absent; 8 MB are written below it.
        tell: Told, in a sentence, what is being done.

    Raises:
        EngineUnavailable: The package is missing or another.
    """
    if not model_path(models_dir).exists():
        tell("preparing the Hibari speech model, 8 MB")
        model = package_file("hibari", "assets/hibari.onnx")
        verify(model, MODEL_SHA256, "the model of the hibari-tts package")
        write_model(model, DURATIONS, model_path(models_dir))
