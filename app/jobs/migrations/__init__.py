"""Alembic's scripts: how the tables came to be what :mod:`app.jobs.store.tables` says."""
