"""Everything that reads bytes from outside: what it is fed with, and how it is called.

A target returns, or raises one of ours, which names itself. Decoders that a target reaches are named in `reaches`; a
test holds that no public decoder of `protocol` is missing.
"""

import base64
import io
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec

from hub.api.statements import read_examined
from hub.core.offered import examine, examined
from hub.examiner import ASKED, TOLD, work
from hub.shared_memory import SharedMemory
from node.exchange import answers
from protocol import (
    bodies,
    checkpoint,
    cosignature,
    envelope,
    figures,
    identifiers,
    note,
    request,
    statement,
    tiles,
    verifier_key,
)
from protocol.at_rest import SEAL_RANDOMNESS, Epochs, Sealed
from protocol.envelope import MAX_PAYLOAD_BYTES, STATEMENT_TYPE, sign_envelope
from protocol.errors import ProtocolError
from protocol.http_signatures import verify_request
from protocol.proofs import verify_consistency, verify_inclusion, verify_range
from protocol.replay import State, apply, replay
from protocol.vectors import forms
from protocol.vectors.named_keys import public, signing_key
from protocol.vectors.scene import ORIGIN, three_projects
from protocol.vectors.sealed_figures import PRIVATE
from protocol.verifier_key import COSIGNATURE, ED25519, VerifierKey
from tests.fuzz.files import file_targets
from tests.fuzz.target import Target, text_of

VECTORS: Final = Path(__file__).parents[2] / "protocol" / "vectors"


def build_targets() -> list[Target]:
    """All of them."""
    scene = three_projects()
    alert = scene.alert("genesis", 1)
    scene.sighting("bradford", 2, alert)
    scene.series("genesis", 1, (alert, scene.alert("genesis", 1)))
    scene.figures("genesis", 1)
    scene.cancel("genesis", 1, alert)
    return [
        *_frames(scene),
        *_log(scene),
        *_http(scene),
        *_answers(),
        *_submissions(scene),
        *file_targets(entries=scene.entries),
    ]


def _frames(scene: Any) -> list[Target]:
    entries: list[bytes] = scene.entries
    payloads = [envelope.decode_envelope(entry).payload for entry in entries]
    asked = [base64.b64decode(vector["bytes"]) for vector in _vectors("request") if "bytes" in vector]
    stored = list(scene.bodies.values())
    sealed = [forms.input_bytes(vector, "stored") for vector in _vectors("figures") if "stored_base64" in vector]
    counted = [forms.input_bytes(vector, "content") for vector in _vectors("figures") if "content" in vector]
    state = replay(State(), entries[:-2])
    ref = next(link.body for link in scene.state.links.values() if link.body is not None)
    return [
        Target("envelope", entries, envelope.decode_envelope, ("decode_envelope",)),
        Target("statement", payloads, statement.parse_statement, ("parse_statement",)),
        Target("reserved kind", payloads, statement.reserved_kind, ("reserved_kind",)),
        Target("request", [*asked, *payloads], request.parse_request, ("parse_request",)),
        Target(
            "ack",
            [b'{"log":"00","origin":1,"seen":{"root":"00","sig":"00","size":1}}', *payloads],
            request.parse_ack,
            ("parse_ack",),
        ),
        Target("replay", entries, lambda data: apply(state, state.size, data), ("apply",)),
        Target("replay of what was signed", payloads, lambda data: apply(state, state.size, _signed(data))),
        Target("replay of a charter", entries[:1], lambda data: apply(State(), 0, data)),
        *(
            Target(f"body {kind}", stored, partial(_parse_body, kind), ("parse_body",))
            for kind in ("alert.v1", "sighting.v1", "member.v1", "objection.v1", "series.v1")
        ),
        Target("figures", sealed, lambda data: figures.open_figures(data, PRIVATE), ("open_figures",)),
        Target("inside of figures", counted, figures.parse_figures, ("parse_figures",)),
        Target(
            "body of a statement",
            stored,
            lambda data: bodies.check_stored(data, ref, scene.log, 1, "00" * 16),
            ("check_stored",),
        ),
        Target("sealed part", [_PART.content + _PART.wrapped_key], _open_sealed),
    ]


