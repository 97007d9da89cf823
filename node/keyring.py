"""A node's own keys, loaded: the few things that may be signed with each.

The keys do not leave this module: callers ask for a signature. No clock and no network; nonces and times come in as
arguments. Source: spec/membership.md §5.
"""

from pathlib import Path
from typing import Final, Literal

from nacl.public import PrivateKey
from nacl.signing import SigningKey

from node.core.errors import Misconfigured
from node.key_files import NO_SIGN, USES, Rotated, key_file_problems, make_next, next_file, promote_next, read_key
from protocol import canonical
from protocol.cosignature import cosign
from protocol.envelope import ACK_TYPE, REQUEST_TYPE, STATEMENT_TYPE, sign_envelope
from protocol.http_signatures import sign_request
from protocol.keys import key_id, public_hex
from protocol.request import Ack, AdmissionRequest, rotation_message
from protocol.statement import encode_statement
from protocol.statement_fields import Keys, Seen, Statement
from protocol.verifier_key import COSIGNATURE, VerifierKey

KeyOf = Literal["online", "waiting", "witness"]
"""Which key signs an HTTP request; `waiting`: the next `online` key, announced and not in its place yet."""

NO_SIGN_KEY: Final = "the key 'sign' is not here: nothing new can be signed; taking back what is out still works"


class Keyring:
    """The keys of one node, loaded.

    Attributes:
        public: the public halves, as the admission request and the log have them.
    """

    def __init__(
        self, sign: bytes | None, online: bytes, seal: bytes, witness: bytes, *, folder: Path | None = None
    ) -> None:
        """Of these seeds. `folder`: where their files are, and where the next ones wait."""
        self._folder = folder
        self._take(sign, online, seal, witness)

    def _take(self, sign: bytes | None, online: bytes, seal: bytes, witness: bytes) -> None:
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
        problems = [problem for problem in key_file_problems(folder) if problem != NO_SIGN]
        if problems:
            missing = any("missing" in problem or "exist" in problem for problem in problems)
            raise Misconfigured("no_key" if missing else "key_mode", "; ".join(problems))
        return cls(*_seeds(folder), folder=folder)

    def prepare(self, use: Rotated) -> str:
        """Makes the next key for a use, or finds the one already waiting; its public half, 64 hex digits."""
        return make_next(self._files, use)

    def is_waiting(self, use: Rotated) -> bool:
        """Whether a next key for a use has been made and is not in its place yet."""
        return self._folder is not None and next_file(self._folder, use).exists()

    def follow(self, keys: Keys) -> tuple[Rotated, ...]:
        """Puts each waiting key that the log has in its place, and uses it from then on; which. Harmless to repeat.

        Args:
            keys: this member's, as the log has them now.
        """
        if self._folder is None:
            return ()
        wanted: dict[Rotated, tuple[str, ...]] = {"sign": keys.sign, "online": (keys.online,), "seal": (keys.seal,)}
        done = tuple(use for use, publics in wanted.items() if promote_next(self._folder, use, publics))
        ours = self.public
        if done or (ours.online, ours.seal) != (keys.online, keys.seal) or not {*ours.sign} <= {*keys.sign}:
            self._take(*_seeds(self._folder))  # also where another process of this node was faster
        return done

    @property
    def _files(self) -> Path:
        if self._folder is None:
            raise RuntimeError("these keys are in no files")
        return self._folder

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

    def prove(self, keys: Keys, log: str, origin: int) -> tuple[str, ...]:
        """The signatures of the waiting keys among `keys` over this rotation, in ascending order of the keys.

        Args:
            keys: the whole new set; each key in it that is not present is waiting here.
        """
        message = rotation_message(keys, log, origin)
        uses: tuple[Rotated, ...] = ("sign", "online")
        waiting = [SigningKey(read_key(next_file(self._files, use))) for use in uses if self.is_waiting(use)]
        new = {public_hex(key): key for key in waiting if public_hex(key) in (*keys.sign, keys.online)}
        return tuple(new[public].sign(message).signature.hex() for public in sorted(new))

    def sign_payload(self, payload: bytes) -> bytes:
        """The envelope of a statement of this node that was signed before, with a `sign` key that is retired now.

        Raises:
            Misconfigured: `config.no_sign_key`.
        """
        return sign_envelope(payload, STATEMENT_TYPE, self._signing())

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

    def _waiting_online(self) -> SigningKey:
        """The next `online` key; from its place, where another thread has put it since it was seen waiting."""
        try:
            return SigningKey(read_key(next_file(self._files, "online")))
        except Misconfigured:
            if self.is_waiting("online"):
                raise
            return SigningKey(read_key(self._files / "online"))

    def sign_http(
        self, method: str, url: str, body: bytes, *, created: int, nonce: bytes, seen: Seen | None, use: KeyOf
    ) -> dict[str, str]:
        """The headers that say who sends an HTTP request. Source: spec/http-signatures.md.

        Args:
            method: upper case.
            url: absolute, as sent.
            body: as sent; empty for none.
            created: now, in POSIX seconds.
            nonce: 16 random bytes.
            seen: the checkpoint that this node holds, or None.
            use: `witness`: for one that is no member (yet); `waiting`: the next `online` key, which the log may have.
        """
        key = {"online": self._online, "witness": self._witness}.get(use) or self._waiting_online()
        return sign_request(method, url, body, key=key, created=created, nonce=nonce, seen=seen)


def _seeds(folder: Path) -> tuple[bytes | None, bytes, bytes, bytes]:
    sign = read_key(folder / "sign") if (folder / "sign").exists() else None
    online, seal, witness = (read_key(folder / use) for use in USES[1:])
    return sign, online, seal, witness
