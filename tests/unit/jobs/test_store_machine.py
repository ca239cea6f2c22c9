"""The store under any order of calls: what must hold after each of them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete

from app.errors import JobConflict
from app.jobs.store import portions
from app.jobs.store.database import Database
from app.jobs.store.store import Claim, Order, Store, WorkerRecord
from app.jobs.store.tables import metadata
from tests.unit.jobs.lectures import QUEUES, TENANT, a_submission, do_all

UNFINISHED = "('blocked', 'ready', 'running')"

RUNNING_IS_COUNTED = """
    SELECT id FROM job WHERE running !=
    (SELECT count(*) FROM step WHERE job_id = job.id AND state = 'running')
"""
NO_STEP_IS_DONE_TWICE = """
    SELECT job_id, step FROM event WHERE step IS NOT NULL AND kind = 'done'
    GROUP BY job_id, generation, step HAVING count(*) > 1
"""
BLOCKED_WAITS_AND_READY_DOES_NOT = """
    SELECT id FROM step WHERE state IN ('blocked', 'ready') AND (state = 'blocked') !=
    (EXISTS (SELECT 1 FROM edge JOIN step AS need ON need.id = edge.src
             WHERE edge.dst = step.id AND need.state != 'done')
     OR needs_all AND
     EXISTS (SELECT 1 FROM step AS need WHERE need.job_id = step.job_id
             AND need.position < step.position AND need.state != 'done'))
"""
NOTHING_IS_LEFT_OF_OTHER_GENERATIONS = """
    SELECT step.id FROM step JOIN job ON job.id = step.job_id
    WHERE job.generation != step.generation UNION ALL SELECT job_id FROM writing
"""
ENDED_MEANS_NOTHING_LEFT = f"""
    SELECT id FROM job WHERE (state IN ('done', 'failed', 'cancelled')) =
    EXISTS (SELECT 1 FROM step WHERE job_id = job.id AND state IN {UNFINISHED})
"""
DONE_MEANS_ALL_DONE = """
    SELECT id FROM job WHERE state = 'done' AND
    EXISTS (SELECT 1 FROM step WHERE job_id = job.id AND state != 'done')
"""
FAILED_MEANS_AN_ERROR = """
    SELECT id FROM job WHERE state = 'failed' AND
    (error_code IS NULL OR error_message IS NULL OR finished IS NULL)
"""
CANCELLING_STARTS_NOTHING = """
    SELECT id FROM job WHERE state IN ('cancelling', 'cancelled') AND
    EXISTS (SELECT 1 FROM step WHERE job_id = job.id AND state IN ('blocked', 'ready'))
"""
ONLY_RUNNING_IS_OWNED = """
    SELECT id FROM step WHERE (state = 'running') != (owner IS NOT NULL AND lease_until IS NOT NULL)
"""


class StoreMachine(RuleBasedStateMachine):
    """Users and workers that do anything at any time."""

    database_url: str

    claims: Bundle[Claim] = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self.database = Database(self.database_url)
        self.store = Store(self.database_url)
        with self.database.write() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))

    def teardown(self) -> None:
        for worker in ("careful", "dead"):
            self.store.sign_off(worker)
        do_all(self.store)
        assert self.store.active(TENANT) == []
        self.store.close()
        self.database.close()

    @rule(
        lecture_id=st.integers(1, 3),
        texts=st.sampled_from([("One.",), ("One.", "Two."), ("Two.", "One.", "Three.")]),
        restart=st.booleans(),
    )
    def submit(self, lecture_id: int, texts: tuple[str, ...], restart: bool) -> None:
        before = self.store.find(TENANT, lecture_id)
        submission = a_submission(*texts, lecture_id=lecture_id, restart=restart)
        try:
            started = self.store.submit(submission)
        except JobConflict:
            assert before is not None
            assert before.state in ("queued", "running", "cancelling")
            return
        after = self.store.find(TENANT, lecture_id)
        assert after is not None
        assert after.generation == (before.generation if before else 0) + started
        assert after.content == submission.content

    @rule(lecture_id=st.none() | st.integers(1, 3))
    def cancel(self, lecture_id: int | None) -> None:
        self.store.cancel(TENANT, lecture_id)

    @rule(
        target=claims,
        queue=st.sampled_from(QUEUES),
        owner=st.sampled_from(["careful", "dead"]),
        # A negative lease is over at once.
        lease_seconds=st.sampled_from([60.0, 60.0, -1.0]),
    )
    def claim(self, queue: str, owner: str, lease_seconds: float) -> Claim | MultipleResults[Claim]:
        taken = self.store.claim((queue,), owner=owner, lease_seconds=lease_seconds)
        return multiple() if taken is None else taken

    @rule(claim=claims)
    def finish(self, claim: Claim) -> None:
        order = self.store.heartbeat(claim)
        published: list[Claim] = []
        assert self.store.finish(claim, {}, publish=lambda: published.append(claim)) is order
        assert bool(published) == (order is Order.GO_ON)

    @rule(claim=claims, retryable=st.booleans())
    def fail(self, claim: Claim, retryable: bool) -> None:
        self.store.fail(claim, "engine_failed", "no", retryable=retryable)

    @rule(claim=claims)
    def crash(self, claim: Claim) -> None:
        self.store.crashed(claim)

    @rule(claim=claims)
    def stop(self, claim: Claim) -> None:
        if self.store.heartbeat(claim) is Order.CANCEL:
            self.store.cancelled(claim)

    @rule(claim=consumes(claims))
    def give_back(self, claim: Claim) -> None:
        self.store.give_back(claim)
        assert self.store.heartbeat(claim) is Order.FENCED

    @rule(claim=claims, share=st.floats(0, 1))
    def progress(self, claim: Claim, share: float) -> None:
        self.store.renew(claim)
        self.store.progress(claim, share)

    @rule()
    def reap(self) -> None:
        self.store.reap()

    @rule()
    def bury(self) -> None:
        self.store.sign_on(WorkerRecord("dead", "here", 1, "then"))
        self.store.sign_off("dead")

    @invariant()
    def holds(self) -> None:
        with self.database.read() as connection:
            for query in (
                RUNNING_IS_COUNTED,
                NO_STEP_IS_DONE_TWICE,
                BLOCKED_WAITS_AND_READY_DOES_NOT,
                ENDED_MEANS_NOTHING_LEFT,
                DONE_MEANS_ALL_DONE,
                FAILED_MEANS_AN_ERROR,
                CANCELLING_STARTS_NOTHING,
                ONLY_RUNNING_IS_OWNED,
                NOTHING_IS_LEFT_OF_OTHER_GENERATIONS,
            ):
                assert connection.exec_driver_sql(query).all() == [], query

    @invariant()
    def progress_is_a_share(self) -> None:
        for job in self.store.active(TENANT):
            assert 0.0 <= job.progress <= 1.0
            assert (job.stage is None) or job.state in ("running", "cancelling")


@pytest.mark.slow
@pytest.mark.parametrize("portion", [4, portions.PORTION])
def test_the_store_is_sound_after_any_order_of_calls(
    database_url: str, portion: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lectures of three fragments take one transaction, or several of so few steps."""
    monkeypatch.setattr(portions, "PORTION", portion)
    StoreMachine.database_url = database_url
    run_state_machine_as_test(
        StoreMachine,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
