"""Runs Schemathesis as a program of its own, and reads its report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import config

_GOOD = ("2xx", "3xx", 401, 403, 404, 409, 429)
_REFUSED = (400, 401, 403, 404, 405, 406, 409, 415, 422, 429)


@dataclass(frozen=True, slots=True)
class Allowance:
    """Where a check expects too much of some operations."""

    check: str
    expected: Sequence[int | str]
    """Statuses that are right as well; without them there is nothing to check."""
    why: str
    operations: Sequence[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """How it is fuzzed."""

    document: str
    """Its address, or the path of its file."""
    url: str
    """Of the service, with the path that those of the document follow."""
    examples: int
    """Of each operation and kind, at most."""
    phases: Sequence[str] = ("examples", "coverage", "fuzzing", "stateful")
    key: str | None = None
    known: Mapping[str, Sequence[str | int]] = field(default_factory=dict)
    """Values to be used more often than not, by where they stand: ``body.voice``."""
    kept: Sequence[str] = ()
    """Ids that are never removed."""
    allowances: Sequence[Allowance] = ()
    slow: Sequence[str] = ()
    """Operations of which a tenth of the requests is enough."""
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    cases: int
    failures: int
    links: int
    """That were followed."""
    seconds: float
    operations: tuple[int, int]
    """Those that were called, and all."""
    output: str


def fuzz(plan: Plan, folder: Path, *, seconds: float = 7200) -> Outcome:
    """Send what the plan has.

    Args:
        folder: For its settings and its report.
    """
    settings, report = folder / "schemathesis.toml", folder / "report.json"
    settings.write_text("\n".join(_settings(plan)), encoding="utf-8")
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--no-color", "--config-file", str(settings)),
        *("run", plan.document, "--url", plan.url, "--phases", ",".join(plan.phases)),
        # More workers are threads, and threads that parse at a time fail in Python 3.11:
        # SystemError, "AST constructor recursion depth mismatch".
        *("--max-examples", str(plan.examples), "--workers", "1"),
        *("--report", "json", "--report-json-path", str(report)),
        *("--report-dir", str(folder), "--suppress-health-check", "all"),
        *(() if plan.seed is None else ("--seed", str(plan.seed))),
        *(("--header", f"Authorization: Bearer {plan.key}") if plan.key else ()),
    ]
    environment = os.environ | {
        "PYTHONPATH": str(config.ROOT),
        "FUZZ_KEEP": json.dumps(list(plan.kept)),
        "COLUMNS": "200",
    }
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    output = done.stdout + done.stderr
    assert report.is_file(), output
    return _read(json.loads(report.read_text(encoding="utf-8")), output)


def _read(report: dict[str, Any], output: str) -> Outcome:
    cases, operations = report["test_cases"], report["operations"]
    errors = sum(error["count"] for error in report["errors"])
    links = [line for line in output.splitlines() if "API Links:" in line]
    return Outcome(
        cases=cases["generated"],
        failures=cases["unique_failures"] + errors + (0 if report["complete"] else 1),
        links=int(links[-1].split()[2]) if links else 0,
        seconds=report["running_time"],
        operations=(operations["tested"], operations["total"]),
        output=output,
    )


def _settings(plan: Plan) -> Iterator[str]:
    yield 'hooks = "tests.fuzz.checks"'
    yield "request-timeout = 90.0"
    yield "continue-on-failure = true"
    yield "max-stream-events = 2"
    yield "[generation]"
    yield 'database = "none"'
    known = dict(plan.known)
    yield "[dictionaries]"
    for name, values in known.items():
        yield f'"{name}" = {{ values = {json.dumps(list(values))} }}'
    yield "[parameters]"
    for name in known:
        yield f'"{name}" = {{ dictionary = "{name}", probability = 0.7 }}'
    named = {name for each in plan.allowances for name in each.operations}
    for operation in sorted(named.union(plan.slow)):
        yield "[[operations]]"
        yield f'include-operation-id = "{operation}"'
        if operation in plan.slow:
            yield f"generation.max-examples = {max(1, plan.examples // 10)}"
        yield from _expected(each for each in plan.allowances if operation in each.operations)


def _expected(allowances: Iterable[Allowance]) -> Iterator[str]:
    usual = {
        "positive_data_acceptance": _GOOD,
        "negative_data_rejection": _REFUSED,
        "missing_required_header": _REFUSED,
        "not_a_server_error": ("2xx", "3xx", "4xx"),
    }
    expected: dict[str, list[int | str]] = {}
    for each in allowances:
        if not each.expected:
            yield f"checks.{each.check}.enabled = false"
            continue
        expected.setdefault(each.check, list(usual[each.check])).extend(each.expected)
    for check, statuses in expected.items():
        yield f"checks.{check}.expected-statuses = {json.dumps(statuses)}"
