"""What is on disk, as fingerprints that can be compared before and after a crash."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Table, select
from sqlmodel import Session


def picture_of(session: Session, tables: Iterable[Table], *, apart: tuple[str, ...] = ()) -> dict[str, str]:
    """Table → hash of its rows. `apart`: columns, as `table.column`, that are left out."""
    found = {}
    for table in tables:
        columns = [column for column in table.columns if f"{table.name}.{column.name}" not in apart]
        rows = sorted(repr(tuple(row)) for row in session.connection().execute(select(*columns)))
        found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def names_in(folder: Path) -> str:
    """The names of the files in a folder that are whole: what ends in `.new` is read by nobody."""
    return " ".join(sorted(path.name for path in folder.iterdir() if path.suffix != ".new"))
