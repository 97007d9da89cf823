"""Joining: the charter that was compared and no other, one request for one invitation, and vouching for others."""

from pathlib import Path

import msgspec
import pytest

from node.core.errors import Misconfigured
from node.exchange.answers import HubRefused
from node.exchange.client import HubClient
from node.exchange.desk import Desk
from node.exchange.join import (
    JoinAs,
    ask_to_join,
    askers,
    endorse,
    fetch_charter,
    pin_charter,
    read_invitation,
)
from node.exchange.sync import Sync
from node.key_files import make_keys
from node.keyring import Keyring
from node.log_view import LogView
from node.store.engine import Store
from node.store.erasures import ErasureList
from protocol.envelope import decode_envelope
from protocol.house.core.errors import NotFound, Refused
from protocol.request import parse_request
from protocol.statement_fields import MemberPart
from protocol.vectors.scene import Scene, three_projects
from tests.node.empty_databases import new_store
from tests.node.exchange_nodes import EPOCHS, Clock, three
from tests.node.hub_simulator import URL, HubSimulator

WANTED = JoinAs(host="new.example.org", region="merseyside")


def a_newcomer(folder: Path, hub: HubSimulator) -> Desk:
    if not (folder / "keys").exists():
        make_keys(folder / "keys")
    path = folder / "new.db"
    store = Store(path) if path.exists() else new_store(path)
    keyring, view, clock = Keyring.load(folder / "keys"), LogView(store), Clock()
    client = HubClient(hub.client(), URL, keyring, view, now=clock, timeout_seconds=5)
    erasures = ErasureList(folder / "keys")
    return Desk(
        store=store, view=view, keyring=keyring, epochs=lambda: EPOCHS, erasures=erasures, client=client, now=clock
    )


@pytest.fixture
def scene() -> Scene:
    return three_projects()


async def test_a_newcomer_compares_pins_asks_is_vouched_for_and_admitted(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    desk = a_newcomer(tmp_path, hub)
    offered = await fetch_charter(desk.client)
    assert len(offered.words) == 8
    pin_charter(desk, offered, scene.log)
    digest = await ask_to_join(desk, "let-us-in", WANTED, "Newcomer", "office@new.example.org")
    for node in (genesis, bradford, merseyside):
        await node.sync()
    for node in (genesis, bradford):
        asker = await endorse(node.desk, digest)
        assert (asker.candidate.name, asker.request.keys) == ("Newcomer", desk.keyring.public)
        await node.publish()
    envelope = desk.view.pin.request_envelope
    assert envelope is not None
    _admit(scene, desk, 4)
    report = await Sync(desk).round()
    assert (report.troubles, desk.view.member_id) == ([], 4)
    await genesis.sync()
    assert genesis.alarm_codes() == []


def _admit(scene: Scene, desk: Desk, member_id: int) -> None:
    envelope = decode_envelope(desk.view.pin.request_envelope or b"")
    request = parse_request(envelope.payload)
    part = MemberPart(
        id=member_id,
        host=request.host,
        keys=request.keys,
        nonce=request.nonce,
        police=request.police,
        region=request.region,
        role=request.role,
        proof=envelope.signature.hex(),
    )
    template = scene.admit_statement("merseyside", 99, scene.request("merseyside", region="merseyside"))
    scene.append(scene.sign(msgspec.structs.replace(template, about=envelope.identity, member=part), "officer0"))
    assert scene.outcomes[-1].verdict == "valid", scene.outcomes[-1].code


async def test_another_charter_than_the_invitations_is_not_pinned(scene: Scene, tmp_path: Path) -> None:
    desk = a_newcomer(tmp_path, HubSimulator(scene))
    offered = await fetch_charter(desk.client)
    with pytest.raises(Refused) as caught:
        pin_charter(desk, offered, "ab" * 32)
    assert caught.value.code == "refused.other_charter"
    assert not desk.view.is_pinned


async def test_a_second_log_is_never_pinned(scene: Scene, tmp_path: Path) -> None:
    hub = HubSimulator(scene)
    desk = a_newcomer(tmp_path, hub)
    pin_charter(desk, await fetch_charter(desk.client), scene.log)
    hub.history = [scene.charter_envelope(notice_days=9, lease_max_days=30)]
    other = await fetch_charter(desk.client)
    with pytest.raises(Refused) as caught:
        pin_charter(desk, other, other.log)
    assert caught.value.code == "refused.other_log"


async def test_the_same_request_is_sent_again_after_a_lost_answer(scene: Scene, tmp_path: Path) -> None:
    hub = HubSimulator(scene)
    desk = a_newcomer(tmp_path, hub)
    pin_charter(desk, await fetch_charter(desk.client), scene.log)
    hub.lose_answers = True
    with pytest.raises(Exception, match="unavailable"):
        await ask_to_join(desk, "let-us-in", WANTED, "Newcomer", "office@new.example.org")
    hub.lose_answers = False
    digest = await ask_to_join(a_newcomer(tmp_path, hub), "let-us-in", WANTED, "Newcomer", "office@new.example.org")
    assert [candidate["digest"] for candidate in hub.candidates] == [digest]


async def test_an_invitation_counts_once(scene: Scene, tmp_path: Path) -> None:
    hub = HubSimulator(scene)
    hub.invitations.clear()
    desk = a_newcomer(tmp_path, hub)
    pin_charter(desk, await fetch_charter(desk.client), scene.log)
    with pytest.raises(HubRefused) as caught:
        await ask_to_join(desk, "let-us-in", WANTED, "Newcomer", "office@new.example.org")
    assert caught.value.problem == "invitation.unknown"


async def test_a_region_that_the_charter_lacks_is_refused_before_anything_is_sent(scene: Scene, tmp_path: Path) -> None:
    hub = HubSimulator(scene)
    desk = a_newcomer(tmp_path, hub)
    pin_charter(desk, await fetch_charter(desk.client), scene.log)
    with pytest.raises(Refused) as caught:
        await ask_to_join(desk, "let-us-in", JoinAs(host="h", region="atlantis"), "N", "c")
    assert caught.value.code == "refused.region"
    assert hub.candidates == []


async def test_a_candidate_whose_request_does_not_verify_is_not_shown(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, _, _ = three(tmp_path, scene)
    desk = a_newcomer(tmp_path, hub)
    pin_charter(desk, await fetch_charter(desk.client), scene.log)
    digest = await ask_to_join(desk, "let-us-in", WANTED, "Newcomer", "office@new.example.org")
    hub.candidates[0]["digest"] = "ab" * 32
    await genesis.sync()
    assert await askers(genesis.desk) == []
    with pytest.raises(NotFound):
        await endorse(genesis.desk, digest)


@pytest.mark.parametrize("content", [b"", b"{}", b'{"invitation":"x","log":"y"}', b"\xff"])
def test_a_broken_invitation_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "invitation"
    path.write_bytes(content)
    with pytest.raises(Misconfigured) as caught:
        read_invitation(path)
    assert caught.value.code == "config.invitation"
