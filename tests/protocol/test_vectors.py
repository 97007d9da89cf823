import ast
import hashlib
import json
import re
from pathlib import Path

import pytest

from protocol.bodies import check_stored, parse_body
from protocol.canonical import encode
from protocol.envelope import decode_envelope, pae
from protocol.errors import ProtocolError
from protocol.figures import open_figures, parse_figures
from protocol.replay import State, apply
from protocol.request import parse_ack, parse_request
from protocol.statement import parse_statement
from protocol.statement_fields import BodyRef
from protocol.vectors import __main__ as writing
from protocol.vectors import forms
from protocol.vectors.forms import Vector

HERE = Path(writing.__file__).parent
PROTOCOL = HERE.parent
ACCEPT = sorted((HERE / "accept").glob("*.json"))
REJECT = sorted((HERE / "reject").glob("*.json"))
PARSERS = {"statement": parse_statement, "request": parse_request, "ack": parse_ack}
SOURCES = ("envelope", "statement", "statement_fields", "request", "bodies", "body_fields", "figures", "keys")
PAGES = ("envelope", "statement", "bodies", "replay", "membership")
FAMILIES = {
    "envelope": {"EnvelopeInvalid"},
    "key": {"KeyInvalid"},
    "signature": {"SignatureInvalid"},
    "statement": {"StatementInvalid"},
    "body": {"BodyInvalid"},
}
REPLAYED = (
    *("log", "replay", "member", "audience", "alert", "chain", "update", "sighting", "cancel", "admit", "rotate"),
    *("series", "figures"),
)
SAYS_VOID = {"Void", "require", "uncancelled"}
CODE = re.compile(rf"({'|'.join([*FAMILIES, *REPLAYED, 'revoke'])})\.(?!md\b|v1\b)[a-z0-9_]+")


def read(path: Path) -> Vector:
    return forms.from_bytes(path.read_bytes())


def entries_of(vector: Vector) -> list[bytes]:
    before = entries_of(read(HERE / "accept" / f"{vector['after']}.json")) if "after" in vector else []
    return before + [forms.input_bytes({"e_base64": entry}, "e") for entry in vector["entries"]]


def check_replay(vector: Vector) -> None:
    state, outcomes = State(), []
    for index, entry in enumerate(entries_of(vector)):
        state, outcome = apply(state, index, entry)
        outcomes.append([outcome.verdict, outcome.code])
    assert outcomes[-len(vector["entries"]) :] == vector["outcomes"]
    assert hashlib.sha256(state.serialise()).hexdigest() == vector["state_sha256"]
    assert forms.gone(state) == vector["gone"]
    assert forms.owes(state) == vector["owes"]


def check_envelope(vector: Vector) -> None:
    read_back = decode_envelope(forms.input_bytes(vector, "envelope"))
    payload = read_back.verify(bytes.fromhex(vector["public"]))
    assert payload == forms.input_bytes(vector, "payload")
    assert read_back.identity == vector["pae_sha256"]
    PARSERS[read_back.type.what](payload)


def check_body(vector: Vector) -> None:
    stored = forms.input_bytes(vector, "content")
    if "statement" in vector:
        beside = vector["statement"]
        check_stored(stored, BodyRef(**beside["body"]), beside["log"], beside["origin"], beside["nonce"])
    body = parse_body(stored, vector["type"])
    assert encode(body) == stored.rstrip(b" ")


def check_figures(vector: Vector) -> None:
    if "stored_base64" not in vector:
        parse_figures(forms.input_bytes(vector, "content"))
        return
    opened = open_figures(forms.input_bytes(vector, "stored"), bytes.fromhex(vector["private"]))
    assert parse_figures(forms.input_bytes(vector, "content")) == opened
    assert encode(opened) == forms.input_bytes(vector, "content").rstrip(b" ")


def check_payload(vector: Vector) -> None:
    payload = forms.input_bytes(vector, "payload")
    assert encode(PARSERS[vector["what"]](payload)) == payload


def check_pae(vector: Vector) -> None:
    made = pae(vector["payload_type"], forms.input_bytes(vector, "payload"))
    assert made == forms.input_bytes(vector, "pae")
    assert hashlib.sha256(made).hexdigest() == vector["pae_sha256"]


