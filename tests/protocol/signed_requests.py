"""Requests signed by us, and by another implementation of RFC 9421 that stands against our own."""

import datetime as dt
from typing import Any

from http_message_signatures import (
    HTTPMessageSigner,
    HTTPSignatureAlgorithm,
    MappingKeyResolver,
)
from nacl.signing import SigningKey, VerifyKey

from protocol.http_signatures import (
    VerifiedRequest,
    sign_request,
    verify_request,
)
from protocol.keys import key_id
from protocol.statement_fields import Seen

KEY = SigningKey(bytes(range(32)))
PUBLIC = bytes(KEY.verify_key)
KEYID = key_id(PUBLIC)
NONCE = bytes(range(16))
NOW = 1_795_000_000
URL = "https://hub.example/v1/statements?wait=1"
BODY = b'{"batch":[]}'
SEEN = Seen(root="11" * 32, sig="22" * 64, size=7)


def a_signed_request(**over: Any) -> dict[str, str]:
    given: dict[str, Any] = {
        "method": "POST",
        "url": URL,
        "body": BODY,
        "key": KEY,
        "created": NOW,
        "nonce": NONCE,
        "seen": SEEN,
    } | over
    return sign_request(given.pop("method"), given.pop("url"), given.pop("body"), **given)


def verified(headers: dict[str, str], **over: Any) -> VerifiedRequest:
    keys = {KEYID: PUBLIC}
    read: dict[str, Any] = {"method": "POST", "url": URL, "body": BODY, "now": NOW, "public_key_of": keys.get} | over
    return verify_request(read.pop("method"), read.pop("url"), headers, read.pop("body"), **read)


class Ed25519(HTTPSignatureAlgorithm):
    """`ed25519` for the library that stands against our own writing of what is signed."""

    algorithm_id = "ed25519"

    def __init__(self, public_key: bytes | None = None, private_key: bytes | None = None) -> None:
        self._public_key, self._private_key = public_key, private_key

    def sign(self, message: bytes) -> bytes:
        assert self._private_key is not None
        return SigningKey(self._private_key).sign(message).signature

    def verify(self, signature: bytes, message: bytes) -> None:
        assert self._public_key is not None
        VerifyKey(self._public_key).verify(message, signature)


class RfcMessage:
    """The request of RFC 9421 B.2."""

    method = "POST"
    url = "https://example.com/foo?param=Value&Pet=dog"

    def __init__(self) -> None:
        self.headers = {
            "Host": "example.com",
            "Date": "Tue, 20 Apr 2021 02:07:55 GMT",
            "Content-Type": "application/json",
            "Content-Length": "18",
        }


def signed_with(headers: dict[str, str], covered: tuple[str, ...], url: str = URL) -> dict[str, str]:
    """A request of another sender's making: well signed, with header values that ours would not write."""
    message = RfcMessage()
    message.url, message.headers = url, headers
    resolver = MappingKeyResolver(public_keys={}, private_keys={KEYID: bytes(KEY)})
    HTTPMessageSigner(signature_algorithm=Ed25519, key_resolver=resolver).sign(
        message,
        key_id=KEYID,
        created=dt.datetime.fromtimestamp(NOW, dt.UTC),
        expires=dt.datetime.fromtimestamp(NOW + 60, dt.UTC),
        nonce=NONCE.hex(),
        label="watchword",
        tag="watchword/v1",
        covered_component_ids=("@method", "@authority", "@path", "@query", *covered),
        use_existing_digest="content-digest" in headers,
    )
    return message.headers
