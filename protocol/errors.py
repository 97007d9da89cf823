"""What this package raises, and nothing else, on hostile or stale input.

    ProtocolError                 any bytes in → a value or one of these
    ├── EnvelopeInvalid           envelope.*   the frame
    ├── KeyInvalid                key.*        a key that must not be used
    ├── SignatureInvalid          signature.*  does not verify
    ├── StatementInvalid          statement.*  the closed grammar (also requests and Acks)
    ├── BodyInvalid               body.*       what is beside the log
    ├── IdentifierInvalid         identifier.* a phone number, address, handle or plate
    ├── TreeInvalid               tree.*       tiles, bundles, proofs
    ├── NoteInvalid               note.*       signed notes, checkpoints, cosignatures
    └── HttpSignatureInvalid      http.*       a signed request

Each has a stable `code` (`family.name`), the same in the specification, the vectors and on the wire. Messages name
fields, never values: errors are logged.
"""

from typing import ClassVar


class ProtocolError(Exception):
    """Hostile or stale input. `code` is `<family>.<name>`; `detail` names the field, never its value."""

    family: ClassVar[str] = "protocol"

    def __init__(self, name: str, detail: str = "") -> None:
        self.code = f"{self.family}.{name}"
        self.detail = detail
        super().__init__(f"{self.code}: {detail}" if detail else self.code)


class EnvelopeInvalid(ProtocolError):
    """The frame is not the one permitted encoding. Source: spec/envelope.md §1."""

    family = "envelope"


class KeyInvalid(ProtocolError):
    """A key that must not be used. Source: spec/envelope.md §2."""

    family = "key"


class SignatureInvalid(ProtocolError):
    """A signature that does not verify. Source: spec/envelope.md §2."""

    family = "signature"


class StatementInvalid(ProtocolError):
    """A payload outside the closed grammar. Source: spec/statement.md."""

    family = "statement"


class BodyInvalid(ProtocolError):
    """Stored bytes that are not the body which the statement names. Source: spec/bodies.md."""

    family = "body"


class IdentifierInvalid(ProtocolError):
    """A phone number, e-mail address, handle or plate that has no canonical form."""

    family = "identifier"


class TreeInvalid(ProtocolError):
    """A tile, bundle or proof that does not fit its tree. Source: spec/log.md."""

    family = "tree"


class NoteInvalid(ProtocolError):
    """A signed note, checkpoint or cosignature that must not be believed. Source: spec/log.md."""

    family = "note"


class HttpSignatureInvalid(ProtocolError):
    """A request that does not prove who sent it. Source: spec/http-signatures.md."""

    family = "http"
