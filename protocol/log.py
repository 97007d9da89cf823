"""The Merkle tree of a log: RFC 6962 hashing, a tree that only grows, and what a reader checks before it grows its own.

Holds no entries and fetches nothing: a tree of any size is at most 53 hashes. Proofs are in `proofs`, what is served
in `tiles`, who signed which root in `checkpoint`. Source: spec/log.md §1, §8.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Final, NamedTuple, TypeAlias

import msgspec

from protocol.errors import TreeInvalid

HASH_BYTES: Final = 32

MAX_SIZE: Final = 2**53 - 1
"""The largest tree: the largest integer that every JSON reader of a `seen` holds exactly."""

MAX_ENTRY_BYTES: Final = 65_535
"""What a uint16 length prefix in an entry bundle can say."""

EMPTY_ROOT: Final = sha256(b"").digest()
"""The root of a tree without entries."""

Hashes: TypeAlias = Callable[[int, int], bytes]
"""`hashes(level, index)`: the 32-byte hash over entries `index·2^level` to `(index+1)·2^level`, all of them present.

A table of nodes, a dictionary and tiles (`tiles.hashes_from_tiles`) can each serve it. Level 0 is the leaf hashes.
"""


class Run(NamedTuple):
    """Complete subtrees that stand side by side: `hashes[i]` (32 bytes) is at `level`, index `first + i`."""

    level: int
    first: int
    hashes: tuple[bytes, ...]


Grown: TypeAlias = "tuple[Tree, list[Run]]"
"""A tree that grew, and every subtree that the new leaves completed, themselves too: one run a level, from 0 up."""


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 ‖ entry): 32 bytes. Source: spec/log.md §1.

    Raises:
        TreeInvalid: `tree.entry_size`: longer than 65,535 bytes.
    """
    if len(entry) > MAX_ENTRY_BYTES:
        raise TreeInvalid("entry_size")
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right): 32 bytes. Source: spec/log.md §1."""
    return sha256(b"\x01" + left + right).digest()


class Tree(msgspec.Struct, frozen=True):
    """A tree as its size and the hashes of its largest complete subtrees: all that is needed to grow it.

    Attributes:
        size: number of entries, 0 to `MAX_SIZE`.
        peaks: 32-byte hashes from left to right, one for each bit that is set in `size`.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size.bit_count() != len(self.peaks) or self.size < 0:
            raise RuntimeError("a tree has one peak for each bit set in its size")

    @property
    def root(self) -> bytes:
        """The Merkle Tree Hash over all entries, 32 bytes. Source: spec/log.md §1."""
        if not self.peaks:
            return EMPTY_ROOT
        node = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            node = node_hash(peak, node)
        return node

    def extend(self, leaves: Iterable[bytes]) -> "Tree":
        """This tree and after it the entries of these leaf hashes (32 bytes each).

        Raises:
            TreeInvalid: `tree.size`: larger than `MAX_SIZE`.
        """
        return self.grow(leaves)[0]

    def grow(self, leaves: Iterable[bytes]) -> Grown:
        """As `extend`, and what it grew by.

        A store that keeps all runs can answer any `Hashes`; one that keeps those whose level 8 divides has the tiles.

        Raises:
            TreeInvalid: `tree.size`: larger than `MAX_SIZE`.
        """
        row = list(leaves)
        size = self.size + len(row)
        if size > MAX_SIZE:
            raise TreeInvalid("size")
        peaks, held, runs = [], list(self.peaks), []
        for level in range(size.bit_length()):
            first = self.size >> level
            if row:
                runs.append(Run(level, first, tuple(row)))
            if first & 1:
                row.insert(0, held.pop())
            if len(row) & 1:
                peaks.append(row.pop())
            pairs = iter(row)
            row = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
        return Tree(size, tuple(reversed(peaks))), runs


def tree_at(size: int, hashes: Hashes) -> Tree:
    """The tree of the first `size` entries, from complete subtrees: at a start, or to check a store against itself.

    Args:
        size: 0 to `MAX_SIZE`.
        hashes: must know every complete subtree of that tree.

    Raises:
        TreeInvalid: `tree.size`; and whatever `hashes` raises.
    """
    if not 0 <= size <= MAX_SIZE:
        raise TreeInvalid("size")
    levels = [level for level in range(size.bit_length()) if size >> level & 1]
    return Tree(size, tuple(hashes(level, (size >> level) - 1) for level in reversed(levels)))


def follow(held: Tree, size: int, root: bytes, entries: Sequence[bytes]) -> Tree:
    """Grows a reader's own tree to a checkpoint whose signature has been verified. Source: spec/log.md §8.

    Args:
        held: the tree that the reader has computed itself up to now.
        size: of the checkpoint.
        root: of the checkpoint, 32 bytes.
        entries: those after the held ones, in order, up to `size`.

    Returns:
        The tree at `size`. Its root is `root`.

    Raises:
        TreeInvalid: `tree.rollback`: the checkpoint is smaller than what is held. `tree.split`: as large, with another
            root: two signed histories, keep both notes. `tree.entry_count`: not the entries between.
            `tree.entry_size`. `tree.root_mismatch`: the entries are not those that were signed.
    """
    if size < held.size:
        raise TreeInvalid("rollback", "size")
    if size == held.size and root != held.root:
        raise TreeInvalid("split", "root")
    if len(entries) != size - held.size:
        raise TreeInvalid("entry_count", "entries")
    grown = held.extend(map(leaf_hash, entries))
    if grown.root != root:
        raise TreeInvalid("root_mismatch", "root")
    return grown
