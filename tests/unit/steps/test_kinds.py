"""The kinds of steps, and that nobody else names them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

import config
from app.steps import Queue, kind_named
from app.steps.kinds import KINDS

ROOMS = ("intake", "jobs", "lecture", "steps", "web", "worker")
"""Those that deal with steps.  Elsewhere the same words are kinds of engines."""

HOMES = {
    "steps/speak.py": {"speech"},
    "steps/animate.py": {"face"},
    "steps/join.py": {"slide"},
    "steps/finish.py": {"final"},
    "steps/utterance.py": {"utterance"},
    "steps/thumbnail.py": {"thumbnail"},
    "steps/preview.py": {"preview"},
    "steps/trial.py": {"trial"},
    "steps/profile.py": {"profile"},
}
OTHER_MEANINGS = {
    "steps/step.py": {"speech", "face"},  # queues
    "lecture/model.py": {"final", "slide_"},  # a folder and a file of the caller's
    "web/lms/status.py": {"slide"},  # a number in the answer
    "intake/accept.py": {"face"},  # a field of a draft
    "intake/lms.py": {"face"},  # that field
    "intake/api.py": {"face"},  # that field
    "web/v1/engines.py": {"speech", "face"},  # kinds of engines
    "web/v1/avatars.py": {"face"},
    "web/v1/openai.py": {"speech"},
    "web/v1/speech.py": {"speech"},  # what callers see
    "web/v1/stored.py": {"preview"},
    "web/v1/parameters.py": {"slide"},  # a part of a path
    "web/readiness.py": {"speech", "face"},  # kinds of engines
    "web/v1/event_text.py": {"slide"},  # an event, and a field of it
    "jobs/store/results.py": {"slide"},  # how a file is called
    "jobs/store/tables.py": {"slide"},  # a column
    "jobs/store/portions.py": {"slide"},  # that column
}
NOT_SEARCHED = "jobs/migrations/versions"
"""What is history."""


def test_each_kind_has_a_name_of_its_own() -> None:
    assert [kind.name for kind in KINDS] == [
        *("speech", "face", "slide", "final"),
        *("utterance", "thumbnail", "preview", "trial", "profile"),
    ]
    assert all(kind_named(kind.name) is kind for kind in KINDS)


def test_exactly_one_kind_makes_a_lecture_whole() -> None:
    assert [kind.name for kind in KINDS if kind.is_last] == ["final"]


def test_steps_are_named_by_kind_and_number() -> None:
    assert kind_named("face").step_name(3) == "face_3"
    assert kind_named("final").step_name(0) == "final"


def test_an_unknown_kind_is_none() -> None:
    with pytest.raises(KeyError):
        kind_named("training")


def test_the_settings_can_give_slots_to_every_queue_and_no_other() -> None:
    slots = dict.fromkeys(Queue, 1)
    assert config.Jobs.model_validate({"slots": slots}).slots == slots
    with pytest.raises(ValidationError):
        config.Jobs.model_validate({"slots": {"final": 1}})


def test_only_its_own_module_names_a_kind() -> None:
    named = {
        f"{path}: {literal!r}"
        for path, literals in _literals()
        for literal in literals - HOMES.get(path, set()) - OTHER_MEANINGS.get(path, set())
        if any(literal in (kind.name, f"{kind.name}_") for kind in KINDS)
    }
    assert named == set()


def test_the_search_finds_what_it_looks_for() -> None:
    found = dict(_literals())
    assert all(name in found[home] for home, names in HOMES.items() for name in names)
    assert all(names <= found[path] for path, names in OTHER_MEANINGS.items())


def _literals() -> Iterator[tuple[str, set[str]]]:
    """Every string, and every beginning of an f-string, by file below ``app``."""
    app = config.ROOT / "app"
    for path in sorted(each for room in ROOMS for each in (app / room).rglob("*.py")):
        if not path.is_relative_to(app / NOT_SEARCHED):
            yield str(path.relative_to(app)), set(_strings(path))


def _strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
