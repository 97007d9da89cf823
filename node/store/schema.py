"""All tables of a node, and the making of a new database with them."""

from pathlib import Path

import node.store.account_tables
import node.store.case_tables
import node.store.checks
import node.store.drafts
import node.store.exchange_tables
import node.store.figures_tables
import node.store.records_tables
import node.store.sheets  # noqa: F401 - a table is declared by importing it
from node.store.engine import Store


def create_database(path: Path) -> Store:
    """Makes a new database with every table.

    Raises:
        Misconfigured: `config.database_exists`.
    """
    return Store.create(path)
