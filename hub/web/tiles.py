"""Where areas stand on the map: the United Kingdom's police-force areas, or what a setting names."""

import csv
from importlib.resources import files
from pathlib import Path

from hub.core.errors import Misconfigured
from hub.core.figure_views import TilePlace

FIELDS = ("code", "column", "row", "short")


def read_tiles(path: Path | None) -> dict[str, TilePlace]:
    """Area → its square.

    Args:
        path: a CSV file with the columns `code`, `column`, `row`, `short`; None: the United Kingdom's.

    Raises:
        Misconfigured: it cannot be read, a column is missing, a place is no number, or a square is taken twice.
    """
    try:
        text = (files("hub.core") / "tiles_uk.csv").read_text("utf-8") if path is None else path.read_text("utf-8")
        rows = list(csv.DictReader(text.splitlines()))
        found = {row["code"]: TilePlace(int(row["column"]), int(row["row"]), row["short"]) for row in rows}
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured("the map's file cannot be read") from error
    except (KeyError, TypeError, ValueError) as error:
        raise Misconfigured(f"the map's file has the columns {', '.join(FIELDS)}; places are whole numbers") from error
    if len({(place.column, place.row) for place in found.values()}) != len(rows):
        raise Misconfigured("the map's file names an area, or a square, twice")
    return found
