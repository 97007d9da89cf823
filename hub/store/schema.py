"""The shape of the database: brought to the newest by `migrate`, asked for by `require_schema`.

Migrations lie in `hub/migrations/` and are part of the package.
"""

from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from hub.core.errors import Misconfigured
from hub.store.engine import Store

MIGRATION_LOCK = 0x57617464
"""PostgreSQL's advisory lock that holds while tables change: of several starters one works, the others wait."""


def migrate(store: Store) -> None:
    """Brings the tables to the newest shape; again: changes nothing.

    One transaction: a crash leaves the old shape.
    """
    with store.change() as connection:
        if not store.is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
        command.upgrade(_config(connection), "head")


def require_schema(store: Store) -> None:
    """Refuses a database of another shape than this version's.

    Raises:
        Misconfigured: it has no tables, or those of an older or newer version.
    """
    with store.read() as session:
        present = MigrationContext.configure(session.connection()).get_current_revision()
    scripts = ScriptDirectory.from_config(_config(None))
    if present == scripts.get_current_head():
        return
    if present is None:
        raise Misconfigured("the database has no tables: run 'watchword-hub init' for a new hub")
    if present in {script.revision for script in scripts.walk_revisions()}:
        raise Misconfigured("the database is of an older version: run 'watchword-hub migrate'")
    raise Misconfigured("the database is of a newer version than this program: install that one")


def _config(connection: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", "hub:migrations")
    config.attributes["connection"] = connection
    return config
