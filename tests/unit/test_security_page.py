"""The page about security names only what there is, and every kind of attack."""

from __future__ import annotations

import ast
import re

import pytest

import config
from benchmarks.attack.kinds import KINDS

PAGE = (config.ROOT / "docs" / "security.md").read_text("utf-8")


@pytest.fixture(scope="module")
def tests() -> set[str]:
    """Names of all tests."""
    return {
        node.name
        for path in (config.ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_test_that_the_page_names_exists(tests: set[str]) -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert len(named) > 30
    assert sorted(named - tests) == []


def test_the_page_names_every_kind_of_attack_and_no_other() -> None:
    assert set(re.findall(r"`attack ([a-z]+)`", PAGE)) == set(KINDS)
    assert set(re.findall(r"--only (\w+)", PAGE)) <= set(KINDS)


def test_every_line_of_the_standard_is_shown_by_something() -> None:
    rows = re.findall(r"^\| (\d+\.\d+\.\d+[^|]*) \| [^|]+ \| ([^|]*) \|$", PAGE, re.MULTILINE)
    assert len(rows) > 30
    assert [line for line, shown in rows if not re.search(r"`(attack|test_)", shown)] == []


def test_no_line_of_the_standard_stands_there_twice() -> None:
    table = PAGE.partition("## ASVS")[2].partition("Not yet")[0]
    lines = [
        line
        for row in re.findall(r"^\| (\d[^|]*) \|", table, re.MULTILINE)
        for line in row.split(", ")
    ]
    assert len(lines) == len(set(lines))
