"""Steps as rows, so many at a time; every function needs a transaction that writes."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Dialect,
    Insert,
    Table,
    Text,
    bindparam,
    cast,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    text,
)
from sqlalchemy.sql.compiler import SQLCompiler

from app.jobs.store.job import JobKey, StepState
from app.jobs.store.tables import edge, step
from app.steps import Step

PORTION = 250
"""Steps that one transaction writes, changes or removes: others wait some 10 ms for it."""

_NEW: dict[str, ColumnElement[Any]] = {  # of several types
    name: literal_column(value)
    for name, value in {
        "attempt": "0",
        "crash": "0",
        "deaths": "0",
        "fence": "0",
        "progress": "0.0",
        "reused": "false",
    }.items()
}
_GIVEN = (
    "id",
    "tenant",
    "job_id",
    "generation",
    "position",
    "name",
    "kind",
    "number",
    "queue",
    "input_hash",
    "needs_all",
    "slide",
    "letters",
    "places",
    "state",
)


@dataclass(frozen=True, eq=False)
class _Inserting:
    """How rows of a table are inserted."""

    each: Insert
    """Of the values of a row."""
    together: Insert
    """Of ``rows``, as JSON: one statement, for PostgreSQL, whose driver takes longer for each."""


def _inserting(
    table: Table, given: Sequence[str], same: Mapping[str, ColumnElement[Any]]
) -> _Inserting:
    """Insert rows of the values ``given``, and others that are the same in each."""
    types = [column(name, table.c[name].type) for name in given]
    rows = func.json_to_recordset(cast(bindparam("rows", type_=Text), JSON))
    told = rows.table_valued(*types).render_derived(name="told", with_types=True)
    values = [*(told.c[name] for name in given), *same.values()]
    return _Inserting(
        insert(table).values(**same, **{name: bindparam(name) for name in given}),
        insert(table).from_select([*given, *same], select(*values)),
    )


_STEPS = _inserting(step, _GIVEN, _NEW)
_EDGES = _inserting(edge, ("src", "dst"), {})


class Rows:
    """The rows of a generation's steps, made when they are wanted."""

    def __init__(self, key: JobKey, generation: int, steps: Sequence[Step]) -> None:
        """Makes none yet."""
        self._always = {"tenant": key.tenant, "job_id": key.id, "generation": generation}
        self._steps = steps
        self._ids: dict[str, int] = {}
        self._next: list[tuple[Step, dict[str, Any]]] = []
        self._written = 0

    def left(self) -> bool:
        """Whether there are steps that are not written yet."""
        return self._written < len(self._steps)

    def prepare(self) -> None:
        """Make the next rows, which needs no database: nobody else should wait for it."""
        some = self._steps[self._written : self._written + PORTION]
        self._next = [
            (planned, self._row(position, planned))
            for position, planned in enumerate(some, start=self._written)
        ]

    def write_portion(self, connection: Connection) -> None:
        """Write the rows that were prepared, with what the steps need."""
        numbers = _new_numbers(connection, len(self._next))
        for (planned, row), number in zip(self._next, numbers, strict=True):
            self._ids[planned.name] = row["id"] = number
        _insert(connection, _STEPS, [row for _planned, row in self._next])
        _insert(connection, _EDGES, list(self._edges()))
        self._written += len(self._next)
        self._next = []

    def _row(self, position: int, planned: Step) -> dict[str, Any]:  # columns of several types
        return {
            **self._always,
            "position": position,
            "name": planned.name,
            "kind": planned.kind,
            "number": planned.number,
            "queue": planned.queue.value,
            "input_hash": planned.input_hash,
            # As the last step of a lecture does.
            "needs_all": len(planned.needs) == position > 0,
            "slide": planned.slide,
            "letters": planned.letters,
            "places": json.dumps({name: str(path) for name, path in planned.places.items()}),
            "state": (StepState.BLOCKED if planned.needs else StepState.READY).value,
        }

    def _edges(self) -> Iterator[dict[str, int]]:
        for planned, row in self._next:
            if not row["needs_all"]:
                for need in planned.needs:
                    yield {"src": self._ids[need], "dst": row["id"]}


def _insert(connection: Connection, inserting: _Inserting, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows as the driver takes them: SQLAlchemy would look at each value first."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(inserting.together, {"rows": json.dumps(rows)})
        return
    compiled = _compiled(inserting.each, connection.dialect)
    names = compiled.positiontup
    parameters = rows if names is None else [tuple(row[name] for name in names) for row in rows]
    connection.exec_driver_sql(str(compiled), parameters)


@functools.lru_cache(maxsize=8)
def _compiled(statement: Insert, dialect: Dialect) -> SQLCompiler:
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    return compiled


def _new_numbers(connection: Connection, count: int) -> Sequence[int]:
    """Row ids that no step has had, in order, so that edges can name steps without a look."""
    if connection.dialect.name == "sqlite":
        last = text("SELECT seq FROM sqlite_sequence WHERE name = 'step'")
        first = 1 + (connection.execute(last).scalar_one_or_none() or 0)
        return range(first, first + count)
    numbers = text(
        "SELECT nextval(pg_get_serial_sequence('step', 'id')) FROM generate_series(1, :count)"
    )
    return sorted(connection.execute(numbers, {"count": count}).scalars())


def remove_others(connection: Connection, key: JobKey, current: int) -> bool:
    """Remove a portion of a job's steps that are not of that generation.

    Returns:
        Whether there may be more of them.
    """
    mine = (step.c.tenant == key.tenant, step.c.job_id == key.id)
    left = PORTION
    for others in (step.c.generation < current, step.c.generation > current):
        left -= _remove(connection, left, *mine, others)
        if not left:
            return True
    return False


def _remove(connection: Connection, most: int, *wanted: ColumnElement[bool]) -> int:
    some = select(step.c.id).where(*wanted).limit(most)
    return connection.execute(delete(step).where(step.c.id.in_(some))).rowcount
