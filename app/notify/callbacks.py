"""The address that a lecture names for itself, and is told at that it has ended."""

from __future__ import annotations

from sqlalchemy import Connection, delete, exists, select

from app.errors import InputError
from app.jobs.store.database import Database, upsert
from app.jobs.store.job import JobKey
from app.jobs.store.tables import job
from app.notify import signing
from app.notify.addresses import Allowed, Resolve, addresses_of, read
from app.notify.clock import Clock
from app.notify.tables import callback

LOOK_UP_SECONDS = 5.0
"""How long somebody waits who names an address."""

_ORPHAN_SECONDS = 86_400.0
"""An address may be noted before its lecture is."""


class Callbacks:
    """The addresses of all lectures; safe to use from any thread and process."""

    def __init__(
        self,
        database: Database,
        allowed: Allowed,
        *,
        clock: Clock | None = None,
        resolve: Resolve | None = None,
    ) -> None:
        """Looks at nothing yet.

        Args:
            allowed: Where they may lead.
            resolve: How names are looked up; the system's way when not given.
        """
        self._database = database
        self._allowed = allowed
        self._clock = clock or Clock()
        self._resolve = resolve

    def check(self, url: str, *, field: str = "callback_url") -> None:
        """Return when messages may be sent there.

        Raises:
            InputError: They may not, or the host has no address.
        """
        try:
            addresses_of(
                read(url, self._allowed),
                self._allowed,
                seconds=LOOK_UP_SECONDS,
                resolve=self._resolve,
            )
        except InputError as error:
            error.field = field
            raise

    def note(
        self, key: JobKey, url: str, *, secret: str | None = None, within: Connection | None = None
    ) -> str:
        """Have an address told when a lecture ends, each time that it does.

        Args:
            url: That was checked.
            secret: Signs the messages; a new one when not given.
            within: A transaction that writes; one of its own when not given.

        Returns:
            The secret, for the caller to see once.

        Raises:
            InputError: The secret is none.
        """
        chosen = signing.new_secret() if secret is None else secret
        signing.check_secret(chosen)
        if within is None:
            with self._database.write() as connection:
                self._write(connection, key, url, chosen)
        else:
            self._write(within, key, url, chosen)
        return chosen

    def forget(self, key: JobKey) -> None:
        """Tell nobody any more."""
        with self._database.write() as connection:
            connection.execute(
                delete(callback).where(callback.c.tenant == key.tenant, callback.c.job_id == key.id)
            )

    def _write(self, connection: Connection, key: JobKey, url: str, secret: str) -> None:
        values = {"url": url, "secret": secret, "created": self._clock.now}
        connection.execute(
            upsert(connection, callback)
            .values(tenant=key.tenant, job_id=key.id, **values)
            .on_conflict_do_update(index_elements=["tenant", "job_id"], set_=values)
        )


def sweep(connection: Connection, clock: Clock) -> int:
    """Forget addresses of lectures that are gone; how many there were."""
    lecture = select(job.c.id).where(
        job.c.tenant == callback.c.tenant, job.c.id == callback.c.job_id
    )
    return connection.execute(
        delete(callback).where(
            callback.c.created < clock.now - _ORPHAN_SECONDS, ~exists(lecture.correlate(callback))
        )
    ).rowcount
