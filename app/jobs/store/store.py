"""The job store: jobs, their steps, and who does which.

Every method is one transaction, or several where a job is long; all are safe to call
from any thread and any process.
The store decides *what* may run; it never runs anything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from app.jobs.store import (
    cancelling,
    claims,
    endings,
    publications,
    reading,
    removing,
    signing,
    submitting,
    transitions,
)
from app.jobs.store.asking import Asking
from app.jobs.store.claims import Wish
from app.jobs.store.database import PATIENCE_SECONDS, Database
from app.jobs.store.job import (
    Claim,
    Job,
    JobKey,
    JobState,
    Order,
    Stage,
    Submission,
    WorkerRecord,
)
from app.jobs.store.publications import Counters, Publication

__all__ = ["Claim", "Job", "JobState", "Order", "Stage", "Store", "Submission", "WorkerRecord"]


class Store(Asking):
    """All jobs of one service.

    Every method that writes raises :class:`app.errors.DiskFull` when the database
    has no space left, and :class:`app.errors.Busy` when others had it locked for too
    long, and has then changed nothing.
    """

    def __init__(self, database_url: str, *, patience: float = PATIENCE_SECONDS) -> None:
        """Connects to nothing yet; :meth:`migrate` comes first.

        Args:
            database_url: SQLAlchemy URL of SQLite, a file on a local disk, or of PostgreSQL.
            patience: Seconds that a transaction waits for others.

        Raises:
            ConfigError: It is neither, or the driver is not installed.
        """
        super().__init__(Database(database_url, patience=patience))

    def migrate(self) -> None:
        """Create the tables, or bring them up to date; any number of processes at once."""
        self._database.migrate()

    def close(self) -> None:
        """Close the connections; the store can still be used and opens new ones."""
        self._database.close()

    @property
    def database(self) -> Database:
        """For the other modules of this package."""
        return self._database

    # For the web side

    def submit(self, submission: Submission) -> bool:
        """Have a job done.

        The same input again after a failure or a cancellation resumes it: steps
        whose artifacts exist are not done again.

        Returns:
            Whether a generation was started; not when the same input is running or
            done (``restart`` starts it again when done).

        Raises:
            JobConflict: Other input is running, or the job is just being cancelled.
        """
        return submitting.submit(self._database, submission)

    def find(self, tenant: str, job_id: int) -> Job | None:
        """How a job stands; ``None`` when it was never submitted."""
        with self._database.read() as connection:
            return reading.job_of(connection, tenant, job_id)

    def active(self, tenant: str) -> list[Job]:
        """Jobs that are queued, running or cancelling, oldest first."""
        with self._database.read() as connection:
            return reading.active(connection, tenant)

    def cancel(self, tenant: str, job_id: int | None = None) -> list[int]:
        """Cancel a job, or all of a tenant; ids of those that were queued or running."""
        return cancelling.cancel(self._database, tenant, job_id)

    def remove(self, key: JobKey) -> list[str]:
        """Forget a job that has ended; tells which artifacts no other has steps for.

        Raises:
            JobConflict: It has not ended.
        """
        return removing.remove(self._database, key)

    # For workers

    def ready(self) -> dict[str, int]:
        """How many steps any worker could claim, by queue; see :func:`claims.ready`."""
        with self._database.read() as connection:
            return claims.ready(connection)

    def is_open(self, only: JobKey | None = None) -> bool:
        """Whether that job, or without one any that is not reserved, has not ended."""
        with self._database.read() as connection:
            return reading.is_open(connection, only)

    def claim(
        self,
        queues: Collection[str],
        *,
        owner: str,
        lease_seconds: float,
        only: JobKey | None = None,
    ) -> Claim | None:
        """Take a step that is ready; ``None`` when there is none in the queues.

        Whoever has least running goes first, then who waited longest, tenants before
        jobs, so that a short lecture does not wait behind a long one.

        Args:
            only: Of this job; else of every one that is not reserved.
        """
        return claims.claim(self._database, Wish(queues, owner, lease_seconds, only))

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
        publish: Callable[[], object] = lambda: None,
    ) -> Order:
        """Note a step as done and release those that waited for it.

        Args:
            files: sha256 of each file of the artifact.
            reused: The artifact was there already.
            publish: Puts the files in the caller's place, under the database's write
                lock: it should only rename.  See :func:`app.jobs.store.endings.finish`.

        Returns:
            ``GO_ON`` when done; else nothing was published or changed, and
            after ``CANCEL`` the caller reports :meth:`cancelled`.
        """
        with self._database.write() as connection:
            return endings.finish(connection, claim, files, reused=reused, publish=publish)

    def fail(
        self,
        claim: Claim,
        code: str,
        message: str,
        *,
        retryable: bool,
        retry_after: float | None = None,
    ) -> Order:
        """Note an error of the engine; a retryable one is tried again twice, after a pause.

        Steps that need a failed one fail with it, the others go on; the job fails at its end.

        Args:
            retry_after: Seconds of the pause; each is longer than the last when not given.
        """
        with self._database.write() as connection:
            return endings.fail(
                connection, claim, code, message, retryable=retryable, retry_after=retry_after
            )

    def crashed(self, claim: Claim, how: str = "died") -> Order:
        """Note that the process doing the step is gone; eight times in a row is an error.

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
        """Take back steps whose lease is over, and end what the dead began; how many steps."""
        recovered = endings.recover_all(self._database)
        submitting.clear_abandoned(self._database)
        cancelling.end_unfinished(self._database)
        return recovered

    # Workers themselves

    def sign_on(self, record: WorkerRecord) -> None:
        """Note that a worker lives: before it claims anything, and now and then after that."""
        with self._database.write() as connection:
            signing.sign_on(connection, record)

    def workers(self, silent_seconds: float | None = None) -> list[WorkerRecord]:
        """Workers that have signed on and not off, dead ones included.

        Args:
            silent_seconds: Only those not seen for that long.
        """
        with self._database.read() as connection:
            return signing.workers(connection, silent_seconds)

    def sign_off(self, worker_id: str) -> int:
        """Forget a worker that has ended; returns how many steps it had left running."""
        abandoned = endings.recover_all(self._database, worker_id)
        with self._database.write() as connection:
            signing.sign_off(connection, worker_id)
        return abandoned

    # What jobs have published

    def publishing(self, claim: Claim, files: Mapping[Path, str]) -> Order:
        """Note files, sha256 by path, that are about to appear, and let the lease start anew.

        Returns:
            ``GO_ON`` when noted; see :meth:`finish`.
        """
        with self._database.write() as connection:
            return publications.note(connection, claim, files)

    def outdated(self, claim: Claim) -> list[Publication]:
        """Files that the job published into its directory and that are no part of it now."""
        with self._database.read() as connection:
            return publications.outdated(connection, claim)

    def forget_outdated(self, claim: Claim) -> None:
        """Forget them, and former content of the others."""
        publications.forget_outdated(self._database, claim)

    def counters(self, claim: Claim, *, reused: bool) -> Counters:
        """What the generation has made and reused so far, the claimed step counted as told."""
        with self._database.read() as connection:
            return publications.counters(connection, claim, reused=reused)
