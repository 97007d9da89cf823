"""Inclusion, consistency and range proofs over RFC 6962 trees: made from complete subtrees, verified from hashes alone.

Makers take a `Hashes` function and so do not care where a log keeps its nodes. Verifiers believe nothing but the root
that they are given: that it was signed is for `checkpoint`. Every index, size and proof may be hostile.
Source: spec/log.md §2.
"""

from collections.abc import Iterator, Sequence

from protocol.errors import TreeInvalid
from protocol.log import EMPTY_ROOT, HASH_BYTES, MAX_SIZE, Hashes, Tree, node_hash


def inclusion_proof(index: int, size: int, hashes: Hashes) -> tuple[bytes, ...]:
    """RFC 6962 §2.1.1 PATH(index, D[size]): at most 53 hashes, the leaf's sibling first.

    Raises:
        TreeInvalid: `tree.index`: no such entry in a tree of that size. `tree.size`.
    """
    inner = _inner_levels(index, size)
    siblings = [(index >> level) ^ 1 for level in range(inner)]
    proof = [_subtree(at << level, min((at + 1) << level, size), hashes) for level, at in enumerate(siblings)]
    border = range(inner, index.bit_length())
    return (*proof, *(hashes(level, (index >> level) - 1) for level in border if index >> level & 1))


def verify_inclusion(leaf: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]) -> None:
    """Checks that entry `index` of the tree of that size and root has this leaf hash.

    Args:
        leaf: 32 bytes: `log.leaf_hash` of the entry.
        index: 0 to `size` − 1.
        size: 1 to `MAX_SIZE`.
        root: 32 bytes, from a verified checkpoint.
        proof: as `inclusion_proof` gives it.

    Raises:
        TreeInvalid: `tree.index`, `tree.size`, `tree.hash_size`, `tree.proof_length` (hashes missing or left over),
            `tree.root_mismatch`.
    """
    inner = _inner_levels(index, size)
    _require_hashes(leaf, root, *proof)
    if len(proof) != inner + (index >> inner).bit_count():
        raise TreeInvalid("proof_length", "proof")
    node = leaf
    for level, sibling in enumerate(proof):
        on_right = level >= inner or index >> level & 1
        node = node_hash(sibling, node) if on_right else node_hash(node, sibling)
    _require_root(node, root)


def consistency_proof(old_size: int, size: int, hashes: Hashes) -> tuple[bytes, ...]:
    """RFC 6962 §2.1.2 PROOF(old_size, D[size]): at most 54 hashes; none from size 0 or to the same size.

    Raises:
        TreeInvalid: `tree.size`: not 0 ≤ `old_size` ≤ `size` ≤ `MAX_SIZE`.
    """
    _require_sizes(old_size, size)
    return () if old_size in (0, size) else tuple(_consistency(old_size, 0, size, True, hashes))


