"""Answers that are given again: a request with the same ``Idempotency-Key`` is done once."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from app import ids
from app.errors import KeyReused
from app.jobs.store.database import Database, upsert
from app.jobs.store.tables import Now, Ticks
from app.requests.tables import repeat

KEPT_SECONDS = 24 * 3600.0
"""How long an answer is given again."""

LEASE_SECONDS = 60.0
"""How long a request that is worked on keeps others from it: longer than any takes."""

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request was answered."""

    status: int
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to do what a request asks for."""

    tenant: str
    key: str
    token: str
    number: int
    """The id of what it makes: the same for whoever takes over from one who died."""


class Repeats:
    """The keys of all tenants; safe to use from any thread and process."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, tenant: str, key: str, fingerprint: str) -> Turn | Answer | None:
        """Take a request on.

        Args:
            fingerprint: Equal for equal requests.

        Returns:
            The right to do it, the answer of whoever has done it, or ``None`` while somebody
            else does it.

        Raises:
            KeyReused: The key belongs to another request.
        """
        # Most of very many who ask at once only have to look.
        with self._database.read() as connection:
            found = _found(connection, tenant, key, fingerprint)
        if found is not None:
            return found if isinstance(found, Answer) else None
        with self._database.write() as connection:
            found = _found(connection, tenant, key, fingerprint)
            if found is not None:
                return found if isinstance(found, Answer) else None
            return _taken(connection, tenant, key, fingerprint)

    def end(self, turn: Turn, answer: Answer) -> None:
        """Keep the answer, for whoever asks the same again."""
        with self._database.write() as connection:
            connection.execute(
                update(repeat)
                .where(*_of(turn.tenant, turn.key), repeat.c.token == turn.token)
                .values(
                    status=answer.status,
                    headers=json.dumps(dict(answer.headers)),
                    body=answer.body,
                )
            )

    def give_up(self, turn: Turn) -> None:
        """Forget a request that came to nothing: the key may be used again."""
        with self._database.write() as connection:
            connection.execute(
                delete(repeat).where(*_of(turn.tenant, turn.key), repeat.c.token == turn.token)
            )

    def forget_old(self) -> bool:
        """Forget some answers that nobody is given any more; whether there may be more."""
        old = select(repeat.c.tenant, repeat.c.key).where(repeat.c.created < Now() - KEPT_SECONDS)
        with self._database.read() as connection:
            found = connection.execute(old.limit(_AT_A_TIME)).all()
        for row in found:
            with self._database.write() as connection:
                connection.execute(
                    delete(repeat).where(
                        *_of(row.tenant, row.key), repeat.c.created < Now() - KEPT_SECONDS
                    )
                )
        return len(found) == _AT_A_TIME


class _Underway:
    """Somebody does it."""


def _found(
    connection: Connection, tenant: str, key: str, fingerprint: str
) -> Answer | _Underway | None:
    """What is known of a request; ``None`` when nobody works on it."""
    row = connection.execute(
        select(*repeat.columns, _is_old().label("old"), _is_over().label("over")).where(
            *_of(tenant, key)
        )
    ).one_or_none()
    if row is None or row.old:
        return None
    if row.fingerprint != fingerprint:
        raise KeyReused("this Idempotency-Key was used for another request; use a new one")
    if row.status is not None:
        return Answer(row.status, json.loads(row.headers), row.body)
    return None if row.over else _Underway()


def _taken(connection: Connection, tenant: str, key: str, fingerprint: str) -> Turn | None:
    """The right to do a request that nobody works on; ``None`` when somebody was quicker."""
    of_dead = select(repeat.c.number).where(
        *_of(tenant, key), repeat.c.fingerprint == fingerprint, ~_is_old(), _is_over()
    )
    number = connection.execute(of_dead).scalar_one_or_none()
    turn = Turn(tenant, key, secrets.token_hex(16), ids.new_id() if number is None else number)
    values = {
        "fingerprint": fingerprint,
        "number": turn.number,
        "token": turn.token,
        "lease_until": Ticks() + LEASE_SECONDS,
        "status": None,
        "headers": None,
        "body": None,
        "created": Now(),
    }
    made = connection.execute(
        upsert(connection, repeat)
        .values(tenant=tenant, key=key, **values)
        .on_conflict_do_update(
            index_elements=["tenant", "key"], set_=values, where=or_(_is_old(), _is_over())
        )
        .returning(repeat.c.token)
    ).scalar_one_or_none()
    return turn if made == turn.token else None


def _is_old() -> ColumnElement[bool]:
    return repeat.c.created < Now() - KEPT_SECONDS


def _is_over() -> ColumnElement[bool]:
    """Whether whoever worked on it has died, without an answer."""
    # An end further away than the lease is long was set before the machine restarted.
    ran_out = or_(repeat.c.lease_until < Ticks(), repeat.c.lease_until > Ticks() + LEASE_SECONDS)
    return and_(repeat.c.status.is_(None), ran_out)


def _of(tenant: str, key: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return repeat.c.tenant == tenant, repeat.c.key == key