def _parse_body(kind: str, data: bytes) -> object:
    return bodies.parse_body(data, kind)


def _signed(payload: bytes) -> bytes:
    """Whatever the payload, Genesis has signed it: past the signature the rules are what stands."""
    return sign_envelope(payload[:MAX_PAYLOAD_BYTES], STATEMENT_TYPE, signing_key("genesis/sign0"))


def _open_sealed(data: bytes) -> object:
    return _EPOCHS.open(Sealed(data[:_CONTENT], data[_CONTENT:], 1), "place")


_EPOCHS: Final = Epochs({1: bytes(32)})
_PART: Final = _EPOCHS.seal(b"a part", "place", bytes(SEAL_RANDOMNESS))
_CONTENT: Final = len(_PART.content)


def _log(scene: Any) -> list[Target]:
    size = len(scene.entries)
    signed = checkpoint.sign_checkpoint(ORIGIN, size, bytes(32), signing_key("log"))
    log_key = VerifierKey(ORIGIN, ED25519, bytes.fromhex(public("log")))
    name = "w0.example.org/witness"
    witness = VerifierKey(name, COSIGNATURE, bytes.fromhex(public("witness0")))
    line = cosignature.cosign(signed, name, signing_key("witness0"), 1_790_000_000)
    both = cosignature.add_cosignature(signed, line, witness)
    bundle = tiles.encode_bundle(scene.entries)
    path = f"tile/entries/000.p/{size}".encode()
    return [
        Target("note", [signed, both], note.decode_note, ("decode_note",)),
        Target(
            "checkpoint",
            [signed, both],
            lambda data: checkpoint.open_checkpoint(data, log_key),
            ("open_checkpoint", "parse_checkpoint"),
        ),
        Target("seen", [signed], lambda data: checkpoint.seen_of(data, log_key), ("seen_of",)),
        Target("cosignatures", [both], lambda data: cosignature.cosignatures(data, [witness]), ("cosignatures",)),
        Target(
            "cosignature line",
            [line],
            lambda data: cosignature.add_cosignature(signed, data, witness),
            ("add_cosignature", "verify_cosignature"),
        ),
        Target(
            "verifier key",
            [log_key.vkey.encode(), witness.vkey.encode()],
            lambda data: verifier_key.parse_vkey(text_of(data)),
            ("parse_vkey", "decode_base64"),
        ),
        Target("bundle", [bundle], lambda data: tiles.decode_bundle(data, size), ("decode_bundle",)),
        Target("tile", [bytes(32 * 8)], lambda data: tiles.decode_tile(data, 8), ("decode_tile",)),
        Target(
            "tile path",
            [path, b"tile/0/x001/234", b"tile/1/000.p/17"],
            lambda data: tiles.parse_path(text_of(data)),
            ("parse_path",),
        ),
        Target("proofs", [bytes(32 * 6)], _prove),
        *(
            Target(
                f"identifier {kind}",
                [text],
                partial(_canonical, kind),
                ("canonical",),
            )
            for kind, text in (
                ("phone", b"+44 7700 900318"),
                ("e_mail", b"someone@mail.example.org"),
                ("plate", b"YK58 ABC"),
                ("handle", b"@some.one_99"),
            )
        ),
        Target(
            "plate pattern",
            [b"YK58???"],
            lambda data: identifiers.canonical_plate_pattern(text_of(data)),
            ("canonical_plate_pattern",),
        ),
    ]


def _canonical(kind: str, data: bytes) -> object:
    return identifiers.canonical(kind, text_of(data))


def _prove(data: bytes) -> object:
    nodes = tuple(data[at : at + 32] for at in range(0, len(data), 32))
    old, size = len(data) % 17, len(data) % 23
    checks: tuple[Callable[[], object], ...] = (
        lambda: verify_consistency(old, bytes(32), size, bytes(32), nodes),
        lambda: verify_inclusion(bytes(32), old, size, bytes(32), nodes),
        lambda: verify_range(old, [bytes(32)] * 3, size, bytes(32), nodes),
    )
    for check in checks:
        try:
            check()
        except ProtocolError:
            continue
    return None


