"""Tiles and entry bundles of C2SP tlog-tiles: which a log of a size has, where they are served, what is in them.

A tile is up to 256 hashes side by side, of which each is over 256 of the level below; a bundle is up to 256 entries.
Full ones never change. Bytes from a cache are hostile: they are worth what a verified root makes of them.
Source: spec/log.md §3.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from protocol.errors import TreeInvalid
from protocol.log import HASH_BYTES, MAX_ENTRY_BYTES, MAX_SIZE, Hashes, Tree

TILE_HEIGHT: Final = 8
TILE_WIDTH: Final = 256

MAX_LEVEL: Final = 6
"""The highest level of a tree of `MAX_SIZE`: 256^6 is below 2^53, 256^7 above."""

MAX_BUNDLE_BYTES: Final = TILE_WIDTH * (2 + MAX_ENTRY_BYTES)
"""A full bundle of the largest entries: 16.8 MB. What a fetcher reads at most."""

_PATH: Final = re.compile(r"tile/(entries|[0-6])/((?:x[0-9]{3}/){0,5})([0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


class Tile(msgspec.Struct, frozen=True, order=True):
    """The name of one tile, or of one bundle.

    Attributes:
        level: 0 (leaf hashes) to 6; None names a bundle of entries.
        index: which one of its level, from 0.
        width: hashes or entries in it: 256, or fewer for a partial one.
    """

    level: int | None
    index: int
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """Where it is served, relative to the log: `tile/0/x001/x234/067.p/12`. Source: spec/log.md §3."""
        digits = f"{self.index:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        name = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
        level = "entries" if self.level is None else str(self.level)
        partial = "" if self.width == TILE_WIDTH else f".p/{self.width}"
        return f"tile/{level}/{name}{partial}"

    def is_within(self, size: int) -> bool:
        """Whether a log of `size` entries has all of it (also a partial one that has since become wider)."""
        return self.index * TILE_WIDTH + self.width <= size >> (TILE_HEIGHT * (self.level or 0))


def parse_path(path: str) -> Tile:
    """Reads a path, in the one form that `Tile.path` writes.

    Raises:
        TreeInvalid: `tree.path`.
    """
    match = _PATH.fullmatch(path)
    if match is None:
        raise TreeInvalid("path")
    level, groups, last, width = match.groups()
    index = int(groups.replace("x", "").replace("/", "") + last)
    tile = Tile(None if level == "entries" else int(level), index, int(width or TILE_WIDTH))
    if tile.path != path or tile.width > TILE_WIDTH or not tile.is_within(MAX_SIZE):
        raise TreeInvalid("path")
    return tile


def new_tiles(old_size: int, size: int) -> Iterator[Tile]:
    """The tiles of hashes that a log of `size` entries serves and one of `old_size` did not, lowest level first.

    Raises:
        TreeInvalid: `tree.size`: not 0 ≤ `old_size` ≤ `size` ≤ `MAX_SIZE`.
    """
    _require_sizes(old_size, size)
    for level in range(MAX_LEVEL + 1):
        shift = TILE_HEIGHT * level
        yield from _grown(level, old_size >> shift, size >> shift)


def new_bundles(old_size: int, size: int) -> Iterator[Tile]:
    """The bundles that hold entries `old_size` to `size` − 1, the last one partial: what a reader fetches to catch up.

    Raises:
        TreeInvalid: `tree.size`: not 0 ≤ `old_size` ≤ `size` ≤ `MAX_SIZE`.
    """
    _require_sizes(old_size, size)
    yield from _grown(None, old_size, size)


def encode_tile(tile: Tile, hashes: Hashes) -> bytes:
    """A tile of hashes, 32 bytes each, read from complete subtrees at levels that 8 divides.

    Raises:
        TreeInvalid: `tree.path`: a bundle; and whatever `hashes` raises.
    """
    if tile.level is None:
        raise TreeInvalid("path")
    first = tile.index * TILE_WIDTH
    return b"".join(hashes(TILE_HEIGHT * tile.level, first + at) for at in range(tile.width))


def decode_tile(data: bytes, width: int) -> tuple[bytes, ...]:
    """The hashes of a tile, 32 bytes each.

    Raises:
        TreeInvalid: `tree.tile_size`: not exactly `width` hashes.
    """
    if len(data) != width * HASH_BYTES or not 1 <= width <= TILE_WIDTH:
        raise TreeInvalid("tile_size")
    return tuple(data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES))


def hashes_from_tiles(read: Callable[[Tile], bytes], size: int) -> Hashes:
    """Complete subtrees of the tree of `size` entries, computed from its tiles.

    Args:
        read: the bytes of a tile, which is full or the partial one of exactly this size. It may cache.
        size: 1 to `MAX_SIZE`.

    Returns:
        A function that raises `TreeInvalid`: `tree.node` for a subtree that is not complete in this tree,
        `tree.tile_size`, and whatever `read` raises.
    """

    def hashes(level: int, index: int) -> bytes:
        if level < 0 or index < 0 or (index + 1) << level > size:
            raise TreeInvalid("node")
        # The top of a full tile stands as one hash in the tile above; below that, 2^rest hashes of one tile are folded.
        tile_level, rest = divmod(level, TILE_HEIGHT)
        at, offset = divmod(index << rest, TILE_WIDTH)
        present = (size >> (TILE_HEIGHT * tile_level)) - at * TILE_WIDTH
        tile = Tile(tile_level, at, min(present, TILE_WIDTH))
        row = decode_tile(read(tile), tile.width)
        return Tree().extend(row[offset : offset + (1 << rest)]).root

    return hashes


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """Entries one after another, each behind its length as a big-endian uint16. Source: spec/log.md §3.

    Raises:
        TreeInvalid: `tree.bundle_width`: none, or more than 256. `tree.entry_size`: longer than 65,535 bytes.
    """
    if not 1 <= len(entries) <= TILE_WIDTH:
        raise TreeInvalid("bundle_width")
    if any(len(entry) > MAX_ENTRY_BYTES for entry in entries):
        raise TreeInvalid("entry_size")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def decode_bundle(data: bytes, width: int) -> tuple[bytes, ...]:
    """The entries of a bundle. They are worth nothing before `log.follow` or a proof.

    Raises:
        TreeInvalid: `tree.bundle_width`: not exactly `width` entries, or bytes after the last.
            `tree.bundle_truncated`: ends inside an entry or a length.
    """
    entries: list[bytes] = []
    at = 0
    while at < len(data) and len(entries) < width:
        start = at + 2
        end = start + int.from_bytes(data[at:start], "big")
        if len(data) < start or len(data) < end:
            raise TreeInvalid("bundle_truncated")
        entries.append(data[start:end])
        at = end
    if at != len(data) or len(entries) != width or not 1 <= width <= TILE_WIDTH:
        raise TreeInvalid("bundle_width")
    return tuple(entries)


def _grown(level: int | None, old: int, new: int) -> Iterator[Tile]:
    """Tiles of one level that changed as it grew from `old` to `new` hashes."""
    if new == old:
        return
    for index in range(old // TILE_WIDTH, -(-new // TILE_WIDTH)):
        yield Tile(level, index, min(new - index * TILE_WIDTH, TILE_WIDTH))


def _require_sizes(old_size: int, size: int) -> None:
    if not 0 <= old_size <= size <= MAX_SIZE:
        raise TreeInvalid("size")
