"""Run by Alembic, inside the transaction of :meth:`app.jobs.store.database.Database.migrate`."""

from alembic import context

from app.jobs.store.tables import metadata


def run() -> None:
    """Bring the database up to date."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()


# Alembic runs this file under a name of its own; whoever imports it only looks.
if __name__ == "env_py":
    run()
