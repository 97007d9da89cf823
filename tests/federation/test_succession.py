"""A log whose key is lost is succeeded by another, and the exchange goes on. Source: spec/membership.md §7."""

import shutil
from pathlib import Path

import msgspec
import pytest

from node.actions.change_permission import change_permission
from node.actions.copy_log import copy_log
from node.actions.publish_anew import draft_anew
from node.actions.read_inbox import show_alert
from node.core.errors import NoPermission, SuccessionRefused
from node.exchange.join import fetch_charter, pin_charter
from node.exchange.succession import ask_to_come_over, require_succession, turn
from node.store.alarms import alarms
from node.store.old_logs import old_entries
from node.store.permissions import Given
from protocol.house.core.errors import HouseError, Refused
from tests.faults.dying import WHENS, die_at, durable_steps
from tests.federation.network import Federation, copied_federation
from tests.federation.project import WRITER
from tests.federation.succeeding import (
    Old,
    all_come_over,
    begin,
    come_over,
    copy_of,
    inbox,
    new_hub,
    release_of,
    status,
    succeeded,
)
from tests.postgres import PostgresServer


async def test_the_story_of_a_succession(template: Path, tmp_path: Path) -> None:
    await _story(template, tmp_path, None)


async def test_the_same_with_the_new_hub_on_postgresql(
    template: Path, tmp_path: Path, postgres: PostgresServer
) -> None:
    database = postgres.new_database()
    await _story(template, tmp_path, database)
    postgres.drop(database)


async def _story(template: Path, tmp_path: Path, database: str | None) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        old = Old(fed)
        await fed.settle()
        size = fed.genesis.view.state.size
        files = {f"{name}.copy": copy_of(node) for name, node in fed.nodes.items()}
    config = new_hub(fed, database)
    done = begin(fed, config, files)
    assert done.named.size == size and done.members == (1, 2, 3) and not done.above and not done.elsewhere
    assert done.warnings == {1: 2, 2: 1}
    async with succeeded(fed, config) as new:
        await all_come_over(new)
        # what was received goes on being shown; the old log is kept; who came over has said that nothing gone is held
        assert inbox(new.merseyside) == {old.kept, old.ended, old.bradfords}
        assert [node.id for node in new.nodes.values()] == [1, 2, 3]
        with new.merseyside.store.read() as session:
            assert len(old_entries(session, 0)) == size
        assert not status(new.genesis).overdue
        # its origin takes one back: it darkens, and each says that it is erased
        new.genesis.withdraw(release_of(new.genesis, old.ended))
        await new.settle()
        assert inbox(new.merseyside) == {old.kept, old.bradfords}
        assert old.ended not in new.merseyside.reads()
        taken = next(one for one in status(new.genesis).taken_back if one.identity == old.ended)
        assert (taken.deleted_by, taken.deleted_of) == (2, 2)
        shown = show_alert(
            new.merseyside.store,
            new.merseyside.view,
            new.merseyside.desk.epochs(),
            old.ended,
            new.clock.now.date(),
        )
        assert shown.state == "taken back" and shown.taken_back_on is not None
        # another is published anew, by two people
        assert status(new.genesis).anew == (release_of(new.genesis, old.kept),)
        draft = draft_anew(
            new.genesis.cases,
            new.genesis.voice(),
            release_id=release_of(new.genesis, old.kept),
            by=WRITER,
            now=new.clock(),
        )
        anew = new.genesis.release(draft)
        await new.settle()
        assert inbox(new.merseyside) == {anew, old.bradfords}
        assert not status(new.genesis).anew
        assert old.kept not in new.merseyside.reads() and anew in new.merseyside.reads()
        with pytest.raises(Refused, match="not of a log before"):
            draft_anew(new.genesis.cases, new.genesis.voice(), release_id=draft, by=WRITER, now=new.clock())
        # a lease of the old log ends by itself
        new.clock.forward(days=366)
        assert old.bradfords not in inbox(new.merseyside)
        new.clock.forward(days=7)
        await new.settle()
        assert old.bradfords not in new.merseyside.reads()
        for node in new.nodes.values():
            with node.store.read() as session:
                assert [one.code for one in alarms(session)] == []
            node.restart()
            assert node.view.state.serialise() == new.hub.view.refresh().state.serialise()


