"""What the service loads, and under which terms."""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import config

NOTICE = config.ROOT / "NOTICE.md"
APACHE = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
"""SHA-256 of https://www.apache.org/licenses/LICENSE-2.0.txt."""

NAMES = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 3-Clause License": "BSD-3-Clause",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "ZPL 2.1": "ZPL-2.1",
}
"""Other words of metadata for a licence."""
PERMISSIVE = {
    *("0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "MIT", "MIT-0"),
    *("MIT-CMU", "PSF-2.0", "ZPL-2.1", "Zlib"),
}

IMPORT_ALL = """
import importlib, pkgutil, sys
import app, config, wsgi
for module in pkgutil.walk_packages(app.__path__, "app."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print(len([name for name in sys.modules if name.startswith("app.")]))
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def test_nothing_of_pyav_is_loaded_with_the_web_the_worker_and_all_embedded_engines() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL],
        cwd=config.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    modules, names = done.stdout.splitlines()
    assert int(modules) > 200
    assert {"flask", "onnxruntime", "cv2", "soundfile", "sqlalchemy"} <= set(names.split())
    assert "av" not in names.split()


def test_no_function_of_the_service_imports_pyav_later() -> None:
    importing = []
    for path in sorted((config.ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            importing += [path.name for name in names if name.split(".")[0] == "av"]
    assert importing == []


def test_no_hard_dependency_pulls_pyav_in() -> None:
    assert "av" not in hard_dependencies()
    assert "imageio-ffmpeg" in hard_dependencies()


def test_the_notice_names_the_licence_of_every_package_that_is_loaded() -> None:
    told = {
        name: licence
        for licence, names in re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", loaded(), re.MULTILINE)
        for name in names.split(", ")
        if licence != "licence"
    }
    assert told == {name: licence_of(found) for name, found in hard_dependencies().items()}


def test_the_notice_says_why_what_is_not_permissive_is_acceptable() -> None:
    reasons = re.findall(r"^- `([\w-]+)` and", loaded(), re.MULTILINE)
    strict = [
        name
        for name, found in hard_dependencies().items()
        if not set(re.split(r" AND | OR ", licence_of(found))) <= PERMISSIVE
    ]
    assert strict == reasons


def test_the_service_is_under_the_apache_licence() -> None:
    text = (config.ROOT / "LICENSE").read_bytes()
    assert hashlib.sha256(text).hexdigest() == APACHE
    assert project()["license"] == "Apache-2.0"


def loaded() -> str:
    """The notice's section about what is loaded."""
    section = NOTICE.read_text(encoding="utf-8").split("## Loaded into the process\n")[1]
    return section.split("Optional extras")[0]


def project() -> dict[str, object]:
    with Path(config.ROOT / "pyproject.toml").open("rb") as opened:
        described: dict[str, object] = tomllib.load(opened)["project"]
    return described


def hard_dependencies() -> dict[str, Distribution]:
    """What the service cannot do without, and all that it pulls in, as installed here."""
    direct = project()["dependencies"]
    assert isinstance(direct, list)
    found: dict[str, Distribution] = {}
    waiting = [Requirement(line) for line in direct]
    while waiting:
        name = canonicalize_name(waiting.pop().name)
        if name not in found:
            found[name] = distribution(name)
            wanted = [Requirement(line) for line in found[name].requires or ()]
            waiting += [
                one for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})
            ]
    return dict(sorted(found.items()))


def licence_of(found: Distribution) -> str:
    """By its metadata: the expression, else one short line, else the classifier."""
    told = found.metadata
    if "License-Expression" in told:
        return told["License-Expression"]
    lines: list[str] = told.get_all("License") or [""]
    line = lines[0]
    if not line or line == "UNKNOWN" or len(line) > 40:
        classifiers = told.get_all("Classifier") or []
        line = next(text for text in classifiers if text.startswith("License :: OSI Approved ::"))
    name = line.rsplit(" :: ", 1)[-1]
    return NAMES.get(name, name)
