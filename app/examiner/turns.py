"""Who of those that want a look gets the next one."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict, deque
from dataclasses import dataclass

from app.errors import Busy

AGAIN_SECONDS = 10.0
"""When somebody who found no place may ask again."""


@dataclass(slots=True, eq=False)
class Seat:
    """One look's place."""

    tenant: str
    size: int
    admitted: bool = False
    long: bool = False
    """Whether it has left its place to others, for it takes long."""


class Turns:
    """So many looks at a time, and each tenant in turn.

    A look that takes long can leave its place to others and go on beside them, as long as few
    do.  Safe to use from several threads.
    """

    def __init__(self, places: int, *, long_places: int, most_waiting: int) -> None:
        """Nobody looks yet.

        Args:
            places: Looks at a time, those that take long aside.
            long_places: Looks that take long, at a time.
            most_waiting: Of one tenant.
        """
        self._places = places
        self._long_places = long_places
        self._most_waiting = most_waiting
        self._changed = threading.Condition()
        self._taken: list[Seat] = []
        self._waiting: OrderedDict[str, deque[Seat]] = OrderedDict()
        """By tenant; who was served last comes last."""
        self._closed = False

    def take(self, tenant: str, seconds: float, *, size: int = 0) -> Seat:
        """Wait for a place.

        Args:
            tenant: Whose look it is.
            seconds: How long to wait at most.
            size: Of what is looked at; the smallest of a tenant's has its next turn.

        Raises:
            Busy: Too many wait already, or it takes too long.
        """
        seat = Seat(tenant, size)
        with self._changed:
            waiting = self._waiting.setdefault(tenant, deque())
            if len(waiting) >= self._most_waiting:
                raise busy()
            waiting.append(seat)
            self._admit()
            if not self._changed.wait_for(lambda: seat.admitted or self._closed, seconds):
                self._give_up(seat)
                raise busy()
            if self._closed:
                self._give_up(seat)
                raise stopping()
        return seat

    def lengthen(self, seat: Seat) -> bool:
        """Leave the place to others and go on beside them, unless too many do already."""
        with self._changed:
            if not seat.long:
                if sum(other.long for other in self._taken) >= self._long_places:
                    return False
                seat.long = True
                self._admit()
        return True

    def leave(self, seat: Seat) -> None:
        """The look is over."""
        with self._changed:
            if seat in self._taken:
                self._taken.remove(seat)
                self._admit()

    def is_crowded(self) -> bool:
        """Whether anybody waits."""
        with self._changed:
            return bool(self._waiting)

    def is_shared(self) -> bool:
        """Whether more than one look is taken or waited for."""
        with self._changed:
            return len(self._taken) > 1 or bool(self._waiting)

    def close(self, seconds: float) -> None:
        """Begin no more looks, and wait for those that are being taken, so long at most."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._taken, seconds)

    def _admit(self) -> None:
        while not self._closed and self._waiting and self._is_room():
            looking = Counter(seat.tenant for seat in self._taken)
            tenant = min(self._waiting, key=lambda name: looking[name])
            waiting = self._waiting[tenant]
            seat = min(waiting, key=lambda one: one.size)
            waiting.remove(seat)
            seat.admitted = True
            self._taken.append(seat)
            self._waiting.move_to_end(tenant)
            if not waiting:
                del self._waiting[tenant]
        self._changed.notify_all()

    def _is_room(self) -> bool:
        return sum(not seat.long for seat in self._taken) < self._places

    def _give_up(self, seat: Seat) -> None:
        if seat in self._taken:
            self._taken.remove(seat)
        waiting = self._waiting.get(seat.tenant)
        if waiting is not None:
            if seat in waiting:
                waiting.remove(seat)
            if not waiting:
                del self._waiting[seat.tenant]


def busy() -> Busy:
    """Too much is to be looked at."""
    return Busy(
        f"too many files are being examined; try again in {AGAIN_SECONDS:g} s",
        retry_after=AGAIN_SECONDS,
    )


def stopping() -> Busy:
    """The service ends."""
    return Busy("the service is being stopped; try again soon", retry_after=AGAIN_SECONDS)
