"""Engines in another interpreter: their process, and the lines that are said to it.

``docs/bridge.md`` describes the protocol; ``sadtalker_bridge`` is the other end of it.
``guard`` ends a foreign process with its caller, ``guarded`` starts it, ``events`` are the
lines it says, ``client`` asks and listens.
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
from app.engines.bridge.guarded import GuardedProcess

__all__ = [
    "Animated",
    "Bridge",
    "Event",
    "Frames",
    "GuardedProcess",
    "Loaded",
    "Picture",
    "Prepared",
    "Progressed",
    "Ready",
    "Spoken",
]
