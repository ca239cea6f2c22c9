"""Two hundred ways to name a lecture for the cancel route: the named one stops, or none."""

from __future__ import annotations

from benchmarks.attack.cancel_ways import HERE, OTHER, Way, plain, ways
from benchmarks.attack.ground import Ground, NotServed
from benchmarks.attack.ledger import Promise
from benchmarks.attack.wire import Answer, request


def attack(ground: Ground) -> None:
    """Two lectures wait; after each way it is looked which of them do not any more."""
    _start(ground)
    every = list(ways())
    tried = ground.some(every)
    for way in tried:
        answer = _send(ground, way)
        stopped = _stopped(ground)
        _judge(ground, way, answer, stopped)
        if stopped:
            _start(ground)
    ground.tally.figures |= {"ways": len(tried), "ways in all": len(every)}
    for way in plain():
        answer = _send(ground, way)
        stopped = _stopped(ground)
        good = answer.status == 200 and stopped == {HERE, OTHER}
        _told(ground, way, answer, stopped, good=good)
        _start(ground)


def _send(ground: Ground, way: Way) -> Answer:
    data = request(
        way.method, way.target, port=ground.port, body=way.body, headers=list(way.headers)
    )
    return ground.send(way.label, data)[0]


def _judge(ground: Ground, way: Way, answer: Answer, stopped: set[int]) -> None:
    if answer.refused:
        good = not stopped
    else:
        good = way.acts and answer.status == 200 and stopped in way.may_stop
    _told(ground, way, answer, stopped, good=good)


def _told(ground: Ground, way: Way, answer: Answer, stopped: set[int], *, good: bool) -> None:
    if not good:
        ground.tally.break_(Promise.TOLD, f"{way.label}: {answer}; stopped: {sorted(stopped)}")


def _start(ground: Ground) -> None:
    for lecture in (HERE, OTHER):
        ground.accepted(ground.body(id=lecture))
    if _stopped(ground):
        raise NotServed("lectures that are posted again do not wait")


def _stopped(ground: Ground) -> set[int]:
    return {each for each in (HERE, OTHER) if ground.state(each) in ("cancelled", "cancelling")}
