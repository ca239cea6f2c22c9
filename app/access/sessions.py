"""People who have shown a key once, in a browser, and need not show it again for a while."""

from __future__ import annotations

import secrets

from sqlalchemy import delete, insert, select, update

from app.access.keys import Key, check_counts, hashed, key_told
from app.access.tables import api_key, api_session
from app.errors import Unauthenticated
from app.jobs.store.database import Database
from app.jobs.store.tables import Now

PREFIX = "vs_"
"""What the secret of a session begins with."""

LIFE_SECONDS = 12 * 3600.0
"""After the last use; told to the half of it, so that not every call writes."""

LONGEST_SECONDS = 30 * 86_400.0
"""After its begin a session ends in any case."""


class Sessions:
    """Those of all keys; safe to use from any thread and process."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, key: Key) -> str:
        """Begin a session; returns its secret, which is kept nowhere."""
        secret = f"{PREFIX}{secrets.token_urlsafe(32)}"
        with self._database.write() as connection:
            connection.execute(
                insert(api_session).values(
                    sha256=hashed(secret),
                    key_id=key.id,
                    created=Now(),
                    expires=Now() + LIFE_SECONDS,
                )
            )
        return secret

    def verified(self, secret: str) -> Key:
        """The key by which a session was begun.

        Raises:
            Unauthenticated: There is no such session, it is over, or its key counts no longer.
        """
        query = (
            select(
                *api_key.columns,
                Now().label("now"),
                api_session.c.created.label("begun"),
                api_session.c.expires.label("ends"),
            )
            .join(api_session, api_session.c.key_id == api_key.c.id)
            .where(api_session.c.sha256 == hashed(secret), api_session.c.expires > Now())
        )
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise Unauthenticated("the session is over; sign in again")
        check_counts(row)
        ends = min(row.now + LIFE_SECONDS, row.begun + LONGEST_SECONDS)
        if ends - row.ends > LIFE_SECONDS / 2:
            self._extend(secret, ends)
        return key_told(row)

    def end(self, secret: str) -> None:
        """End a session, if there is one."""
        with self._database.write() as connection:
            connection.execute(delete(api_session).where(api_session.c.sha256 == hashed(secret)))

    def forget_old(self) -> None:
        """Forget those that are over."""
        with self._database.write() as connection:
            connection.execute(delete(api_session).where(api_session.c.expires <= Now()))

    def _extend(self, secret: str, ends: float) -> None:
        with self._database.write() as connection:
            connection.execute(
                update(api_session)
                .where(api_session.c.sha256 == hashed(secret))
                .values(expires=ends)
            )
