"""What an engine behind the bridge says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable, Dict, Optional

from sadtalker_bridge.errors import BridgeError

if TYPE_CHECKING:
    from sadtalker_bridge.protocol import Job

Message = Dict[str, Any]
Answer = Callable[[Message, "Job"], Message]
"""Does one request; returns the fields of its closing event."""


@dataclass(frozen=True)
class Verb:
    """One thing that an engine can do."""

    answer: Answer
    closing: str
    """The event that tells the host that it is done."""


@dataclass(frozen=True)
class Engine:
    """What the package of an engine gives for its command line, by its function ``engine``."""

    verbs: Dict[str, Verb]
    """By the word that a request asks with."""
    diagnose: Callable[[BaseException], Optional[BridgeError]]
    """Gives a foreign exception its code, or None when it has no other than ``failed``."""
