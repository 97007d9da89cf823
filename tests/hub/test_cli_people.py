"""The command line for people of the pages, and for officers at machines of their own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hub.cli import app
from hub.core.errors import HubError, Misconfigured
from hub.core.signing_files import ToSign, decode_signed, encode_file
from protocol.envelope import STATEMENT_TYPE, decode_envelope
from protocol.house.core.errors import Refused
from protocol.keys import public_hex
from protocol.statement import encode_statement, statement_identity
from protocol.statement_fields import MemberPart, Seen, Statement
from protocol.vectors.named_keys import signing_key
from protocol.vectors.scene import DAY
from protocol.words import fingerprint_words
from tests.hub.test_cli import Operator

Types = Callable[..., str]


@pytest.fixture
def types(tmp_path: Path) -> Types:
    operator = Operator(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}")
    operator.begin()
    return operator.types


@pytest.fixture
def officer(tmp_path: Path) -> Path:
    """An officer's key, at a machine without a hub."""
    key = tmp_path / "mine.key"
    key.write_text(bytes(signing_key("officer0")).hex())
    key.chmod(0o600)
    return key


def to_sign(kind: str = "suspend", **over: Any) -> bytes:
    """The bytes of a statement; by itself of one that a page hands out to suspend member 2."""
    fields: dict[str, Any] = {"origin": 0, "member": MemberPart(id=2, reason="silent")}
    seen = Seen(root="ab" * 32, sig="ab" * 64, size=3)
    common: dict[str, Any] = {
        "log": "ab" * 32,
        "nonce": "ab" * 16,
        "status": "actual",
        "day": DAY.isoformat(),
        "seen": seen,
    }
    return encode_statement(Statement(kind=kind, **(common | fields | over)))


def signs(*words: str, answer: str = "") -> str:
    result = CliRunner().invoke(app, ["sign-as-officer", *words], input=answer)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def test_the_first_people_are_invited_from_the_hubs_own_machine_and_then_by_name(types: Types) -> None:
    said = types("invite-person", "Oona", "--role", "operator")
    assert said.startswith("https://hub.example.org/invitation/") and len(said.strip().rpartition("/")[2]) == 64
    with pytest.raises(Refused, match="name them with --by"):
        types("invite-person", "Olu", "--role", "operator")
    assert "/invitation/" in types("invite-person", "Olu", "--role", "operator", "--by", "Oona")
    assert "/invitation/" in types("invite-person", "Lena", "--role", "lead"), "nobody here gives that role yet"


def test_who_lost_the_link_is_given_another_and_the_first_opens_nothing(types: Types) -> None:
    first = types("invite-person", "Oona", "--role", "operator")
    assert types("invite-person", "oona", "--role", "operator") != first


@pytest.mark.parametrize("role", ["operator", "auditor"])
def test_nobody_of_a_police_body_is_invited_to_operate_or_audit(types: Types, role: str) -> None:
    with pytest.raises(Refused, match="somebody of a police body"):
        types("invite-person", "Pat", "--role", role, "--police")
    assert "/invitation/" in types("invite-person", "Pat", "--role", "lead", "--police")


def test_an_officer_is_shown_what_it_says_in_words_and_signs_the_exact_bytes(tmp_path: Path, officer: Path) -> None:
    payload, file, signed = to_sign(), tmp_path / "to-sign.json", tmp_path / "signed.json"
    file.write_bytes(encode_file(ToSign(payload)))
    said = signs(str(file), str(signed), "--officer-key", str(officer), answer="y\n")
    assert "Asks to suspend member 2: it does not answer" in said
    assert "Its warnings that are in force stand" in said
    words = " ".join(fingerprint_words(bytes.fromhex(statement_identity(payload))))
    assert words in " ".join(said.split())
    envelope = decode_envelope(decode_signed(signed.read_bytes()).envelope)
    assert (envelope.payload_type, envelope.payload) == (STATEMENT_TYPE, payload)
    envelope.verify(bytes.fromhex(public_hex(signing_key("officer0"))))


def test_an_officer_who_does_not_say_yes_has_signed_nothing(tmp_path: Path, officer: Path) -> None:
    file, signed = tmp_path / "to-sign.json", tmp_path / "signed.json"
    file.write_bytes(encode_file(ToSign(to_sign())))
    assert "Aborted" in signs(str(file), str(signed), "--officer-key", str(officer), answer="n\n")
    assert not signed.exists()


def test_an_officers_key_signs_nothing_but_what_officers_say(tmp_path: Path, officer: Path) -> None:
    file = tmp_path / "to-sign.json"
    ours: dict[str, Any] = {"origin": 1, "member": None}
    alerts = to_sign("cancel", supersedes="ab" * 32, **ours), to_sign("endorse", about="ab" * 32, **ours)
    for data in (b"no file", *(encode_file(ToSign(payload)) for payload in alerts)):
        file.write_bytes(data)
        with pytest.raises((Misconfigured, HubError)):
            signs(str(file), str(tmp_path / "signed.json"), "--officer-key", str(officer), "--yes")
    assert not (tmp_path / "signed.json").exists()
