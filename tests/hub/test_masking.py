"""Promise 13: what a reader can work out of masked tables, by every table there is and by tables made at random.

The reader here knows the algorithm, the exact total of each table and the exact value of every cell that is shown: far
more than a release says, where all of these are rounded.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from hub.core.masking import LEAST_WHOLE, MOST_MASKED, Shown, mask_alone, mask_lines, mask_table, share

Counts = tuple[int, ...]
Known = tuple[tuple[Shown, ...], tuple[int | None, ...]]


def ways(total: int, cells: int) -> Iterator[Counts]:
    """Every table of that many cells and that total."""
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in ways(total - first, cells - 1):
            yield (first, *rest)


def known(counts: Sequence[int]) -> Known:
    """What the reader knows of a table beside its total."""
    shown = mask_table(counts)
    return shown, tuple(None if face is None else count for face, count in zip(shown, counts, strict=True))


def small_cells(counts: Sequence[int]) -> list[int]:
    return [place for place, count in enumerate(counts) if 1 <= count <= MOST_MASKED]


@pytest.mark.parametrize(("cells", "most"), [(2, 60), (3, 40), (4, 36), (5, 36)])
def test_every_small_cell_of_every_table_has_two_values_that_look_the_same(cells: int, most: int) -> None:
    first = 8 if cells < 5 else 36  # a total of 1 to 7 is not shown, and no table hangs below it
    for total in range(first, most + 1):
        alike: dict[Known, list[Counts]] = defaultdict(list)
        for table in ways(total, cells):
            alike[known(table)].append(table)
        for (shown, _), tables in alike.items():
            values = [set(column) for column in zip(*tables, strict=True)]
            hidden = [place for place, face in enumerate(shown) if face is None]
            for table in tables:
                assert set(small_cells(table)) <= set(hidden), table
                assert all(len(values[place]) > 1 for place in small_cells(table)), (table, shown)
            assert not 0 < sum(tables[0][place] for place in hidden) <= MOST_MASKED, (tables[0], shown)


def alike(counts: Counts, cell: int) -> Iterator[Counts]:
    """Tables of the same total, whose `cell` is another, that may look the same: as the module's proof finds them."""
    hidden = [place for place, face in enumerate(mask_table(counts)) if face is None]
    for other in (place for place in hidden if place != cell):
        for step in (-1, 1):
            yield _moved(counts, cell, other, step)
    small = [place for place in hidden if counts[place] <= MOST_MASKED]
    rest = [place for place in hidden if place not in small]
    together = sum(counts[place] for place in hidden)
    for last in rest:
        for value in (1, 2):
            yield _with(counts, {**dict.fromkeys(small, 1), cell: value, last: together - len(small) + 1 - value})
    if len(hidden) > 1:
        for value in range(1, MOST_MASKED + 1):
            others = [place for place in hidden if place != cell]
            each, more = divmod(together - value, len(others))
            yield _with(counts, {cell: value} | {place: each + (i < more) for i, place in enumerate(others)})


def _moved(counts: Counts, to: int, away: int, step: int) -> Counts:
    return _with(counts, {to: counts[to] + step, away: counts[away] - step})


def _with(counts: Counts, changed: dict[int, int]) -> Counts:
    return tuple(changed.get(place, count) for place, count in enumerate(counts))


extremes = st.sampled_from([0, 1, 2, 6, 7, 8, 9, 13])
tables = st.lists(st.one_of(extremes, st.integers(0, 7), st.integers(0, 400)), min_size=1, max_size=44).map(tuple)


@given(tables)
@example((*(1,) * 8, 55, 30))
@example((*(1,) * 7, 2, 54, 30))
@example((*(7,) * 8, 8, 30))
def test_small_cells_of_large_tables_have_another_value_that_looks_the_same(counts: Counts) -> None:
    assume(sum(counts) > MOST_MASKED)
    shown = mask_table(counts)
    for cell in small_cells(counts):
        found = (
            table
            for table in alike(counts, cell)
            if min(table) >= 0 and table[cell] != counts[cell] and sum(table) == sum(counts)
        )
        assert any(known(table) == known(counts) for table in found), (counts, shown, cell)
    hidden = sum(count for count, face in zip(counts, shown, strict=True) if face is None)
    assert not 0 < hidden <= MOST_MASKED


