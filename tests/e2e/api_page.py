"""docs/api.md as a script: what its examples do, and what they are said to answer."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import config
from tests.e2e.conftest import environment_of
from tests.services.programs import program

PAGE = config.ROOT / "docs" / "api.md"

CLIENT = "## A client in Python"
"""The section with blocks that are for another test."""

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STATUS = re.compile(r" # (\d{3})$", re.MULTILINE)

_END_OF_BLOCK = "\x1e"

_PRELUDE = """\
curl() { command curl --no-progress-meter --write-out '%{stderr}%{http_code}\\n' "$@"; }
"""
"""Tells the status of every call on stderr."""

SECONDS = 300


@dataclass
class Example:
    """A block of commands, with the answer that the page shows behind it."""

    commands: str
    statuses: list[str]
    """Those that the page tells, of one call after the other."""
    answer: str = ""
    is_json: bool = False


@dataclass
class Outcome:
    """What came of an example."""

    statuses: list[str]
    output: str


def a_key(place: Path, models: Path) -> str:
    """A key that may do everything, made as the page says."""
    done = subprocess.run(
        [sys.executable, "-m", "app", "keys", "create", "--name", "me", "--scope", "admin"],
        cwd=config.ROOT,
        env=environment_of(place, models),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def blocks(text: str) -> list[tuple[str, str]]:
    """Kind and content of each fenced block."""
    return [(kind, content) for kind, content in _BLOCK.findall(text)]


def examples(text: str) -> list[Example]:
    """The examples of a page, in order."""
    found: list[Example] = []
    for kind, content in blocks(text):
        if kind == "sh":
            found.append(Example(content, _STATUS.findall(content)))
        else:
            assert not found[-1].answer, content
            found[-1].answer, found[-1].is_json = content, kind == "json"
    return found


def with_values(commands: str, values: Mapping[str, str]) -> str:
    """Commands in which variables that a reader fills in have other values."""
    for name, value in values.items():
        commands = re.sub(rf"^{name}=.*$", f"{name}={value}", commands, flags=re.MULTILINE)
    return commands


def run(found: list[Example], folder: Path, values: Mapping[str, str]) -> Iterator[Outcome]:
    """Run examples in one shell, which ends with the first command that fails.

    Args:
        folder: Where their files go.
        values: Of variables that a reader fills in.
    """
    for name in ("curl", "jq"):
        program(name)
    mark = f"printf '{_END_OF_BLOCK}' | tee /dev/stderr\n"
    script = _PRELUDE + "".join(with_values(each.commands, values) + mark for each in found)
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=SECONDS,
        check=False,
    )
    outputs, told = done.stdout.split(_END_OF_BLOCK), done.stderr.split(_END_OF_BLOCK)
    last = found[min(len(outputs), len(found)) - 1]
    assert done.returncode == 0, f"{last.commands}\n{outputs[-1]}\n{told[-1]}"
    for output, errors in zip(outputs[:-1], told[:-1], strict=True):
        yield Outcome(re.findall(r"^\d{3}$", errors, re.MULTILINE), output)


def disagreement(shown: Any, real: Any, where: str = "") -> str:
    """Where an answer is not as the page shows it; empty when it is.

    What is shown may be less than there is, numbers may be others, and ``…`` stands for any text.

    >>> disagreement({"id": "av_…", "seen": {"yaw": 0.1}}, {"id": "av_1", "seen": {"yaw": 2}})
    ''
    >>> disagreement({"state": "done"}, {"state": "queued"})
    "/state is 'queued'"
    """
    if isinstance(shown, dict) and isinstance(real, dict):
        missing = sorted(shown.keys() - real.keys())
        found = [f"{where}/{name} is missing" for name in missing] or [
            disagreement(shown[name], real[name], f"{where}/{name}") for name in shown
        ]
        return next(filter(None, found), "")
    if isinstance(shown, list) and isinstance(real, list) and len(shown) <= len(real):
        pairs = enumerate(zip(shown, real, strict=False))
        found = [disagreement(one, other, f"{where}/{at}") for at, (one, other) in pairs]
        return next(filter(None, found), "")
    if isinstance(shown, str) and isinstance(real, str):
        return "" if is_like(shown, real) else f"{where} is {real!r}"
    numbers = all(isinstance(one, (int, float)) for one in (shown, real))
    same = numbers and not isinstance(shown, bool) and not isinstance(real, bool)
    return "" if same or shown == real else f"{where} is {real!r}"


def is_like(shown: str, real: str) -> bool:
    """Whether a text is as shown; ``…`` stands for any text, and capitals make no difference.

    >>> is_like("ETag: …", 'etag: "1.1"'), is_like("…/v1/x", "/y/v1/x2")
    (True, False)
    """
    pattern = ".*".join(re.escape(part) for part in shown.split("…"))
    return re.fullmatch(pattern, real, re.IGNORECASE) is not None


def lacking(shown: str, real: str) -> list[str]:
    """Lines that an answer does not have, in this order."""
    lines = iter(line.rstrip("\r") for line in real.splitlines())
    return [each for each in shown.splitlines() if not any(is_like(each, line) for line in lines)]


def check(example: Example, outcome: Outcome) -> None:
    """Fail where an example did not do what the page says."""
    assert outcome.statuses == example.statuses, f"{example.commands}\n{outcome.output}"
    if example.is_json:
        real = json.loads(outcome.output)
        assert not disagreement(json.loads(example.answer), real), example.commands
    else:
        assert not lacking(example.answer, outcome.output), outcome.output
