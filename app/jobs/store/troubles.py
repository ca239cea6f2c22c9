"""What a database refuses, by the names of :mod:`app.errors`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from app.errors import Busy, DiskFull

RETRY_SECONDS = 2.0
"""After which a caller who met a locked database may ask again."""


_POSTGRESQL_DISK_FULL = "53100"
_POSTGRESQL_BUSY = ("55P03", "53300")
"""Lock not available, too many connections."""
_POSTGRESQL_FULL = ("too many clients already", "remaining connection slots are reserved")
_SQLITE_PRIMARY = 0xFF
"""The part of an error's number that is without details."""
# The second: the first connection makes the file that all share.
_SQLITE_DISK_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)


@contextmanager
def named() -> Iterator[None]:
    """Failures that callers can do something about, by the names of :mod:`app.errors`."""
    try:
        yield
    except NoConnection as error:
        raise busy() from error
    except (OperationalError, sqlite3.OperationalError) as error:
        cause = error.orig if isinstance(error, OperationalError) else error
        if _is_disk_full(cause):
            raise DiskFull("no space left for the job database") from error
        if _is_busy(cause):
            raise busy() from error
        raise


def busy() -> Busy:
    """The error of whoever has waited for others long enough."""
    return Busy("the job database is in use by others", retry_after=RETRY_SECONDS)


def _is_disk_full(error: Any) -> bool:  # any driver's exception
    return (
        getattr(error, "sqlite_errorcode", None) in _SQLITE_DISK_FULL
        or getattr(error, "sqlstate", None) == _POSTGRESQL_DISK_FULL
    )


def _is_busy(error: Any) -> bool:  # any driver's exception
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return code & _SQLITE_PRIMARY in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    # A connection that was refused has no number, only the server's words.
    refused = any(words in str(error) for words in _POSTGRESQL_FULL)
    return refused or getattr(error, "sqlstate", None) in _POSTGRESQL_BUSY
