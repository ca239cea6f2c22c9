"""``python -m sadtalker_bridge ENGINE ...``: serve until standard input closes."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from typing import List

import sadtalker_bridge
from sadtalker_bridge.protocol import claim_streams, serve


def main(arguments: List[str]) -> int:
    """Serve the engine whose package is named first; the rest is for it.

    Returns:
        The exit status.
    """
    parser = argparse.ArgumentParser(prog="python -m sadtalker_bridge")
    parser.add_argument("engine", choices=_engines())
    name = parser.parse_args(arguments[:1]).engine
    # Before anything of the model is imported: it prints while it loads.
    requests, channel = claim_streams()
    package = importlib.import_module(f"sadtalker_bridge.{name}")
    return serve(requests, channel, package.engine(arguments[1:]), name=name)


def _engines() -> List[str]:
    found = pkgutil.iter_modules(sadtalker_bridge.__path__)
    return sorted(module.name for module in found if module.ispkg)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
