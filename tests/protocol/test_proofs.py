from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.errors import ProtocolError
from protocol.log import EMPTY_ROOT, MAX_SIZE, leaf_hash
from protocol.proofs import (
    consistency_proof,
    inclusion_proof,
    range_proof,
    verify_consistency,
    verify_inclusion,
    verify_range,
)
from tests.protocol.rejection import rejected_as
from tests.protocol.trees import CT_ENTRIES, CT_ROOTS, entries, hashes_of, leaves, mth, path, subproof

LIMIT = 70
LEAVES = leaves(LIMIT)
HASHES = hashes_of(LEAVES)
ROOTS = [mth(entries(size)) for size in range(LIMIT + 1)]
CT_HASHES = hashes_of([leaf_hash(entry) for entry in CT_ENTRIES])

A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
G = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
H = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
I = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"  # noqa: E741 - the ninth of a list


@pytest.mark.parametrize(
    ("index", "size", "known"),
    [(0, 1, []), (0, 8, [A, B, C]), (5, 8, [D, E, F]), (2, 3, [H]), (1, 5, [I, B, D])],
)
def test_inclusion_proofs_are_those_of_certificate_transparency(index: int, size: int, known: list[str]) -> None:
    proof = inclusion_proof(index, size, CT_HASHES)
    assert [node.hex() for node in proof] == known
    verify_inclusion(leaf_hash(CT_ENTRIES[index]), index, size, CT_ROOTS[size], proof)


@pytest.mark.parametrize(
    ("old", "size", "known"),
    [(1, 1, []), (1, 8, [A, B, C]), (6, 8, [G, E, F]), (2, 5, [B, D]), (0, 8, []), (8, 8, [])],
)
def test_consistency_proofs_are_those_of_certificate_transparency(old: int, size: int, known: list[str]) -> None:
    proof = consistency_proof(old, size, CT_HASHES)
    assert [node.hex() for node in proof] == known
    verify_consistency(old, CT_ROOTS[old], size, CT_ROOTS[size], proof)


@pytest.mark.parametrize("size", range(1, LIMIT + 1))
def test_every_inclusion_proof_is_the_path_of_the_rfc_and_verifies(size: int) -> None:
    for index in range(size):
        proof = inclusion_proof(index, size, HASHES)
        assert proof == path(index, entries(size))
        verify_inclusion(LEAVES[index], index, size, ROOTS[size], proof)


@pytest.mark.parametrize("size", range(LIMIT + 1))
def test_every_consistency_proof_is_the_proof_of_the_rfc_and_verifies(size: int) -> None:
    for old in range(size + 1):
        proof = consistency_proof(old, size, HASHES)
        assert proof == (subproof(old, entries(size)) if old else ())
        verify_consistency(old, ROOTS[old], size, ROOTS[size], proof)


@pytest.mark.parametrize("size", range(1, LIMIT + 1))
def test_every_range_proof_verifies(size: int) -> None:
    for first in range(size):
        for end in range(first + 1, size + 1):
            proof = range_proof(first, end - first, size, HASHES)
            verify_range(first, LEAVES[first:end], size, ROOTS[size], proof)


def test_a_range_proof_of_one_entry_has_the_hashes_of_its_inclusion_proof() -> None:
    for index in range(LIMIT):
        assert sorted(range_proof(index, 1, LIMIT, HASHES)) == sorted(inclusion_proof(index, LIMIT, HASHES))


def test_a_range_proof_of_the_whole_tree_is_empty() -> None:
    assert range_proof(0, LIMIT, LIMIT, HASHES) == ()


@given(st.data())
def test_no_altered_bit_of_a_proof_verifies(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, LIMIT))
    index = data.draw(st.integers(0, size - 1))
    count = data.draw(st.integers(1, size - index))
    old = data.draw(st.integers(1, size - 1))
    proof = inclusion_proof(index, size, HASHES)
    with rejected_as("tree.root_mismatch"):
        verify_inclusion(LEAVES[index], index, size, ROOTS[size], _altered(data, proof))
    growth = consistency_proof(old, size, HASHES)
    with pytest.raises(ProtocolError, match=r"root_mismatch"):
        verify_consistency(old, ROOTS[old], size, ROOTS[size], _altered(data, growth))
    row = (*LEAVES[index : index + count], *range_proof(index, count, size, HASHES))
    altered = _altered(data, row)
    with rejected_as("tree.root_mismatch"):
        verify_range(index, altered[:count], size, ROOTS[size], altered[count:])


