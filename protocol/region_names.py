"""Police-force areas of a charter, as people write them."""

from typing import Final

_SMALL: Final = frozenset({"and", "of"})
_WRITTEN: Final = {
    "avon-somerset": "Avon and Somerset",
    "devon-cornwall": "Devon and Cornwall",
    "dyfed-powys": "Dyfed-Powys",
}
"""Forces whose name the code alone does not tell."""


def region_name(code: str) -> str:
    """The name behind a code: `west-yorkshire` → West Yorkshire."""
    return _WRITTEN.get(code) or " ".join(part if part in _SMALL else part.capitalize() for part in code.split("-"))
