"""Promise by promise, at least one story each that fails when the promise is broken by hand."""

import shutil
from pathlib import Path

import pytest

from hub.store import bodies as hub_bodies
from hub.store import log as hub_log
from node.actions.approve_release import approve_release
from node.actions.case_desk import voice_of
from node.actions.change_permission import change_permission
from node.actions.record_permission import record_permission
from node.actions.show_release import show_release
from node.core.errors import NoPermission
from node.core.in_force import alerts_in_force
from node.core.permissions import Switch, standings
from node.core.report import Facts
from node.store.alarms import alarms
from node.store.permissions import Given, read_entries
from node.store.releases import list_releases
from protocol.bodies import parse_body
from protocol.body_fields import AlertBody
from protocol.house.core.errors import Refused
from protocol.replay import State, confirmed_by, holders, replay
from tests.federation.network import Federation, copied_federation
from tests.federation.project import RELEASER, WRITER, Node


def entries_of(fed: Federation) -> list[bytes]:
    with fed.hub.store.read() as session:
        return hub_log.read_entries(session, 0, 10_000)


def in_force(node: Node) -> list[str]:
    view = node.view
    view.refresh()
    found = alerts_in_force(view.state, node.clock().date(), view.confirmed_size, view.seen_by)
    return [alert.first for alert in found]


def bodies_at_hub(fed: Federation) -> set[str]:
    with fed.hub.store.read() as session:
        return set(hub_bodies.all_digests(session))


