"""The frame around every signed thing: DSSE v1, narrowed to one permitted encoding.

Does not parse payloads and does not know who may sign what: bytes in, bytes and a claim out. A payload taken from an
`UnverifiedEnvelope` is hostile until `verify` returned. Source: spec/envelope.md.
"""

import base64
import binascii
import hashlib
import re
from typing import Final, NoReturn

import msgspec
from nacl.signing import SigningKey

from protocol import canonical
from protocol.errors import EnvelopeInvalid, SignatureInvalid
from protocol.keys import SIGNATURE_BYTES, key_id, verify_signature

MAX_PAYLOAD_BYTES: Final = 8_192
"""Every statement is kept for ever by every member: 8 KiB is a charter with 64 regions, and far above any other."""

MAX_ENVELOPE_BYTES: Final = 11_400
"""The largest payload in base64 (10,924) and the largest frame."""

STATEMENT_TYPE: Final = "application/vnd.watchword.statement.v1+json"
REQUEST_TYPE: Final = "application/vnd.watchword.request.v1+json"
ACK_TYPE: Final = "application/vnd.watchword.ack.v1+json"
ROTATION_TYPE: Final = "application/vnd.watchword.rotation.v1+json"
"""Of what a new key signs to show that its member holds it. It travels in no envelope."""

_TYPE: Final = re.compile(r"application/vnd\.watchword\.(statement|request|ack)\.v([1-9][0-9]{0,2})(-critical)?\+json")
_KEYID: Final = re.compile(r"[0-9a-f]{64}")


class _Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    keyid: str
    sig: bytes  # base64 in JSON


class _Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    payload: bytes  # base64 in JSON
    payload_type: str
    signatures: tuple[_Signature]


