"""Tables of the people who work here, and of the trail of what they do and look at."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import DDL, Column, ForeignKey, event
from sqlmodel import Field

from protocol.at_rest import ErasedWith
from protocol.house.store.registry import HouseTable


class PersonRow(HouseTable, table=True):
    """Somebody who works here. The name stands only in this table: everything else has the number."""

    __tablename__ = "people"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="nothing", why="the name of somebody who works here, as long as the trail that it explains"
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    agency: str | None = None
    force: str | None = None
    police: bool = False
    reads_in: str = ""
    added_at: datetime
    ended_at: datetime | None = None


def names_a_person() -> list[ForeignKey]:
    """The foreign key of a column that holds somebody's number: `Field(sa_column_args=names_a_person())`.

    It names the column itself, which holds in tables of another registry too.
    """
    column: Column[int] = HouseTable.metadata.tables["people"].c.id
    return [ForeignKey(column)]


class RoleRow(HouseTable, table=True):
    """A role that somebody holds or held. A deputy's ends by itself."""

    __tablename__ = "people_roles"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="nothing", why="who might do what at a time: as long as the trail that it explains"
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(index=True, foreign_key="people.id")
    role: str
    given_at: datetime
    until: datetime | None = None
    ended_at: datetime | None = None


class AuditRow(HouseTable, table=True):
    """One look or act, chained by hash to the one before. Append-only."""

    __tablename__ = "audit_entries"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="numbers, codes and times; holds no words")

    number: int = Field(primary_key=True)
    at: datetime
    person: int | None = Field(default=None, foreign_key="people.id", index=True)
    verb: str
    subject: str = Field(index=True)
    reason: str | None = None
    previous: str
    hash: str


def append_only(table: str, *, dialect: str = "sqlite", delete_unless: str | None = None) -> list[str]:
    """The triggers that refuse UPDATE and DELETE (SQLite: where `delete_unless` holds) in the database itself."""
    if dialect == "postgresql":
        return [
            f"CREATE FUNCTION {table}_stand() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
            f"CREATE TRIGGER {table}_stand BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_stand()",
        ]
    when = "" if delete_unless is None else f"WHEN {delete_unless} "
    return [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb, condition in (("update", ""), ("delete", when))
    ]


for _trigger in append_only("audit_entries"):
    event.listen(
        HouseTable.metadata.tables["audit_entries"],
        "after_create",
        DDL(_trigger),  # type: ignore[no-untyped-call]
    )
