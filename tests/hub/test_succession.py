"""A log that succeeds another, at the hub: who is named, admitted, refused. Source: spec/membership.md §7."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from hub.actions.keep_request import keep_request
from hub.core.errors import Forbidden, HubError, Misconfigured
from hub.log_view import LogView
from hub.store.engine import Store
from protocol import canonical
from protocol.checkpoint import sign_checkpoint
from protocol.cosignature import add_cosignature, cosign
from protocol.envelope import REQUEST_TYPE, sign_envelope
from protocol.log_copy import LogCopy
from protocol.replay import State, members_carried, predecessor_of
from protocol.request import AdmissionRequest
from protocol.vectors.named_keys import signing_key
from protocol.vectors.scene import DAY, ORIGIN, Scene, root, three_projects
from protocol.verifier_key import COSIGNATURE, VerifierKey
from tests.hub.test_cli import Operator

NOW = 1_795_000_000


def note_of(entries: Sequence[bytes], witnesses: Sequence[int] = ()) -> bytes:
    note = sign_checkpoint(ORIGIN, len(entries), root(entries), signing_key("log"))
    for number in witnesses:
        key, name = signing_key(f"witness{number}"), f"w{number}.example.org/witness"
        verifier = VerifierKey(name, COSIGNATURE, bytes(key.verify_key))
        note = add_cosignature(note, cosign(note, name, key, NOW), verifier)
    return note


def copy_of(entries: Sequence[bytes], witnesses: Sequence[int] = (), cosigned: Sequence[bytes] = ()) -> LogCopy:
    return LogCopy(note=note_of(entries, witnesses), entries=tuple(entries), bodies={}, cosigned=tuple(cosigned))


class Successor(Operator):
    """An operator whose old log is lost: officers' keys, a new charter's file, and copies."""

    def prepare(self, origin: str = f"{ORIGIN}-2") -> None:
        keys = [self.types("officer-key", str(self.folder / f"officer{n}.key")).strip() for n in range(2)]
        regions = "".join(
            f'[[regions]]\ncode = "{one.code}"\ngroup = "{one.group}"\nneighbours = {list(one.neighbours)}\n'
            for one in three_projects().state.charter.regions  # type: ignore[union-attr]
        )
        (self.folder / "charter.toml").write_text(
            f'origin = "{origin}"\nofficers = ["{keys[0]}", "{keys[1]}"]\nnotice_days = 7\n{regions}'
        )

    def succeed(self, **copies: LogCopy) -> str:
        paths = []
        for name, copy in copies.items():
            path = self.folder / f"{name}.copy"
            path.write_bytes(msgspec.json.encode(copy))
            paths.append(str(path))
        return self.types("succeed", *paths, "--charter", str(self.folder / "charter.toml"), officer=0)

    def ask(self, request: AdmissionRequest, key: str) -> str:
        store = Store(self.database)
        try:
            view = LogView(store)
            view.refresh()
            envelope = sign_envelope(canonical.encode(request), REQUEST_TYPE, signing_key(key))
            name, contact, today = "Merseyside project", "office@merseyside.example.org", dt.date(2026, 11, 3)
            return keep_request(store, view, invitation="", envelope=envelope, name=name, contact=contact, today=today)
        finally:
            store.close()

    def request_of(self, old: State, name: str, member: int) -> AdmissionRequest:
        was = next(one for one in members_carried(old) if one.id == member)
        log = self.state().log
        assert log is not None
        fields = {"host": was.host, "keys": was.keys, "police": was.police, "region": was.region, "role": was.role}
        return AdmissionRequest(log=log, nonce="ab" * 16, **fields)  # type: ignore[arg-type]


@pytest.fixture
def successor(tmp_path: Path, database: str) -> Successor:
    operator = Successor(tmp_path, database)
    operator.prepare()
    return operator


@pytest.fixture
def old() -> Scene:
    """Three projects and two warnings; of its entries the last is in no checkpoint that two witnesses cosigned."""
    scene = three_projects()
    scene.day = dt.datetime.now(dt.UTC).date()
    scene.alert("genesis", 1)
    scene.alert("merseyside", 3)
    return scene


def test_the_last_confirmed_checkpoint_is_named_and_what_does_not_go_on_is_listed(
    successor: Successor, old: Scene
) -> None:
    short = old.entries[:-1]
    said = successor.succeed(
        genesis=copy_of(old.entries, [0]),
        bradford=copy_of(short, [1]),
        merseyside=copy_of(old.entries[:2], [2], cosigned=[note_of(old.entries[:3], [2])]),
    )
    charter = successor.state().charter
    confirmed = three_projects()
    confirmed.day = old.day
    confirmed.alert("genesis", 1)
    assert charter is not None
    assert charter.predecessor == predecessor_of(confirmed.state, root(short))
    assert charter.log_key != old.state.charter.log_key  # type: ignore[union-attr]
    assert "Members who may come over, with 'watchword-node succeed': 1, 2, 3" in said
    assert "1 warnings of member 1: it publishes them anew" in said
    assert f"entry {len(short)}: alert of 3: not confirmed" in said


def test_a_copy_of_another_history_changes_nothing_and_is_named(successor: Successor, old: Scene) -> None:
    fork = three_projects()
    fork.cancel("genesis", 1, "ab" * 32)
    said = successor.succeed(genesis=copy_of(old.entries, [0, 1]), bradford=copy_of(fork.entries, [2]))
    named = successor.state().charter
    assert named is not None and named.predecessor is not None
    assert named.predecessor.size == len(old.entries)
    assert "bradford.copy holds another history: keep the file, it is proof" in said


def test_what_is_refused_and_why(successor: Successor, old: Scene) -> None:
    whole = copy_of(old.entries, [0, 1])
    with pytest.raises(Misconfigured, match="no checkpoint in these copies is confirmed"):
        successor.succeed(genesis=copy_of(old.entries, [0]))
    fork = three_projects()
    fork.cancel("genesis", 1, "ab" * 32)
    with pytest.raises(Misconfigured, match="are two histories, and the witnesses of both are enough"):
        successor.succeed(genesis=whole, bradford=copy_of(fork.entries, [1, 2]))
    other = Scene(notice_days=1)
    with pytest.raises(Misconfigured, match="are copies of two logs"):
        successor.succeed(genesis=whole, bradford=copy_of(other.entries, [1, 2]))
    with pytest.raises(Misconfigured, match=r"entries in genesis\.copy are not those under its note"):
        successor.succeed(genesis=msgspec.structs.replace(whole, entries=whole.entries[:-1]))
    assert not (successor.folder / "keys").exists()
    successor.succeed(genesis=whole)
    with pytest.raises(Misconfigured, match="exists and is not overwritten"):
        successor.succeed(genesis=whole)


def test_a_successor_has_a_name_of_its_own(tmp_path: Path, database: str, old: Scene) -> None:
    operator = Successor(tmp_path, database)
    operator.prepare(ORIGIN)
    with pytest.raises(Misconfigured, match="a name of its own"):
        operator.succeed(genesis=copy_of(old.entries, [0, 1]))


def test_members_come_over_without_invitation_endorsement_or_notice_and_nobody_else(
    successor: Successor, old: Scene
) -> None:
    successor.succeed(genesis=copy_of(old.entries, [0, 1]))
    assert successor.types("readmit", officer=0) == "Nobody who asks was a member of the log before.\n"
    request = successor.request_of(old.state, "merseyside", 3)
    with pytest.raises(Forbidden, match=r"invitation\.unknown"):
        successor.ask(msgspec.structs.replace(request, host="elsewhere.example.org"), "merseyside/sign0")
    digest = successor.ask(request, "merseyside/sign0")
    assert successor.ask(request, "merseyside/sign0") == digest
    with pytest.raises(HubError, match="that number was a member's"):
        successor.types("admit", digest, "3", officer=0)
    assert successor.types("readmit", officer=1) == "member 3 is admitted (entry 1)\n"
    member = successor.state().members[3]
    assert member.carried and member.owes == 1 and member.keys == request.keys
    assert successor.types("overdue").startswith("member 3 (active): not yet confirmed")
    assert old.day >= DAY