async def test_a_cancel_that_was_on_its_way_and_one_signed_beforehand_arrive_in_the_new_log(
    template: Path, tmp_path: Path
) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        old = Old(fed)
        await fed.settle()
        files = {f"{name}.copy": copy_of(node) for name, node in fed.nodes.items()}
        fed.genesis.withdraw(release_of(fed.genesis, old.ended))  # the hub is gone: it waits
        never = fed.genesis.warn(fed.genesis.report())
    config = new_hub(fed)
    begin(fed, config, files)
    async with succeeded(fed, config) as new:
        await all_come_over(new)
        assert inbox(new.merseyside) == {old.kept, old.bradfords}
        assert all(one.problem is None or one.problem == "outbox.succeeded" for one in status(new.genesis).outgoing)
        assert never not in new.hub.view.refresh().state.links
        assert set(status(new.genesis).anew) == {release_of(new.genesis, one) for one in (old.kept, never)}
        from node.actions.withdraw_alert import withdraw_alert  # noqa: PLC0415

        release = release_of(new.bradford, old.bradfords)
        withdraw_alert(new.bradford.cases, None, release_id=release, by=WRITER, now=new.clock())
        await new.settle()
        assert inbox(new.merseyside) == {old.kept}


async def test_a_no_takes_back_an_old_warning_and_forbids_to_publish_it_anew(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        report = fed.genesis.report()
        first = fed.genesis.warn(report)
        await fed.settle()
        files = {"genesis.copy": copy_of(fed.genesis)}
    config = new_hub(fed)
    begin(fed, config, files)
    async with succeeded(fed, config) as new:
        await all_come_over(new)
        release = release_of(new.genesis, first)
        draft = draft_anew(new.genesis.cases, new.genesis.voice(), release_id=release, by=WRITER, now=new.clock())
        change_permission(
            new.genesis.cases,
            new.genesis.voice(),
            report_id=report,
            given=Given(witness=WRITER),
            by=WRITER,
            now=new.clock(),
        )
        with pytest.raises((NoPermission, Refused)):
            new.genesis.release(draft)
        await new.settle()
        assert not inbox(new.merseyside) and first not in new.merseyside.reads()


async def test_pausing_an_old_warning_ends_it_and_two_people_bring_it_back(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        first = fed.genesis.warn(fed.genesis.report())
        await fed.settle()
        files = {"genesis.copy": copy_of(fed.genesis)}
    config = new_hub(fed)
    begin(fed, config, files)
    async with succeeded(fed, config) as new:
        await all_come_over(new)
        release = release_of(new.genesis, first)
        new.genesis.pause(release)
        await new.settle()
        assert not inbox(new.merseyside)
        back = new.genesis.release(new.genesis.draft_update(release))
        await new.settle()
        assert inbox(new.merseyside) == {back}


async def test_a_member_that_comes_late_finds_what_was_cancelled_meanwhile(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        old = Old(fed)
        await fed.settle()
        files = {"genesis.copy": copy_of(fed.genesis), "bradford.copy": copy_of(fed.bradford)}
    config = new_hub(fed)
    begin(fed, config, files)
    async with succeeded(fed, config) as new:
        await all_come_over(new, "genesis", "bradford")
        new.genesis.withdraw(release_of(new.genesis, old.ended))
        await new.genesis.publish()
        await new.genesis.sync()
        assert inbox(new.merseyside) == {old.kept, old.ended, old.bradfords}, "it still obeys the old log"
        await all_come_over(new, "merseyside")
        assert inbox(new.merseyside) == {old.kept, old.bradfords}
        assert not status(new.genesis).overdue
        new.clock.forward(days=7)
        anew = new.merseyside.warn(new.merseyside.report())
        await new.settle()
        assert anew in inbox(new.bradford)


async def test_what_a_member_refuses_and_why(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        short = copy_of(fed.merseyside)
        Old(fed)
        await fed.settle()
        whole = copy_of(fed.genesis)
    config = new_hub(fed)
    begin(fed, config, {"merseyside.copy": short})
    async with succeeded(fed, config) as new:
        node = new.genesis
        before, offered = node.view.log, await fetch_charter(node.desk.client)
        with pytest.raises(SuccessionRefused, match=r"succession\.rolled_back"):
            require_succession(node.desk, offered, None)
        assert offered.charter.predecessor is not None
        for code, over in {
            "succession.other_log": {"log": "ab" * 32},
            "succession.not_held": {"size": 10_000},
            "succession.other_history": {"root": "ab" * 32},
        }.items():
            named = msgspec.structs.replace(offered.charter.predecessor, **over)  # type: ignore[arg-type]
            changed = msgspec.structs.replace(offered.charter, predecessor=named)
            with pytest.raises(SuccessionRefused) as refused:
                require_succession(node.desk, msgspec.structs.replace(offered, charter=changed), None)
            assert refused.value.code == code
        bare = msgspec.structs.replace(offered.charter, predecessor=None)
        with pytest.raises(SuccessionRefused, match=r"succession\.no_predecessor"):
            require_succession(node.desk, msgspec.structs.replace(offered, charter=bare), None)
        with pytest.raises(HouseError, match=r"refused\.other_log"):
            pin_charter(node.desk, offered, offered.log)
        with node.store.read() as session:
            assert [one.code for one in alarms(session)] == ["succession.other_history"]
        node.restart()
        assert node.view.log == before
    shutil.rmtree(fed.folder / "hub-2")
    shutil.rmtree(fed.folder / "hub-2-epochs")
    begin(fed, config, {"genesis.copy": whole})
    async with succeeded(fed, config) as new:
        offered = await fetch_charter(new.genesis.desk.client)
        assert offered.charter.predecessor is not None
        members = msgspec.structs.replace(offered.charter.predecessor.members, size=2)
        named = msgspec.structs.replace(offered.charter.predecessor, members=members)
        changed = msgspec.structs.replace(offered.charter, predecessor=named)
        with pytest.raises(SuccessionRefused, match=r"succession\.members"):
            require_succession(new.genesis.desk, msgspec.structs.replace(offered, charter=changed), None)
        turn(new.genesis.desk, offered, require_succession(new.genesis.desk, offered, None))
        new.genesis.keyring.public = msgspec.structs.replace(new.genesis.keyring.public, online="ab" * 32)
        with pytest.raises(SuccessionRefused, match=r"succession\.keys"):
            await ask_to_come_over(new.genesis.desk, "Genesis", "office@genesis.example.org")


async def test_a_member_whose_log_is_short_takes_what_it_lacks_from_anothers_copy(
    template: Path, tmp_path: Path
) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        fed.merseyside.link.cut = True
        first = fed.genesis.warn(fed.genesis.report())
        await fed.settle()
        copy = copy_log(fed.genesis.cases, fed.genesis.view)
        others = copy_log(fed.bradford.cases, fed.bradford.view)
    config = new_hub(fed)
    begin(fed, config, {"genesis.copy": msgspec.json.encode(copy), "bradford.copy": msgspec.json.encode(others)})
    async with succeeded(fed, config) as new:
        node = new.merseyside
        offered = await fetch_charter(node.desk.client)
        with pytest.raises(SuccessionRefused, match=r"succession\.not_held"):
            require_succession(node.desk, offered, None)
        forged = msgspec.structs.replace(copy, entries=(*copy.entries[:-1], b"another"))
        with pytest.raises(SuccessionRefused, match=r"succession\.other_history"):
            require_succession(node.desk, offered, forged)
        turn(node.desk, offered, require_succession(node.desk, offered, copy))
        await all_come_over(new)
        assert first in node.view.old[0].state.chains


async def test_a_turn_that_dies_anywhere_is_one_log_or_the_other_and_the_next_one_ends_it(
    template: Path, tmp_path: Path
) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        old = Old(fed)
        await fed.settle()
        files = {"genesis.copy": copy_of(fed.genesis), "bradford.copy": copy_of(fed.bradford)}
    config = new_hub(fed)
    begin(fed, config, files)
    kept = tmp_path / "kept"
    async with succeeded(fed, config) as new:
        offered = await fetch_charter(new.genesis.desk.client)
    shutil.copytree(fed.folder, kept)

    def work() -> None:
        again = Federation(fed.folder, 1)
        again.clock.now = fed.clock.now
        again.make_nodes()
        desk = again.genesis.desk
        turn(desk, offered, require_succession(desk, offered, None))

    steps = durable_steps(work)
    assert steps
    for number in range(len(steps)):
        for when in WHENS:
            shutil.rmtree(fed.folder)
            shutil.copytree(kept, fed.folder)
            die_at(number, when, work)
            async with succeeded(fed, config) as new:
                await all_come_over(new)
                assert new.genesis.id == 1 and len(new.genesis.view.old) == 1
                assert old.bradfords in inbox(new.genesis)
                with new.genesis.store.read() as session:
                    assert [one.code for one in alarms(session)] == []


async def test_a_restored_backup_from_before_the_turn_turns_again_and_is_the_same_member(
    template: Path, tmp_path: Path
) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        old = Old(fed)
        await fed.settle()
        files = {"genesis.copy": copy_of(fed.genesis), "bradford.copy": copy_of(fed.bradford)}
        backup = tmp_path / "backup.db"
        fed.merseyside.store.checkpoint_wal()
        shutil.copy(fed.merseyside.config.database, backup)
    config = new_hub(fed)
    begin(fed, config, files)
    async with succeeded(fed, config) as new:
        await all_come_over(new)
        new.genesis.withdraw(release_of(new.genesis, old.ended))
        await new.settle()
        new.merseyside.restore(backup)
        assert old.ended not in new.merseyside.reads(), "what was erased is erased again before anything is shown"
        await come_over(new.merseyside)
        await new.settle()
        assert new.merseyside.id == 3
        assert inbox(new.merseyside) == {old.kept, old.bradfords}
