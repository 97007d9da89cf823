"""A round of sync, step by step (the numbers of spec/sync.md), before an honest hub and before one that is not."""

from pathlib import Path

import pytest

from node.core.errors import Refused
from node.exchange.receiving import TRIES_BEFORE_ALARM
from node.exchange.sync import Step
from node.store.acks import acked_sizes
from node.store.checkpoints import OwnCosignature, own_cosignature, persist_cosignature, witness_notes
from node.store.mirror import append_entries, entries_from
from node.store.orphans import open_orphans, relink_orphan
from protocol.body_fields import AlertBody
from protocol.checkpoint import open_checkpoint
from protocol.envelope import sign_envelope
from protocol.vectors.scene import Scene, alert_body, salt, signing_key, three_projects
from tests.node.exchange_nodes import Clock, ExchangeNode, three
from tests.node.hub_simulator import LOG_KEY, HubSimulator


@pytest.fixture
def scene() -> Scene:
    return three_projects()


async def all_sync(*nodes: ExchangeNode, rounds: int = 2) -> None:
    for _ in range(rounds):
        for node in nodes:
            await node.sync()


def digest_of(scene: Scene, identity: str) -> str:
    link = scene.state.links[identity]
    assert link.body is not None
    return link.body.digest


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


async def test_bodies_are_asked_for_newest_first(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    identities = [scene.alert("genesis", 1) for _ in range(3)]
    await all_sync(genesis, bradford)
    await merseyside.sync()
    digests = [digest_of(scene, identity) for identity in reversed(identities)]
    assert hub.asked_digests[-1][:3] == digests


async def test_step_1_a_smaller_checkpoint_is_an_alarm_with_both_notes(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, _, _ = three(tmp_path, scene)
    await genesis.sync()
    hub.shown_size = 3
    report = await genesis.sync()
    assert (report.troubles[0].step, report.troubles[0].code) == (Step.CHECKPOINT, "tree.rollback")
    alarm = genesis.alarms()[0]
    assert alarm.code == "log.smaller"
    assert alarm.note is not None and alarm.other_note is not None
    sizes = {open_checkpoint(note, LOG_KEY).size for note in (alarm.note, alarm.other_note)}
    assert sizes == {3, len(scene.entries)}


async def test_step_1_another_history_of_the_same_size_is_a_proof_of_a_split(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, _, _ = three(tmp_path, scene)
    await genesis.sync()
    hub.history = [*scene.entries[:-1], b"something else"]
    await genesis.sync()
    assert genesis.alarm_codes() == ["log.split"]
    assert entries_of(genesis) == scene.entries, "what was held stands"


async def test_step_2_a_bundle_cut_short_is_fetched_again_and_no_alarm(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, _, _ = three(tmp_path, scene)
    hub.truncate_bundles = True
    report = await genesis.sync()
    assert (report.troubles[0].step, report.troubles[0].code) == (Step.BUNDLES, "tree.bundle_truncated")
    hub.truncate_bundles = False
    assert (await genesis.sync()).size == len(scene.entries)
    assert genesis.alarm_codes() == []


async def test_step_3_altered_entries_under_a_root_that_continues_are_not_kept(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, _, _ = three(tmp_path, scene)
    hub.alter_bundles = True
    report = await genesis.sync()
    assert (report.troubles[0].step, report.troubles[0].code) == (Step.ROOT, "tree.root_mismatch")
    assert report.size == 1
    assert genesis.alarm_codes() == [], "the hub proved that what it signed continues: only the entries were wrong"


async def test_step_3_a_longer_history_that_does_not_continue_ours_is_an_alarm(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, _, _ = three(tmp_path, scene)
    await genesis.sync()
    hub.history = [scene.entries[0], b"other", *scene.entries[2:], b"more"]
    await genesis.sync()
    assert genesis.alarm_codes() == ["log.root_mismatch"]
    assert entries_of(genesis) == scene.entries


async def test_another_log_is_never_followed(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, _, _ = three(tmp_path, scene)
    other = Scene()
    other.admit("bradford", 9)
    hub.history = [other.charter_envelope(notice_days=3, lease_max_days=30), *other.entries[1:]]
    report = await genesis.sync()
    assert not report.reached
    assert entries_of(genesis) == scene.entries[:1]


async def test_step_5_a_member_that_was_shown_another_history_is_noticed(scene: Scene, tmp_path: Path) -> None:
    _, _, genesis, _, _ = three(tmp_path, scene)
    fork = three_projects()
    fork.cancel("genesis", 1, "ab" * 32)
    foreign = fork.seen()
    scene.cancel("bradford", 2, "cd" * 32)
    statement = scene.statement("cancel", 2, supersedes="ef" * 32, seen=foreign)
    scene.append(scene.sign(statement, "bradford/sign0"))
    await genesis.sync()
    alarm = genesis.alarms()[0]
    assert alarm.code == "seen.other_history"
    assert alarm.note is not None and alarm.other_note is not None
    assert open_checkpoint(alarm.note, LOG_KEY).root != open_checkpoint(alarm.other_note, LOG_KEY).root
    assert scene.outcomes[-1].verdict == "valid", "a mismatch alarms, never voids"


async def test_step_5_a_seen_beyond_its_own_place_is_an_alarm(scene: Scene, tmp_path: Path) -> None:
    _, _, genesis, _, _ = three(tmp_path, scene)
    ahead = three_projects()
    for target in ("ab", "cd"):
        ahead.cancel("bradford", 2, target * 32)
    statement = scene.statement("cancel", 2, supersedes="ef" * 32, seen=ahead.seen())
    scene.append(scene.sign(statement, "bradford/sign0"))
    await genesis.sync()
    assert genesis.alarm_codes() == ["seen.ahead"]


async def test_step_6_what_stands_in_our_name_and_was_not_signed_here_is_an_alarm(scene: Scene, tmp_path: Path) -> None:
    _, _, genesis, _, _ = three(tmp_path, scene)
    identity = scene.alert("genesis", 1)
    await genesis.sync()
    assert [(alarm.code, alarm.subject) for alarm in genesis.alarms()] == [("own.not_signed_here", identity)]


async def test_step_6_what_officers_say_of_us_is_shown(scene: Scene, tmp_path: Path) -> None:
    _, _, genesis, _, _ = three(tmp_path, scene)
    scene.officers("suspend", 1, count=1, reason="silent")
    await genesis.sync()
    assert genesis.alarm_codes() == ["own.suspend"]


async def test_an_orphan_is_cancelled_after_a_day_unless_somebody_relinks_it(scene: Scene, tmp_path: Path) -> None:
    _, clock, genesis, _, _ = three(tmp_path, scene)
    lost, kept = scene.alert("genesis", 1), scene.alert("genesis", 1)
    await genesis.sync()
    with genesis.store.begin() as session:
        assert {one.identity for one in open_orphans(session)} == {lost, kept}
        relink_orphan(session, kept, clock())
    clock.forward(hours=23)
    await genesis.sync()
    assert (await genesis.publish()).sent == 0
    clock.forward(hours=2)
    await genesis.sync()
    assert (await genesis.publish()).sent == 1
    assert scene.state.chains[lost].cancelled is not None
    assert scene.state.chains[kept].cancelled is None
    await genesis.sync()
    assert genesis.alarm_codes() == ["own.not_signed_here"] * 2, "its own Cancel is known"


async def test_step_9_a_witness_that_is_no_member_cosigns_by_proof(tmp_path: Path) -> None:
    scene = Scene()
    hub = HubSimulator(scene, Clock())
    node = ExchangeNode(tmp_path, hub, "genesis", witness=0)
    assert (await node.sync()).cosigned
    scene.admit("bradford", 2)
    assert (await node.sync()).cosigned
    assert hub.cosigned["w0.example.org/witness"][0] == len(scene.entries)
    assert "GET /v1/tile/entries/000.p/1" not in hub.calls, "it reads no entries"
    scene.admit("genesis", 1, endorsed_by={"bradford": 2})
    report = await node.sync()
    assert report.size == len(scene.entries), "and as soon as it is a member, it does"
    assert node.alarm_codes() == []


async def test_step_9_a_witness_that_is_no_member_does_not_cosign_another_history(tmp_path: Path) -> None:
    scene = Scene()
    hub = HubSimulator(scene, Clock())
    node = ExchangeNode(tmp_path, hub, "genesis", witness=0)
    scene.admit("bradford", 2)
    await node.sync()
    hub.history = [scene.entries[0], b"other", b"more"]
    report = await node.sync()
    assert not report.cosigned
    assert node.alarm_codes() == ["log.root_mismatch"]


async def test_step_9_a_lost_answer_sends_the_same_line_again(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, _, _ = three(tmp_path, scene)
    await genesis.sync()
    line = hub.cosigned.pop("w0.example.org/witness")
    with genesis.store.begin() as session:
        own = own_cosignature(session)
        assert own is not None
        session.connection().exec_driver_sql("UPDATE cosigned SET delivered = 0")
    assert (await genesis.sync()).cosigned
    assert hub.cosigned["w0.example.org/witness"] == line


def test_step_9_two_runs_at_once_cannot_both_answer(scene: Scene, tmp_path: Path) -> None:
    _, _, genesis, _, _ = three(tmp_path, scene)
    first = OwnCosignature(size=5, root="aa" * 32, note=b"n", line=b"l", delivered=False)
    second = OwnCosignature(size=4, root="bb" * 32, note=b"n", line=b"l", delivered=False)
    with genesis.store.begin() as session:
        assert persist_cosignature(session, first, None)
    with genesis.store.begin() as session:
        assert not persist_cosignature(session, second, None)
        assert own_cosignature(session) == first


async def test_step_10_a_witness_of_another_history_is_an_alarm(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, _, _ = three(tmp_path, scene)
    await genesis.sync()
    honest = hub.note
    hub.history = [*scene.entries[:-1], b"something else"]
    hub.cosign_as(2)
    dishonest = hub.note(len(scene.entries))
    hub.history = None
    hub.note = lambda size: dishonest if hub.calls[-1].endswith("/cosigned") else honest(size)  # type: ignore[method-assign]
    hub.cosigned = {"w2.example.org/witness": hub.cosigned["w2.example.org/witness"]}
    honest_note = HubSimulator(scene, hub.now).note
    hub.note = lambda size: dishonest if hub.calls[-1].endswith("/cosigned") else honest_note(size)  # type: ignore[method-assign]
    await genesis.sync()
    assert genesis.alarm_codes() == ["witness.other_history"]
    with genesis.store.read() as session:
        assert all(note.source != "w2.example.org/witness" for note in witness_notes(session))


async def test_step_12_a_body_kept_back_is_an_alarm_after_repeated_tries(scene: Scene, tmp_path: Path) -> None:
    hub, clock, genesis, bradford, merseyside = three(tmp_path, scene)
    identity = scene.alert("genesis", 1)
    hub.withheld.add(digest_of(scene, identity))
    await all_sync(genesis, bradford)
    for tried in range(TRIES_BEFORE_ALARM):
        assert "body.withheld" not in merseyside.alarm_codes(), tried
        await merseyside.sync()
        clock.forward(hours=1)
    assert merseyside.alarm_codes() == ["body.withheld"]
    hub.withheld.clear()
    await merseyside.sync()
    assert merseyside.received(identity) is not None


async def test_step_12_a_false_gone_is_an_alarm_at_once(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    identity = scene.alert("genesis", 1)
    hub.false_gone.add(digest_of(scene, identity))
    await all_sync(genesis, bradford)
    await merseyside.sync()
    assert merseyside.alarm_codes() == ["body.false_gone"]


async def test_step_13_an_altered_body_is_not_kept(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    identity = scene.alert("genesis", 1)
    hub.altered.add(digest_of(scene, identity))
    await all_sync(genesis, bradford)
    report = await merseyside.sync()
    assert [(trouble.step, trouble.code) for trouble in report.troubles] == [(Step.ARRIVAL, "body.invalid")]
    assert merseyside.received(identity) is None


async def test_step_13_a_hard_pattern_hides_the_field_and_not_the_warning(scene: Scene, tmp_path: Path) -> None:
    _, _, genesis, bradford, merseyside = three(tmp_path, scene)
    body = alert_body(salt=salt("odd"), town="Flat Three")
    identity = scene.alert("genesis", 1, body=body)
    await all_sync(genesis, bradford, merseyside)
    received = merseyside.received(identity)
    assert received is not None
    assert [(hidden.field, hidden.why) for hidden in received.arrival.hidden] == [("town", "address")]


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


def files_of(node: ExchangeNode) -> list[Path]:
    return list(node.store.path.parent.glob(f"{node.store.path.name}*"))


def entries_of(node: ExchangeNode) -> list[bytes]:
    with node.store.read() as session:
        return entries_from(session, 0)