def verify_consistency(old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> None:
    """Checks that the tree of `size` and `root` begins with the entries of the tree of `old_size` and `old_root`.

    Args:
        old_size: 0 to `size`.
        old_root: 32 bytes.
        size: 0 to `MAX_SIZE`.
        root: 32 bytes.
        proof: as `consistency_proof` gives it.

    Raises:
        TreeInvalid: `tree.size`, `tree.hash_size`, `tree.proof_length`, `tree.old_root_mismatch` (the proof is
            not about the old root), `tree.root_mismatch`.
    """
    _require_sizes(old_size, size)
    _require_hashes(old_root, root, *proof)
    remaining = iter(proof)
    if old_size == 0:
        old, new = EMPTY_ROOT, root
    elif old_size == size:
        old = new = old_root
    else:
        old, new = _old_and_new(old_size, size, old_root, remaining)
    _require_exhausted(remaining)
    if old != old_root:
        raise TreeInvalid("old_root_mismatch", "old_root")
    _require_root(new, root)


def range_proof(first: int, count: int, size: int, hashes: Hashes) -> tuple[bytes, ...]:
    """The hashes of the largest subtrees that hold none of entries `first` to `first + count` − 1, left to right.

    With the leaf hashes of those entries they give the root. At most 106 hashes; for one entry those of its inclusion
    proof in another order.

    Raises:
        TreeInvalid: `tree.range`: not 1 ≤ `count` and `first + count` ≤ `size`. `tree.size`.
    """
    _require_range(first, count, size)
    return tuple(_outside(first, first + count, 0, size, hashes))


def verify_range(first: int, leaves: Sequence[bytes], size: int, root: bytes, proof: Sequence[bytes]) -> None:
    """Checks that the entries from `first` on have these leaf hashes, in this order and without a gap.

    Args:
        first: index of the first entry.
        leaves: 32 bytes each, at least one.
        size: 1 to `MAX_SIZE`.
        root: 32 bytes, from a verified checkpoint.
        proof: as `range_proof` gives it.

    Raises:
        TreeInvalid: `tree.range`, `tree.size`, `tree.hash_size`, `tree.proof_length`, `tree.root_mismatch`.
    """
    _require_range(first, len(leaves), size)
    _require_hashes(root, *leaves, *proof)
    remaining = iter(proof)
    computed = _fold_range(first, leaves, 0, size, remaining)
    _require_exhausted(remaining)
    _require_root(computed, root)


def _inner_levels(index: int, size: int) -> int:
    """How many levels from below the paths of this leaf and of the last one differ: there every node has a sibling."""
    if not 1 <= size <= MAX_SIZE:
        raise TreeInvalid("size")
    if not 0 <= index < size:
        raise TreeInvalid("index")
    return (index ^ (size - 1)).bit_length()


def _split(width: int) -> int:
    """RFC 6962's k: the largest power of two below `width` (at least 2)."""
    return 1 << ((width - 1).bit_length() - 1)


def _subtree(low: int, high: int, hashes: Hashes) -> bytes:
    """MTH(D[low:high]) of a subtree of the tree, complete or on its right edge: folded from the right."""
    end, node = high, b""
    for level in range((high - low).bit_length()):
        if (high - low) >> level & 1:
            end -= 1 << level
            left = hashes(level, end >> level)
            node = node_hash(left, node) if node else left
    return node


def _consistency(old: int, low: int, high: int, whole: bool, hashes: Hashes) -> Iterator[bytes]:
    """SUBPROOF(old, D[low:high], whole) of RFC 6962 §2.1.2; `old` counts from `low`."""
    width = high - low
    if old == width:
        if not whole:
            yield _subtree(low, high, hashes)
        return
    middle = low + _split(width)
    if old <= middle - low:
        yield from _consistency(old, low, middle, whole, hashes)
        yield _subtree(middle, high, hashes)
    else:
        yield from _consistency(old - (middle - low), middle, high, False, hashes)
        yield _subtree(low, middle, hashes)


def _old_and_new(old: int, width: int, whole: bytes | None, remaining: Iterator[bytes]) -> tuple[bytes, bytes]:
    """Both roots as a proof has them: the recursion of `_consistency`, taking hashes where that gives them.

    `whole` is the old root as long as the old tree is one subtree here: then the proof leaves it out.
    """
    if old == width:
        node = _next(remaining) if whole is None else whole
        return node, node
    left_width = _split(width)
    if old <= left_width:
        old_node, new_node = _old_and_new(old, left_width, whole, remaining)
        return old_node, node_hash(new_node, _next(remaining))
    old_node, new_node = _old_and_new(old - left_width, width - left_width, None, remaining)
    left = _next(remaining)
    return node_hash(left, old_node), node_hash(left, new_node)


def _outside(first: int, end: int, low: int, high: int, hashes: Hashes) -> Iterator[bytes]:
    """Hashes of the largest subtrees of D[low:high] that do not touch [first, end)."""
    if first <= low and high <= end:
        return
    if high <= first or end <= low:
        yield _subtree(low, high, hashes)
        return
    middle = low + _split(high - low)
    yield from _outside(first, end, low, middle, hashes)
    yield from _outside(first, end, middle, high, hashes)


def _fold_range(first: int, leaves: Sequence[bytes], low: int, high: int, remaining: Iterator[bytes]) -> bytes:
    """MTH(D[low:high]) from leaves inside the range and proof hashes outside it: the recursion of `_outside`."""
    end = first + len(leaves)
    if first <= low and high <= end:
        return Tree().extend(leaves[low - first : high - first]).root
    if high <= first or end <= low:
        return _next(remaining)
    middle = low + _split(high - low)
    left = _fold_range(first, leaves, low, middle, remaining)
    return node_hash(left, _fold_range(first, leaves, middle, high, remaining))


def _next(remaining: Iterator[bytes]) -> bytes:
    node = next(remaining, None)
    if node is None:
        raise TreeInvalid("proof_length", "proof")
    return node


def _require_exhausted(remaining: Iterator[bytes]) -> None:
    if next(remaining, None) is not None:
        raise TreeInvalid("proof_length", "proof")


def _require_sizes(old_size: int, size: int) -> None:
    if not 0 <= old_size <= size <= MAX_SIZE:
        raise TreeInvalid("size")


def _require_range(first: int, count: int, size: int) -> None:
    if not 1 <= size <= MAX_SIZE:
        raise TreeInvalid("size")
    if first < 0 or count < 1 or first + count > size:
        raise TreeInvalid("range")


def _require_hashes(*values: bytes) -> None:
    if any(len(value) != HASH_BYTES for value in values):
        raise TreeInvalid("hash_size")


def _require_root(computed: bytes, root: bytes) -> None:
    if computed != root:
        raise TreeInvalid("root_mismatch", "root")
