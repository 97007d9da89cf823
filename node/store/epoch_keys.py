"""Epoch keys: files beside the database's backups, never in them. Destroying one makes every copy under it unreadable.

One file `<n>.key` of mode 0600 for each; the greatest number seals. A crash or a full disk while one is written leaves
at most `<n>.key.new`, which nobody reads and the next making removes. Source: DESIGN §5 (at rest), promise 12.
"""

import os
from pathlib import Path

from nacl.utils import random

from node.core.errors import Misconfigured
from protocol.at_rest import KEY_BYTES, Epochs
from protocol.house.store.durable_files import sync_folder


def make_epoch(folder: Path) -> int:
    """Makes the next epoch key; its number. Numbers ascend: the greatest, which seals, is never destroyed.

    Raises:
        Misconfigured: `config.epoch_exists`: somebody else made it at this moment.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.glob("*.key.new"):
        left.unlink(missing_ok=True)
    number = max(epoch_numbers(folder), default=0) + 1
    path = folder / f"{number}.key"
    new = folder / f"{number}.key.new"
    try:
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(random(KEY_BYTES).hex().encode())
            file.flush()
            os.fsync(file.fileno())
        os.link(new, path)  # unlike a rename it overwrites nothing
    except (FileExistsError, FileNotFoundError) as error:
        raise Misconfigured("epoch_exists", "this epoch key is there already") from error
    new.unlink(missing_ok=True)
    sync_folder(folder)
    return number


def epoch_numbers(folder: Path) -> list[int]:
    """Numbers of the epoch keys that exist, ascending.

    Raises:
        Misconfigured: `config.epoch_file`: a file that is named like none.
    """
    try:
        return sorted(int(path.stem) for path in folder.glob("*.key"))
    except ValueError as error:
        raise Misconfigured("epoch_file", "there is a file in the epoch folder that is no epoch key") from error


def load_epochs(folder: Path) -> Epochs:
    """The epoch keys that exist.

    Raises:
        Misconfigured: `config.no_epoch`: there is none; `config.epoch_file`; `config.epoch_mode`: others can read one.
    """
    keys = {}
    for number in epoch_numbers(folder):
        path = folder / f"{number}.key"
        try:
            if path.stat().st_mode & 0o077:
                raise Misconfigured("epoch_mode", f"others can read {path.name} (it should be mode 0600)")
            keys[number] = bytes.fromhex(path.read_text("ascii"))
        except (OSError, ValueError) as error:
            raise Misconfigured("epoch_file", f"the epoch key {path.name} cannot be read") from error
        if len(keys[number]) != KEY_BYTES:
            raise Misconfigured("epoch_file", f"the epoch key {path.name} is not a whole key")
    if not keys:
        raise Misconfigured("no_epoch", "there is no epoch key: run 'watchword-node init', or bring the copy back")
    return Epochs(keys)


def destroy_epoch(folder: Path, number: int) -> bool:
    """Overwrites an epoch key, makes that durable, and removes it; whether it was there.

    A crash after the overwriting leaves a key of zeros, which opens nothing: destroying again removes it. Overwriting
    is what a file system can do: on a copy-on-write or worn-levelling disk the host's disk encryption must do the rest.
    """
    path = folder / f"{number}.key"
    try:
        handle = os.open(path, os.O_WRONLY)
    except FileNotFoundError:
        return False
    with os.fdopen(handle, "wb") as file:
        file.write(b"0" * (2 * KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    sync_folder(folder)
    return True
