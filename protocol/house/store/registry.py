"""What every table of a house is made with: a registry of its own, sealed columns, values out of rows."""

from typing import Any, ClassVar, Final

from sqlalchemy import MetaData
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from protocol.at_rest import Sealed

NAMING: Final = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""How constraints are called, here and in the tables of a hub and of a node."""


class HouseTable(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMING))):
    """Base of every table of a house. Tables declare `erased_with`: what a row is erased with.

    They are made before the service's own, whose foreign keys name columns of theirs.
    """

    __abstract__ = True


class SealedColumns(SQLModel):
    """Columns of a row whose content is sealed under a key of its own (promise 12); all three None once erased."""

    sealed_place: ClassVar[str]
    rewrap_batch: ClassVar[int] = 500
    """How many are in memory at once while their keys are wrapped anew."""

    content: bytes | None = None
    wrapped_key: bytes | None = None
    epoch: int | None = Field(default=None, index=True)

    def place(self) -> str:
        """Where the content belongs: it opens nowhere else."""
        raise NotImplementedError

    def sealed(self) -> Sealed | None:
        """The sealed content, or None once erased."""
        if self.content is None or self.wrapped_key is None or self.epoch is None:
            return None
        return Sealed(self.content, self.wrapped_key, self.epoch)

    def put(self, sealed: Sealed) -> None:
        """Replaces the sealed content."""
        self.content, self.wrapped_key, self.epoch = sealed.content, sealed.wrapped_key, sealed.epoch

    def erase(self) -> None:
        """Forgets the content and its key. Unreadable at once; out of the file at the next WAL checkpoint."""
        self.content = self.wrapped_key = self.epoch = None


def columns(row: Any) -> dict[str, Any]:
    """A row's values by column name, to make a frozen value of."""
    return {name: getattr(row, name) for name in type(row).model_fields}
