"""What the reading of sheets refuses, and nothing else.

SheetError
├── SheetUnreadable   sheet.*     the bytes are no sheet
└── MappingInvalid    mapping.*   the mapping does not say what it should
"""

from typing import ClassVar


class SheetError(Exception):
    """A sheet or its mapping cannot be used. `code` is `<family>.<name>`; `detail` names a field, never a value."""

    family: ClassVar[str] = "sheet"

    def __init__(self, name: str, detail: str = "") -> None:
        self.code = f"{self.family}.{name}"
        self.detail = detail
        super().__init__(f"{self.code}: {detail}" if detail else self.code)


class SheetUnreadable(SheetError):
    """The bytes are no CSV, TSV or XLSX that can be read whole."""


class MappingInvalid(SheetError):
    """A mapping that names an unknown meaning, lacks a field or has one of a wrong kind."""

    family = "mapping"
