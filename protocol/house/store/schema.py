"""All tables of a house: importing this declares them."""

from typing import Final

from sqlalchemy import MetaData

import protocol.house.store.account_tables
import protocol.house.store.people_tables  # noqa: F401 - a table is declared by importing it
from protocol.house.store.registry import HouseTable, SealedColumns
from protocol.house.store.sealed import sealed_tables

HOUSE: Final[MetaData] = HouseTable.metadata
"""Made before the tables of the service."""


def house_sealed_tables() -> list[type[SealedColumns]]:
    """Those with sealed rows."""
    return sealed_tables(HouseTable)
