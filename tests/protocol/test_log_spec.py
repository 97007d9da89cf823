"""The examples of spec/log.md and spec/http-signatures.md are real, and both name every rejection of their code."""

import re
from pathlib import Path

import pytest
from nacl.signing import SigningKey

import protocol
from protocol.checkpoint import open_checkpoint, seen_of, sign_checkpoint
from protocol.cosignature import add_cosignature, cosign, cosignatures
from protocol.http_signatures import sign_request, verify_request
from protocol.log import Tree, leaf_hash
from protocol.proofs import verify_range
from protocol.tiles import encode_bundle
from protocol.verifier_key import parse_vkey
from protocol.words import fingerprint_words

PACKAGE = Path(protocol.__file__).parent
LOG_SPEC = (PACKAGE / "spec" / "log.md").read_text()
HTTP_SPEC = (PACKAGE / "spec" / "http-signatures.md").read_text()
LOG_KEY, WITNESS_KEY, MEMBER_KEY = (SigningKey(bytes(range(at, at + 32))) for at in (0, 32, 64))
ENTRIES = [b"one", b"two", b"three"]
LOG, WITNESS = (parse_vkey(vkey) for vkey in re.findall(r"^    (\S+\+[0-9a-f]{8}\+\S+)$", LOG_SPEC, re.MULTILINE))


def example_note() -> bytes:
    start = LOG_SPEC.index("    hub.example/log\n")
    lines = LOG_SPEC[start:].split("\n")[:6]
    return "".join(f"{line.removeprefix('    ')}\n" for line in lines).encode()


def test_the_example_tree_is_real() -> None:
    leaves = [leaf_hash(entry) for entry in ENTRIES]
    tree = Tree().extend(leaves)
    for value in (*leaves, tree.root, encode_bundle(ENTRIES)):
        assert f"    {value.hex()}\n" in LOG_SPEC
    verify_range(1, leaves[1:], 3, tree.root, leaves[:1])


def test_the_example_checkpoint_is_real() -> None:
    root = Tree().extend(map(leaf_hash, ENTRIES)).root
    note = sign_checkpoint(LOG.name, 3, root, LOG_KEY)
    note = add_cosignature(note, cosign(note, WITNESS.name, WITNESS_KEY, 1_795_000_000), WITNESS)
    assert note == example_note()
    assert [one.timestamp for one in cosignatures(note, [WITNESS])] == [1_795_000_000]
    words = fingerprint_words(open_checkpoint(note, LOG).digest)
    assert f"Its words: {' '.join(words)}." in LOG_SPEC


def test_the_example_request_is_real() -> None:
    url, body = "https://hub.example/v1/statements?wait=1", b'{"batch":[]}'
    headers = sign_request(
        "POST",
        url,
        body,
        key=MEMBER_KEY,
        created=1_795_000_000,
        nonce=bytes(range(16)),
        seen=seen_of(example_note(), LOG),
    )
    for name, value in headers.items():
        assert f"    {name.title()}: {value}\n" in HTTP_SPEC
    public = bytes(MEMBER_KEY.verify_key)
    assert verify_request("POST", url, headers, body, now=1_795_000_000, public_key_of=lambda _keyid: public).seen


@pytest.mark.parametrize(
    ("family", "error", "modules", "spec"),
    [
        ("tree", "TreeInvalid", ("log", "proofs", "tiles"), LOG_SPEC),
        ("note", "NoteInvalid", ("note", "verifier_key", "checkpoint", "cosignature"), LOG_SPEC),
        ("http", "HttpSignatureInvalid", ("http_signatures", "signature_fields"), HTTP_SPEC),
    ],
)
def test_code_and_specification_name_the_same_rejections(
    family: str, error: str, modules: tuple[str, ...], spec: str
) -> None:
    source = "".join((PACKAGE / f"{module}.py").read_text() for module in modules)
    raised = set(re.findall(rf'{error}\("([a-z0-9_]+)"', source))
    assert raised == set(re.findall(rf"`{family}\.([a-z0-9_]+)`", spec))
