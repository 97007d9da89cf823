"""Police-force areas of a charter, as people write them."""

from typing import Final

_SMALL: Final = frozenset({"and", "of"})


def region_name(code: str) -> str:
    """The name behind a code: `devon-and-cornwall` → Devon and Cornwall."""
    return " ".join(part if part in _SMALL else part.capitalize() for part in code.split("-"))
