"""What the job store tells whoever asks; part of :class:`app.jobs.store.store.Store`."""

from __future__ import annotations

from collections.abc import Iterable

from app.jobs.report import following, reporting
from app.jobs.report.following import Followed, New, Standing
from app.jobs.store import results
from app.jobs.store.database import Database
from app.jobs.store.job import JobKey, Report
from app.jobs.store.results import Results


class Asking:
    """Reads only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def report(
        self, tenant: str, job_id: int, after: int | None = None, *, page: int = 1
    ) -> Report | None:
        """All that is known about a lecture's job; ``None`` when it was never submitted.

        Args:
            after: Tell of the events with higher numbers, at most
                :data:`app.jobs.report.reporting.MOST_EVENTS` of them; of none when not given.
            page: Of the slides, from 1; see :mod:`app.jobs.report.pages`.

        Raises:
            InputError: There is no such page.
        """
        with self._database.read() as connection:
            return reporting.report(connection, tenant, job_id, after=after, page=page)

    def standing(self, key: JobKey) -> Standing | None:
        """As much of a job as whoever follows it needs; ``None`` when it was never submitted."""
        with self._database.read() as connection:
            return following.standing(connection, key)

    def read_on(self, followed: Iterable[Followed]) -> dict[JobKey, list[New]]:
        """What has happened since the last look; see :func:`app.jobs.report.following.read_on`."""
        with self._database.read() as connection:
            return following.read_on(connection, followed)

    def results(self, key: JobKey, name: str | None = None) -> Results | None:
        """What a job has published so far; ``None`` when it was never submitted.

        Args:
            name: Of the only file that is wanted; see :func:`app.jobs.store.results.public_name`.
        """
        with self._database.read() as connection:
            return results.of_job(connection, key, name)
