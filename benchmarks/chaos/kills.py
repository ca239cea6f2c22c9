"""``kill -9`` of anything at random moments while a lecture is made."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field

import psutil

from app.jobs.store.store import JobState, Submission
from app.process import tree
from benchmarks.chaos import family
from benchmarks.chaos.findings import Findings
from benchmarks.chaos.lectures import lecture_in, submission_of
from benchmarks.chaos.ledger import longest_wait, runs_again
from benchmarks.chaos.place import ENDS, Place, wait_until
from benchmarks.chaos.web import Web, start_web
from benchmarks.chaos.workshop import Behaviour
from tests.process.family import runs

GONE_SECONDS = 1.0
"""In which everything that belonged to the killed must be gone."""

GAP_SECONDS = (0.1, 1.6)
"""Least and most time between two kills."""

WAIT_SECONDS = 25.0
"""In which a step that was killed has begun again, though workers are killed all the time.

Less than a lease: dead workers are found by their successors, not waited for.
"""

RESUME_SECONDS = 60.0
"""In which the last lecture must be done after the last kill."""

# 100 steps: each slide has a speech, a face and a step of its own, and one step joins all.
SLIDES = 33

# Kinds of kills and how often they come, relative to each other.
KINDS = {"child": 4, "reaper": 3, "worker": 3, "web": 1, "web worker": 1, "all at once": 1}

BEHAVIOUR = Behaviour(
    speech_seconds=(0.2, 1.0), face_seconds=(0.2, 1.4), join_seconds=(0.05, 0.2), brood=True
)


@dataclass(frozen=True, slots=True)
class _Doom:
    """Processes that must be gone at a certain time."""

    kind: str
    due: float
    """Seconds of the monotonic clock."""
    tags: frozenset[str] = frozenset()
    pids: tuple[psutil.Process, ...] = ()

    def survivors(self) -> list[psutil.Process]:
        return [each for each in (*family.alive(self.tags), *self.pids) if runs(each)]


@dataclass
class _Killer:
    """Kills parts of a place, starts those again that nobody else does, and keeps count."""

    place: Place
    web: Web
    chance: random.Random
    worker: psutil.Process
    kills: Counter[str] = field(default_factory=Counter)
    survivors: Counter[str] = field(default_factory=Counter)
    in_flight: int = 0
    """Steps that ran in what was killed, over all kills."""
    doomed: int = 0
    """Processes that had to go with what was killed."""
    _dooms: list[_Doom] = field(default_factory=list)
    _orphans: frozenset[str] = frozenset()
    """Children of which the next worker has to clear away what outlived their reapers."""

    def kill(self) -> None:
        """Kill something that is there, chosen at random."""
        kind = self.chance.choices(list(KINDS), list(KINDS.values()))[0]
        if kind.startswith("web"):
            self._kill_web(kind)
        else:
            self._kill_work(kind)

    def pause(self, seconds: float) -> None:
        """Let time pass, and look whether the doomed are gone in time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._judge()
            time.sleep(0.02)

    def wait_for_judgement(self) -> None:
        """Until all the doomed were looked at."""
        while self._dooms or self._orphans:
            self.pause(0.05)

    def _kill_work(self, kind: str) -> None:
        worker_id = self.place.worker_id(self.worker)
        families = family.child_families(worker_id, self.worker.pid) if worker_id else []
        if kind in ("child", "reaper"):
            whole = [each for each in families if each.child and each.reaper]
            if not whole:
                return  # nothing has been started yet; the next kill comes soon
            chosen = self.chance.choice(whole)
            victim = chosen.child if kind == "child" else chosen.reaper
            assert victim is not None
            self._expect(kind, [chosen])
            self._kill(kind, [victim], in_flight=min(1, self.place.ledger.running()))
            return
        victims = [self.worker]
        if kind == "all at once":
            victims += [each for one in families for each in (one.reaper, one.child) if each]
            victims += self._web_processes()
            # Nobody is left who could end what the engines started; the next worker does.
            self._orphans = self._orphans | {each.tag for each in families}
            self.doomed += sum(len(each.brood) for each in families)
        else:
            self._expect(kind, families)
        self._kill(kind, victims, in_flight=self.place.ledger.running())
        self.worker.wait()
        self.worker = self.place.start_worker()
        if kind == "all at once":
            self._start_web()

    def _kill_web(self, kind: str) -> None:
        everyone = self._web_processes()
        if len(everyone) < 2:
            return  # it is still starting
        if kind == "web worker":
            self._kill(kind, [self.chance.choice(everyone[1:])], in_flight=0)
            return
        doom = _Doom(kind, time.monotonic() + GONE_SECONDS, pids=tuple(everyone))
        self._dooms.append(doom)
        self._kill(kind, everyone[:1], in_flight=0)
        self._start_web()

    def _start_web(self) -> None:
        """As soon as nobody holds the port any more; a gunicorn that finds it held gives up."""
        assert self.web.master is not None
        self.web.master.wait()
        self.web.start()

    def _web_processes(self) -> list[psutil.Process]:
        """The master first."""
        assert self.web.master is not None
        try:
            return [self.web.master, *self.web.master.children()]
        except psutil.NoSuchProcess:
            return []

    def _expect(self, kind: str, families: list[family.ChildFamily]) -> None:
        tags = frozenset(each.tag for each in families)
        self._dooms.append(_Doom(kind, time.monotonic() + GONE_SECONDS, tags))
        self.doomed += sum(len(each.members()) for each in families)

    def _kill(self, kind: str, victims: list[psutil.Process], *, in_flight: int) -> None:
        for victim in victims:
            tree.kill(victim)
        self.kills[kind] += 1
        self.in_flight += in_flight

    def _judge(self) -> None:
        now = time.monotonic()
        for doom in [each for each in self._dooms if each.due <= now]:
            self._dooms.remove(doom)
            self.survivors[doom.kind] += len(doom.survivors())
        if self._orphans and self.place.worker_id(self.worker) is not None:
            doom = _Doom("all at once", now + GONE_SECONDS, self._orphans)
            self._dooms.append(doom)
            self._orphans = frozenset()