@given(st.data())
def test_no_proof_verifies_with_a_hash_missing_left_over_or_cut(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, LIMIT))
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, HASHES)
    for wrong in (proof[:-1], (*proof, bytes(32))):
        with rejected_as("tree.proof_length"):
            verify_inclusion(LEAVES[index], index, size, ROOTS[size], wrong)
        with pytest.raises(ProtocolError):
            verify_consistency(index + 1, ROOTS[index + 1], size, ROOTS[size], (*wrong, bytes(32)))
        with rejected_as("tree.proof_length"):
            verify_range(index, [LEAVES[index]], size, ROOTS[size], wrong)
    with rejected_as("tree.hash_size"):
        verify_inclusion(LEAVES[index], index, size, ROOTS[size], [node[:-1] for node in proof])


def test_a_range_proof_does_not_hold_for_entries_in_another_order_or_place() -> None:
    proof = range_proof(10, 5, LIMIT, HASHES)
    with rejected_as("tree.root_mismatch"):
        verify_range(10, LEAVES[10:15][::-1], LIMIT, ROOTS[LIMIT], proof)
    with pytest.raises(ProtocolError):
        verify_range(11, LEAVES[10:15], LIMIT, ROOTS[LIMIT], proof)


def test_a_consistency_proof_says_which_root_it_is_not_about() -> None:
    proof = consistency_proof(6, 8, CT_HASHES)
    with rejected_as("tree.old_root_mismatch"):
        verify_consistency(6, CT_ROOTS[5], 8, CT_ROOTS[8], proof)
    with rejected_as("tree.root_mismatch"):
        verify_consistency(6, CT_ROOTS[6], 8, CT_ROOTS[7], proof)
    with rejected_as("tree.old_root_mismatch"):
        verify_consistency(0, CT_ROOTS[1], 8, CT_ROOTS[8], [])
    with rejected_as("tree.root_mismatch"):
        verify_consistency(8, CT_ROOTS[8], 8, CT_ROOTS[7], [])


@pytest.mark.parametrize(("first", "count", "size"), [(0, 0, 5), (-1, 2, 5), (4, 2, 5), (5, 1, 5)])
def test_a_range_lies_in_its_tree(first: int, count: int, size: int) -> None:
    with rejected_as("tree.range"):
        range_proof(first, count, size, HASHES)


@pytest.mark.parametrize(("index", "size", "code"), [(5, 5, "index"), (-1, 5, "index"), (0, 0, "size")])
def test_an_index_lies_in_its_tree(index: int, size: int, code: str) -> None:
    with rejected_as(f"tree.{code}"):
        inclusion_proof(index, size, HASHES)


_NUMBER = st.one_of(st.integers(-2, 80), st.integers(-(2**70), 2**70))
_HASHES = st.lists(st.binary(min_size=31, max_size=33) | st.binary(min_size=32, max_size=32), max_size=60)


@given(_NUMBER, _NUMBER, st.binary(max_size=33), st.binary(min_size=32, max_size=32), _HASHES, _HASHES)
def test_any_claim_holds_trivially_or_is_refused(
    index: int, size: int, leaf: bytes, root: bytes, proof: list[bytes], row: list[bytes]
) -> None:
    with suppress(ProtocolError):
        verify_inclusion(leaf, index, size, root, proof)
        assert (index, size, leaf, proof) == (0, 1, root, [])
    with suppress(ProtocolError):
        verify_range(index, row, size, root, proof)
        assert (index, size, row, proof) == (0, 1, [root], [])
    with suppress(ProtocolError):
        verify_consistency(index, leaf, size, root, proof)
        assert (index, leaf) in ((0, EMPTY_ROOT), (size, root))


def test_proofs_hold_in_the_largest_tree() -> None:
    left = bytes(32)
    proof = inclusion_proof(MAX_SIZE - 1, MAX_SIZE, lambda _level, _index: left)
    assert len(proof) == 52
    with rejected_as("tree.size"):
        inclusion_proof(0, MAX_SIZE + 1, lambda _level, _index: left)
    assert len(inclusion_proof(0, MAX_SIZE, lambda _level, _index: left)) == 53
    middle = range_proof(2**52 - 1, 2, MAX_SIZE, lambda _level, _index: left)
    assert len(middle) <= 106


def _altered(data: st.DataObject, proof: tuple[bytes, ...]) -> list[bytes]:
    at = data.draw(st.integers(0, len(proof) * 32 - 1))
    joined = bytearray(b"".join(proof))
    joined[at] ^= 1 << data.draw(st.integers(0, 7))
    return [bytes(joined[start : start + 32]) for start in range(0, len(joined), 32)]
