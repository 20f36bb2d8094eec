"""Alembic's entry: one connection as the owner role, a transaction per revision, and limits on every wait.

The address comes from `backend.runtime.migrate`, or from OWNER_DATABASE_URL when alembic is called by hand.
"""

import os

import sqlalchemy
from alembic import context

# A migration that waits for a lock blocks everyone behind it: better to fail, and to try again at a quiet moment.
OPTIONS = "-c lock_timeout=5s -c statement_timeout=10min -c timezone=UTC"


def run() -> None:
    url = context.config.attributes.get("url") or os.environ["OWNER_DATABASE_URL"]
    engine = sqlalchemy.create_engine(
        sqlalchemy.make_url(url).set(drivername="postgresql+psycopg"),
        poolclass=sqlalchemy.NullPool,
        connect_args={"options": OPTIONS},
    )
    with engine.connect() as connection:
        context.configure(connection=connection, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database; the offline mode is not supported.")
run()
