"""Every table of a node declares what it is erased with; here each is filled, erased by what it names, and looked at.

An erasure is played once: on a node that holds what it is about beside other things. What a table declares must then be
so: rows gone, sealed columns empty, sealed parts gone, or everything still there.
"""

from typing import Any, Final

import pytest

from node.store.checkpoints import LOG
from node.store.schema import node_sealed_tables
from protocol.at_rest import ErasedWith
from tests.contract.erasures_played import ERASURES, OWNERS, PRIVATE
from tests.contract.played import Played, Row, Rows
from tests.node.tables import kinds, tables

DECLARED: Final[dict[str, ErasedWith]] = {name: kind.erased_with for name, kind in kinds().items()}  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Played]:
    return {name: play(tmp_path_factory.mktemp(name)) for name, play in ERASURES.items()}


def test_every_table_declares_what_it_is_erased_with() -> None:
    assert set(DECLARED) == set(tables())
    for name, one in DECLARED.items():
        assert isinstance(one, ErasedWith) and one.why, name
        assert (one.goes == "nothing") == (not one.by), name
        assert set(one.by) <= set(ERASURES), f"{name} names an erasure that nobody plays"
        assert one.goes != "parts" or name in OWNERS
    assert {str(kind.__tablename__) for kind in node_sealed_tables()} >= {
        n for n, one in DECLARED.items() if one.goes == "sealed"
    }


@pytest.mark.parametrize("table", sorted(DECLARED))
def test_what_a_table_declares_is_so(table: str, played: dict[str, Played]) -> None:
    declared = DECLARED[table]
    for name in declared.by:
        about = [row for row in played[name].before[table] if played[name].is_about(table, row)]
        left = [row for row in played[name].after[table] if played[name].is_about(table, row)]
        assert about, f"{name} is played without a row in {table}"
        if declared.goes == "row":
            assert left == [], f"{name} leaves rows in {table}"
            continue
        assert _keys(table, left) == _keys(table, about), f"{name} deletes rows of {table}"
        if declared.goes == "sealed":
            assert all(row["content"] and row["wrapped_key"] and row["epoch"] for row in about)
            assert not any(row["content"] or row["wrapped_key"] or row["epoch"] for row in left), name
        else:
            owned = {(OWNERS[table], row["id"]) for row in about}
            assert owned <= _parts(played[name].before), f"{name}: a row of {table} has no sealed part to lose"
            assert not owned & _parts(played[name].after), f"{name} leaves sealed parts of {table}"


@pytest.mark.parametrize("table", sorted(DECLARED))
def test_no_erasure_takes_what_it_is_not_about(table: str, played: dict[str, Played]) -> None:
    filled = 0
    for name, one in played.items():
        stays = DECLARED[table].goes == "nothing"
        others = [row for row in one.before[table] if stays or not one.is_about(table, row)]
        if table == "checkpoints":  # of a witness's the largest is kept, of the log's all
            others = [row for row in others if row["source"] == LOG]
        if stays or name in DECLARED[table].by:
            filled += len(others)
        assert _keys(table, others) <= _keys(table, one.after[table]), f"{name} takes more of {table} than it is about"
    assert filled, f"nothing else stands in {table} while something is erased"


@pytest.mark.parametrize("name", sorted(ERASURES))
def test_no_table_holds_a_private_word_in_clear_before_or_after(name: str, played: dict[str, Played]) -> None:
    for rows in (played[name].before, played[name].after):
        for table, found in rows.items():
            for row in found:
                text = " ".join(v.decode("latin-1") if isinstance(v, bytes) else str(v) for v in row.values())
                assert not [word for word in PRIVATE if word in text], table


def _keys(table: str, rows: list[Row]) -> set[tuple[Any, ...]]:
    names = [column.name for column in tables()[table].primary_key]
    return {tuple(row[name] for name in names) for row in rows}


def _parts(rows: Rows) -> set[tuple[str, int]]:
    return {(row["owner"], row["owner_id"]) for row in rows["sealed_parts"]}