async def test_2_what_left_is_byte_for_byte_what_the_second_person_was_shown(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        release = fed.genesis.draft(fed.genesis.report())
        shown = show_release(fed.genesis.cases, release_id=release, by=RELEASER, now=fed.clock())
        alert = fed.genesis.release(release)
        await fed.settle()
        ref = fed.merseyside.view.state.links[alert].body
        assert ref is not None
        answers = await fed.merseyside.desk.client.bodies([ref.digest])
        assert answers[0].stored == shown.stored
        body = parse_body(shown.stored, "alert.v1")
        assert isinstance(body, AlertBody)
        assert (body.text, body.concerns, body.period.from_) == (None, (), "2026-10")


async def test_2_one_person_alone_releases_nothing(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        node = fed.genesis
        release = node.draft(node.report())
        shown = show_release(node.cases, release_id=release, by=WRITER, now=fed.clock())
        voice = voice_of(node.view, node.keyring)
        with pytest.raises(Refused, match="second_person"):
            approve_release(node.cases, voice, release_id=release, digest=shown.digest, by=WRITER, now=fed.clock())


@pytest.mark.parametrize("answer", ["no", "not_asked"])
async def test_3_without_her_yes_nothing_is_drafted(template: Path, tmp_path: Path, answer: str) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        report = fed.genesis.report(answers={"record": "yes", "warn_own": "yes", "warn_others": answer})
        with pytest.raises(NoPermission):
            fed.genesis.draft(report)


async def test_3_taking_permission_back_withdraws_from_every_node(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        node, report = fed.genesis, fed.genesis.report()
        alert = node.warn(report)
        await fed.settle()
        assert alert in fed.bradford.reads() & fed.merseyside.reads()
        change_permission(node.cases, None, report_id=report, given=Given(witness=WRITER), by=WRITER, now=fed.clock())
        with node.store.read() as session:
            said = standings(read_entries(session, node.cases.vault, report), fed.clock())
        assert said["warn_others"].effective == "no"
        await fed.settle()
        assert alert not in fed.bradford.reads() | fed.merseyside.reads()
        ref = fed.hub.view.now.state.links[alert].body
        assert ref is not None and ref.digest not in bodies_at_hub(fed)


async def test_3_a_restored_database_asks_again_instead_of_forgetting_her_no(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        node, report = fed.genesis, fed.genesis.report()
        alert = node.warn(report)
        await fed.settle()
        yesterday = tmp_path / "yesterday.db"
        node.store.checkpoint_wal()
        shutil.copy(node.config.database, yesterday)
        change_permission(node.cases, None, report_id=report, given=Given(witness=WRITER), by=WRITER, now=fed.clock())
        await fed.settle()
        node.restore(yesterday)
        await fed.settle()
        with node.store.read() as session:
            assert [(one.chain, one.state) for one in list_releases(session, report)] == [(alert, "withdrawn")]
        with pytest.raises(NoPermission, match="ask again first"):
            node.draft(report)
        yes = Given(witness=WRITER, wording="2026-1")
        asked: tuple[Switch, ...] = ("warn_own", "warn_others")
        for switch in asked:
            record_permission(
                node.cases, report_id=report, switch=switch, answer="yes", given=yes, by=WRITER, now=fed.clock()
            )
        again = node.warn(report)
        await fed.settle()
        assert again in fed.merseyside.reads()


async def test_3_a_warning_about_an_officer_never_reaches_police(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        facts = Facts(age_at_event="adult", age_now="adult", officer=True)
        release = fed.genesis.draft(fed.genesis.report(facts=facts))
        shown = show_release(fed.genesis.cases, release_id=release, by=RELEASER, now=fed.clock())
        body = parse_body(shown.stored, "alert.v1")
        assert isinstance(body, AlertBody)
        assert body.police == "no"


async def test_4_everybody_reads_the_same_log_from_the_same_bytes(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        fed.genesis.warn(fed.genesis.report())
        await fed.settle()
        states = {node.view.state.serialise() for node in fed.nodes.values()}
        assert states == {replay(State(), entries_of(fed)).serialise()}


async def test_5_a_hub_that_lost_an_entry_is_stopped_by_the_first_member_that_holds_it(
    template: Path, tmp_path: Path
) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        alert = fed.genesis.warn(fed.genesis.report())
        await fed.settle()
        fed.forget_last_entry()
        report = await fed.merseyside.sync()
        assert not report.reached
        assert "a checkpoint that this hub signed and does not have" in fed.hub.view.refresh().halted
        assert alert in fed.merseyside.reads()


async def test_6_a_cancel_erases_everywhere_and_each_says_so(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        release = fed.genesis.draft(fed.genesis.report())
        alert = fed.genesis.release(release)
        await fed.settle()
        fed.genesis.withdraw(release)
        await fed.settle()
        state = fed.hub.view.refresh().state
        ref = state.links[alert].body
        assert ref is not None and ref.digest not in bodies_at_hub(fed)
        assert holders(state, alert) == {2, 3} == confirmed_by(state, alert, fed.acked())


async def test_6_a_suspended_project_can_still_take_its_warning_back(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        release = fed.bradford.draft(fed.bradford.report())
        alert = fed.bradford.release(release)
        await fed.settle()
        fed.suspend(fed.bradford)
        fed.bradford.withdraw(release)
        await fed.settle()
        assert fed.hub.view.refresh().state.links[alert].why == "cancelled"
        assert alert not in fed.merseyside.reads()


async def test_6_a_warning_goes_dark_by_itself_when_its_time_is_up(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        alert = fed.genesis.warn(fed.genesis.report(), lease_days=30)
        await fed.settle()
        fed.merseyside.link.cut = True
        assert in_force(fed.merseyside) == [alert]
        fed.clock.forward(days=31)
        assert in_force(fed.merseyside) == []
        fed.clock.forward(days=8)
        await fed.merseyside.sync()
        assert alert not in fed.merseyside.reads()


async def test_7_the_hub_is_away_for_days_and_nothing_is_lost(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        for node in fed.nodes.values():
            node.link.cut = True
        made = []
        for day in range(4):
            made.append(fed.genesis.warn(fed.genesis.report()))
            await fed.round()
            fed.clock.forward(days=1)
            if day == 2:
                fed.genesis.restart()
        for node in fed.nodes.values():
            node.link.cut = False
        await fed.settle()
        assert set(made) <= fed.merseyside.reads()


async def test_8_what_is_sent_again_changes_nothing(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        alert = fed.genesis.warn(fed.genesis.report())
        await fed.settle()
        size = fed.hub.view.refresh().state.size
        index = fed.hub.view.now.state.statements[alert]
        envelope = entries_of(fed)[index]
        for carrier in (fed.genesis, fed.merseyside):
            answer = await carrier.desk.client.submit([(envelope, None), (envelope, None)])
            assert [result.index for result in answer.results] == [index, index]
        assert fed.hub.view.refresh().state.size == size


async def test_15_suspension_takes_two_officers_and_leaves_warnings_standing(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        alert = fed.bradford.warn(fed.bradford.report())
        await fed.settle()
        fed.suspend(fed.bradford, officers=1)
        await fed.settle()
        assert fed.hub.view.now.state.members[2].status == "active"
        fed.suspend(fed.bradford)
        another = fed.genesis.warn(fed.genesis.report())
        await fed.settle()
        assert alert in fed.genesis.reads()
        assert alert in in_force(fed.genesis)
        assert another not in fed.bradford.reads()


async def test_seen_by_two_of_three_is_said_when_one_witness_is_away(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        fed.bradford.link.cut = True
        alert = fed.genesis.warn(fed.genesis.report())
        await fed.settle()
        index = fed.merseyside.view.state.statements[alert]
        assert fed.merseyside.view.seen_by(index) == (2, 3)
        assert fed.merseyside.view.confirmed_size > index


async def test_a_restored_node_lists_what_it_does_not_know_and_takes_it_back_after_a_day(
    template: Path, tmp_path: Path
) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        copy = tmp_path / "yesterday.db"
        fed.genesis.store.checkpoint_wal()
        shutil.copy(fed.genesis.config.database, copy)
        alert = fed.genesis.warn(fed.genesis.report())
        await fed.settle()
        fed.genesis.restore(copy)
        await fed.genesis.sync()
        with fed.genesis.store.read() as session:
            assert "own.not_signed_here" in {alarm.code for alarm in alarms(session)}
        assert fed.hub.view.refresh().state.links[alert].gone is None
        fed.clock.forward(hours=25)
        await fed.settle()
        assert fed.hub.view.refresh().state.links[alert].why == "cancelled"
