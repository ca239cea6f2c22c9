"""The one form of the JSON files in artifacts."""

from __future__ import annotations

import json
from typing import Any


def as_json(value: dict[str, Any]) -> bytes:
    """JSON of a document, readable for people; the same bytes for the same values.

    Args:
        value: A dataclass as ``asdict`` gives it; ``Any`` is what JSON can hold.
    """
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
