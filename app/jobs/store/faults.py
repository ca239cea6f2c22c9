"""What keeps a database from working, in words; errors of the code itself are left alone."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError, OperationalError

from app.disk import disk_full
from app.errors import ConfigError, LectureError, StoreFull, StoreUnavailable

log = logging.getLogger(__name__)

DRIVER_ERRORS = (DBAPIError, sqlite3.Error)
"""The second comes bare from what is done to a new connection."""

QUIET_SECONDS = 10.0
"""Without an error, until a database works again: one bad page fails only who reads it."""

_POSTGRESQL_DISK_FULL = "53100"
_POSTGRESQL_MAY_NOT = ("42501", "25006")
"""No right to make tables; a server that only reads."""
_POSTGRESQL_CONFLICTS = "40"
"""Class of errors that two transactions have with each other."""
_POSTGRESQL_TRANSIENT = ("08", "53", "55", "57")
"""Classes of errors about connections, resources, locks and an operator's intervention."""
_POSTGRESQL_FOR_NOW = ("starting up", "shutting down", "in recovery", "too many", "slots")
"""How a server refuses that will take connections later; the others need somebody to act."""

# The second: the first connection makes the file that all share.
_SQLITE_DISK_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)
_SQLITE_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_SQLITE_FOR_NOW = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL)
_SQLITE_SURROUNDINGS = (
    *_SQLITE_DAMAGED,
    *_SQLITE_FOR_NOW,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
)


class Watch:
    """Tells the log once that a database fails, and once that it works again."""

    def __init__(self, where: str) -> None:
        """All is well.

        Args:
            where: The database, without its password.
        """
        self._where = where
        self._lock = threading.Lock()
        self._told: set[str] = set()
        self._failed = 0.0

    @contextmanager
    def named(self) -> Iterator[None]:
        """Let :class:`StoreFull` and :class:`StoreUnavailable` tell what the surroundings do.

        Their messages say nothing of the database, since callers read them.
        """
        try:
            yield
        except DRIVER_ERRORS as error:
            if is_disk_full(error):
                self._fails("no space left")
                raise StoreFull("no space left for the job database") from error
            if not _is_of_surroundings(error):
                raise
            self._fails(reason_of(error))
            raise StoreUnavailable("the job database does not work at the moment") from error
        else:
            self._works()

    def _fails(self, reason: str) -> None:
        with self._lock:
            self._failed = time.monotonic()
            if reason in self._told:
                return
            self._told.add(reason)
        log.error("job store in trouble where=%s reason=%s", self._where, reason)

    def _works(self) -> None:
        if not self._told:
            return
        with self._lock:
            if not self._told or time.monotonic() - self._failed < QUIET_SECONDS:
                return
            self._told.clear()
        log.warning("job store works again where=%s", self._where)


def at_start(error: Exception, where: str) -> LectureError | None:
    """One sentence on why a database cannot be opened; ``None`` for errors of the code.

    Returns:
        :class:`StoreUnavailable` for what may go away by itself, :class:`StoreFull`, else
        :class:`ConfigError`.
    """
    if isinstance(error, OSError) and disk_full(error) is None:
        return ConfigError(f"cannot open the job store {where}: {reason_of(error)}; {_MAY_WRITE}")
    if is_disk_full(error):
        return StoreFull(f"no space left for the job store {where}")
    if not _is_of_surroundings(error) and _sqlstate(error) not in _POSTGRESQL_MAY_NOT:
        return None
    told = f"cannot open the job store {where}: {reason_of(error)}"
    if _is_damaged(error):
        return ConfigError(f"{told}; restore a backup of it, or name another in jobs.database_url")
    if _goes_away(error):
        return StoreUnavailable(f"{told}; start its server, or see jobs.database_url")
    if _sqlite_code(error) is not None:
        return ConfigError(f"{told}; {_MAY_WRITE}")
    return ConfigError(f"{told}; correct jobs.database_url, or what the server allows")


_MAY_WRITE = (
    "the user of the service must be able to write the file and its folder, "
    "or name another in jobs.database_url"
)


def is_disk_full(error: Exception) -> bool:
    """Whether the database found no space."""
    if isinstance(error, OSError):
        return disk_full(error) is not None
    code = getattr(_orig(error), "sqlite_errorcode", None)
    return code in _SQLITE_DISK_FULL or _sqlstate(error) == _POSTGRESQL_DISK_FULL


def reason_of(error: Exception) -> str:
    """What a driver or the system said, in one line."""
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}" if error.filename else str(error)
    return str(_orig(error)).strip().partition("\n")[0]


def _is_of_surroundings(error: Exception) -> bool:
    code = _sqlite_code(error)
    if code is not None:
        return code in _SQLITE_SURROUNDINGS
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    state = _sqlstate(error) or ""
    return lost or (
        isinstance(error, OperationalError) and not state.startswith(_POSTGRESQL_CONFLICTS)
    )


def _is_damaged(error: Exception) -> bool:
    return _sqlite_code(error) in _SQLITE_DAMAGED


def _goes_away(error: Exception) -> bool:
    code = _sqlite_code(error)
    if code is not None:
        return code in _SQLITE_FOR_NOW
    if (state := _sqlstate(error)) is not None:
        return state.startswith(_POSTGRESQL_TRANSIENT)
    said = str(_orig(error))  # of a connection that did not come about
    return "FATAL" not in said or any(words in said for words in _POSTGRESQL_FOR_NOW)


def _sqlite_code(error: Exception) -> int | None:
    """SQLite's primary code: the lowest byte, below what tells more."""
    code = getattr(_orig(error), "sqlite_errorcode", None)
    return None if code is None else int(code) & 0xFF


def _sqlstate(error: Exception) -> str | None:
    return getattr(_orig(error), "sqlstate", None)


def _orig(error: Exception) -> Any:  # any driver's exception
    return error.orig if isinstance(error, DBAPIError) else error
