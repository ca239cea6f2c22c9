"""``adopt``: let the job store belong to the present data folder."""

from __future__ import annotations

import argparse

import config
from app import bootstrap, folders


def adopt(settings: config.Settings, asked: argparse.Namespace) -> int:
    """For an administrator whose data folder is lost: the store goes on with this one."""
    from app.jobs.files import data_folder

    del asked
    folders.check(settings)
    store = bootstrap.store(settings)
    store.migrate()
    identity = data_folder.adopt(store, settings.paths.data)
    print(f"{store.database.where} belongs to {settings.paths.data} now (identity {identity[:8]})")
    return 0
