"""What a run has found so far, in files, so that a long run can be made in parts."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import config


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of the report and of what it is made from."""

    folder: Path

    @property
    def report(self) -> Path:
        return self.folder / "report.html"

    @property
    def figures(self) -> Path:
        return self.folder / "figures.json"

    def of(self, *names: str) -> Path:
        """A folder below, made when absent."""
        found = self.folder.joinpath(*names)
        found.mkdir(parents=True, exist_ok=True)
        return found

    def keep(self, part: str, subject: str, identity: str, found: dict[str, Any]) -> None:
        """Note what was found for a subject, and from what."""
        noted = {"part": part, "subject": subject, "identity": identity, **found}
        target = self._file(part, subject)
        unfinished = target.with_suffix(".part")
        unfinished.write_text(
            json.dumps(noted, ensure_ascii=False, indent=1, allow_nan=True), encoding="utf-8"
        )
        unfinished.replace(target)

    def kept(self, part: str, subject: str, identity: str) -> dict[str, Any] | None:
        """What was found for a subject, when it was made from the same."""
        file = self._file(part, subject)
        if not file.is_file():
            return None
        noted: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return noted if noted["identity"] == identity else None

    def everything(self, part: str) -> list[dict[str, Any]]:
        """All that is noted of a part, in order of the names of the subjects."""
        files = sorted(self.of("kept", part).glob("*.json"))
        return [json.loads(file.read_text(encoding="utf-8")) for file in files]

    def _file(self, part: str, subject: str) -> Path:
        return self.of("kept", part) / f"{subject.replace('/', '_')}.json"


def identity_of(*files: Path, more: str = "") -> str:
    """A hash of files and of words: what was found is reused while it stays the same."""
    digest = hashlib.sha256(more.encode())
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def sources(*packages: str) -> str:
    """A hash of the program text of packages of this repository, e.g. ``app/portrait``."""
    files = [file for name in packages for file in sorted((config.ROOT / name).rglob("*.py"))]
    return identity_of(*files)
