"""The process that has loaded what looks need, and forks one for each look.

One JSON object per line.  It is told, of looks by numbers that the other side chooses::

    {"do": "look", "look": 7, "question": {...}}
    {"do": "lower", "look": 7}                      to have a smaller share of the cores, for good
    {"do": "end", "look": 7}

and says, once for each look and however that ended::

    {"look": 7, "answer": {...}, "computed": 0.2}   with the CPU seconds that it used
    {"look": 7, "ending": "died of ...", "computed": 3.1}
    {"look": 7, "refused": "..."}                   no process could be started

A look that is overdue is killed with whatever it has started, and what breaks one breaks no other.
Loading takes 1.9 CPU seconds and a fork 20 ms.  This process computes in one thread only, for a
fork has no other: :data:`ENVIRONMENT` says so to the libraries that would start some.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NoReturn

import psutil

from app.process import reaper, tree
from app.process.lines import Lines, LinesEnded

ENVIRONMENT: Mapping[str, str] = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
}
"""What this process must find in its environment."""

Examine = Callable[[Mapping[str, Any]], dict[str, Any]]
"""Answers a question, in a process of its own."""

Load = Callable[[Mapping[str, Any]], object]

_BLOCK = 1 << 16


@dataclass
class _Look:
    """A process that looks, and what it has said so far."""

    number: int
    pid: int
    said: bytearray = field(default_factory=bytearray)
    computed: float | None = None
    """CPU seconds until it was ended, with those of what it had started."""

    def family(self) -> list[psutil.Process]:
        """Itself, which nobody else has buried, and what it has started."""
        return [psutil.Process(self.pid), *tree.family(self.pid)]


class ForkServer:
    """Forks a process for each question, and passes its answer on."""

    def __init__(self, lines: Lines, load: Load, examine: Examine) -> None:
        """Nothing is asked yet; all that most questions need is loaded.

        Args:
            lines: To whoever asks.
            load: Brings into memory what a question needs besides, for all forks to come.
            examine: Answers in the fork.  Its error ends that look.
        """
        self._lines = lines
        self._load = load
        self._examine = examine
        self._poll = select.poll()
        self._poll.register(lines, select.POLLIN)
        self._looks: dict[int, _Look] = {}
        """By the descriptor of their answer."""

    def run(self) -> None:
        """Until nobody asks any more."""
        gc.collect()
        gc.freeze()  # or the first collection of a fork would copy all there is
        with suppress(LinesEnded):
            while True:
                for descriptor, _ in self._poll.poll():
                    if descriptor == self._lines.fileno():
                        for line in self._lines.take():
                            self._do(json.loads(line))
                    else:
                        self._hear(descriptor)

    def _do(self, told: Mapping[str, Any]) -> None:
        if told["do"] == "look":
            self._begin(told["look"], told["question"])
            return
        look = next((each for each in self._looks.values() if each.number == told["look"]), None)
        if look is None:
            return  # over meanwhile
        if told["do"] == "lower":
            tree.lower(process.pid for process in look.family())
        else:
            family = look.family()
            look.computed = tree.computed(family)
            for process in family:
                tree.kill(process)  # sooner than those that watch it, which were lowered with it

    def _begin(self, number: int, question: Mapping[str, Any]) -> None:
        self._load(question)
        answers, answer = os.pipe()
        server = os.getpid()
        try:
            pid = os.fork()
        except OSError as error:
            os.close(answers)
            os.close(answer)
            self._say({"look": number, "refused": str(error.strerror)})
            return
        if pid == 0:
            self._look(question, answer, server)
        os.close(answer)
        self._looks[answers] = _Look(number, pid)
        self._poll.register(answers, select.POLLIN)

    def _look(self, question: Mapping[str, Any], answer: int, server: int) -> NoReturn:
        """Be the fork: answer, and be gone."""
        status = 1
        try:
            os.setsid()  # what has a group of its own can be lowered alone
            reaper.die_with_parent(signal.SIGKILL, server)
            self._lines.close()
            for other in self._looks:
                os.close(other)
            with os.fdopen(answer, "wb") as place:
                place.write(json.dumps(self._examine(question)).encode())
            status = 0
        except BaseException:  # nothing of the server's may go on in a fork
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(status)

    def _hear(self, descriptor: int) -> None:
        look = self._looks[descriptor]
        block = os.read(descriptor, _BLOCK)
        if block:
            look.said += block
            return
        self._poll.unregister(descriptor)
        del self._looks[descriptor]
        os.close(descriptor)
        _, status, used = os.wait4(look.pid, 0)
        said: dict[str, Any] = {"look": look.number}
        if status == 0:
            said["answer"] = json.loads(look.said)
        else:
            said["ending"] = _ending(os.waitstatus_to_exitcode(status))
        own = used.ru_utime + used.ru_stime
        self._say(said | {"computed": own if look.computed is None else look.computed})

    def _say(self, said: Mapping[str, Any]) -> None:
        self._lines.write(json.dumps(said).encode())


def _ending(status: int) -> str:
    return f"died of signal {-status}" if status < 0 else f"ended with status {status}"
