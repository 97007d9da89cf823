"""The hub's keys as files: the log key, the token key, the figures key, and the epoch keys that wrap bodies' keys.

Files are written whole, synced, mode 0600, and never overwritten: a crash or a full disk leaves at most a `.new`, which
nobody reads and the next writing replaces. An epoch key is destroyed by overwriting and
unlinking; the folder must be on a disk that is not in the database's backups (promise 12).
"""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
from nacl.public import PrivateKey
from nacl.signing import SigningKey

from hub.core.errors import Misconfigured
from protocol.at_rest import Epochs
from protocol.house.store.durable_files import sync_folder

LOG_KEY = "log.key"
TOKEN_KEY = "token.key"  # noqa: S105 - the name of a file
FIGURES_KEY = "figures.key"


class HubKeys(msgspec.Struct, frozen=True):
    """The keys that a serving hub holds: none speaks for a member, none opens a letter (promise 11)."""

    log: SigningKey
    token: bytes


def write_key(path: Path, key: bytes) -> None:
    """Writes a key file.

    Raises:
        Misconfigured: there is one already.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    try:
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(key.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(new, path)  # unlike a rename it overwrites nothing
    except FileExistsError as error:
        raise Misconfigured(f"the key file {path.name} exists and is not overwritten") from error
    finally:
        new.unlink(missing_ok=True)
    sync_folder(path.parent)


def read_key(path: Path) -> bytes:
    """Reads a 32-byte key.

    Raises:
        Misconfigured: not there, not readable by us only, or not 32 bytes in hex.
    """
    try:
        if path.stat().st_mode & 0o077:
            raise Misconfigured(f"the key file {path.name} can be read by others: chmod 600 it")
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise Misconfigured(f"the key file {path.name} cannot be read") from error
    if len(key) != 32:
        raise Misconfigured(f"the key file {path.name} must hold 32 bytes in hex")
    return key


def make_keys(folder: Path, randomness: bytes) -> None:
    """Makes the hub's three keys from 96 random bytes."""
    for name, start in ((LOG_KEY, 0), (TOKEN_KEY, 32), (FIGURES_KEY, 64)):
        write_key(folder / name, randomness[start : start + 32])


def load_keys(folder: Path) -> HubKeys:
    """The keys that serving needs.

    Raises:
        Misconfigured: as `read_key`.
    """
    return HubKeys(SigningKey(read_key(folder / LOG_KEY)), read_key(folder / TOKEN_KEY))


def figures_public_key(folder: Path) -> str:
    """The public half of the figures key, hex."""
    return bytes(PrivateKey(read_key(folder / FIGURES_KEY)).public_key).hex()


def load_figures_key(folder: Path) -> bytes:
    """The private half of the figures key, 32 bytes: it opens what projects counted, and nothing else.

    Raises:
        Misconfigured: as `read_key`.
    """
    return read_key(folder / FIGURES_KEY)


def _epoch_files(folder: Path) -> dict[int, Path]:
    return {int(path.stem.split("-", 1)[0]): path for path in folder.glob("*.epoch")}


def load_epochs(folder: Path) -> Epochs:
    """The epoch keys that exist.

    Raises:
        Misconfigured: there is none.
    """
    try:
        keys = {number: read_key(path) for number, path in _epoch_files(folder).items()}
    except Misconfigured:  # once more: the nightly job may have destroyed one after it was listed
        keys = {number: read_key(path) for number, path in _epoch_files(folder).items()}
    if not keys:
        raise Misconfigured("there is no epoch key: nothing at rest can be opened")
    return Epochs(keys)


class EpochFolder:
    """The epoch keys of a serving hub, read again whenever a file came or went."""

    def __init__(self, folder: Path) -> None:
        """Reads nothing yet."""
        self._folder = folder
        self._read: tuple[int, Epochs] | None = None

    def epochs(self) -> Epochs:
        """The epoch keys that exist now.

        Raises:
            Misconfigured: there is none, or one cannot be read.
        """
        try:
            changed = self._folder.stat().st_mtime_ns
        except OSError as error:
            raise Misconfigured("the folder of epoch keys cannot be read") from error
        read = self._read
        if read is None or read[0] != changed:
            read = self._read = changed, load_epochs(self._folder)
        return read[1]


def make_epoch(folder: Path, today: date, key: bytes) -> int:
    """Makes the next epoch key, named by its number and day; its number."""
    number = max(_epoch_files(folder), default=0) + 1
    write_key(folder / f"{number}-{today.isoformat()}.epoch", key)
    return number


def destroy_old_epochs(folder: Path, now: datetime, keep_days: int) -> list[int]:
    """Destroys every epoch key that has a successor at least `keep_days` old; their numbers.

    Any later one counts, not the next alone: that may be of a day that never came (a clock that jumped), or gone.
    """
    files = _epoch_files(folder)
    destroyed = []
    for number, path in sorted(files.items()):
        later = [other for successor, other in files.items() if successor > number]
        if any(now - _made_at(other) >= timedelta(days=keep_days) for other in later):
            _destroy(path)
            destroyed.append(number)
    return destroyed


def current_epoch_made_at(folder: Path) -> datetime:
    """Midnight UTC of the day on which the current epoch key was made."""
    files = _epoch_files(folder)
    return _made_at(files[max(files)])


def _made_at(path: Path) -> datetime:
    return datetime.fromisoformat(path.stem.split("-", 1)[1]).replace(tzinfo=UTC)


def _destroy(path: Path) -> None:
    """A crash after the overwriting leaves a key of zeros, which opens nothing: the next night removes it."""
    with path.open("r+b") as file:
        file.write(bytes(32).hex().encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    sync_folder(path.parent)
