"""Refuse bridge code that Python 3.8 cannot read, without a Python 3.8 at hand."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

BRIDGE = Path(__file__).resolve().parent.parent / "sadtalker_bridge"


def main() -> int:
    """Parse every file as Python 3.8.  Returns the exit status."""
    status = 0
    for path in sorted(BRIDGE.rglob("*.py")):
        try:
            ast.parse(path.read_text(encoding="utf-8"), str(path), feature_version=(3, 8))
        except SyntaxError as error:
            print(f"{path.name}:{error.lineno}: {error.msg}", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
