"""Where areas stand on the map: the United Kingdom's, or those of a setting."""

from pathlib import Path

import pytest

from hub.core import figure_views
from hub.core import series_of_figures as series
from hub.core.errors import Misconfigured
from hub.core.figure_views import Shelf, TilePlace
from hub.core.regions import default_regions
from hub.web.tiles import read_tiles
from tests.hub.figures_world import World


def written(folder: Path, text: str) -> Path:
    path = folder / "tiles.csv"
    path.write_text(text, "utf-8")
    return path


def test_every_area_that_a_charter_has_by_default_has_a_square_of_its_own() -> None:
    tiles = read_tiles(None)
    assert set(tiles) == {region.code for region in default_regions()}
    assert len({(place.column, place.row) for place in tiles.values()}) == len(tiles)
    assert len({place.short for place in tiles.values()}) == len(tiles)


def test_a_setting_names_any_other_areas(tmp_path: Path) -> None:
    path = written(tmp_path, "code,column,row,short\nmerseyside,2,1,M1\nlower-saxony,0,3,NDS\n")
    tiles = read_tiles(path)
    assert tiles == {"merseyside": TilePlace(2, 1, "M1"), "lower-saxony": TilePlace(0, 3, "NDS")}
    shelf = Shelf(World(1, 200).releases())
    view = figure_views.map_view(shelf, shelf.windows(series.REGION)[0], tiles)
    assert "M1" in view.svg and "NDS" in view.svg and "Lower Saxony" in view.svg and "WYK" not in view.svg


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("code,column,short\nkent,1,KEN\n", "has the columns"),
        ("code,column,row,short\nkent,1,one,KEN\n", "whole numbers"),
        ("code,column,row,short\nkent,1,1,KEN\nessex,1,1,ESS\n", "twice"),
        ("code,column,row,short\nkent,1,1,KEN\nkent,1,2,KEN\n", "twice"),
    ],
)
def test_a_file_that_is_no_map_stops_the_start_and_says_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(Misconfigured, match=says):
        read_tiles(written(tmp_path, text))


def test_a_map_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="cannot be read"):
        read_tiles(tmp_path / "nowhere.csv")
