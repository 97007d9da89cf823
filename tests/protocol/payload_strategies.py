"""Hostile payloads: bytes, JSON of the wrong shape, and good payloads with one thing changed."""

import json
from typing import Any

from hypothesis import strategies as st

from protocol import canonical
from protocol.vectors.accepted import accepted

SAMPLES: dict[str, bytes] = {
    name: str(vector.get("payload", vector.get("content"))).encode()
    for name, vector in accepted().items()
    if vector["what"] != "pae"
}

_leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(["", "ab" * 32, "2027-02-29", "unknown field", "got `", "at `$.kind`", "alert", "series"])
)
values = st.recursive(_leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner))


@st.composite
def changed(draw: st.DrawFn, samples: list[bytes]) -> bytes:
    """A good payload in which one value, at any depth, is another, twice there, or gone."""
    top = json.loads(draw(st.sampled_from(samples)))
    parent: Any = top
    while True:
        keys = list(parent) if isinstance(parent, dict) else list(range(len(parent)))
        if not keys:
            break
        key = draw(st.sampled_from(keys))
        if isinstance(parent[key], dict | list) and draw(st.booleans()):
            parent = parent[key]
            continue
        if draw(st.booleans()):
            parent[key] = draw(values)
        else:
            del parent[key]
        break
    try:
        return canonical.encode(top)
    except (UnicodeEncodeError, OverflowError):
        return json.dumps(top).encode()


@st.composite
def damaged(draw: st.DrawFn, samples: list[bytes]) -> bytes:
    """A good payload with some bytes inserted, replaced or cut out."""
    good = draw(st.sampled_from(samples))
    at = draw(st.integers(0, len(good)))
    tokens = st.sampled_from(
        [b'"', b",", b"{", b"}", b"null", b"\\u0000", b"\\ud800", b"-", b"1e9", b" ", b"\0", b"\xff"]
    )
    return good[:at] + draw(st.binary(max_size=4) | tokens) + good[at + draw(st.integers(0, 8)) :]


def hostile(*names: str) -> st.SearchStrategy[bytes]:
    """Any bytes, and what is nearly one of the samples named."""
    samples = [SAMPLES[name] for name in names]
    return (
        st.binary(max_size=300)
        | values.map(lambda value: json.dumps(value).encode())
        | changed(samples)
        | damaged(samples)
    )
