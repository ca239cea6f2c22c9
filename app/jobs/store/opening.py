"""Look at a database before it is touched: is it the job store, whole, and not too new?"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlalchemy import Connection, NullPool, column, create_engine, inspect, select, table
from sqlalchemy.exc import DatabaseError, OperationalError

from app.errors import ConfigError

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parents[1] / "migrations"
_VERSION = "alembic_version"
_EVERY_VERSION_HAS = {"step", "edge", "event", "artifact"}
_NAMED = 3
"""Tables of another program that a message lists."""


def migrations() -> Config:
    """Alembic's configuration."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def check_file(path: Path, where: str) -> None:
    """Check a file of SQLite, without a change to it.

    One that cannot be read this way, such as one that lacks what a killed process left beside
    it, is left to whoever opens it for good.

    Raises:
        ConfigError: It is damaged, no database, another program's, or a newer version's.
    """
    if not path.is_file() or not path.stat().st_size:
        return
    url = f"sqlite:///file:{quote(str(path.absolute()))}?mode=ro&uri=true"
    engine = create_engine(url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
            if said != "ok":
                raise _damaged(where, str(said).replace("\n", " "))
            check(connection, where)
    except OperationalError:
        return
    except DatabaseError as error:
        raise _damaged(where, str(error.orig)) from error
    finally:
        engine.dispose()


def check_rights(path: Path) -> None:
    """Check that this process may write a file of SQLite, and what lies beside it.

    SQLite opens what may only be read all the same, and fails when something is to be written.

    Raises:
        PermissionError: It may not.
    """
    for file in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        if file.exists() and not os.access(file, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))


def check(connection: Connection, where: str) -> None:
    """Check an open database, by its tables.

    Raises:
        ConfigError: It is another program's, or a newer version's.
    """
    tables = set(inspect(connection).get_table_names())
    versions = _versions(connection) if _VERSION in tables else set()
    others = tables - {_VERSION}
    if not others and not versions:
        return
    if not versions or not others >= _EVERY_VERSION_HAS:
        names = ", ".join(sorted(tables)[:_NAMED])
        raise ConfigError(
            f"the database {where} is of another program (tables {names}), and is left as it is: "
            "name an empty one in jobs.database_url"
        )
    known = _known_versions()
    if versions - known:
        raise ConfigError(
            f"the job store {where} was made by a newer version of this program "
            f"({', '.join(sorted(versions - known))}; this one knows {max(known)}): "
            "update the checkout, or restore the backup from before the update"
        )


def _versions(connection: Connection) -> set[str]:
    version = table(_VERSION, column("version_num"))
    return {str(row.version_num) for row in connection.execute(select(version))}


def _known_versions() -> set[str]:
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(migrations())
    return {script.revision for script in scripts.walk_revisions()}


def _damaged(where: str, reason: str) -> ConfigError:
    return ConfigError(
        f"the job store {where} is damaged or no database ({reason}): "
        "restore a backup of it, or name another in jobs.database_url"
    )
