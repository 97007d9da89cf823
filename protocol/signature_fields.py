"""The four header fields of a signed request, each in the one form that this profile permits.

RFC 8941 would permit more spellings of each; a reader of this profile needs none of them. Nothing here is verified.
Source: spec/http-signatures.md §1, §2.
"""

import base64
import re
from collections.abc import Mapping
from typing import Final

import msgspec

from protocol.errors import HttpSignatureInvalid
from protocol.statement_fields import Seen

SIGNATURE_INPUT: Final = "signature-input"
SIGNATURE: Final = "signature"
CONTENT_DIGEST: Final = "content-digest"
WATCHWORD_SEEN: Final = "watchword-seen"

MAX_FIELD_BYTES: Final = 512
"""The longest, Signature-Input, has 270 characters."""

MAX_URL_BYTES: Final = 2_048

_FIELDS: Final = (SIGNATURE_INPUT, SIGNATURE, CONTENT_DIGEST, WATCHWORD_SEEN)
_PARAMETERS: Final = {
    "created": re.compile(r"(0|[1-9][0-9]{0,11})"),
    "expires": re.compile(r"(0|[1-9][0-9]{0,11})"),
    "nonce": re.compile(r'"([0-9a-f]{32})"'),
    "keyid": re.compile(r'"([0-9a-f]{64})"'),
    "alg": re.compile(r'"([!#-:<-\[\]-~]*)"'),
    "tag": re.compile(r'"([!#-:<-\[\]-~]*)"'),
}
_METHOD: Final = re.compile(r"[A-Z]{1,16}")
_PLAIN: Final = "A-Za-z0-9._~!$&'()*+,;=:@/-"
_ESCAPE: Final = "%[0-9A-Fa-f]{2}"
_URL: Final = re.compile(  # no repetition within another: each further character would double what a refusal takes
    rf"https?://[A-Za-z0-9.-]{{1,253}}(?::[0-9]{{1,5}})?(?:/(?:[{_PLAIN}]|{_ESCAPE})*)?(?:\?(?:[{_PLAIN}?]|{_ESCAPE})*)?"
)
_INPUT: Final = re.compile(r'([a-z]+)=\("([a-z@-]+(?:" "[a-z@-]+)*)"\);(.+)')
_SIGNATURE: Final = re.compile(r"([a-z]+)=:([A-Za-z0-9+/]{86}==):")
_SEEN: Final = re.compile(r"size=([1-9][0-9]{0,15}), root=:([A-Za-z0-9+/]{43}=):, sig=:([A-Za-z0-9+/]{86}==):")


class SignatureInput(msgspec.Struct, frozen=True):
    """What a Signature-Input field claims.

    Attributes:
        covered: component names in the order in which they are signed.
        created: POSIX seconds.
        expires: POSIX seconds.
        nonce: 32 hex digits.
        keyid: 64 hex digits.
        alg: as written.
        tag: as written.
    """

    covered: tuple[str, ...]
    created: int
    expires: int
    nonce: str
    keyid: str
    alg: str
    tag: str


def require_target(method: str, url: str) -> None:
    """Refuses a method or URL that a signature base cannot hold in one way only.

    Raises:
        HttpSignatureInvalid: `http.method`: not 1 to 16 upper-case letters. `http.url`: not an absolute http(s) URL of
            at most 2,048 characters, percent-encoded, without user, fragment or IPv6 literal.
    """
    if not _METHOD.fullmatch(method):
        raise HttpSignatureInvalid("method")
    if len(url) > MAX_URL_BYTES or not _URL.fullmatch(url):
        raise HttpSignatureInvalid("url")


def take_fields(headers: Mapping[str, str]) -> dict[str, str]:
    """The four fields of this profile, by lower-case name; the last two may be missing.

    Raises:
        HttpSignatureInvalid: `http.repeated`: one stands twice. `http.oversize`: longer than 512 bytes.
            `http.unsigned`: no Signature-Input or no Signature.
    """
    fields: dict[str, str] = {}
    for name, value in headers.items():
        lower = name.lower()
        if lower not in _FIELDS:
            continue
        if lower in fields:
            raise HttpSignatureInvalid("repeated", lower)
        if len(value) > MAX_FIELD_BYTES:
            raise HttpSignatureInvalid("oversize", lower)
        fields[lower] = value
    for needed in (SIGNATURE_INPUT, SIGNATURE):
        if needed not in fields:
            raise HttpSignatureInvalid("unsigned", needed)
    return fields


def parse_signature_input(field: str, *, label: str) -> SignatureInput:
    """Reads `label=("…" "…");created=…;keyid="…";…`: one signature, the six parameters in any order.

    Raises:
        HttpSignatureInvalid: `http.signature_input`: not of that form, or another label. `http.parameters`: one of the
            six is missing, another is there, one stands twice or is not of its grammar.
    """
    match = _INPUT.fullmatch(field)
    if match is None or match[1] != label:
        raise HttpSignatureInvalid("signature_input", SIGNATURE_INPUT)
    values: dict[str, str] = {}
    for parameter in match[3].split(";"):
        name, _, written = parameter.partition("=")
        value = _PARAMETERS[name].fullmatch(written) if name in _PARAMETERS and name not in values else None
        if value is None:
            raise HttpSignatureInvalid("parameters", SIGNATURE_INPUT)
        values[name] = value[1]
    if len(values) != len(_PARAMETERS):
        raise HttpSignatureInvalid("parameters", SIGNATURE_INPUT)
    created, expires = int(values.pop("created")), int(values.pop("expires"))
    return SignatureInput(tuple(match[2].split('" "')), created, expires, **values)


def parse_signature(field: str, *, label: str) -> bytes:
    """Reads `label=:…:`: the 64 bytes of one signature.

    Raises:
        HttpSignatureInvalid: `http.signature_field`.
    """
    match = _SIGNATURE.fullmatch(field)
    if match is None or match[1] != label:
        raise HttpSignatureInvalid("signature_field", SIGNATURE)
    return _bytes(match[2], "signature_field", SIGNATURE)


def encode_seen(seen: Seen) -> str:
    """`size=…, root=:…:, sig=:…:`: a Dictionary of RFC 8941, in this order. Source: spec/http-signatures.md §2."""
    root, sig = (base64.b64encode(bytes.fromhex(value)).decode("ascii") for value in (seen.root, seen.sig))
    return f"size={seen.size}, root=:{root}:, sig=:{sig}:"


def decode_seen(field: str) -> Seen:
    """Reads a Watchword-Seen field. Whether the log signed it is for `checkpoint.verify_seen`.

    Raises:
        HttpSignatureInvalid: `http.seen`: not in the one form that `encode_seen` writes, or a size not 1 to 2^53 − 1.
    """
    match = _SEEN.fullmatch(field)
    if match is None or int(match[1]) > 2**53 - 1:
        raise HttpSignatureInvalid("seen", WATCHWORD_SEEN)
    root, sig = (_bytes(written, "seen", WATCHWORD_SEEN).hex() for written in (match[2], match[3]))
    return Seen(root=root, sig=sig, size=int(match[1]))


def _bytes(text: str, rejection: str, field: str) -> bytes:
    """Decodes base64 of the right alphabet and padding; refuses bits in its tail."""
    value = base64.b64decode(text)
    if base64.b64encode(value).decode("ascii") != text:
        raise HttpSignatureInvalid(rejection, field)
    return value
