"""Recovery sheets (any two of three) and the copy that only they open.

The sheets are SLIP-39 shares of a 16-byte secret, which nobody keeps: of it a key pair is made, and the node keeps the
public half. So the copy can be written anew by an unattended job, at each new epoch key, without a sheet at hand; two
sheets open the latest copy. No clock. Source: DESIGN §5 (at rest), PEOPLE 2.2.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.utils import random
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from node.core.errors import Misconfigured
from protocol.house.core.errors import Refused

SHEETS: Final = 3
NEEDED: Final = 2
SECRET_BYTES: Final = 16
"""128 bits: twenty words a sheet, which somebody can type without a mistake."""

_PERSON: Final = b"watchword-rec-v1"


def make_sheets() -> tuple[tuple[str, ...], str]:
    """Three new sheets, of twenty words each, and the public half of the key that two of them give, 64 hex digits."""
    secret = random(SECRET_BYTES)
    (shares,) = generate_mnemonics(1, [(NEEDED, SHEETS)], secret)
    return tuple(shares), _public(_private(secret))


def key_of(sheets: Sequence[str]) -> PrivateKey:
    """The key that these sheets give.

    Args:
        sheets: two different ones, in any order, as they were typed.

    Raises:
        Refused: `refused.sheets`: a word is not one of the list, or they are not two sheets of one making.
    """
    typed = [" ".join(sheet.casefold().split()) for sheet in sheets]
    try:
        return _private(combine_mnemonics(typed))
    except MnemonicError as error:
        message = "these are not two sheets of one making: twenty words each, as printed; look at each word again"
        raise Refused("sheets", message) from error


def public_of(sheets: Sequence[str]) -> str:
    """The public half of the key that these sheets give.

    Raises:
        Refused: `refused.sheets`.
    """
    return _public(key_of(sheets))


def read_folders(folders: Mapping[str, Path]) -> dict[str, bytes]:
    """Every file in these folders, as `name/file`; what is half written is left out."""
    return {
        f"{name}/{path.name}": path.read_bytes()
        for name, folder in folders.items()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.suffix != ".new"
    }


def write_copy(path: Path, public: str, files: Mapping[str, bytes]) -> None:
    """Writes the copy anew, in place of the last.

    The last is overwritten with zeros before it is replaced: it holds epoch keys that may be destroyed by now. A crash
    between the two leaves `<name>.new`, which is whole.

    Raises:
        Misconfigured: `config.recovery_file`: it cannot be written where the settings say.
    """
    content = SealedBox(PublicKey(bytes.fromhex(public))).encrypt(msgspec.json.encode(files))
    new = path.with_name(path.name + ".new")
    try:
        _write(new, content)
        if path.exists():
            with path.open("r+b") as old:
                old.write(b"\0" * path.stat().st_size)
                old.flush()
                os.fsync(old.fileno())
        new.replace(path)
    except OSError as error:
        raise Misconfigured(
            "recovery_file", "the recovery copy cannot be written where 'recovery_file' says"
        ) from error


def open_copy(path: Path, key: PrivateKey) -> dict[str, bytes]:
    """What a copy holds.

    Raises:
        Misconfigured: `config.recovery_file`: it cannot be read.
        Refused: `refused.copy`: it was sealed to other sheets, or is not whole.
    """
    try:
        return msgspec.json.decode(SealedBox(key).decrypt(path.read_bytes()), type=dict[str, bytes])
    except OSError as error:
        raise Misconfigured("recovery_file", "the recovery copy cannot be read") from error
    except (CryptoError, ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise Refused("copy", "this copy was sealed to other sheets, or is not whole") from error


def put_back(files: Mapping[str, bytes], folders: Mapping[str, Path]) -> int:
    """Writes the files of a copy into these folders; how many. Nothing that exists is overwritten.

    Raises:
        Misconfigured: `config.keys_exist`: one of the folders is there and not empty.
        Refused: `refused.copy`: a file of a place that is none of these.
    """
    if any(folder.exists() and any(folder.iterdir()) for folder in folders.values()):
        raise Misconfigured("keys_exist", "there are keys already: nothing is overwritten; put back into empty folders")
    places = {name: folders.get(name.partition("/")[0]) for name in files}
    if not all(places.values()) or any("/" in name.partition("/")[2] for name in files):
        raise Refused("copy", "this copy holds a file that belongs nowhere")
    for folder in folders.values():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    for name, content in files.items():
        place, _, file = name.partition("/")
        _write(folders[place] / file, content)
    return len(files)


def _private(secret: bytes) -> PrivateKey:
    return PrivateKey(hashlib.blake2b(secret, digest_size=32, person=_PERSON).digest())


def _public(key: PrivateKey) -> str:
    return bytes(key.public_key).hex()


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
