"""Rounds of sync before an honest hub: what comes, what is erased, and that nothing is lost or done twice."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from node.exchange.erasing import ack_if_owed, erase_due
from node.exchange.following import fetch_checkpoint, fetch_entries, keep_history
from node.exchange.sync import Step
from node.store.acks import acked_sizes
from node.store.exchange_tables import InboxBody
from node.store.inbox import received_body
from node.store.mirror import append_entries
from protocol.at_rest import Epochs, SealBroken
from protocol.body_fields import AlertBody
from protocol.envelope import sign_envelope
from protocol.house.core.errors import Refused
from protocol.vectors.named_keys import signing_key
from protocol.vectors.plausible_bodies import alert_body, salt
from protocol.vectors.scene import Scene, three_projects
from tests.node.exchange_nodes import ExchangeNode, all_sync, digest_of, files_of, three, wrapped_key_of
from tests.node.hub_simulator import HubSimulator


@pytest.fixture
def scene() -> Scene:
    return three_projects()


async def test_a_round_brings_the_log_the_bodies_and_the_confirmation(scene: Scene, tmp_path: Path) -> None:
    _, _, genesis, bradford, merseyside = three(tmp_path, scene)
    identity = scene.alert("genesis", 1)
    genesis.know_own_entries()
    await all_sync(genesis, bradford, merseyside)
    received = merseyside.received(identity)
    assert received is not None and isinstance(received.body, AlertBody)
    assert merseyside.view.confirmed_size == len(scene.entries)
    assert merseyside.view.seen_by(scene.state.statements[identity]) == (3, 3)
    assert merseyside.alarm_codes() == genesis.alarm_codes() == []


async def test_a_body_is_neither_asked_for_nor_held_by_who_is_not_meant(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    identity = scene.alert("genesis", 1)
    await all_sync(genesis, bradford, merseyside)
    hub.asked_digests.clear()
    await all_sync(bradford)
    assert all(digest_of(scene, identity) not in asked for asked in hub.asked_digests)
    assert bradford.received(identity) is None


async def test_bodies_that_were_refused_to_who_asked_early_are_asked_for_once_more(
    scene: Scene, tmp_path: Path
) -> None:
    """They are asked for before this node may have followed its own new key."""
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    await all_sync(genesis, bradford, merseyside)
    hub.asked_digests.clear()
    identity = scene.alert("genesis", 1)
    hub.refuse_bodies = 1
    report = await merseyside.sync()
    assert (report.received, report.troubles) == (1, []) and merseyside.received(identity) is not None
    assert [len(asked) for asked in hub.asked_digests] == [1, 1]
    again = scene.alert("genesis", 1)
    hub.refuse_bodies = 2
    report = await merseyside.sync()
    assert report.received == 0 and [trouble.step for trouble in report.troubles] == [Step.BODIES]
    await merseyside.sync()
    assert merseyside.received(again) is not None


async def test_a_hub_that_is_slow_with_bodies_delays_no_erasure_and_no_word_of_it(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    old = scene.alert("genesis", 1)
    await all_sync(genesis, bradford, merseyside)
    scene.cancel("genesis", 1, old)
    new = scene.alert("genesis", 1)
    hub.calls.clear()
    hub.held_until["/v1/bodies"] = asyncio.Event()
    syncing = asyncio.create_task(merseyside.sync())
    async with asyncio.timeout(10):
        while hub.acks.get(3, (0, b""))[0] < len(scene.entries):
            await asyncio.wait([syncing], timeout=0.01)
    assert "POST /v1/bodies" in hub.calls, "they were asked for before"
    assert merseyside.received(old) is None and not syncing.done()
    hub.held_until["/v1/bodies"].set()
    assert (await syncing).received == 1 and merseyside.received(new) is not None


async def test_a_round_that_is_given_up_waits_for_no_bodies(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    old = scene.alert("genesis", 1)
    await all_sync(genesis, bradford, merseyside)
    scene.cancel("genesis", 1, old)
    scene.alert("genesis", 1)
    hub.calls.clear()
    hub.held_until = {"/v1/bodies": asyncio.Event(), "/v1/acks": asyncio.Event()}
    syncing = asyncio.create_task(merseyside.sync())
    async with asyncio.timeout(10):
        while not {"POST /v1/bodies", "POST /v1/acks"} <= set(hub.calls):
            await asyncio.wait([syncing], timeout=0.01)
    syncing.cancel()
    ended, _ = await asyncio.wait([syncing], timeout=2)  # the client gives each request 5
    assert ended and syncing.cancelled()


async def test_a_cancel_erases_and_is_acknowledged_in_the_same_round(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    identity = scene.alert("genesis", 1)
    await all_sync(genesis, bradford, merseyside)
    scene.cancel("genesis", 1, identity)
    report = await merseyside.sync()
    assert (report.erased, report.acked) == (1, True)
    assert merseyside.received(identity) is None
    assert hub.acks[3][0] > scene.state.links[identity].gone  # type: ignore[operator]
    assert not (await merseyside.sync()).acked, "once is enough"


async def test_what_was_erased_is_in_no_file_of_the_database(scene: Scene, tmp_path: Path) -> None:
    _, _, genesis, bradford, merseyside = three(tmp_path, scene)
    identity = scene.alert("genesis", 1)
    await all_sync(genesis, bradford, merseyside)
    with merseyside.store.read() as session:
        wrapped = session.connection().exec_driver_sql(
            "SELECT wrapped_key FROM inbox_bodies WHERE identity = ?", (identity,)
        )
        key = bytes(wrapped.scalar_one())
    scene.cancel("genesis", 1, identity)
    await merseyside.sync()
    assert all(key not in path.read_bytes() for path in files_of(merseyside))


async def test_other_members_words_are_read_and_verified(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    identity = scene.alert("genesis", 1)
    scene.cancel("genesis", 1, identity)
    await all_sync(genesis, bradford, merseyside)
    with genesis.store.read() as session:
        assert acked_sizes(session)[3] == len(scene.entries)
    size, envelope = hub.acks[3]
    hub.acks[3] = (size, envelope.replace(b'"sig":"', b'"sig":"AAAA', 1))
    report = await genesis.sync()
    assert [trouble.step for trouble in report.troubles] == [Step.OTHERS]


async def others_asked_for(hub: HubSimulator, node: ExchangeNode) -> list[str]:
    """What a round of this node asks of what others said."""
    hub.calls.clear()
    await node.sync()
    return [call for call in hub.calls if call in ("GET /v1/cosigned", "GET /v1/acks")]


async def test_what_others_said_is_asked_for_again_only_under_another_mark(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    hub.marks_others = True
    identity = scene.alert("genesis", 1)
    await all_sync(genesis, bradford, merseyside, rounds=3)
    assert await others_asked_for(hub, genesis) == []
    scene.cancel("genesis", 1, identity)
    await genesis.sync()
    await merseyside.sync()
    assert await others_asked_for(hub, genesis) == ["GET /v1/cosigned", "GET /v1/acks"]
    with genesis.store.read() as session:
        assert acked_sizes(session)[3] == len(scene.entries)


async def test_what_did_not_verify_is_asked_for_again_under_the_same_mark(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    hub.marks_others = True
    scene.cancel("genesis", 1, scene.alert("genesis", 1))
    await all_sync(genesis, bradford, merseyside, rounds=3)
    size, envelope = hub.acks[3]
    hub.acks[3] = (size + 1, envelope.replace(b'"sig":"', b'"sig":"AAAA', 1))
    await genesis.sync()
    hub.acks[3] = (size + 1, envelope)
    assert await others_asked_for(hub, genesis) == ["GET /v1/cosigned", "GET /v1/acks"]


async def test_an_origin_waits_for_the_acks_of_what_is_gone_until_it_has_them(scene: Scene, tmp_path: Path) -> None:
    hub, clock, genesis, bradford, merseyside = three(tmp_path, scene)
    first, second = scene.alert("genesis", 1), scene.alert("genesis", 1)
    await all_sync(genesis, bradford, merseyside)
    scene.cancel("genesis", 1, first)
    await merseyside.sync()
    await genesis.sync()
    mark = len(scene.entries)
    assert hub.marks_waited_for[-1] == 0
    await genesis.sync()
    assert hub.marks_waited_for[-1] == 0, "the only word that it waited for is here"
    scene.cancel("genesis", 1, second)
    await genesis.sync()
    await genesis.sync()
    assert hub.marks_waited_for[-1] == mark
    clock.forward(minutes=6)
    await genesis.sync()
    assert hub.marks_waited_for[-1] == 0, "who has not answered by now is away"


async def test_the_hub_away_delays_no_erasure_of_what_has_lapsed(scene: Scene, tmp_path: Path) -> None:
    hub, clock, genesis, bradford, merseyside = three(tmp_path, scene)
    identity = scene.alert("genesis", 1, days=3)
    await all_sync(genesis, bradford, merseyside)
    assert merseyside.received(identity) is not None
    hub.away = True
    clock.forward(days=3 + 7)
    report = await merseyside.sync()
    assert [trouble.code for trouble in report.troubles] == ["unavailable.unreachable"]
    assert merseyside.received(identity) is None


async def test_after_days_without_the_hub_nothing_is_lost(scene: Scene, tmp_path: Path) -> None:
    hub, clock, genesis, bradford, merseyside = three(tmp_path, scene)
    await all_sync(genesis, bradford, merseyside)
    hub.away = True
    for _ in range(3):
        clock.forward(days=1)
        assert not (await merseyside.sync()).reached
    hub.away = False
    identities = [scene.alert("genesis", 1) for _ in range(300)]
    genesis.know_own_entries()
    await all_sync(genesis, bradford, merseyside)
    assert all(merseyside.received(identity) is not None for identity in identities)
    assert len(hub.asked_digests[-1]) <= 256


async def test_the_entries_that_come_with_the_checkpoint_are_taken(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    await all_sync(genesis, bradford, merseyside)
    identity, hub.tells_entries = scene.alert("genesis", 1), list
    hub.calls.clear()
    report = await merseyside.sync(wait_seconds=1)
    assert (report.added, report.troubles) == (1, [])
    assert merseyside.received(identity) is not None
    assert not any("/tile/" in call for call in hub.calls)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(lambda entries: entries[:-1], id="too few"),
        pytest.param(lambda entries: [*entries, entries[-1]], id="too many"),
        pytest.param(lambda entries: entries[::-1], id="in another order"),
        pytest.param(lambda entries: [entries[0], entries[1] + b" "], id="altered"),
        pytest.param(lambda _: [], id="none"),
    ],
)
async def test_entries_that_do_not_make_the_tree_of_their_checkpoint_are_asked_for_as_bundles(
    scene: Scene, tmp_path: Path, told: Callable[[list[bytes]], list[bytes]]
) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    await all_sync(genesis, bradford, merseyside)
    identities = [scene.alert("genesis", 1) for _ in range(2)]
    hub.tells_entries = told
    hub.calls.clear()
    report = await merseyside.sync(wait_seconds=1)
    assert (report.added, report.troubles, merseyside.alarms()) == (2, [], [])
    assert all(merseyside.received(identity) is not None for identity in identities)
    assert any("/tile/" in call for call in hub.calls)


async def test_a_node_that_does_not_wait_asks_for_no_entries_with_the_checkpoint(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    await all_sync(genesis, bradford, merseyside)
    scene.alert("genesis", 1)
    hub.tells_entries = list
    hub.calls.clear()
    assert (await merseyside.sync()).added == 1
    assert any("/tile/" in call for call in hub.calls)


async def test_bodies_are_asked_for_newest_first(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    identities = [scene.alert("genesis", 1) for _ in range(3)]
    await all_sync(genesis, bradford)
    await merseyside.sync()
    digests = [digest_of(scene, identity) for identity in reversed(identities)]
    assert hub.asked_digests[-1][:3] == digests


async def test_step_10_a_hard_pattern_hides_the_field_and_not_the_warning(scene: Scene, tmp_path: Path) -> None:
    _, _, genesis, bradford, merseyside = three(tmp_path, scene)
    body = alert_body(salt=salt("odd"), town="Flat Three")
    identity = scene.alert("genesis", 1, body=body)
    await all_sync(genesis, bradford, merseyside)
    received = merseyside.received(identity)
    assert received is not None
    assert [(hidden.field, hidden.why) for hidden in received.arrival.hidden] == [("town", "address")]


async def test_what_was_found_on_arrival_is_sealed_with_the_body_and_ends_with_its_key(
    scene: Scene, tmp_path: Path
) -> None:
    _, _, genesis, bradford, merseyside = three(tmp_path, scene)
    body = alert_body(salt=salt("odd"), town="Flat Three")
    identity = scene.alert("genesis", 1, body=body)
    await all_sync(genesis, bradford, merseyside)
    merseyside.store.checkpoint_wal()
    found = (b"hidden", b"address", b"person_described_under_18")
    assert not any(word in path.read_bytes() for path in files_of(merseyside) for word in found)
    with merseyside.store.read() as session, pytest.raises(SealBroken):
        received_body(session, identity, Epochs({1: b"\x00" * 32}))


async def test_a_member_that_was_removed_erases_everything_and_says_so(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    identity = scene.alert("genesis", 1)
    await all_sync(genesis, bradford, merseyside)
    scene.officers("revoke", 3, reason="left")
    report = await merseyside.sync()
    assert merseyside.received(identity) is None
    assert report.acked and hub.acks[3][0] == len(scene.entries)


async def test_a_members_name_is_erased_seven_days_after_it_left(scene: Scene, tmp_path: Path) -> None:
    _, clock, genesis, bradford, merseyside = three(tmp_path, scene)
    await all_sync(genesis, bradford, merseyside)
    name = scene.state.members[3].body
    assert genesis.received(name) is not None
    scene.say("merseyside/sign0", "leave", 3)
    clock.forward(days=6)
    await genesis.sync()
    assert genesis.received(name) is not None
    clock.forward(days=1)
    await genesis.sync()
    assert genesis.received(name) is None


async def test_a_log_that_must_be_upgraded_for_stops_obeying_and_says_so(scene: Scene, tmp_path: Path) -> None:
    _, _, _, bradford, merseyside = three(tmp_path, scene)
    newer = "application/vnd.watchword.statement.v2-critical+json"
    for officer in range(2):
        scene.append(sign_envelope(b"{}", newer, signing_key(f"officer{officer}")))
    identity = scene.alert("genesis", 1)
    await all_sync(bradford, merseyside)
    assert merseyside.alarm_codes() == ["log.stopped"]
    assert merseyside.received(identity) is None


async def test_rounds_repeat_without_changing_anything(scene: Scene, tmp_path: Path) -> None:
    _, _, genesis, bradford, merseyside = three(tmp_path, scene)
    scene.alert("genesis", 1)
    await all_sync(genesis, bradford, merseyside, rounds=3)
    report = await merseyside.sync()
    assert (report.added, report.received, report.erased, report.acked, report.cosigned) == (0, 0, 0, False, False)
    assert report.troubles == []


async def test_a_new_process_goes_on_where_the_old_one_stopped(scene: Scene, tmp_path: Path) -> None:
    _, _, genesis, bradford, merseyside = three(tmp_path, scene)
    identity = scene.alert("genesis", 1)
    await all_sync(genesis, bradford, merseyside)
    merseyside.restart()
    report = await merseyside.sync()
    assert (report.added, report.received) == (0, 0)
    assert merseyside.received(identity) is not None


async def test_a_token_that_the_hub_forgot_is_bought_again(scene: Scene, tmp_path: Path) -> None:
    hub, clock, genesis, _, _ = three(tmp_path, scene)
    await genesis.sync()
    hub.forget_tokens()
    assert (await genesis.sync()).troubles == []
    clock.forward(minutes=11)
    assert (await genesis.sync()).troubles == []


def test_a_second_process_of_the_same_node_writes_nothing_twice(scene: Scene, tmp_path: Path) -> None:
    _, _, genesis, _, _ = three(tmp_path, scene)
    with genesis.store.begin() as session:
        append_entries(session, 1, scene.entries[1:3])
    with pytest.raises(Refused), genesis.store.begin() as session:
        append_entries(session, 1, scene.entries[1:])


async def test_what_lapsed_is_in_no_file_of_the_database_either(scene: Scene, tmp_path: Path) -> None:
    hub, clock, genesis, bradford, merseyside = three(tmp_path, scene)
    identity = scene.alert("genesis", 1, days=3)
    await all_sync(genesis, bradford, merseyside)
    key = wrapped_key_of(merseyside, identity)
    hub.away = True
    clock.forward(days=10)
    await merseyside.sync()
    assert all(key not in path.read_bytes() for path in files_of(merseyside))


async def test_no_word_is_given_while_a_body_that_is_gone_is_held(scene: Scene, tmp_path: Path) -> None:
    _, _, genesis, bradford, merseyside = three(tmp_path, scene)
    identity = scene.alert("genesis", 1)
    await all_sync(genesis, bradford, merseyside)
    scene.cancel("genesis", 1, identity)
    desk = merseyside.desk
    fetched = await fetch_checkpoint(desk, 0)
    note, checkpoint = fetched.note, fetched.checkpoint
    keep_history(desk, note, checkpoint, await fetch_entries(desk, fetched))
    assert not await ack_if_owed(desk)
    erase_due(desk)
    assert await ack_if_owed(desk)


async def test_no_word_is_given_while_a_reader_keeps_the_write_ahead_log_alive(scene: Scene, tmp_path: Path) -> None:
    _, _, genesis, bradford, merseyside = three(tmp_path, scene)
    identity = scene.alert("genesis", 1)
    await all_sync(genesis, bradford, merseyside)
    scene.cancel("genesis", 1, identity)
    with merseyside.store.begin() as session:  # else each attempt waits ten seconds for the reader
        session.connection().exec_driver_sql("PRAGMA busy_timeout = 0")
    with merseyside.store.read() as reader:
        assert reader.get(InboxBody, identity) is not None
        report = await merseyside.sync()
        assert (report.erased, report.acked) == (1, False)
    assert (await merseyside.sync()).acked
