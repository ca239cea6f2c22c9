"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

import config
from app.engines import registry

APP = config.ROOT / "app"
FOLDERS = {
    name: APP / "engines" / kind / name
    for kind in registry.GROUPS
    for name in registry.builtin(kind)
}


@dataclass(frozen=True)
class Module:
    """What a module says, without being imported."""

    path: Path
    strings: tuple[str, ...]
    """Literals that are no docstrings: those that a program goes by."""
    imports: frozenset[str]


@pytest.fixture(scope="module")
def modules() -> list[Module]:
    """All of the service."""
    return [_read(path) for path in sorted(APP.rglob("*.py"))]


def _read(path: Path) -> Module:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings, strings, imports = set[int](), list[tuple[int, str]](), set[str]()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(ast.Constant() as told):
                docstrings.add(id(told))
            case ast.Constant(str(value)):
                strings.append((id(node), value))
            case ast.Import(names):
                imports |= {alias.name for alias in names}
            case ast.ImportFrom(str(module), names):
                imports |= {module} | {f"{module}.{alias.name}" for alias in names}
    said = tuple(text for key, text in strings if key not in docstrings)
    return Module(path, said, frozenset(imports))


@pytest.mark.parametrize("name", FOLDERS)
def test_an_engines_name_stands_in_its_own_folder_only(name: str, modules: list[Module]) -> None:
    word = re.compile(rf"\b{name}\b", re.IGNORECASE)
    found = [
        f"{module.path.relative_to(APP)}: {text}"
        for module in modules
        if not module.path.is_relative_to(FOLDERS[name])
        for text in module.strings
        if word.search(text)
    ]
    assert found == []


@pytest.mark.parametrize("name", FOLDERS)
def test_no_module_imports_an_engine_but_its_own(name: str, modules: list[Module]) -> None:
    package = ".".join(FOLDERS[name].relative_to(config.ROOT).parts)
    found = [
        str(module.path.relative_to(APP))
        for module in modules
        if not module.path.is_relative_to(FOLDERS[name])
        and any(each == package or each.startswith(f"{package}.") for each in module.imports)
    ]
    assert found == []
