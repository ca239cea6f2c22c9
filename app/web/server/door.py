"""Who may hold a connection, and how long."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.web.server import refusals
from app.web.server.bounds import (
    IDLE_SECONDS,
    INCOMPLETE_PER_ADDRESS,
    STOPPING_SECONDS,
    TURN_BYTES,
    Bounds,
)
from app.web.server.channel import Turn
from app.web.server.streams import Streams

if TYPE_CHECKING:
    from app.web.server.channel import Channel

log = logging.getLogger(__name__)

_TOLD_EVERY_SECONDS = 10.0

_ENDED_AT_ONCE = 32

_OF_PEER = (Turn.REQUEST, Turn.LEAVE, Turn.TAKING, Turn.CLOSING)
"""A connection that waits so is held by its peer, or counts so until it may send on."""


class Door:
    """All connections of a process; for the thread of the loop."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.streams = Streams(bounds.streams)
        self.channels: dict[int, Channel] = {}
        """Open ones, by their file descriptors."""
        self.stopping = False
        self.bytes_left = TURN_BYTES
        """What this turn of the loop may still read of those that send much."""
        self.thread: int | None = None
        """That of the loop."""
        self._closed_early = 0
        self._told_at = -_TOLD_EVERY_SECONDS

    def has_room(self, holder: str, *, is_exempt: bool) -> bool:
        """Make room for one more connection.

        One address holds no more than its share of requests that are on their way: beyond it its
        oldest gives way.  When all places are taken, whoever holds most of them loses the one
        that has waited for its peer longest.

        Returns:
            Whether there is any: not when a whole request has come by every connection.
        """
        if not is_exempt:
            own = [
                channel
                for channel in self.channels.values()
                if channel.holder == holder and channel.turn()[0] in _OF_PEER
            ]
            if len(own) >= INCOMPLETE_PER_ADDRESS:
                self._close_early(min(own, key=_since))
        return len(self.channels) < self.bounds.connections or self.shed()

    def shed(self) -> bool:
        """Close one connection that works for nobody; whether there was any."""
        found = [
            channel for channel in self.channels.values() if channel.turn()[0] is not Turn.SERVICE
        ]
        if not found:
            return False
        held = Counter(channel.holder for channel in found)
        self._close_early(max(found, key=lambda one: (held[one.holder], -_since(one))))
        return True

    def close_overdue(self) -> bool:
        """End what has waited for its peer too long.

        Returns:
            Whether there is more of it: of very many others would wait for the answers.
        """
        now = time.monotonic()
        limits = self._limits()
        ended = 0
        for channel in list(self.channels.values()):
            channel.look_at_taking()
            turn, since = channel.turn()
            if now - since < limits.get(turn, float("inf")):
                continue
            if ended == _ENDED_AT_ONCE:
                return True
            ended += 1
            if turn is Turn.LEAVE:
                channel.refuse(refusals.BUSY)
            elif turn is Turn.REQUEST and channel.has_begun:
                channel.refuse(refusals.TIMED_OUT)
            elif turn is Turn.STREAM and channel.stream is not None:
                channel.stream.close()
            else:
                channel.handle_close()
        self._tell(now)
        return False

    @property
    def serves(self) -> bool:
        """Whether any request is worked on, on its way, or not answered to the end."""
        return any(channel.turn()[0] is not Turn.NEXT for channel in self.channels.values())

    def _limits(self) -> Mapping[Turn, float]:
        seconds = self.bounds.request_seconds
        if self.stopping:
            hurried = min(STOPPING_SECONDS, seconds)
            return {**dict.fromkeys(_OF_PEER, hurried), Turn.NEXT: 0.0, Turn.STREAM: 0.0}
        return {**dict.fromkeys(_OF_PEER, seconds), Turn.NEXT: IDLE_SECONDS}

    def _close_early(self, channel: Channel) -> None:
        self._closed_early += 1
        channel.handle_close()

    def _tell(self, now: float) -> None:
        """One line in ten seconds, however many are closed."""
        if self._closed_early and now - self._told_at >= _TOLD_EVERY_SECONDS:
            log.warning(
                "connections closed early count=%d open=%d", self._closed_early, len(self.channels)
            )
            self._closed_early, self._told_at = 0, now


def _since(channel: Channel) -> float:
    return channel.turn()[1]
