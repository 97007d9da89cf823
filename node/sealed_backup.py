"""A copy of the database as one sealed file: libsodium's secretstream, in pieces, so that no size needs more memory.

`watchword-backup/1\\n`, the stream's header (24 bytes), the moment it was made, then the database in pieces of 64 KiB,
the last of which says that it is the last: a file that was cut off, altered, put together of two or sealed with another
key is told from a whole one. Written beside its place, synced, renamed. No clock.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES,
    crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
    crypto_secretstream_xchacha20poly1305_TAG_FINAL,
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
)
from nacl.exceptions import CryptoError

from node.core.errors import Misconfigured
from protocol.house.core.errors import Refused
from protocol.house.store.durable_files import sync_folder

PIECE_BYTES: Final = 64 * 1024
"""Large enough that the 17 bytes added to each are nothing, small enough for the smallest machine."""

_MAGIC: Final = b"watchword-backup/1\n"
_MOMENT: Final = "%Y-%m-%dT%H:%M:%SZ"
_MOMENT_BYTES: Final = len("2026-11-03T02:00:00Z")
_FINAL: Final = crypto_secretstream_xchacha20poly1305_TAG_FINAL
_ADDED: Final = crypto_secretstream_xchacha20poly1305_ABYTES


class _Broken(Exception):
    """Not a whole file of this key."""


def seal_backup(database: Path, place: Path, key: bytes, made_at: datetime) -> None:
    """Seals a closed copy of the database into one file, in place of one of the same name.

    A crash leaves at most `<name>.new`, which nobody reads and the next writing replaces.

    Args:
        database: the copy; nobody writes to it meanwhile.
        place: in a folder that exists.
        key: 32 bytes.
        made_at: when the copy was made, aware UTC.

    Raises:
        Misconfigured: `config.backup_folder`: it cannot be written there.
    """
    new = place.with_name(f"{place.name}.new")
    try:
        with database.open("rb") as source, _private(new) as sealed:
            state = crypto_secretstream_xchacha20poly1305_state()
            sealed.write(_MAGIC + crypto_secretstream_xchacha20poly1305_init_push(state, key))
            moment = made_at.astimezone(UTC).strftime(_MOMENT).encode()
            sealed.write(crypto_secretstream_xchacha20poly1305_push(state, moment, _MAGIC))
            for piece, is_last in _pieces(source, PIECE_BYTES):
                tag = _FINAL if is_last else crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
                sealed.write(crypto_secretstream_xchacha20poly1305_push(state, piece, None, tag))
            sealed.flush()
            os.fsync(sealed.fileno())
        new.replace(place)
        sync_folder(place.parent)
    except OSError as error:
        raise Misconfigured(
            "backup_folder", "the backup cannot be written where 'backup_folder' says: is that place mounted, and free?"
        ) from error


def open_backup(place: Path, out: Path, key: bytes) -> datetime:
    """Writes the database in a backup to a new file, and says when the copy was made, aware UTC.

    Nothing stands at `out` before all of the file was found whole. A crash leaves at most `<out>.new`.

    Raises:
        Refused: `refused.out`: there is a file already, or none can be made there; `refused.backup`: it is no backup,
            not whole, or sealed with another key.
    """
    if out.exists():
        raise Refused("out", "there is a file already where the database is to be written: nothing is overwritten")
    new = out.with_name(f"{out.name}.new")
    try:
        with place.open("rb") as sealed, _private(new) as database:
            made_at = _open(sealed, database, key)
            database.flush()
            os.fsync(database.fileno())
        os.link(new, out)  # unlike a rename it overwrites nothing
        sync_folder(out.parent)
    except (CryptoError, _Broken, ValueError) as error:
        message = f"{place.name} is cut off, altered, or sealed with the key of another node"
        raise Refused("backup", message) from error
    except OSError as error:
        raise Refused("out", "the backup cannot be read, or the database cannot be written to that place") from error
    finally:
        new.unlink(missing_ok=True)
    return made_at


def _open(sealed: BinaryIO, database: BinaryIO, key: bytes) -> datetime:
    if sealed.read(len(_MAGIC)) != _MAGIC:
        raise _Broken
    state = crypto_secretstream_xchacha20poly1305_state()
    header = sealed.read(crypto_secretstream_xchacha20poly1305_HEADERBYTES)
    crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)
    moment, _ = crypto_secretstream_xchacha20poly1305_pull(state, sealed.read(_MOMENT_BYTES + _ADDED), _MAGIC)
    for piece, is_last in _pieces(sealed, PIECE_BYTES + _ADDED):
        content, tag = crypto_secretstream_xchacha20poly1305_pull(state, piece)
        if (tag == _FINAL) != is_last:
            raise _Broken
        database.write(content)
    return datetime.strptime(moment.decode("ascii"), _MOMENT).replace(tzinfo=UTC)


def _pieces(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """The file in pieces, and whether each is the last; an empty file is one empty piece."""
    piece = file.read(size)
    while following := file.read(size):
        yield piece, False
        piece = following
    yield piece, True


def _private(path: Path) -> BinaryIO:
    """A file that is empty, and its owner's only."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
