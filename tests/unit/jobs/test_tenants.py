"""Whom workers work for: everybody, without knowing who that is."""

from __future__ import annotations

import re

import config


def test_no_worker_names_a_tenant() -> None:
    naming = {
        str(path.relative_to(config.ROOT))
        for path in (config.ROOT / "app" / "worker").rglob("*.py")
        if re.search(r"tenant|\bLMS\b|\bSHELL\b", path.read_text(encoding="utf-8"), re.IGNORECASE)
    }
    assert naming == set()
