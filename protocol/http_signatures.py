"""Who sends a request: RFC 9421 signatures with a member's `online` key, narrowed to one profile.

Does not know members, does not remember nonces, does not read a clock and does not decide what a sender may do. A
caller refuses a nonce that it has accepted before, until `VerifiedRequest.remember_until`; without that a request can
be replayed. Takes a method, a URL, headers and bytes, so that any framework can call it.
Source: spec/http-signatures.md.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import SplitResult, urlsplit

import msgspec
from nacl.signing import SigningKey

from protocol.errors import HttpSignatureInvalid, SignatureInvalid
from protocol.keys import key_id, verify_signature
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
ALGORITHM: Final = "ed25519"

LIFETIME_SECONDS: Final = 300
"""From `created` to `expires`: time to upload a full batch on a slow mobile line. Longer only keeps more nonces."""

CLOCK_SKEW_SECONDS: Final = 120
"""How far the sender's and the reader's clocks may differ: an old laptop in a drop-in is a minute off."""

NONCE_BYTES: Final = 16

_ALWAYS_COVERED: Final = ("@method", "@authority", "@path", "@query")
_IMPLIED_PORTS: Final = {"http": 80, "https": 443}


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
    names = " ".join(f'"{name}"' for name in _covered(headers))
    parameters = (
        f'({names});created={created};keyid="{key_id(bytes(key.verify_key))}";alg="{ALGORITHM}"'
        f';expires={created + LIFETIME_SECONDS};nonce="{nonce.hex()}";tag="{TAG}"'
    )
    signature = base64.b64encode(key.sign(_base(method, url, headers, parameters)).signature).decode("ascii")
    return {SIGNATURE_INPUT: f"{LABEL}={parameters}", SIGNATURE: f"{LABEL}=:{signature}:"} | headers


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
    signature = parse_signature(fields[SIGNATURE], label=LABEL)
    _require_profile(claimed, fields, body)
    _require_current(claimed, now)
    public_key = public_key_of(claimed.keyid)
    if public_key is None:
        raise HttpSignatureInvalid("unknown_key", "keyid")
    parameters = fields[SIGNATURE_INPUT].removeprefix(f"{LABEL}=")
    try:
        verify_signature(_base(method, url, fields, parameters), signature, public_key)
    except SignatureInvalid as error:
        raise HttpSignatureInvalid("signature", SIGNATURE) from error
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
    if claimed.alg != ALGORITHM:
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


def _base(method: str, url: str, headers: Mapping[str, str], parameters: str) -> bytes:
    """RFC 9421 §2.5: what is signed. `require_target` has left one way to write each part of it.

    Raises:
        HttpSignatureInvalid: `http.signature`: a field that is not one line of ASCII.
    """
    target, fields = urlsplit(url), [headers[name] for name in _covered(headers)[len(_ALWAYS_COVERED) :]]
    values = (method, _authority(target), target.path or "/", f"?{target.query}", *fields)
    if not all(value.isascii() and value.isprintable() for value in fields):
        raise HttpSignatureInvalid("signature", SIGNATURE)
    lines = [f'"{name}": {value}' for name, value in zip(_covered(headers), values, strict=True)]
    return "\n".join([*lines, f'"@signature-params": {parameters}']).encode("ascii")


def _authority(target: SplitResult) -> str:
    """Lower case, without the port that the scheme implies. Source: RFC 9421 §2.2.3."""
    host, _, port = target.netloc.lower().partition(":")
    return host if not port or int(port) == _IMPLIED_PORTS[target.scheme] else f"{host}:{port}"
