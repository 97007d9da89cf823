"""Every table of a node's database: its own and its house's."""

from sqlalchemy import Table
from sqlmodel import SQLModel

import node.store.schema  # noqa: F401 - tables are declared by being imported
from node.store.engine import NodeTable
from protocol.house.store.registry import HouseTable


def tables() -> dict[str, Table]:
    """By name."""
    return {**HouseTable.metadata.tables, **NodeTable.metadata.tables}


def kinds() -> dict[str, type[SQLModel]]:
    """The classes of their rows, by name."""
    mappers = (mapper for base in (HouseTable, NodeTable) for mapper in base._sa_registry.mappers)
    return {str(mapper.class_.__tablename__): mapper.class_ for mapper in mappers}