def _http(scene: Any) -> list[Target]:
    from protocol.http_signatures import sign_request  # noqa: PLC0415

    url, key = "https://hub.example.org/v1/statements", signing_key("genesis/online")
    headers = sign_request("POST", url, b"{}", key=key, created=1_790_000_000, nonce=bytes(16), seen=scene.seen())
    seed = json.dumps(headers).encode()

    def check(data: bytes) -> object:
        try:
            given = {str(name): str(value) for name, value in json.loads(data).items()}
        except (ValueError, AttributeError, RecursionError):
            return None
        public_key = bytes.fromhex(public("genesis/online"))
        return verify_request("POST", url, given, b"{}", now=1_790_000_010, public_key_of=lambda _: public_key)

    return [Target("signed request", [seed], check, ("verify_request",))]


_SOME = "0" * 64
ANSWERS = [
    b'{"token":"t","expires_at":1790000000}',
    b'{"note":"a","entries":["AAAA"]}',
    b'{"hashes":["AAAA"]}',
    b'{"notes":["a"]}',
    (
        f'{{"results":[{{"identity":"{_SOME}","index":4}}],'
        '"receipt":{"first":1,"count":1,"checkpoint":"x","proof":[]}}'
    ).encode(),
    f'{{"bodies":[{{"digest":"{_SOME}","gone":3}}]}}'.encode(),
    b'{"envelopes":["AAAA"],"mark":7}',
    b'{"type":"about:blank","title":"x","status":400,"code":"request.malformed"}',
    f'{{"looks":[{{"id":"{"0" * 32}","alert":"{_SOME}","day":"2026-11-02","role":"lead","reason":"court"}}]}}'.encode(),
    f'{{"decisions":[{{"id":1,"undo":"{_SOME}"}}]}}'.encode(),
    (
        f'{{"decisions":[{{"id":1,"alerts":["{_SOME}","{_SOME}"],"relation":"same_person",'
        '"reasons":[{"field":"plate","speaks":"for","weight":"strong"}]}]}'
    ).encode(),
]
"""Answers of a hub, each one that a node takes: what is spoiled in them reaches the innermost fields."""


def _answers() -> list[Target]:
    kinds = [kind for kind in vars(answers).values() if isinstance(kind, type) and issubclass(kind, answers._Answer)]

    def decode(data: bytes) -> object:
        for kind in kinds:
            try:
                answers.decode_answer(data, kind)
            except ProtocolError:
                continue
        return None

    def problem(data: bytes) -> object:
        return answers.problem_of(503, data, data[:12].decode("latin-1"))

    return [
        Target("answers", ANSWERS, decode, ("decode_answer",)),
        Target("problems", ANSWERS, problem, ("problem_of",)),
    ]


def _submissions(scene: Any) -> list[Target]:
    """Large ones, which a process beside the hub examines; and what it says of them, damaged on its way."""
    keys = {keyid: bytes.fromhex(record.public) for keyid, record in scene.state.keys.items()}
    alerts = [entry for entry in scene.entries if b'"kind":"alert"' in envelope.decode_envelope(entry).payload]
    items = [
        {"envelope": base64.b64encode(entry).decode(), "body": base64.b64encode(body).decode()}
        for entry, body in zip(alerts, scene.bodies.values(), strict=False)
    ]
    request_of_both = json.dumps({"statements": items}).encode()

    def examined_of(data: bytes) -> object:
        carried, told = msgspec.msgpack.encode(keys), io.BytesIO()
        tasks, answers = SharedMemory.new(), SharedMemory.new()
        try:
            tasks.write([carried, data])
            work(io.BytesIO(ASKED.pack(len(carried), len(data))), told, tasks, answers)
            answer = answers.read(*TOLD.unpack(told.getvalue()))
        finally:
            tasks.close()
            answers.close()
        return examined(answer) if answer else None

    return [
        Target("large submission", [request_of_both], examined_of),
        Target("examiner's answer", [examine(request_of_both, keys)], read_examined),
    ]


def _vectors(what: str) -> list[dict[str, Any]]:
    found = [json.loads(path.read_text()) for path in sorted(VECTORS.glob("*/*.json"))]
    return [vector for vector in found if vector["what"] == what]
