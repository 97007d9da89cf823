"""A round of sync before a hub, a witness or a member that is not honest: each step by its number in spec/sync.md."""

from pathlib import Path

import pytest

from node.exchange.receiving import TRIES_BEFORE_ALARM
from node.exchange.sync import Step
from node.store.checkpoints import OwnCosignature, own_cosignature, persist_cosignature, witness_notes
from node.store.inbox import missing_bodies
from node.store.orphans import open_orphans, relink_orphan
from protocol.checkpoint import open_checkpoint
from protocol.vectors.scene import Scene, three_projects
from tests.node.exchange_nodes import Clock, ExchangeNode, all_sync, digest_of, entries_of, three
from tests.node.hub_simulator import LOG_KEY, HubSimulator


@pytest.fixture
def scene() -> Scene:
    return three_projects()


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


@pytest.mark.parametrize("off_by", [None, 0])
async def test_step_2_the_rest_of_a_bundle_is_enough(scene: Scene, tmp_path: Path, off_by: int | None) -> None:
    hub, _, genesis, _, _ = three(tmp_path, scene)
    await genesis.sync()
    hub.ranges_begin_off_by = off_by
    for _ in range(300):
        scene.alert("bradford", 2)
        if len(scene.entries) in (12, 255, 256, 257):
            report = await genesis.sync()
            assert (report.troubles, report.size) == ([], len(scene.entries))
    assert (await genesis.sync()).size == len(scene.entries)
    assert entries_of(genesis) == scene.entries


async def test_step_2_a_rest_that_begins_elsewhere_is_not_used(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, _, _ = three(tmp_path, scene)
    await genesis.sync()
    scene.alert("bradford", 2)
    hub.ranges_begin_off_by = 1
    report = await genesis.sync()
    assert (report.troubles[0].step, report.troubles[0].code) == (Step.BUNDLES, "answer.range")
    assert report.size == len(scene.entries) - 1


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


async def test_step_11_a_witness_that_is_no_member_cosigns_by_proof(tmp_path: Path) -> None:
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


async def test_step_11_a_witness_that_is_no_member_does_not_cosign_another_history(tmp_path: Path) -> None:
    scene = Scene()
    hub = HubSimulator(scene, Clock())
    node = ExchangeNode(tmp_path, hub, "genesis", witness=0)
    scene.admit("bradford", 2)
    await node.sync()
    hub.history = [scene.entries[0], b"other", b"more"]
    report = await node.sync()
    assert not report.cosigned
    assert node.alarm_codes() == ["log.root_mismatch"]


async def test_step_11_a_lost_answer_sends_the_same_line_again(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, _, _ = three(tmp_path, scene)
    await genesis.sync()
    line = hub.cosigned.pop("w0.example.org/witness")
    with genesis.store.begin() as session:
        own = own_cosignature(session)
        assert own is not None
        session.connection().exec_driver_sql("UPDATE cosigned SET delivered = 0")
    assert (await genesis.sync()).cosigned
    assert hub.cosigned["w0.example.org/witness"] == line


def test_step_11_two_runs_at_once_cannot_both_answer(scene: Scene, tmp_path: Path) -> None:
    _, _, genesis, _, _ = three(tmp_path, scene)
    first = OwnCosignature(size=5, root="aa" * 32, note=b"n", line=b"l", delivered=False)
    second = OwnCosignature(size=4, root="bb" * 32, note=b"n", line=b"l", delivered=False)
    with genesis.store.begin() as session:
        assert persist_cosignature(session, first, None)
    with genesis.store.begin() as session:
        assert not persist_cosignature(session, second, None)
        assert own_cosignature(session) == first


async def test_step_12_a_witness_of_another_history_is_an_alarm(scene: Scene, tmp_path: Path) -> None:
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


async def test_step_9_a_body_kept_back_is_an_alarm_after_repeated_tries(scene: Scene, tmp_path: Path) -> None:
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
    with merseyside.store.read() as session:
        assert missing_bodies(session) == {}, "what came is not missing any more"


async def test_step_9_a_false_gone_is_an_alarm_at_once(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    identity = scene.alert("genesis", 1)
    hub.false_gone.add(digest_of(scene, identity))
    await all_sync(genesis, bradford)
    await merseyside.sync()
    assert merseyside.alarm_codes() == ["body.false_gone"]


async def test_step_10_what_is_wrong_with_some_bodies_hinders_no_other_of_the_same_answer(
    scene: Scene, tmp_path: Path
) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    await all_sync(genesis, bradford, merseyside)
    good, altered, later, withheld, last = [scene.alert("genesis", 1) for _ in range(5)]
    hub.altered.add(digest_of(scene, altered))
    hub.withheld.add(digest_of(scene, withheld))
    genesis.know_own_entries()
    await all_sync(genesis, bradford)
    report = await merseyside.sync()
    assert [identity for identity in (good, later, last) if merseyside.received(identity) is None] == []
    assert merseyside.received(altered) is None and merseyside.received(withheld) is None
    assert (report.received, sorted(trouble.code for trouble in report.troubles)) == (
        3,
        ["body.invalid", "body.withheld"],
    )


async def test_step_10_an_altered_body_is_not_kept(scene: Scene, tmp_path: Path) -> None:
    hub, _, genesis, bradford, merseyside = three(tmp_path, scene)
    identity = scene.alert("genesis", 1)
    hub.altered.add(digest_of(scene, identity))
    await all_sync(genesis, bradford)
    report = await merseyside.sync()
    assert [(trouble.step, trouble.code) for trouble in report.troubles] == [(Step.ARRIVAL, "body.invalid")]
    assert merseyside.received(identity) is None
