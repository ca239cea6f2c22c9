"""What every engine says of itself, whether it can run here or not."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

import config
from app.engines import registry
from app.engines.card import AnyCard
from app.errors import ConfigError, EngineUnavailable

CARDS = [
    pytest.param(card, id=card.name)
    for kind in registry.GROUPS
    for card in registry.builtin(kind).values()
]
PLACES = {"models_dir": Path("models"), "cache_dir": Path("cache")}

FRAMEWORKS = ("TTS", "cv2", "numpy", "onnx", "onnxruntime", "scipy", "soundfile", "soxr", "torch")

every_card = pytest.mark.parametrize("card", CARDS)


def test_no_framework_is_imported_to_read_the_cards_and_ask_what_is_missing() -> None:
    code = (
        "import sys; from pathlib import Path; from app.engines import registry\n"
        "for kind in registry.GROUPS:\n"
        "    for card in registry.builtin(kind).values():\n"
        "        card.misfit({}, {'models_dir': Path('m')})\n"
        "        card.lacks({}, {'models_dir': Path('m')})\n"
        f"print(sorted(set({FRAMEWORKS!r}) & sys.modules.keys()))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=config.ROOT
    )
    assert told.stdout.strip() == "[]"


@every_card
def test_an_engine_is_found_by_its_folder_under_its_own_name(card: AnyCard) -> None:
    (kind,) = [kind for kind in registry.GROUPS if card.name in registry.builtin(kind)]
    folder = config.ROOT / "app" / "engines" / kind / card.name
    assert (folder / "card.py").is_file()
    assert card.create.__module__ == f"app.engines.{kind}.{card.name}.card"
    assert card.summary


@every_card
def test_languages_are_codes_and_only_speech_engines_have_them(card: AnyCard) -> None:
    assert bool(card.languages) == (card.name in registry.builtin("speech"))
    assert all(len(code) == 2 and code.islower() for code in card.languages)


@every_card
def test_its_options_are_frozen(card: AnyCard) -> None:
    options = card.chosen({}, PLACES)
    with pytest.raises(ValidationError, match="frozen"):
        options.ffmpeg = Path("ffmpeg")


@every_card
def test_an_option_that_it_does_not_know_is_named(card: AnyCard) -> None:
    assert "colour" in card.misfit({"colour": 1}, PLACES)
    assert card.misfit({}, PLACES) == ""


@every_card
def test_an_option_out_of_its_range_is_named(card: AnyCard) -> None:
    bounded = [name for name, field in card.options.model_fields.items() if field.metadata]
    assert bounded, "no option of this engine has a range"
    for name in bounded:
        assert name in card.misfit({name: -(10**9)}, PLACES), name


@every_card
def test_immaterial_options_exist(card: AnyCard) -> None:
    assert card.immaterial <= card.options.model_fields.keys()


@every_card
def test_every_option_says_what_it_is(card: AnyCard) -> None:
    told: set[str] = set()
    for owner in card.options.__mro__:
        if issubclass(owner, BaseModel) and owner is not BaseModel:
            told |= _explained(owner)
    assert card.options.model_fields.keys() - told == set()


def _explained(owner: type) -> set[str]:
    """Fields that a string follows."""
    (body,) = ast.parse(inspect.getsource(owner)).body
    assert isinstance(body, ast.ClassDef)
    return {
        field.target.id
        for field, after in zip(body.body, body.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(after, ast.Expr)
        and isinstance(after.value, ast.Constant)
    }


@every_card
def test_what_it_lacks_is_told_within_a_tenth_of_a_second(card: AnyCard) -> None:
    card.lacks({}, PLACES)
    started = time.process_time()
    card.lacks({}, PLACES)
    assert time.process_time() - started < 0.1


@every_card
def test_weights_that_are_missing_are_named_with_the_command_that_gets_them(
    card: AnyCard, tmp_path: Path
) -> None:
    lacks = card.lacks({}, {"models_dir": tmp_path})
    for name in card.files:
        assert name in lacks and "python -m app setup" in lacks
    assert card.setup is not None or not card.files


IDENTITIES: list[tuple[Any, str, dict[str, Any], str]] = [
    ("speech", "kokoro", {}, '["kokoro", "4", {}]'),
    (
        "speech",
        "kokoro",
        {"voice": "af_heart", "threads": 4},
        '["kokoro", "4", {"voice": "af_heart"}]',
    ),
    (
        "speech",
        "hibari",
        {"threads": 2, "speed": 1.1},
        '["hibari", "3", {"speed": 1.1, "threads": 2}]',
    ),
    ("speech", "rhvoice", {"voice": "anna"}, '["rhvoice", "2", {"voice": "anna"}]'),
    ("speech", "festival", {"speed": 0.9}, '["festival", "2", {"speed": 0.9}]'),
    ("speech", "espeak", {"variant": "f4"}, '["espeak", "2", {"variant": "f4"}]'),
    (
        "speech",
        "xtts",
        {"threads": 3, "accept_licence": True, "seed": 7, "checkpoint_dir": Path("/srv/xtts")},
        '["xtts", "4", {"checkpoint_dir": "/srv/xtts", "seed": 7}]',
    ),
    ("speech", "yourtts", {"threads": 3, "seed": 7}, '["yourtts", "4", {"seed": 7}]'),
    (
        "face",
        "meshwarp",
        {"size": 256, "still": True},
        '["meshwarp", "4", {"size": 256, "still": true}]',
    ),
    (
        "face",
        "sadtalker",
        {"size": 512, "batch_size": 4, "stall_seconds": 9, "input_yaw": [-5, 5]},
        '["sadtalker", "1", {"input_yaw": [-5, 5], "size": 512}]',
    ),
]
"""Input hashes are made of these strings: another one makes every finished fragment unused."""


@pytest.mark.parametrize(("kind", "name", "options", "identity"), IDENTITIES)
def test_what_decides_the_result_is_written_as_it_always_was(
    kind: Any, name: str, options: dict[str, Any], identity: str
) -> None:
    assert registry.identity(kind, name, options) == identity


def test_every_engine_has_a_known_identity() -> None:
    assert {name for _, name, _, _ in IDENTITIES} == {param.id for param in CARDS}


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(ConfigError, match="unknown face engine 'mask'"):
        registry.create("face", "mask", {}, PLACES)


def test_a_wrong_option_is_an_error_of_the_configuration() -> None:
    with pytest.raises(ConfigError, match="colour"):
        registry.create("face", "meshwarp", {"colour": 1}, PLACES)


def test_an_engine_that_lacks_something_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="python -m app setup"):
        registry.create("speech", "kokoro", {}, {"models_dir": tmp_path})
