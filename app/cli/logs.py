"""Where log records go; called by entry points only."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)s %(process)d %(name)s %(message)s"
FILE_BYTES = 10_000_000
FILES_KEPT = 5


def to_stderr(level: str) -> None:
    """Log to stderr: whoever started the process keeps it."""
    logging.basicConfig(level=level, format=FORMAT, force=True)
    _quieten()


def to_file(level: str, folder: Path) -> None:
    """Log to ``app.log`` in that folder, rotated, and nowhere else."""
    logging.basicConfig(level=level, format=FORMAT, handlers=[rotating(folder)], force=True)
    _quieten()


def rotating(folder: Path) -> RotatingFileHandler:
    """The one writer of ``app.log``: rotation allows no second."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "app.log", maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter(FORMAT))
    return handler


def _quieten() -> None:
    """Alembic tells at INFO that there was nothing to do."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
