"""A passkey device in software: an ES256 key, answers as a browser posts them."""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

USER_PRESENT_AND_VERIFIED = 0x05
HAS_CREDENTIAL = 0x40


class Authenticator:
    """One passkey of one person, for one site."""

    def __init__(self, origin: str, *, verifies_user: bool = True) -> None:
        self.origin, self.rp_id = origin, origin.partition("://")[2]
        self._flags = USER_PRESENT_AND_VERIFIED if verifies_user else 0x01
        self._key = generate_private_key(SECP256R1())
        self.id = hashlib.sha256(self._key.private_numbers().private_value.to_bytes(32, "big")).digest()
        self.uses = 0

    def create(self, options: str) -> str:
        """What the browser posts after it made the passkey."""
        public = self._key.public_key().public_numbers()
        x, y = public.x.to_bytes(32, "big"), public.y.to_bytes(32, "big")
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cose
        data = self._data(HAS_CREDENTIAL) + credential
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._post({"attestationObject": encoded(made)}, self._client("webauthn.create", options))

    def get(self, options: str) -> str:
        """What the browser posts after it was asked."""
        client, data = self._client("webauthn.get", options), self._data(0)
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ECDSA(SHA256()))
        said = {"authenticatorData": encoded(data), "signature": encoded(signature), "userHandle": encoded(b"person/1")}
        return self._post(said, client)

    def _data(self, flags: int) -> bytes:
        self.uses += 1
        flags |= self._flags
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4, "big")

    def _client(self, kind: str, options: str) -> bytes:
        challenge = json.loads(options)["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _post(self, response: dict[str, Any], client: bytes) -> str:
        name = encoded(self.id)
        said = {**response, "clientDataJSON": encoded(client)}
        made = {"id": name, "rawId": name, "type": "public-key", "response": said, "clientExtensionResults": {}}
        return json.dumps(made)


def encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def decoded(value: str) -> bytes:
    return urlsafe_b64decode(value + "=" * (-len(value) % 4))
