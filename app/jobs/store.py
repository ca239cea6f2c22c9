"""The job store: lectures, their steps, and who does which.

Every method is one transaction, safe to call from any thread and any process.
The store decides *what* may run; it never runs anything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from sqlalchemy import select

from app.jobs import claims, endings, reading, submitting, transitions
from app.jobs.claims import Wish
from app.jobs.database import Database, upsert
from app.jobs.job import Claim, Job, JobState, Order, Stage, Submission, WorkerRecord
from app.jobs.tables import Now, lecture, worker

__all__ = ["Claim", "Job", "JobState", "Order", "Stage", "Store", "Submission", "WorkerRecord"]


def _nothing() -> None:
    """What a step without published files publishes."""


class Store:
    """All jobs of one service.

    Every method that writes raises :class:`app.errors.DiskFull` when the database
    has no space left, and has then changed nothing.
    """

    def __init__(self, database_url: str) -> None:
        """Connects to nothing yet; :meth:`migrate` comes first.

        Args:
            database_url: SQLAlchemy URL; a SQLite one names a file on a local disk.
        """
        self._database = Database(database_url)

    def migrate(self) -> None:
        """Create the tables, or bring them up to date; any number of processes at once."""
        self._database.migrate()

    def close(self) -> None:
        """Close the connections; the store can still be used and opens new ones."""
        self._database.close()

    # For the web side

    def submit(self, submission: Submission) -> bool:
        """Have a lecture generated.

        The same input again after a failure or a cancellation resumes it: steps
        whose artifacts exist are not done again.

        Returns:
            Whether a generation was started; not when the same input is running or
            done (``restart`` starts it again when done).

        Raises:
            JobConflict: Other input is running, or the lecture is just being cancelled.
        """
        with self._database.write() as connection:
            return submitting.submit(connection, submission)

    def find(self, tenant: str, lecture_id: int) -> Job | None:
        """How a lecture stands; ``None`` when it was never submitted."""
        with self._database.read() as connection:
            mine = (lecture.c.tenant == tenant, lecture.c.id == lecture_id)
            found = reading.jobs(connection, *mine)
        return found[0] if found else None

    def active(self, tenant: str) -> list[Job]:
        """Lectures that are queued, running or cancelling, oldest first."""
        with self._database.read() as connection:
            return reading.jobs(
                connection, lecture.c.tenant == tenant, lecture.c.state.in_(submitting.ACTIVE)
            )

    def cancel(self, tenant: str, lecture_id: int | None = None) -> list[int]:
        """Cancel a lecture, or all of a tenant.

        Returns:
            Ids of those that were queued or running.
        """
        with self._database.write() as connection:
            return submitting.cancel(connection, tenant, lecture_id)

    # For workers

    def is_open(self, tenant: str | None = None, lecture_id: int | None = None) -> bool:
        """Whether any lecture, or any of that tenant or id, has not ended."""
        with self._database.read() as connection:
            return submitting.is_open(connection, tenant, lecture_id)

    def claim(
        self,
        queues: Collection[str],
        *,
        owner: str,
        lease_seconds: float,
        tenant: str | None = None,
        lecture_id: int | None = None,
    ) -> Claim | None:
        """Take a step that is ready.

        Lectures of which less is running go first, then older ones, so that a short
        lecture does not wait behind a long one.

        Returns:
            ``None`` when nothing in the queues is ready.
        """
        wish = Wish(queues, owner, lease_seconds, tenant, lecture_id)
        while True:
            # Looking takes no lock, so that idle workers do not keep others waiting.
            with self._database.read() as connection:
                found = claims.candidate(connection, wish)
            if found is None:
                return None
            with self._database.write() as connection:
                claim = claims.take(connection, found, wish)
            if claim is not None:
                return claim

    def heartbeat(self, claim: Claim) -> Order:
        """Whether to go on; only reads, so it may be asked often."""
        with self._database.read() as connection:
            return transitions.order(connection, claim)

    def renew(self, claim: Claim) -> bool:
        """Let the lease start anew; ``False`` when somebody else has the step."""
        with self._database.write() as connection:
            return claims.renew(connection, claim)

    def progress(self, claim: Claim, share: float) -> None:
        """Note how much of a step is done, from 0 to 1."""
        with self._database.write() as connection:
            claims.progress(connection, claim, share)

    def finish(
        self,
        claim: Claim,
        files: Mapping[str, str],
        *,
        reused: bool = False,
        publish: Callable[[], None] = _nothing,
    ) -> Order:
        """Note a step as done and release those that waited for it.

        ``publish`` puts the files in the caller's place.  It is called inside the
        transaction, after the claim was found to hold and before it is committed:
        nobody can cancel or take over the step between the check and the files, and
        whoever sees the step done finds them.  A crash between files and commit
        leaves the step running; it is taken over, its artifact found, and the same
        files are published once more.  It holds the database's write lock, so it
        should only rename.

        Args:
            files: sha256 of each file of the artifact.
            reused: The artifact was there already.

        Returns:
            ``GO_ON`` when done; else nothing was published or changed, and
            after ``CANCEL`` the caller reports :meth:`cancelled`.
        """
        with self._database.write() as connection:
            return endings.finish(connection, claim, files, reused=reused, publish=publish)

    def fail(self, claim: Claim, code: str, message: str, *, retryable: bool) -> Order:
        """Note an error of the engine; a retryable one is tried again, twice.

        Steps that need a failed one fail with it, the others go on.  The lecture ends
        as failed, with the first such error, once nothing is left to run.
        """
        with self._database.write() as connection:
            return endings.fail(connection, claim, code, message, retryable=retryable)

    def crashed(self, claim: Claim, how: str = "died") -> Order:
        """Note that the process doing the step is gone; three times in a row is an error.

        Args:
            how: For the error's message, for example ``"died of signal 11"``.
        """
        with self._database.write() as connection:
            return endings.crashed(connection, claim, how)

    def cancelled(self, claim: Claim) -> Order:
        """Note that the work was stopped, as ``CANCEL`` ordered."""
        with self._database.write() as connection:
            return endings.cancelled(connection, claim)

    def give_back(self, claim: Claim) -> Order:
        """Let somebody else do the step; it counts as neither attempt nor crash."""
        with self._database.write() as connection:
            return endings.give_back(connection, claim)

    def reopen(self, claim: Claim, missing: Iterable[str]) -> Order:
        """Have steps done again whose artifacts are gone, and then the claimed one."""
        with self._database.write() as connection:
            return endings.reopen(connection, claim, missing)

    def reap(self) -> int:
        """Take back steps whose lease is over; returns how many."""
        return self._recover(owner=None)

    # Workers themselves

    def sign_on(self, record: WorkerRecord) -> None:
        """Note that a worker lives: before it claims anything, and now and then after that."""
        values = {"host": record.host, "pid": record.pid, "birth": record.birth, "seen": Now()}
        with self._database.write() as connection:
            connection.execute(
                upsert(connection, worker)
                .values(id=record.id, **values)
                .on_conflict_do_update(index_elements=["id"], set_=values)
            )

    def workers(self, silent_seconds: float | None = None) -> list[WorkerRecord]:
        """Workers that have signed on and not off, dead ones included.

        Args:
            silent_seconds: Only those not seen for that long.
        """
        wanted = select(worker.c.id, worker.c.host, worker.c.pid, worker.c.birth)
        if silent_seconds is not None:
            wanted = wanted.where(worker.c.seen < Now() - silent_seconds)
        with self._database.read() as connection:
            rows = connection.execute(wanted.order_by(worker.c.id)).all()
        return [WorkerRecord(*row) for row in rows]

    def sign_off(self, worker_id: str) -> int:
        """Forget a worker that has ended; returns how many steps it had left running."""
        abandoned = self._recover(owner=worker_id)
        with self._database.write() as connection:
            endings.forget_worker(connection, worker_id)
        return abandoned

    def _recover(self, owner: str | None) -> int:
        with self._database.read() as connection:
            found = endings.stale(connection, owner)
        recovered = 0
        for step in found:
            with self._database.write() as connection:
                recovered += endings.recover(connection, step, owner)
        return recovered
