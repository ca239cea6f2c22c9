"""The threads, and which request gets one next: no kind and no address takes all of them."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, OrderedDict, deque
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Protocol

from app.web.server import refusals
from app.web.server.bounds import Bounds
from app.web.server.request_log import SIGNS_OF_LIFE

if TYPE_CHECKING:
    from app.web.server.admission import Asking
    from app.web.server.channel import Channel

log = logging.getLogger(__name__)


class _Task(Protocol):
    """A channel with a whole request, or a question about one that is on its way."""

    @property
    def holder(self) -> str: ...
    @property
    def is_exempt(self) -> bool: ...
    def service(self) -> None: ...
    def fail(self) -> None: ...


class Lane(IntEnum):
    """How long a request may take, quickest first."""

    SIGN = 0
    """A sign of life, or an answer of the server itself: well below a millisecond."""
    QUESTION = 1
    """Where a lecture stands, or stop it: as long as the database takes."""
    WORK = 2
    """A lecture is examined: up to half a minute."""


def lane_of(method: str, path: str) -> Lane:
    """The lane of a request, by its form: whatever posts something may take long.

    >>> lane_of("POST", "/generate/"), lane_of("POST", "/generate/cancel"), lane_of("GET", "/ping")
    (<Lane.WORK: 2>, <Lane.QUESTION: 1>, <Lane.SIGN: 0>)
    >>> lane_of("POST", "/v1/lectures"), lane_of("DELETE", "/v1/lectures/lec_1")
    (<Lane.WORK: 2>, <Lane.WORK: 2>)
    >>> lane_of("PATCH", "/v1/uploads/upl_1"), lane_of("DELETE", "/v1/uploads/upl_1")
    (<Lane.QUESTION: 1>, <Lane.QUESTION: 1>)
    """
    path = path.rstrip("/")
    if path in SIGNS_OF_LIFE:
        return Lane.SIGN
    if method in ("GET", "HEAD") or path.endswith("/cancel"):
        return Lane.QUESTION
    if f"{path}/".startswith("/v1/uploads/"):
        return Lane.QUESTION  # bytes are kept as they are, and nothing is looked at
    return Lane.WORK  # also to remove something: what is made of it is ended first


@dataclass
class _Waiting:
    """Requests of one lane that wait, by address; addresses take turns."""

    by_holder: OrderedDict[str, deque[tuple[float, _Task]]] = field(default_factory=OrderedDict)

    def put(self, task: _Task) -> None:
        queue = self.by_holder.setdefault(task.holder, deque())
        queue.append((time.monotonic(), task))

    def take(self, holder: str) -> _Task:
        """The oldest of an address, whose next turn comes after all others'."""
        queue = self.by_holder.pop(holder)
        task = queue.popleft()[1]
        if queue:
            self.by_holder[holder] = queue
        return task

    def of(self, holder: str) -> int:
        return len(self.by_holder.get(holder, ()))

    def __len__(self) -> int:
        return sum(map(len, self.by_holder.values()))


class Places:
    """Stands in for waitress' dispatcher of tasks.

    Signs of life need no thread: the loop answers them.  An eighth of the threads, at least one,
    does no work, and one address has at most half of those for work, and an eighth of all for
    questions: these compute, one at a time, and the loop waits for each that wants to meanwhile.
    Requests beyond these bounds wait, and addresses take turns; of too many that wait for one
    address the newest is answered ``busy``.
    """

    def __init__(self, bounds: Bounds) -> None:
        threads = bounds.threads
        work = max(1, threads - max(1, threads // 8))
        self._bound = {Lane.QUESTION: threads, Lane.WORK: work}
        self._per_address = {Lane.QUESTION: max(1, threads // 8), Lane.WORK: max(1, work // 2)}
        self._waiting_per_address = bounds.waiting_per_address
        self._threads = threads
        self._started = 0
        self._idle = 0
        self._at_once: deque[Channel] = deque()
        self._waiting = {lane: _Waiting() for lane in self._bound}
        self._running = Counter[Lane]()
        self._held = Counter[tuple[Lane, str]]()
        self._changed = threading.Condition()

    def add_task(self, channel: Channel) -> None:
        """Have the first request of a channel answered."""
        request = channel.requests[0]
        lane = Lane.SIGN if request.is_refused() else lane_of(request.command, request.route)
        if lane is not Lane.SIGN and not self._wait(lane, channel):
            request.refuse(refusals.BUSY)
            lane = Lane.SIGN
        if lane is Lane.SIGN:
            self._at_once.append(channel)

    def ask(self, asking: Asking) -> bool:
        """Have a question about a caller answered; not, where too much waits of its address."""
        return self._wait(Lane.QUESTION, asking)

    def answer_at_once(self) -> None:
        """Answer what needs no thread; for the loop."""
        while self._at_once:
            _serve(self._at_once.popleft())

    def _wait(self, lane: Lane, task: _Task) -> bool:
        """Have it wait for a thread; not, where too many of its address do."""
        with self._changed:
            waiting = self._waiting[lane]
            if not task.is_exempt and waiting.of(task.holder) >= self._waiting_per_address:
                return False
            waiting.put(task)
            held = self._held[lane, task.holder] + waiting.of(task.holder)
            if task.is_exempt or held <= self._per_address[lane]:
                if sum(map(len, self._waiting.values())) > self._idle:
                    self._start_thread()
                self._changed.notify()
            # Else whoever answers another one of that address takes this one next.
            return True

    @property
    def is_idle(self) -> bool:
        """Whether no request waits or is answered."""
        with self._changed:
            return not self._running.total() and not any(map(len, self._waiting.values()))

    def _start_thread(self) -> None:
        if self._started < self._threads:
            self._started += 1
            name = f"answers-{self._started}"
            threading.Thread(target=self._answer, name=name, daemon=True).start()

    def _answer(self) -> None:
        while True:
            with self._changed:
                while (taken := self._take()) is None:
                    self._idle += 1
                    self._changed.wait()
                    self._idle -= 1
            lane, task = taken
            _serve(task)
            with self._changed:
                self._running[lane] -= 1
                self._held -= Counter({(lane, task.holder): 1})

    def _take(self) -> tuple[Lane, _Task] | None:
        """The longest waiting of those that may have a thread now."""
        found = [
            (self._waiting[lane].by_holder[holder][0][0], lane, holder)
            for lane in self._bound
            if (holder := self._next_holder(lane)) is not None
        ]
        if not found:
            return None
        _, lane, holder = min(found)
        task = self._waiting[lane].take(holder)
        self._running[lane] += 1
        self._held[lane, holder] += 1
        return lane, task

    def _next_holder(self, lane: Lane) -> str | None:
        """Whose turn it is in a lane; nobody's, while its threads are taken."""
        # What takes longer counts against the bounds of what is quicker, not the other way round.
        if sum(self._running[slower] for slower in Lane if slower >= lane) >= self._bound[lane]:
            return None
        for holder, queue in self._waiting[lane].by_holder.items():
            if queue[0][1].is_exempt or self._held[lane, holder] < self._per_address[lane]:
                return holder
        return None


def _serve(task: _Task) -> None:
    try:
        task.service()
    except Exception:
        log.exception("a connection failed")
        task.fail()
