"""A node's own keys, in files: what each is for, and the few things that may be signed with it.

Four files of 64 hex digits in a folder of mode 0700, each of mode 0600. The keys do not leave this module: callers ask
for a signature. No clock and no network; nonces and times come in as arguments. Source: spec/membership.md §5.
"""

import os
import stat
from pathlib import Path
from typing import Final

from nacl.public import PrivateKey
from nacl.signing import SigningKey
from nacl.utils import random

from node.core.errors import Misconfigured
from protocol import canonical
from protocol.cosignature import cosign
from protocol.envelope import ACK_TYPE, REQUEST_TYPE, STATEMENT_TYPE, sign_envelope
from protocol.http_signatures import sign_request
from protocol.keys import key_id, public_hex
from protocol.request import Ack, AdmissionRequest
from protocol.statement import encode_statement
from protocol.statement_fields import Keys, Seen, Statement
from protocol.verifier_key import COSIGNATURE, VerifierKey

USES: Final = ("sign", "online", "seal", "witness")
"""Statements · requests and Acks · X25519, for letters · cosignatures. Each its own file and its own key."""

NO_SIGN_KEY: Final = "the key 'sign' is not here: nothing new can be signed; taking back what is out still works"
_NO_SIGN: Final = "the key file sign is missing"

NEXT_SEAL: Final = "seal.next"
"""A seal key that has been announced and is not yet in the log: it becomes `seal` once it is."""


