"""SadTalker, from a checkout of it: ``--checkout DIR``.

Only the modules that talk to the model (``upstream``, ``analysis``, ``motion``, ``render``,
``paste``, ``enhance``, ``models``) import more than the standard library, and only once a
``load`` has asked for it.
"""

from __future__ import annotations

import argparse
from typing import Sequence

from sadtalker_bridge.engine import Engine, Verb
from sadtalker_bridge.sadtalker.sadtalker import SadTalker


def engine(arguments: Sequence[str]) -> Engine:
    """The engine that these arguments describe."""
    parser = argparse.ArgumentParser(prog="python -m sadtalker_bridge sadtalker")
    parser.add_argument("--checkout", required=True, metavar="DIR")
    sadtalker = SadTalker(parser.parse_args(arguments).checkout)
    verbs = {
        "load": Verb(sadtalker.load, "loaded"),
        "prepare": Verb(sadtalker.prepare, "prepared"),
        "animate": Verb(sadtalker.animate, "animated"),
    }
    return Engine(verbs, sadtalker.diagnose)
