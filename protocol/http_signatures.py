"""Who sends a request: RFC 9421 signatures with a member's `online` key, narrowed to one profile.

Does not know members, does not remember nonces, does not read a clock and does not decide what a sender may do. A
caller refuses a nonce that it has accepted before, until `VerifiedRequest.remember_until`; without that a request can
be replayed. Takes a method, a URL, headers and bytes, so that any framework can call it.
Source: spec/http-signatures.md.
"""

import base64
import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureAlgorithm,
    MappingKeyResolver,
)
from nacl.signing import SigningKey, VerifyKey

from protocol.errors import HttpSignatureInvalid
from protocol.keys import key_id
from protocol.signature_fields import (
    CONTENT_DIGEST,
    SIGNATURE,
    SIGNATURE_INPUT,
    WATCHWORD_SEEN,
    SignatureInput,
    decode_seen,
    encode_seen,
    parse_signature,
    parse_signature_input,
    require_target,
    take_fields,
)
from protocol.statement_fields import Seen

TAG: Final = "watchword/v1"
LABEL: Final = "watchword"

LIFETIME_SECONDS: Final = 300
"""From `created` to `expires`: time to upload a full batch on a slow mobile line. Longer only keeps more nonces."""

CLOCK_SKEW_SECONDS: Final = 120
"""How far the sender's and the reader's clocks may differ: an old laptop in a drop-in is a minute off."""

NONCE_BYTES: Final = 16

_ALWAYS_COVERED: Final = ("@method", "@authority", "@path", "@query")


class VerifiedRequest(msgspec.Struct, frozen=True):
    """What a request's signature proves.

    Attributes:
        keyid: 64 hex digits: of the key under which it verified.
        nonce: 32 hex digits. Not yet known to be new.
        created: POSIX seconds, by the sender's clock.
        expires: POSIX seconds.
        seen: the checkpoint that the sender says to hold, or None. The log's signature in it is not yet verified:
            `checkpoint.verify_seen`.
    """

    keyid: str
    nonce: str
    created: int
    expires: int
    seen: Seen | None

    @property
    def remember_until(self) -> int:
        """POSIX seconds after which a replay is refused by its age, so that the nonce may be forgotten."""
        return self.expires + CLOCK_SKEW_SECONDS


class Ed25519(HTTPSignatureAlgorithm):
    """RFC 9421's `ed25519` by PyNaCl, which refuses what other libraries accept under small-order keys."""

    algorithm_id = "ed25519"

    def __init__(self, public_key: bytes | None = None, private_key: bytes | None = None) -> None:
        self._public_key, self._private_key = public_key, private_key

    def sign(self, message: bytes) -> bytes:
        """64 bytes. The private key is a 32-byte seed."""
        assert self._private_key is not None
        return SigningKey(self._private_key).sign(message).signature

    def verify(self, signature: bytes, message: bytes) -> None:
        """Returns if the signature verifies.

        Raises:
            Exception: PyNaCl's, which the library turns into its own.
        """
        assert self._public_key is not None
        VerifyKey(self._public_key).verify(message, signature)


class _Message:
    """A request in the shape in which the library reads one, with only the headers that this profile covers."""

    def __init__(self, method: str, url: str, headers: Mapping[str, str]) -> None:
        self.method, self.url, self.headers = method, url, dict(headers)


class _Verifier(HTTPMessageVerifier):
    """The library's verifier without its clock: `_require_current` has judged the times by the caller's."""

    def validate_created_and_expires(self, sig_input: Any, max_age: Any = None) -> None:
        """Does nothing."""


def sign_request(
    method: str, url: str, body: bytes, *, key: SigningKey, created: int, nonce: bytes, seen: Seen | None = None
) -> dict[str, str]:
    """The headers to add to a request so that its receiver knows who sends it.

    Args:
        method: upper case.
        url: absolute, as the receiver knows itself, percent-encoded, without fragment.
        body: as it is sent; empty for none.
        key: the member's `online` key.
        created: now, in POSIX seconds.
        nonce: 16 fresh random bytes.
        seen: the checkpoint that the sender holds (`checkpoint.seen_of`).

    Returns:
        `signature-input` and `signature`, `content-digest` if there is a body, `watchword-seen` if `seen` was given.

    Raises:
        HttpSignatureInvalid: `http.method`, `http.url`.
        RuntimeError: a nonce of another size: a caller's bug.
    """
    if len(nonce) != NONCE_BYTES:
        raise RuntimeError("a nonce is 16 bytes")
    require_target(method, url)
    headers = {CONTENT_DIGEST: _digest(body)} if body else {}
    if seen is not None:
        headers[WATCHWORD_SEEN] = encode_seen(seen)
    message, keyid = _Message(method, url, headers), key_id(bytes(key.verify_key))
    HTTPMessageSigner(
        signature_algorithm=Ed25519, key_resolver=MappingKeyResolver(public_keys={}, private_keys={keyid: bytes(key)})
    ).sign(
        message,
        key_id=keyid,
        created=dt.datetime.fromtimestamp(created, dt.UTC),
        expires=dt.datetime.fromtimestamp(created + LIFETIME_SECONDS, dt.UTC),
        nonce=nonce.hex(),
        label=LABEL,
        tag=TAG,
        covered_component_ids=_covered(headers),
        use_existing_digest=bool(body),
    )
    return {name.lower(): value for name, value in message.headers.items()}


