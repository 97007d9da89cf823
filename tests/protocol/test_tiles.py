from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.errors import ProtocolError
from protocol.log import MAX_SIZE, Tree, follow, tree_at
from protocol.proofs import inclusion_proof, verify_inclusion
from protocol.tiles import (
    Tile,
    decode_bundle,
    decode_tile,
    encode_bundle,
    encode_tile,
    hashes_from_tiles,
    new_bundles,
    new_tiles,
    parse_path,
)
from tests.protocol.rejection import rejected_as
from tests.protocol.trees import entries, hashes_of, leaves


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(2, 1234067), "tile/2/x001/x234/067"),
        (Tile(0, 273, 112), "tile/0/273.p/112"),
        (Tile(None, 1000), "tile/entries/x001/000"),
        (Tile(None, 5, 1), "tile/entries/005.p/1"),
    ],
)
def test_paths_are_those_of_c2sp(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert parse_path(path) == tile


@given(st.sampled_from([None, 0, 1, 2]), st.integers(0, 2**28), st.integers(1, 256))
def test_every_path_reads_back(level: int | None, index: int, width: int) -> None:
    assert parse_path(Tile(level, index, width).path) == Tile(level, index, width)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/7/000",
        "tile/00/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000\n",
        "/tile/0/000",
        "tile/0/../1",
        "tile/0/٠٠٠",
        "tile/6/x001/000",
        "tile/0/x999/x999/x999/x999/x999/999",
        "tile/-1/000",
        "tile/entries/000.p/999",
        "TILE/0/000",
        "tile/0/x001/x234/x067",
    ],
)
def test_another_spelling_of_a_path_is_refused(path: str) -> None:
    with rejected_as("tree.path"):
        parse_path(path)


@given(st.text(max_size=40) | st.from_regex(r"tile/(entries|[0-9])/(x[0-9]{3}/)*[0-9]{3}(\.p/[0-9]{1,3})?"))
def test_any_path_is_a_tile_or_refused(path: str) -> None:
    try:
        assert parse_path(path).path == path
    except ProtocolError as error:
        assert error.code == "tree.path"


def test_a_log_of_70000_has_the_tiles_that_c2sp_says() -> None:
    tiles = Counter((tile.level, tile.width) for tile in new_tiles(0, 70_000))
    assert tiles == {(0, 256): 273, (0, 112): 1, (1, 256): 1, (1, 17): 1, (2, 1): 1}


def test_a_log_of_256_has_a_full_tile_and_one_hash_above() -> None:
    assert list(new_tiles(0, 256)) == [Tile(0, 0), Tile(1, 0, 1)]


def test_growing_makes_only_the_tiles_that_changed() -> None:
    assert list(new_tiles(250, 258)) == [Tile(0, 0), Tile(0, 1, 2), Tile(1, 0, 1)]
    assert list(new_tiles(258, 258)) == []
    assert list(new_bundles(258, 515)) == [Tile(None, 1), Tile(None, 2, 3)]
    with rejected_as("tree.size"):
        list(new_tiles(5, 4))
    with rejected_as("tree.size"):
        list(new_bundles(0, MAX_SIZE + 1))


def test_a_tile_is_within_a_log_that_has_all_of_it() -> None:
    assert Tile(0, 1, 2).is_within(258)
    assert not Tile(0, 1, 3).is_within(258)
    assert Tile(1, 0, 1).is_within(256)
    assert not Tile(1, 0, 1).is_within(255)
    assert Tile(None, 0, 7).is_within(7)


def test_from_tiles_alone_a_reader_gets_every_subtree_and_proof() -> None:
    size = 66_000
    row = leaves(size)
    hashes = hashes_of(row)
    served = {tile.path: encode_tile(tile, hashes) for tile in new_tiles(0, size)}
    fetched = hashes_from_tiles(lambda tile: served[tile.path], size)
    for level in range(17):
        for index in {0, (size >> level) // 2, (size >> level) - 1}:
            assert fetched(level, index) == hashes(level, index)
    root = Tree().extend(row).root
    assert tree_at(size, fetched).root == root
    for index in (0, 255, 256, 40_000, size - 1):
        verify_inclusion(row[index], index, size, root, inclusion_proof(index, size, fetched))


@pytest.mark.parametrize(("level", "index"), [(0, 300), (1, 150), (9, 0), (-1, 0), (0, -1)])
def test_a_subtree_that_is_not_complete_is_refused(level: int, index: int) -> None:
    with rejected_as("tree.node"):
        hashes_from_tiles(lambda _tile: b"", 300)(level, index)


def test_a_tile_of_the_wrong_size_is_refused() -> None:
    for data, width in ((bytes(31), 1), (bytes(64), 1), (b"", 0), (bytes(32 * 257), 257)):
        with rejected_as("tree.tile_size"):
            decode_tile(data, width)
    with rejected_as("tree.tile_size"):
        hashes_from_tiles(lambda _tile: bytes(32), 300)(0, 0)
    with rejected_as("tree.path"):
        encode_tile(Tile(None, 0), lambda _level, _index: bytes(32))


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=256))
def test_a_bundle_reads_back(row: list[bytes]) -> None:
    assert decode_bundle(encode_bundle(row), len(row)) == tuple(row)


def test_a_bundle_has_big_endian_lengths() -> None:
    assert encode_bundle([b"", b"ab", bytes(258)]) == b"\x00\x00" + b"\x00\x02ab" + b"\x01\x02" + bytes(258)
    assert len(encode_bundle([bytes(65_535)])) == 65_537


@given(st.binary(max_size=600), st.integers(-1, 258))
def test_any_bytes_are_a_bundle_or_refused(data: bytes, width: int) -> None:
    try:
        assert encode_bundle(decode_bundle(data, width)) == data
    except ProtocolError as error:
        assert error.code in {"tree.bundle_width", "tree.bundle_truncated"}


def test_a_bundle_cut_short_or_too_long_is_refused() -> None:
    data = encode_bundle(entries(3))
    with rejected_as("tree.bundle_truncated"):
        decode_bundle(data[:-1], 3)
    with rejected_as("tree.bundle_truncated"):
        decode_bundle(data + b"\x00", 4)
    with rejected_as("tree.bundle_width"):
        decode_bundle(data + b"\x00\x00", 3)
    with rejected_as("tree.bundle_width"):
        decode_bundle(data, 4)
    with rejected_as("tree.bundle_width"):
        encode_bundle([])
    with rejected_as("tree.bundle_width"):
        encode_bundle(entries(257))
    with rejected_as("tree.entry_size"):
        encode_bundle([bytes(65_536)])


def test_a_reader_catches_up_from_bundles() -> None:
    row = entries(600)
    held = Tree().extend(leaves(300))
    served = {
        tile.path: encode_bundle(row[tile.index * 256 : tile.index * 256 + tile.width]) for tile in new_bundles(0, 600)
    }
    fetched: list[bytes] = []
    for tile in new_bundles(300, 600):
        bundle = decode_bundle(served[tile.path], tile.width)
        fetched += bundle[max(300 - tile.index * 256, 0) :]
    assert follow(held, 600, Tree().extend(leaves(600)).root, fetched).size == 600