CHECKS = {
    "pae": check_pae,
    "envelope": check_envelope,
    "statement": check_payload,
    "request": check_payload,
    "ack": check_payload,
    "body": check_body,
    "figures": check_figures,
    "replay": check_replay,
}


@pytest.mark.parametrize("path", ACCEPT, ids=lambda path: path.stem)
def test_what_must_be_accepted_is(path: Path) -> None:
    vector = read(path)
    CHECKS[vector["what"]](vector)


@pytest.mark.parametrize("path", REJECT, ids=lambda path: path.stem)
def test_what_must_be_refused_is_and_by_its_name(path: Path) -> None:
    vector = read(path)
    if vector["what"] == "replay":
        check_replay(vector)
        assert vector["outcomes"][-1] == ["void", vector["rejection"]]
        return
    with pytest.raises(ProtocolError) as refused:
        CHECKS[vector["what"]](vector)
    assert refused.value.code == vector["rejection"]


def test_a_defect_is_named_after_its_rejection() -> None:
    """Where the file says no more than the family, the family is right."""
    for path in REJECT:
        vector = read(path)
        family = path.stem.split("_")[0]
        expected = {"request": "statement", "ack": "statement", "figures": "body"}.get(family, family)
        if vector["what"] != "replay":
            assert vector["rejection"].startswith(f"{expected}."), path.stem


def test_the_vectors_are_what_would_be_written_now() -> None:
    assert writing.differing(writing.wanted()) == []


def test_a_check_says_which_vector_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(writing, "HERE", tmp_path)
    assert writing.main([]) == 0
    assert writing.main(["--check"]) == 0
    (tmp_path / "accept" / "alert.json").write_text("{}")
    (tmp_path / "reject" / "body_tail_long.json").unlink()
    (tmp_path / "reject" / "extra.json").write_text("{}")
    assert writing.main(["--check"]) == 1
    said = capsys.readouterr().err
    assert [line.rsplit("/", 1)[1] for line in said.splitlines()] == ["alert.json", "body_tail_long.json", "extra.json"]
    assert writing.main([]) == 0
    assert writing.main(["--check"]) == 0


def codes_of_the_specification() -> set[str]:
    text = "".join((PROTOCOL / "spec" / f"{page}.md").read_text() for page in PAGES)
    return {match for match in re.findall(r"`([a-z0-9_.]+)`", text) if CODE.fullmatch(match)}


def codes_of_the_code() -> set[str]:
    found: set[str] = set()
    for path in (PROTOCOL / "replay").glob("*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        judged = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in SAYS_VOID]
        literals = [node.value for call in judged for node in ast.walk(call) if isinstance(node, ast.Constant)]
        found |= {value for value in literals if isinstance(value, str) and CODE.fullmatch(value)}
    for source in SOURCES:
        for name, code in raised_in(PROTOCOL / f"{source}.py"):
            found |= {f"{family}.{code}" for family, classes in FAMILIES.items() if name in classes}
    shared = {"not_json", "unknown_field", "missing_field", "wrong_type", "grammar", "duplicate_key", "not_canonical"}
    nodes = ast.walk(ast.parse((PROTOCOL / "canonical.py").read_text()))
    assert shared <= {node.value for node in nodes if isinstance(node, ast.Constant)}
    found |= {f"{family}.{name}" for family in ("statement", "body") for name in shared}
    return found | {"envelope.not_json", "envelope.shape", "envelope.duplicate_key"}


def raised_in(path: Path) -> set[tuple[str, str]]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.endswith("Invalid"):
            first = node.args[0]
            options = (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,)
            for option in options:
                assert isinstance(option, ast.Constant), f"{path.name}: a code that is no literal"
                found.add((node.func.id, str(option.value)))
    return found


def codes_of_the_vectors() -> set[str]:
    return {json.loads(path.read_bytes())["rejection"] for path in REJECT}


def test_every_code_of_the_code_is_in_the_specification_and_no_other() -> None:
    assert codes_of_the_code() == codes_of_the_specification()


def test_every_code_of_the_specification_has_a_vector_and_no_other() -> None:
    assert codes_of_the_vectors() == codes_of_the_specification()