def verify_request(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    now: int,
    public_key_of: Callable[[str], bytes | None],
) -> VerifiedRequest:
    """Checks a request in the order of spec/http-signatures.md §3.

    Args:
        method: as received.
        url: the reader's own public origin, from its settings, and the path and query as received (still
            percent-encoded). Never made from a Host or Forwarded header.
        headers: any mapping whose `items()` gives every field line; names in any case.
        body: as received, before any content decoding, bounded by the caller.
        now: POSIX seconds.
        public_key_of: the 32 bytes of a key that may sign requests now, or None.

    Raises:
        HttpSignatureInvalid: named after the first rule broken.
    """
    require_target(method, url)
    fields = take_fields(headers)
    claimed = parse_signature_input(fields[SIGNATURE_INPUT], label=LABEL)
    parse_signature(fields[SIGNATURE], label=LABEL)
    _require_profile(claimed, fields, body)
    _require_current(claimed, now)
    public_key = public_key_of(claimed.keyid)
    if public_key is None:
        raise HttpSignatureInvalid("unknown_key", "keyid")
    _require_signature(_Message(method, url, fields), claimed.keyid, public_key)
    if body and fields[CONTENT_DIGEST] != _digest(body):
        raise HttpSignatureInvalid("digest", CONTENT_DIGEST)
    seen = decode_seen(fields[WATCHWORD_SEEN]) if WATCHWORD_SEEN in fields else None
    return VerifiedRequest(claimed.keyid, claimed.nonce, claimed.created, claimed.expires, seen)


def _covered(headers: Mapping[str, str]) -> tuple[str, ...]:
    """The components that a signature must cover, in their order: those of the target, and each header of ours."""
    return _ALWAYS_COVERED + tuple(name for name in (CONTENT_DIGEST, WATCHWORD_SEEN) if name in headers)


def _digest(body: bytes) -> str:
    """RFC 9530 Content-Digest with one member."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode('ascii')}:"


def _require_profile(claimed: SignatureInput, fields: Mapping[str, str], body: bytes) -> None:
    if claimed.tag != TAG:
        raise HttpSignatureInvalid("tag", "tag")
    if claimed.alg != Ed25519.algorithm_id:
        raise HttpSignatureInvalid("algorithm", "alg")
    if (CONTENT_DIGEST in fields) != bool(body):
        raise HttpSignatureInvalid("digest_presence", CONTENT_DIGEST)
    if claimed.covered != _covered(fields):
        raise HttpSignatureInvalid("coverage", SIGNATURE_INPUT)


def _require_current(claimed: SignatureInput, now: int) -> None:
    if not 0 < claimed.expires - claimed.created <= LIFETIME_SECONDS:
        raise HttpSignatureInvalid("lifetime", "expires")
    if claimed.created > now + CLOCK_SKEW_SECONDS:
        raise HttpSignatureInvalid("future", "created")
    if claimed.expires < now - CLOCK_SKEW_SECONDS:
        raise HttpSignatureInvalid("expired", "expires")


def _require_signature(message: _Message, keyid: str, public_key: bytes) -> None:
    """The library builds the signature base and asks PyNaCl. Whatever it dislikes is a signature that does not hold."""
    resolver = MappingKeyResolver(public_keys={keyid: public_key}, private_keys={})
    verifier = _Verifier(signature_algorithm=Ed25519, key_resolver=resolver)
    try:
        verifier.verify(message, max_age=None, expect_tag=TAG, require_components=_covered(message.headers))
    except Exception as error:
        raise HttpSignatureInvalid("signature", SIGNATURE) from error
