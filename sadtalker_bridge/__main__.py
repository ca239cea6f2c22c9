"""``python -m sadtalker_bridge sadtalker --checkout DIR``: serve until standard input closes."""

from __future__ import annotations

import argparse
import sys

from sadtalker_bridge.protocol import claim_streams, serve
from sadtalker_bridge.sadtalker.sadtalker import SadTalker


def main() -> int:
    """Serve.  Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m sadtalker_bridge")
    parser.add_argument("engine", choices=["sadtalker"])
    parser.add_argument("--checkout", required=True, metavar="DIR")
    arguments = parser.parse_args()
    # Before anything of the model is imported: it prints while it loads.
    requests, channel = claim_streams()
    engine = SadTalker(arguments.checkout)
    return serve(
        requests,
        channel,
        {"load": engine.load, "prepare": engine.prepare, "animate": engine.animate},
        engine=arguments.engine,
        diagnose=engine.diagnose,
    )


if __name__ == "__main__":
    sys.exit(main())
