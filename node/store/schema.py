"""All tables of a node, its house's included, and the making of a new database with them."""

from pathlib import Path

import node.store.case_tables
import node.store.checks
import node.store.drafts
import node.store.exchange_tables
import node.store.figures_tables
import node.store.records_tables
import node.store.sheets
import node.store.told_tables  # noqa: F401 - a table is declared by importing it
from node.store.engine import NodeTable, Store
from protocol.house.store.registry import SealedColumns
from protocol.house.store.schema import house_sealed_tables
from protocol.house.store.sealed import sealed_tables


def create_database(path: Path) -> Store:
    """Makes a new database with every table.

    Raises:
        Misconfigured: `config.database_exists`.
    """
    return Store.create(path)


def node_sealed_tables() -> list[type[SealedColumns]]:
    """Every table with sealed rows: of records, accounts, outbox and inbox alike."""
    return [*house_sealed_tables(), *sealed_tables(NodeTable)]
