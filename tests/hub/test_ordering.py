"""Who orders, what a fault or crash at each step means, and when the hub refuses to sign."""

import asyncio
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlmodel import select

from hub.actions.examine import examine
from hub.actions.sequence import sequence
from hub.app import build_hub
from hub.core.errors import Busy, Misconfigured
from hub.log_view import LogView
from hub.ordering import Ordering
from hub.store import log
from hub.store.engine import Store
from hub.store.key_files import make_keys
from hub.store.tables import EntryRow, StagedRow
from protocol.log import leaf_hash
from tests.hub.asker import code_of, codes_of
from tests.hub.ground import Clock, Ground, config_of, running_ground, serving
from tests.postgres import PostgresServer

PATIENCE_SECONDS = 30.0


def second_ordering(ground: Ground) -> Ordering:
    """Another process on the same database."""
    store, hub = Store(ground.hub.config.database), ground.hub
    return Ordering(store, LogView(store), hub.keys.log, hub.config.guard_file, lambda: None)


def takes_the_lead(ordering: Ordering) -> bool:
    ordering.tick()
    return ordering.leads


def close(ordering: Ordering) -> None:
    ordering.stop()
    ordering._store.close()


def entries(store: Store) -> list[tuple[int, bytes]]:
    with store.read() as session:
        return [(row.idx, row.leaf) for row in session.exec(select(EntryRow).order_by(EntryRow.idx))]  # type: ignore[arg-type]


async def test_a_second_hub_on_one_database_does_not_order(ground: Ground) -> None:
    other = second_ordering(ground)
    if ground.hub.store.is_sqlite:
        with pytest.raises(Misconfigured, match="another watchword-hub is running"):
            other.start()
    else:
        other.start()
    assert not other.leads and not other.order()
    ground.scene.alert("genesis", 1)
    await ground.ok()
    close(other)


async def test_a_frozen_leader_is_replaced_within_seconds_and_writes_nothing_any_more(ground: Ground) -> None:
    if ground.hub.store.is_sqlite:
        ground.hub.ordering.stop()  # flock: a frozen process keeps it, and nothing else may write
    frozen = ground.hub.ordering._sequencer
    other = second_ordering(ground)
    if not ground.hub.store.is_sqlite:
        await asyncio.to_thread(other.tick)
        assert not other.leads
        await until(lambda: takes_the_lead(other))  # idle_session_timeout: who pings no more loses the lock
    await asyncio.to_thread(other.tick)
    assert other.leads
    ground.scene.alert("genesis", 1)
    sent = asyncio.create_task(ground.send())
    await asyncio.sleep(0.3)
    assert not sent.done()
    if frozen is not None:
        with pytest.raises(Busy):
            sequence(frozen)
    assert not ground.hub.ordering.leads
    await asyncio.to_thread(other.tick)
    answer = await sent
    (index,) = codes_of(answer)
    assert answer.json()["receipt"]["first"] == index
    assert [idx for idx, _ in entries(ground.hub.store)] == list(range(int(index) + 1))
    close(other)