def make_keys(folder: Path) -> None:
    """Makes all four keys in a new folder.

    A crash between two files leaves some without the others: `load` names what is missing, and nothing has been
    published yet, so the folder is removed by hand and made again.

    Raises:
        Misconfigured: `config.keys_exist`: there is a key there already; none is ever overwritten.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Misconfigured("keys_exist", "the keys folder is not empty; keys are never overwritten")
    folder.chmod(0o700)
    for use in USES:
        _write_key(folder / use, random(32))


def make_next_seal(folder: Path) -> str:
    """Makes the next seal key, or finds the one already waiting; its public half, 64 hex digits."""
    path = folder / NEXT_SEAL
    if not path.exists():
        _write_key(path, random(32))
    return bytes(PrivateKey(_read_key(path)).public_key).hex()


def promote_next_seal(folder: Path, public: str) -> bool:
    """Makes the waiting seal key the present one if `public` (64 hex digits, from the log) is its; whether it did.

    A rename: after a crash there is the old key and the waiting one, or the new key alone. Both start.
    """
    path = folder / NEXT_SEAL
    if not path.exists() or bytes(PrivateKey(_read_key(path)).public_key).hex() != public:
        return False
    path.replace(folder / "seal")
    return True


def key_file_problems(folder: Path) -> list[str]:
    """What is wrong with the folder's and the files' owner modes, in plain words; empty when nothing is."""
    problems = []
    if not folder.is_dir():
        return [f"the keys folder {folder.name} does not exist"]
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        problems.append(f"others on this machine can look into the keys folder {folder.name} (it should be mode 0700)")
    for use in USES:
        path = folder / use
        if not path.exists():
            problems.append(f"the key file {use} is missing")
        elif stat.S_IMODE(path.stat().st_mode) & 0o077:
            problems.append(f"others on this machine can read the key file {use} (it should be mode 0600)")
    return problems


class Keyring:
    """The keys of one node, loaded.

    Attributes:
        public: the public halves, as the admission request and the log have them.
    """

    def __init__(self, sign: bytes | None, online: bytes, seal: bytes, witness: bytes) -> None:
        self._sign = None if sign is None else SigningKey(sign)
        self._online, self._witness = SigningKey(online), SigningKey(witness)
        self._seal = PrivateKey(seal)
        self.public = Keys(
            online=public_hex(self._online),
            seal=bytes(self._seal.public_key).hex(),
            sign=() if self._sign is None else (public_hex(self._sign),),
        )

    @classmethod
    def load(cls, folder: Path) -> "Keyring":
        """Reads the key files. Without `sign` a node goes on: it syncs, erases, says so, and sends what was signed.

        Raises:
            Misconfigured: `config.no_key`, `config.key_mode` (others can read it), `config.key_file`.
        """
        problems = [problem for problem in key_file_problems(folder) if problem != _NO_SIGN]
        if problems:
            missing = any("missing" in problem or "exist" in problem for problem in problems)
            raise Misconfigured("no_key" if missing else "key_mode", "; ".join(problems))
        sign = _read_key(folder / "sign") if (folder / "sign").exists() else None
        return cls(sign, *(_read_key(folder / use) for use in USES[1:]))

    @property
    def can_sign(self) -> bool:
        """Whether the key that signs statements is here."""
        return self._sign is not None

    @property
    def witness_public(self) -> str:
        """The witness key's public half, 64 hex digits, as the charter names it."""
        return public_hex(self._witness)

    @property
    def keyids(self) -> frozenset[str]:
        """The ids of the keys whose signatures this node can make."""
        return frozenset(key_id(bytes(key.verify_key)) for key in (self._sign, self._online) if key)

    def witness_key(self, name: str) -> VerifierKey:
        """What verifies this node's cosignatures under the witness name that the charter gives it."""
        return VerifierKey(name, COSIGNATURE, bytes(self._witness.verify_key))

    def sign_statement(self, statement: Statement, *, unattended: bool = False) -> bytes:
        """The envelope of a statement.

        Args:
            statement: of this node.
            unattended: sign with `online`: for a `rotate` that changes nothing but `seal`, the only one it may sign.

        Raises:
            Misconfigured: `config.no_sign_key`.
            RuntimeError: the statement is not of its kind's grammar, or `online` may not sign it: a caller's bug.
        """
        if unattended and statement.kind != "rotate":
            raise RuntimeError("the unattended key signs no statement but a rotate")
        key = self._online if unattended else self._signing()
        return sign_envelope(encode_statement(statement), STATEMENT_TYPE, key)

    def sign_request(self, request: AdmissionRequest) -> bytes:
        """The envelope of an admission request, by its first `sign` key.

        Raises:
            Misconfigured: `config.no_sign_key`.
        """
        return sign_envelope(canonical.encode(request), REQUEST_TYPE, self._signing())

    def _signing(self) -> SigningKey:
        if self._sign is None:
            raise Misconfigured("no_sign_key", NO_SIGN_KEY)
        return self._sign

    def sign_ack(self, ack: Ack) -> bytes:
        """The envelope of an Ack."""
        return sign_envelope(canonical.encode(ack), ACK_TYPE, self._online)

    def cosign(self, note: bytes, name: str, timestamp: int) -> bytes:
        """The line that says this witness found the note consistent. Only after it was stored: spec/log.md §9.

        Args:
            note: a verified checkpoint, larger than or equal to all that this node cosigned before.
            name: this node's name as a witness in the charter.
            timestamp: now, in POSIX seconds.
        """
        return cosign(note, name, self._witness, timestamp)

    def sign_http(
        self, method: str, url: str, body: bytes, *, created: int, nonce: bytes, seen: Seen | None, as_witness: bool
    ) -> dict[str, str]:
        """The headers that say who sends an HTTP request. Source: spec/http-signatures.md.

        Args:
            method: upper case.
            url: absolute, as sent.
            body: as sent; empty for none.
            created: now, in POSIX seconds.
            nonce: 16 random bytes.
            seen: the checkpoint that this node holds, or None.
            as_witness: sign with the witness key: for one that is no member (yet).
        """
        key = self._witness if as_witness else self._online
        return sign_request(method, url, body, key=key, created=created, nonce=nonce, seen=seen)


def _write_key(path: Path, seed: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(seed.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def _read_key(path: Path) -> bytes:
    try:
        seed = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise Misconfigured("key_file", f"the key file {path.name} cannot be read as 64 hex digits") from error
    if len(seed) != 32:
        raise Misconfigured("key_file", f"the key file {path.name} cannot be read as 64 hex digits")
    return seed