@given(tables)
def test_what_is_shown_is_rounded_and_never_of_a_small_cell(counts: Counts) -> None:
    for count, face in zip(counts, mask_table(counts), strict=True):
        assert face is None or face == 5 * math.floor(count / 5 + 0.5)
        assert face != 5 and (face is None or abs(face - count) <= 2)
        assert face is None or count == 0 or count > MOST_MASKED


def test_at_most_one_cell_that_is_not_small_is_hidden_where_the_total_is_large() -> None:
    assert mask_table((40, 3, 60, 0)) == (40, None, None, 0)
    assert mask_table((40, 60, 0, 3)) == (None, 60, 0, None), "the next one, round from the end"
    assert mask_table((40, 3, 6, 60)) == (40, None, None, 60), "two that hide each other"
    assert mask_table((40, 7, 7, 60)) == (40, None, None, None), "two sevens do not"
    assert mask_table((40, 3, 4, 60)) == (40, None, None, None), "nor two that make seven together"


def test_a_table_whose_total_is_not_large_is_not_shown_at_all() -> None:
    assert mask_table((14, 0)) == (None, None)
    assert mask_table((15, 0)) == (15, 0)
    assert mask_table((0, 0)) == (0, 0)


@given(st.integers(0, 10_000))
def test_a_count_alone_is_masked_from_1_to_7_and_rounded_otherwise(count: int) -> None:
    face = mask_alone(count)
    assert (face is None) == (1 <= count <= 7)
    assert face is None or (face % 5 == 0 and abs(face - count) <= 2)


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_a_share_is_shown_only_of_a_whole_of_thirty_whose_parts_are_all_shown(counts: list[int]) -> None:
    part, *others = (mask_alone(count) for count in counts)
    percent = share(part, others)
    if percent is not None:
        assert sum(counts) >= LEAST_WHOLE and not any(1 <= count <= 7 for count in counts)
        assert 0 <= percent <= 100


def test_shares_are_of_what_is_shown() -> None:
    assert share(30, [70]) == 30
    assert share(35, [35]) == 50
    assert share(20, [10]) is None, "the whole may be 26"
    assert share(None, [70]) is None and share(30, [None]) is None


@pytest.mark.parametrize("counts", [(), (3, -1)])
def test_what_is_no_table_is_refused(counts: Counts) -> None:
    with pytest.raises(RuntimeError):
        mask_table(counts)


@pytest.mark.parametrize("sizes", [(20, 17), (9, 30), (12, 12, 12), (8, 3, 15), (1, 9, 9)])
def test_every_small_part_of_a_line_has_two_values_that_look_the_same(sizes: Counts) -> None:
    """The reader knows how many are in each place, and how many of all said yes."""
    alike: dict[tuple[object, object, int], list[Counts]] = defaultdict(list)
    for yes in itertools.product(*(range(size + 1) for size in sizes)):
        shown = mask_lines([(one, size - one) for one, size in zip(yes, sizes, strict=True)])
        exact = tuple(one if line[0] is not None else None for one, line in zip(yes, shown, strict=True))
        alike[shown, exact, sum(yes)].append(yes)
    for (seen, _, together), worlds in alike.items():
        for place, size in enumerate(sizes):
            values = {world[place] for world in worlds}
            small = {value for value in values if 1 <= value <= 7 or 1 <= size - value <= 7}
            assert not small or len(values) > 1 or together in (0, sum(sizes)), (worlds, seen)


def test_lines_are_shown_all_or_none() -> None:
    assert mask_lines([(20, 30), (0, 40)]) == ((20, 30), (0, 40))
    assert mask_lines([(20, 30), (3, 40)]) == ((None, None), (None, None))
