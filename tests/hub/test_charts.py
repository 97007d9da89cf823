"""Charts: well-formed, without style or script of their own, and without a height for what is not shown."""

import re
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from hub.core.charts import Line, Tile, bar_chart, line_chart, standalone, tile_map

shown = st.one_of(st.none(), st.sampled_from([0, 10, 15, 500, 123_455]))
names = st.text(max_size=12).filter(lambda text: text.isprintable())


def classes(svg: str, name: str) -> int:
    return sum(name in (one.get("class") or "").split() for one in ET.fromstring(svg).iter())


@given(st.lists(shown, max_size=20), names)
def test_a_line_has_a_mark_for_each_number_and_a_cross_for_each_that_is_not_shown(
    values: list[int | None], name: str
) -> None:
    svg = line_chart(name, [""] * len(values), [Line(name, "all", tuple(values))])
    tree = ET.fromstring(svg)
    assert len(list(tree.iter("circle"))) == sum(value is not None for value in values) + 1, "one in the legend"
    assert classes(svg, "ww-chart__few") == values.count(None)
    assert "style=" not in svg and "<script" not in svg
    heights = [float(one.get("cy") or 0) for one in tree.iter("circle")]
    assert all(0 < height <= 220 for height in heights)


@given(st.lists(st.tuples(names, shown), max_size=12))
def test_bars_are_as_long_as_their_numbers(bars: list[tuple[str, int | None]]) -> None:
    svg = bar_chart("bars", bars)
    found = [float(one.get("width") or 0) for one in ET.fromstring(svg).iter("rect")]
    numbers = [number for _, number in bars if number is not None]
    assert len(found) == len(numbers)
    pairs = list(zip(numbers, found, strict=True))
    assert all(x <= y for a, x in pairs for b, y in pairs if a <= b)
    assert all(width <= 480 - 16 - 50 for width in found)


@given(st.lists(shown, min_size=1, max_size=9))
def test_a_tile_is_darker_the_more_it_holds(values: list[int | None]) -> None:
    svg = tile_map("map", [Tile(at % 3, at // 3, "AB", f"Area {at}", value) for at, value in enumerate(values)])
    steps = re.findall(r"ww-tile--(none|\d)", svg)
    assert [step == "none" for step in steps] == [value is None for value in values]
    numbers = [(value, int(step)) for value, step in zip(values, steps, strict=True) if value is not None]
    assert all(step in range(6) and (step == 0) == (value == 0) for value, step in numbers)
    assert all(s <= t for v, s in numbers for w, t in numbers if v <= w)


def test_names_are_escaped_and_a_file_of_its_own_holds_its_style() -> None:
    svg = standalone(bar_chart("a <b> & c", [("<x>", 10)]), ".ww-chart{fill:none}")
    tree = ET.fromstring(svg)
    assert tree.tag == "{http://www.w3.org/2000/svg}svg"
    assert tree.get("aria-label") == "a <b> & c"
    assert tree[0].text == ".ww-chart{fill:none}"


def test_a_line_is_not_drawn_across_to_where_it_begins_anew() -> None:
    line = Line("panel", "panel", (10, 20, 30, 40), frozenset({2}))
    path = next(
        one.get("d") or ""
        for one in ET.fromstring(line_chart("t", ["", "", "", ""], [line])).iter("path")
        if (one.get("d") or "").count("L") > 0
    )
    assert (path.count("M"), path.count("L")) == (2, 2)


def test_the_longest_name_stands_before_its_bar() -> None:
    svg = bar_chart("t", [("All other regions together", 10)])
    left = float(next(ET.fromstring(svg).iter("rect")).get("x") or 0)
    assert left >= 8 * len("All other regions together")
