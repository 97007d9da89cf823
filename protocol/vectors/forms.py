"""The forms of vectors: small JSON objects with the bytes that go in and what comes out. Source: spec/README.md."""

import base64
import hashlib
import json
from typing import Any

from protocol.envelope import decode_envelope
from protocol.replay import State
from protocol.vectors.scene import Scene

Vector = dict[str, Any]


def text_or_base64(name: str, data: bytes) -> Vector:
    """`{name: text}` where the bytes are UTF-8, else `{name_base64: …}`."""
    try:
        return {name: data.decode("utf-8")}
    except UnicodeDecodeError:
        return {f"{name}_base64": b64(data)}


def b64(data: bytes) -> str:
    """Standard base64."""
    return base64.b64encode(data).decode("ascii")


def envelope(shows: str, entry: bytes, public: str) -> Vector:
    """A well-formed envelope that verifies under `public`."""
    read = decode_envelope(entry)
    return {
        "what": "envelope",
        "shows": shows,
        "envelope": entry.decode("ascii"),
        "public": public,
        "payload": read.payload.decode("ascii"),
        "pae_sha256": hashlib.sha256(read.pae).hexdigest(),
    }


def payload(what: str, shows: str, data: bytes) -> Vector:
    """A payload of a statement, request or Ack."""
    return {"what": what, "shows": shows} | text_or_base64("payload", data)


def body(shows: str, stored: bytes, body_type: str) -> Vector:
    """Stored bytes: their text, and the size to which spaces fill them."""
    content = stored.rstrip(b" ")
    return {
        "what": "body",
        "shows": shows,
        "type": body_type,
        **text_or_base64("content", content),
        "padded_to": len(stored),
    }


def replay(shows: str, scene: Scene, opening: str = "", opened: int = 0) -> Vector:
    """A log entry by entry; `opening` names the vector whose entries, `opened` of them, stand first."""
    after = {"after": opening} if opening else {}
    return {
        "what": "replay",
        "shows": shows,
        **after,
        "entries": [b64(entry) for entry in scene.entries[opened:]],
        "outcomes": [[outcome.verdict, outcome.code] for outcome in scene.outcomes[opened:]],
        "state_sha256": hashlib.sha256(scene.state.serialise()).hexdigest(),
        "gone": gone(scene.state),
        "owes": owes(scene.state),
    }


def gone(state: State) -> dict[str, int]:
    """Identity of each link whose body is gone → index from which it is."""
    return {identity: link.gone for identity, link in sorted(state.links.items()) if link.gone is not None}


def owes(state: State) -> dict[str, int]:
    """Member id → the index that its Ack must have seen past."""
    return {str(m.id): m.owes for m in sorted(state.members.values(), key=lambda m: m.id) if m.owes is not None}


def rejected(vector: Vector, code: str) -> Vector:
    """The same vector with the code by which it is refused."""
    return vector | {"rejection": code}


def to_bytes(vector: Vector) -> bytes:
    """The file of a vector."""
    return (json.dumps(vector, indent=1, ensure_ascii=False) + "\n").encode()


def from_bytes(data: bytes) -> Vector:
    """A vector from its file.

    Raises:
        RuntimeError: not a vector: the file was damaged by hand.
    """
    vector = json.loads(data)
    if not isinstance(vector, dict) or "what" not in vector or "shows" not in vector:
        raise RuntimeError("not a vector")
    return vector


def input_bytes(vector: Vector, name: str) -> bytes:
    """The bytes that a vector holds under `name` or `name_base64`, padded with spaces where it says so."""
    text = vector.get(name)
    data = base64.b64decode(vector[f"{name}_base64"]) if text is None else str(text).encode()
    return data.ljust(vector.get("padded_to", 0), b" ")