async def until(condition: Callable[[], bool]) -> None:
    """Returns once it holds; a busy machine may take its time."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110 - nobody would set an event: it is in a database
            await asyncio.sleep(0.2)


def staged(ground: Ground) -> int:
    """Statements that wait, or whose results wait to be read."""
    with ground.hub.store.read() as session:
        return len(session.exec(select(StagedRow.id)).all())


async def test_a_fault_between_commit_and_signing_answers_nothing_unsigned_and_the_next_turn_mends_it(
    ground: Ground,
) -> None:
    blocked = ground.hub.config.guard_file.with_suffix(".new")
    blocked.mkdir()  # the guard cannot be written: nothing may be signed
    sent = []
    for name, member in (("genesis", 1), ("bradford", 2)):
        ground.scene.alert(name, member)
        sent.append(asyncio.create_task(ground.asker(f"{name}/online").statements(*ground.scene.take())))
    await until(lambda: not ground.hub.ordering.leads and staged(ground) == 2)
    assert not any(task.done() for task in sent)
    unsigned = len(entries(ground.hub.store))
    assert ground.hub.view.refresh().state.size < unsigned
    blocked.rmdir()
    await asyncio.to_thread(ground.hub.ordering.tick)
    answers = await asyncio.gather(*sent)
    indices = sorted(int(codes_of(answer)[0]) for answer in answers)
    assert indices[1] == indices[0] + 1 and unsigned - 1 in indices
    assert all(answer.json()["receipt"]["count"] == 1 for answer in answers)
    assert ground.hub.view.refresh().state.size == len(entries(ground.hub.store))


async def test_after_a_crash_between_commit_and_signing_the_next_start_signs_the_same(
    stocked: tuple[str, Path],
) -> None:
    config, clock = config_of(*stocked), Clock()
    blocked = config.guard_file.with_suffix(".new")
    async with serving(config, clock) as ground:
        blocked.mkdir()
        ground.scene.alert("genesis", 1)
        (item,) = ground.scene.take()
        sent = asyncio.create_task(ground.asker("genesis/online").statements(item))
        await until(lambda: not ground.hub.ordering.leads and staged(ground) == 1)
        sent.cancel()
        await asyncio.gather(sent, return_exceptions=True)
        committed = entries(ground.hub.store)
    blocked.rmdir()
    async with serving(config, clock) as ground:
        view = ground.hub.view.now
        assert view.state.size == len(committed)
        assert view.tree.root == LogView(ground.hub.store).refresh().tree.root
        assert codes_of(await ground.asker("genesis/online").statements(item)) == [len(committed) - 1]
        with ground.hub.store.read() as session:
            assert all(row.done for row in session.exec(select(StagedRow)))


async def test_what_was_staged_before_a_crash_is_ordered_at_the_next_start(stocked: tuple[str, Path]) -> None:
    config, clock = config_of(*stocked), Clock()
    async with serving(config, clock) as ground:
        ground.hub.ordering.stop()
        ground.scene.alert("genesis", 1)
        (item,) = ground.scene.take()
        sent = asyncio.create_task(ground.asker("genesis/online").statements(item))
        await until(lambda: staged(ground) == 1)
        sent.cancel()
        await asyncio.gather(sent, return_exceptions=True)
        size = ground.hub.view.refresh().state.size
    async with serving(config, clock) as ground:
        assert ground.hub.view.refresh().state.size == size + 1
        assert codes_of(await ground.asker("genesis/online").statements(item)) == [size]


async def test_a_restored_older_database_is_refused_at_the_start(
    stocked: tuple[str, Path], backup: Callable[[str], str]
) -> None:
    config, clock = config_of(*stocked), Clock()
    old = backup(stocked[0])
    async with serving(config, clock) as ground:
        ground.scene.alert("genesis", 1)
        await ground.ok()
    with pytest.raises(Misconfigured, match="restored from an old copy"):
        async with serving(replace(config, database=old), clock):
            pass
    said = [finding.wrong for finding in examine(replace(config, database=old), clock.now).findings]
    assert any("restored from an old copy" in wrong for wrong in said)


async def test_an_older_database_with_an_older_guard_halts_at_the_first_seen_it_cannot_extend(
    stocked: tuple[str, Path], backup: Callable[[str], str], tmp_path: Path
) -> None:
    config, clock = config_of(*stocked), Clock()
    old = replace(config, database=backup(stocked[0]), guard_file=tmp_path / "old-guard")
    shutil.copy(config.guard_file, old.guard_file)
    async with serving(config, clock) as ground:
        ground.scene.alert("genesis", 1)
        await ground.ok()
        ahead = ground.scene.seen()
        cancel = ground.scene.item(
            ground.scene.sign(ground.scene.statement("cancel", 1, supersedes="ab" * 32), "genesis/sign0")
        )
    async with serving(old, clock) as ground:
        assert (await ground.asker("genesis/online").post("/v1/tokens", b"")).status_code == 200
        answer = await ground.asker("genesis/online").statements(cancel)
        assert (answer.status_code, code_of(answer)) == (503, "hub.behind")
        assert int(answer.headers["retry-after"]) > 0
        ground.scene.alert("bradford", 2)
        assert code_of(await ground.send("bradford")) == "hub.behind"
        assert (await ground.client.get("/v1/health")).json()["ok"] is False
        said = [finding.wrong for finding in examine(old, clock.now).findings]
        assert any(wrong.startswith("this hub does not sign any more") for wrong in said)
    async with serving(old, clock) as ground:
        ground.asker("genesis/online").seen = ahead
        assert code_of(await ground.asker("genesis/online").post("/v1/tokens", b"")) == "hub.behind"


async def test_an_ack_that_has_seen_more_than_the_hub_halts_it(
    stocked: tuple[str, Path], backup: Callable[[str], str], tmp_path: Path
) -> None:
    config, clock = config_of(*stocked), Clock()
    old = replace(config, database=backup(stocked[0]), guard_file=tmp_path / "old-guard")
    shutil.copy(config.guard_file, old.guard_file)
    async with serving(config, clock) as ground:
        ground.scene.alert("genesis", 1)
        await ground.ok()
        ahead = ground.scene.seen()
    async with serving(old, clock) as ground:
        assert code_of(await ground.send_ack("merseyside", 3, seen=ahead)) == "hub.behind"
        assert ground.hub.view.refresh().halted


async def test_a_database_with_an_altered_entry_is_not_served(stocked: tuple[str, Path]) -> None:
    config = config_of(*stocked)
    store = Store(config.database)
    with store.begin() as session:
        row = session.exec(select(EntryRow).where(EntryRow.idx == 2)).one()
        row.envelope = row.envelope[:-1] + b" "
        row.leaf = leaf_hash(row.envelope)
        session.add(row)
    store.close()
    with pytest.raises(Misconfigured, match="does not hold the entries that this hub signed"):
        async with serving(config, Clock()):
            pass
    assert any("does not hold the entries" in finding.wrong for finding in examine(config, Clock().now).findings)


async def test_a_missing_guard_file_is_refused_and_the_turn_is_left_to_others(stocked: tuple[str, Path]) -> None:
    config = config_of(*stocked)
    config.guard_file.unlink()
    hub = build_hub(config, Clock())
    for _ in range(2):
        with pytest.raises(Misconfigured, match="guard file is missing"):
            hub.ordering.start()
    hub.store.close()


async def test_a_database_that_is_not_there_is_said_in_plain_words(tmp_path: Path) -> None:
    make_keys(tmp_path / "keys", bytes(96))
    with pytest.raises(Misconfigured, match="has no tables"):
        build_hub(config_of(f"sqlite:///{tmp_path / 'none.db'}", tmp_path), Clock())


async def test_one_view_may_be_refreshed_by_many_threads(ground: Ground) -> None:
    view = LogView(ground.hub.store)
    stop = threading.Event()

    def refresh() -> int:
        size = 0
        while not stop.is_set():
            now = view.refresh()
            assert now.state.size == now.tree.size >= size
            size = now.state.size
        return size

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(refresh) for _ in range(4)]
        for _ in range(10):
            ground.scene.alert("genesis", 1)
            await ground.ok()
        stop.set()
        assert len({reader.result() for reader in readers}) >= 1
    now = view.refresh()
    assert now.tree.root == ground.hub.view.refresh().tree.root
    assert view.hashes(0, now.tree.size - 1) == entries(ground.hub.store)[-1][1]


async def test_many_small_batches_share_few_transactions(ground: Ground) -> None:
    """Group commit: who waits finds the work done by who has the turn."""
    batches = []
    for _ in range(30):
        ground.scene.alert("genesis", 1)
        batches.append(ground.scene.take())
    answers = await asyncio.gather(*(ground.asker("genesis/online").statements(*batch) for batch in batches))
    checkpoints = {answer.json()["receipt"]["checkpoint"].split("\n")[1] for answer in answers}
    assert len({int(codes_of(answer)[0]) for answer in answers}) == 30
    assert len(checkpoints) < 30


LIES = {
    "sqlite": (
        "CREATE TRIGGER lies AFTER INSERT ON entries BEGIN"
        " UPDATE entries SET envelope = x'7b7d' WHERE idx = NEW.idx; END",
    ),
    "postgresql": (
        "CREATE FUNCTION lies() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN NEW.envelope := convert_to('{}', 'UTF8'); RETURN NEW; END $$",
        "CREATE TRIGGER lies BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION lies()",
    ),
}
"""A database that keeps something else than what was written to it."""


async def test_what_the_database_does_not_give_back_is_never_signed(ground: Ground) -> None:
    hub, before = ground.hub, ground.hub.view.now
    with hub.store.change() as connection:
        for statement in LIES["sqlite" if hub.store.is_sqlite else "postgresql"]:
            connection.exec_driver_sql(statement)
    ground.scene.alert("genesis", 1)
    answer = await ground.asker("genesis/online").statements(*ground.scene.take())
    assert (answer.status_code, code_of(answer)) == (503, "hub.behind")
    with hub.store.read() as session:
        head, signed = log.read_head(session), log.latest_checkpoint(session)
    assert signed == before.checkpoint and signed is not None
    assert head.size == signed.size + 1 and "give back" in head.halted
    assert f'"size": {signed.size},' in hub.config.guard_file.read_text()


FULL = (
    "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = 'disk_full'; END $$",
    "CREATE TRIGGER full_disk BEFORE INSERT ON bodies FOR EACH ROW EXECUTE FUNCTION full_disk()",
)


async def test_where_the_disk_fills_up_within_a_batch_nothing_of_it_is_kept_and_the_next_tick_takes_it(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    """PostgreSQL takes rows past SQLAlchemy: what its driver says of them is understood as what SQLAlchemy says."""
    async with running_ground(postgres.new_database(), tmp_path) as ground:
        await ground.three_projects()
        before, ordering = ground.hub.view.now.state.size, ground.hub.ordering
        with ground.hub.store.change() as connection:
            for statement in FULL:
                connection.exec_driver_sql(statement)
        ground.scene.alert("genesis", 1)
        sent = asyncio.create_task(ground.asker("genesis/online").statements(*ground.scene.take()))
        async with asyncio.timeout(10):
            while ordering.leads:
                await asyncio.wait([sent], timeout=0.01)
        with ground.hub.store.change() as connection:
            assert connection.exec_driver_sql("SELECT size FROM head").scalar_one() == before
            connection.exec_driver_sql("DROP TRIGGER full_disk ON bodies")
        await asyncio.to_thread(ordering.tick)
        assert codes_of(await sent) == [before]