def run(place: Place, *, kills: int, slides: int = SLIDES, seed: int = 1) -> Findings:
    """Kill so often while lectures are made, one after the other; mostly one suffices."""
    place.behave(BEHAVIOUR)
    web = start_web(place, workers=2)
    killer = _Killer(place, web, random.Random(seed), place.start_worker())
    submissions = [_submit(place, 1, slides)]
    started = time.monotonic()
    while killer.kills.total() < kills:
        if place.job(len(submissions)).state in ENDS:
            submissions.append(_submit(place, len(submissions) + 1, slides))
        killer.kill()
        killer.pause(killer.chance.uniform(*GAP_SECONDS))
    killer.wait_for_judgement()
    resumed = wait_until(
        lambda: all(place.ended(each.content.id) for each in submissions),
        RESUME_SECONDS,
        "the last lecture after the last kill",
    )
    web.wait_until_up()
    findings = Findings()
    findings.note("seconds", round(time.monotonic() - started, 1))
    findings.note("resumed_seconds", round(resumed, 2))
    findings.note("kinds", dict(killer.kills))
    _judge_lectures(findings, place, submissions)
    _judge_kills(findings, place, killer)
    return findings


def _submit(place: Place, lecture_id: int, slides: int) -> Submission:
    lecture = lecture_in(place.folder, lecture_id=lecture_id, slides=slides, fragments=1)
    submission = submission_of(lecture)
    place.submit(submission)
    return submission


def _judge_lectures(findings: Findings, place: Place, submissions: list[Submission]) -> None:
    jobs = [place.job(each.content.id) for each in submissions]
    findings.note("lectures", len(submissions))
    findings.note("steps", sum(len(each.steps) for each in submissions))
    findings.note("reasons", [each.error_message for each in jobs if each.error_message])
    findings.exactly("not_done", sum(each.state is not JobState.DONE for each in jobs), 0)
    findings.exactly("lost", sum(place.ledger.lost(each) for each in submissions), 0)
    twice = sum(place.ledger.done_twice(each.content.id) for each in submissions)
    findings.exactly("done_twice", twice, 0)


def _judge_kills(findings: Findings, place: Place, killer: _Killer) -> None:
    findings.note("kills", killer.kills.total())
    findings.note("processes_doomed", killer.doomed)
    findings.note("survivors_by_kind", dict(killer.survivors))
    findings.exactly("survivors", killer.survivors.total(), 0)
    findings.note("steps_in_flight", killer.in_flight)
    findings.at_most("steps_run_again", runs_again(place.log), killer.in_flight)
    findings.at_most("longest_wait_for_a_step", round(longest_wait(place.log), 2), WAIT_SECONDS)
