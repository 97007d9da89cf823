from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.log import EMPTY_ROOT, MAX_SIZE, Tree, follow, leaf_hash, node_hash, tree_at
from tests.protocol.rejection import rejected_as
from tests.protocol.trees import CT_ENTRIES, CT_ROOTS, entries, hashes_of, leaves, mth


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_certificate_transparency(size: int) -> None:
    assert Tree().extend(map(leaf_hash, CT_ENTRIES[:size])).root == CT_ROOTS[size]


def test_every_root_up_to_300_is_that_of_the_rfc() -> None:
    tree = Tree()
    for size, leaf in enumerate(leaves(300)):
        assert tree.root == mth(entries(size))
        tree = tree.extend([leaf])


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=80), st.integers(0, 80))
def test_growing_at_once_or_in_parts_gives_the_same_tree(row: list[bytes], cut: int) -> None:
    assert Tree().extend(row[:cut]).extend(row[cut:]) == Tree().extend(row)


def test_growing_reports_each_complete_subtree_once_and_rightly() -> None:
    row, held = leaves(70), {}
    tree = Tree()
    for start, end in ((0, 1), (1, 7), (7, 7), (7, 40), (40, 70)):
        tree, runs = tree.grow(row[start:end])
        for run in runs:
            for at, value in enumerate(run.hashes, run.first):
                assert (run.level, at) not in held
                held[run.level, at] = value
    assert len(held) == sum(70 >> level for level in range(7))
    assert all(value == mth(entries(70)[at << level : (at + 1) << level]) for (level, at), value in held.items())


@pytest.mark.parametrize("size", [0, 1, 2, 3, 64, 69, 70])
def test_a_tree_can_be_read_back_from_its_subtrees(size: int) -> None:
    assert tree_at(size, hashes_of(leaves(70))) == Tree().extend(leaves(size))


def test_a_leaf_is_not_a_node() -> None:
    left, right = leaves(2)
    assert leaf_hash(left + right) != node_hash(left, right)
    assert node_hash(left, right) == sha256(b"\x01" + left + right).digest()


def test_an_entry_has_at_most_65535_bytes() -> None:
    leaf_hash(bytes(65_535))
    with rejected_as("tree.entry_size"):
        leaf_hash(bytes(65_536))


def test_a_tree_stops_at_its_largest_size() -> None:
    full = Tree(MAX_SIZE, tuple(leaves(53)))
    with rejected_as("tree.size"):
        full.extend(leaves(1))
    with rejected_as("tree.size"):
        tree_at(MAX_SIZE + 1, lambda _level, _index: bytes(32))
    with rejected_as("tree.size"):
        tree_at(-1, lambda _level, _index: bytes(32))


def test_a_tree_with_the_wrong_number_of_peaks_is_a_bug() -> None:
    with pytest.raises(RuntimeError):
        Tree(3, tuple(leaves(1)))


@pytest.mark.parametrize(("held", "size"), [(0, 0), (0, 5), (5, 5), (5, 70)])
def test_a_reader_follows_a_log_that_grows(held: int, size: int) -> None:
    tree = Tree().extend(leaves(held))
    assert follow(tree, size, mth(entries(size)), entries(size)[held:]) == Tree().extend(leaves(size))


def test_a_reader_refuses_a_log_that_shrinks() -> None:
    with rejected_as("tree.rollback"):
        follow(Tree().extend(leaves(5)), 4, mth(entries(4)), [])


def test_a_reader_refuses_a_second_history_of_the_same_size() -> None:
    with rejected_as("tree.split"):
        follow(Tree().extend(leaves(5)), 5, mth([b"another", *entries(4)]), [])
    with rejected_as("tree.split"):
        follow(Tree(), 0, bytes(32), [])


def test_a_reader_refuses_a_gap() -> None:
    with rejected_as("tree.entry_count"):
        follow(Tree().extend(leaves(5)), 7, mth(entries(7)), entries(7)[6:])


def test_a_reader_refuses_an_altered_past_and_altered_entries() -> None:
    altered = [*entries(6), b"altered"]
    with rejected_as("tree.root_mismatch"):
        follow(Tree().extend(leaves(5)), 7, mth(entries(7)), altered[5:])
    with rejected_as("tree.root_mismatch"):
        follow(Tree().extend(leaves(5)), 7, mth([b"altered", *entries(7)[1:]]), entries(7)[5:])


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert Tree().root == EMPTY_ROOT == CT_ROOTS[0]