class _SignatureAsWritten(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    keyid: str
    sig: str


class _FrameAsWritten(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    payload: str
    payload_type: str
    signatures: list[_SignatureAsWritten]


_DECODER: Final = msgspec.json.Decoder(_Frame)


class PayloadType(msgspec.Struct, frozen=True):
    """What an envelope says that it carries: `what` (statement, request, ack), `version`, `critical`."""

    what: str
    version: int
    critical: bool


_STATEMENT: Final = PayloadType("statement", 1, False)


class UnverifiedEnvelope(msgspec.Struct, frozen=True, dict=True):
    """A well-formed frame. Nothing in it has been verified. Remembers under which key it was.

    Attributes:
        payload: the decoded bytes.
        payload_type: as written; of the grammar of spec/envelope.md §3.
        keyid: 64 lower-case hex digits.
        signature: 64 bytes.
        identity: SHA-256 of the PAE in hex: the only id of what is carried.
    """

    payload: bytes
    payload_type: str
    keyid: str
    signature: bytes
    identity: str

    @property
    def pae(self) -> bytes:
        """What the signature is over."""
        return pae(self.payload_type, self.payload)

    @property
    def type(self) -> PayloadType:
        """The payload type, taken apart."""
        if self.payload_type == STATEMENT_TYPE:
            return _STATEMENT
        match = _TYPE.fullmatch(self.payload_type)
        assert match is not None
        return PayloadType(match[1], int(match[2]), match[3] is not None)

    def verify(self, public_key: bytes) -> bytes:
        """The payload, once the signature verified under `public_key` (32 bytes). Found out once for each key.

        Raises:
            SignatureInvalid: `signature.invalid`; also when the key id names another key.
        """
        if self.__dict__.get("verified_under") == public_key:
            return self.payload
        if key_id(public_key) != self.keyid:
            raise SignatureInvalid("invalid", "keyid")
        verify_signature(self.pae, self.signature, public_key)
        self.__dict__["verified_under"] = public_key
        return self.payload

    @property
    def verified_key(self) -> bytes | None:
        """The key (32 bytes) under which it was last verified."""
        key: bytes | None = self.__dict__.get("verified_under")
        return key

    def verified_before(self, public_key: bytes) -> "UnverifiedEnvelope":
        """This envelope, of which it is known that it verified under this key: another process of ours has seen it."""
        self.__dict__["verified_under"] = public_key
        return self


def pae(payload_type: str, payload: bytes) -> bytes:
    """DSSE's pre-authentication encoding. Source: spec/envelope.md §2."""
    kind = payload_type.encode("ascii")
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def identity_of(payload_type: str, payload: bytes) -> str:
    """SHA-256 of the PAE, 64 lower-case hex digits."""
    return hashlib.sha256(pae(payload_type, payload)).hexdigest()


def encode_envelope(payload: bytes, payload_type: str, keyid: str, signature: bytes) -> bytes:
    """The one encoding of an envelope. Source: spec/envelope.md §1."""
    return b'{"payload":"%b","payloadType":"%b","signatures":[{"keyid":"%b","sig":"%b"}]}' % (
        base64.b64encode(payload),
        payload_type.encode("ascii"),
        keyid.encode("ascii"),
        base64.b64encode(signature),
    )


def sign_envelope(payload: bytes, payload_type: str, key: SigningKey) -> bytes:
    """Signs `payload` and returns the envelope's bytes.

    Raises:
        RuntimeError: the payload is larger than a reader accepts: a caller's bug.
    """
    if len(payload) > MAX_PAYLOAD_BYTES:
        raise RuntimeError("a payload is at most 8,192 bytes")
    signature = key.sign(pae(payload_type, payload)).signature
    return encode_envelope(payload, payload_type, key_id(bytes(key.verify_key)), signature)


def decode_envelope(data: bytes) -> UnverifiedEnvelope:
    """Reads a frame in the order of spec/envelope.md §1.

    Args:
        data: any bytes.

    Raises:
        EnvelopeInvalid: named after the first rule broken.
    """
    if len(data) > MAX_ENVELOPE_BYTES:
        raise EnvelopeInvalid("oversize")
    try:
        frame = _DECODER.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        _refuse(data)
    payload, keyid, signature = frame.payload, frame.signatures[0].keyid, frame.signatures[0].sig
    good = _KEYID.fullmatch(keyid) and len(signature) == SIGNATURE_BYTES and _TYPE.fullmatch(frame.payload_type)
    if not good or encode_envelope(payload, frame.payload_type, keyid, signature) != data:
        _refuse(data)
    return UnverifiedEnvelope(payload, frame.payload_type, keyid, signature, identity_of(frame.payload_type, payload))


def _refuse(data: bytes) -> NoReturn:
    """Names the first rule that a frame broke, of which it is known that it broke one."""
    frame = canonical.decode(data, _FrameAsWritten, EnvelopeInvalid, shape_error="shape")
    if len(frame.signatures) != 1:
        raise EnvelopeInvalid("signatures")
    written, signed = frame.payload, frame.signatures[0]
    payload, signature = _base64(written, "payload"), _base64(signed.sig, "sig")
    _require_canonical_base64(written, payload, "payload")
    _require_canonical_base64(signed.sig, signature, "sig")
    if not _KEYID.fullmatch(signed.keyid):
        raise EnvelopeInvalid("keyid")
    if len(signature) != SIGNATURE_BYTES:
        raise EnvelopeInvalid("sig_size")
    if not _TYPE.fullmatch(frame.payload_type):
        raise EnvelopeInvalid("payload_type")
    canonical.reject_duplicate_keys(data, EnvelopeInvalid)
    raise EnvelopeInvalid("not_canonical")


def _base64(text: str, field: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise EnvelopeInvalid("base64", field) from error


def _require_canonical_base64(text: str, value: bytes, field: str) -> None:
    """What it decodes to encodes to the same text."""
    if base64.b64encode(value).decode("ascii") != text:
        raise EnvelopeInvalid("base64", field)
