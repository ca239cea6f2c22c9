"""Engines in another interpreter: their process, and the lines that are said to it.

``docs/bridge.md`` describes the protocol; ``sadtalker_bridge`` is the other end of it.
``events`` are the lines it says, ``client`` asks and listens; its process is a
:class:`app.process.child.Child`.
"""

from app.engines.bridge.client import Bridge, Frames
from app.engines.bridge.events import (
    Animated,
    Event,
    Loaded,
    Picture,
    Prepared,
    Progressed,
    Ready,
    Spoken,
)

__all__ = [
    "Animated",
    "Bridge",
    "Event",
    "Frames",
    "Loaded",
    "Picture",
    "Prepared",
    "Progressed",
    "Ready",
    "Spoken",
]
