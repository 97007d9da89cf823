"""An erasure that was played on a node: every row before and after it."""

from collections.abc import Callable
from typing import Any

import msgspec

from tests.node.tables import tables

Row = dict[str, Any]


Rows = dict[str, list[Row]]


class Played(msgspec.Struct, frozen=True):
    """What an erasure was about (a row is, or is not), and all rows before and after it."""

    is_about: Callable[[str, Row], bool]
    before: Rows
    after: Rows


def all_rows(store: Any) -> Rows:
    """Every row of every table."""
    with store.read() as session:
        connection = session.connection()
        return {
            name: [dict(row._mapping) for row in connection.execute(table.select())] for name, table in tables().items()
        }
