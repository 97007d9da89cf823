"""A node's key files: made whole or not at all, never overwritten but by the next one, readable by their owner only.

Files of 64 hex digits, mode 0600, in a folder of mode 0700. A key that is announced and not yet in the log waits as
`<use>.next`. A `sign` key that another replaced is kept as `sign.<first digits of its id>`: it signs Cancels still, for
the day on which the present one is lost. No clock and no network.
"""

import os
import stat
from pathlib import Path
from typing import Final, Literal

from nacl.public import PrivateKey
from nacl.signing import SigningKey
from nacl.utils import random

from node.core.errors import Misconfigured
from protocol.house.store.durable_files import sync_folder
from protocol.keys import key_id, public_hex

Rotated = Literal["sign", "online", "seal"]
USES: Final = ("sign", "online", "seal", "witness")
"""Statements · requests and Acks · X25519, for letters · cosignatures. Each its own file and its own key."""

BACKUP: Final = "backup"
"""File of the key that backups of the database are sealed with; it speaks for nobody."""

NO_SIGN: Final = "the key file sign is missing"
_ID_DIGITS: Final = 16


def make_keys(folder: Path) -> None:
    """Makes all four keys, and the one for backups, in a new folder.

    A crash between two files leaves some without the others: `Keyring.load` names what is missing, and nothing has been
    published yet, so the folder is removed by hand and made again.

    Raises:
        Misconfigured: `config.keys_exist`: there is a key there already; none is ever overwritten.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Misconfigured("keys_exist", "the keys folder is not empty; keys are never overwritten")
    folder.chmod(0o700)
    for use in (*USES, BACKUP):
        _write_key(folder / use, random(32))


def make_backup_key(folder: Path) -> bool:
    """Makes the key for backups in a keys folder that has none; whether it did."""
    if (folder / BACKUP).exists():
        return False
    _write_key(folder / BACKUP, random(32))
    return True


def make_next(folder: Path, use: Rotated) -> str:
    """Makes the next key for a use, or finds the one already waiting; its public half, 64 hex digits."""
    path = next_file(folder, use)
    if not path.exists():
        _write_key(path, random(32))
    return public_half(use, read_key(path))


def next_file(folder: Path, use: Rotated) -> Path:
    """Where the next key for a use waits."""
    return folder / f"{use}.next"


def promote_next(folder: Path, use: Rotated, publics: tuple[str, ...]) -> bool:
    """Makes the waiting key the present one if it is one of these (64 hex digits, from the log); whether it did.

    A `sign` key gets a second name first, then a rename puts the next one in its place: after a crash there is the old
    key and the waiting one, or the new key alone. Both start.
    """
    path, present = next_file(folder, use), folder / use
    if not path.exists() or public_half(use, read_key(path)) not in publics:
        return False
    if use == "sign" and present.exists():
        kept = folder / f"sign.{key_id(bytes.fromhex(public_half(use, read_key(present))))[:_ID_DIGITS]}"
        if not kept.exists():
            os.link(present, kept)
    path.replace(present)
    sync_folder(folder)
    return True


def public_half(use: str, seed: bytes) -> str:
    """Of a seed, 64 hex digits."""
    return bytes(PrivateKey(seed).public_key).hex() if use == "seal" else public_hex(SigningKey(seed))


def key_file_problems(folder: Path) -> list[str]:
    """What is wrong with the folder's and the files' owner modes, in plain words; empty when nothing is."""
    problems = []
    if not folder.is_dir():
        return [f"the keys folder {folder.name} does not exist"]
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        problems.append(f"others on this machine can look into the keys folder {folder.name} (it should be mode 0700)")
    for use in (*USES, BACKUP):
        path = folder / use
        if not path.exists():
            if use == BACKUP:
                continue  # made at the first backup
            problems.append(f"the key file {use} is missing")
        elif stat.S_IMODE(path.stat().st_mode) & 0o077:
            problems.append(f"others on this machine can read the key file {use} (it should be mode 0600)")
    return problems


def read_key(path: Path) -> bytes:
    """A seed, 32 bytes.

    Raises:
        Misconfigured: `config.key_file`.
    """
    try:
        seed = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise Misconfigured("key_file", f"the key file {path.name} cannot be read as 64 hex digits") from error
    if len(seed) != 32:
        raise Misconfigured("key_file", f"the key file {path.name} cannot be read as 64 hex digits")
    return seed


def _write_key(path: Path, seed: bytes) -> None:
    """A crash or a full disk leaves at most a `.new`, which nobody reads and the next writing replaces."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(seed.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.link(new, path)  # unlike a rename it overwrites nothing
    new.unlink()
    sync_folder(path.parent)
