"""A hub that lost its database is rebuilt from members' copies, and the exchange goes on. Source: spec/rebuild.md."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from hub.actions.keep_releases import bring_together
from hub.actions.rebuild import rebuild
from hub.core.errors import Misconfigured
from hub.store import bodies as hub_bodies
from hub.store import releases
from node.actions.copy_log import copy_log
from node.exchange.resending import send_again
from protocol.checkpoint import sign_checkpoint
from protocol.log import Tree, leaf_hash
from protocol.log_copy import LogCopy
from tests.faults.dying import WHENS, die_at, durable_steps
from tests.federation.network import Federation, copied_federation
from tests.federation.project import Node
from tests.hub.figures_world import World
from tests.postgres import PostgresServer


def copy_of(node: Node) -> bytes:
    return msgspec.json.encode(copy_log(node.cases, node.view))


def lose_database(fed: Federation) -> None:
    """The hub's disk dies; keys, epoch keys and guard file are elsewhere."""
    for path in (fed.folder / "hub").glob("hub.db*"):
        path.unlink()


@asynccontextmanager
async def reopened(fed: Federation) -> AsyncIterator[Federation]:
    """The same nodes before the hub as it is on disk now."""
    again = Federation(fed.folder, 1)
    again.hub_config, again.clock.now = fed.hub_config, fed.clock.now
    again.make_nodes()
    async with again.serving():
        yield again
        again.close()


async def with_warnings(fed: Federation) -> tuple[str, str]:
    """A warning in force of Genesis's, and one of Bradford's that was taken back; both settled."""
    stands = fed.genesis.warn(fed.genesis.report())
    taken_back = fed.bradford.draft(fed.bradford.report())
    gone = fed.bradford.release(taken_back)
    await fed.settle()
    fed.bradford.withdraw(taken_back)
    await fed.settle()
    return stands, gone


async def test_members_copies_give_the_hub_back_its_log_and_its_live_bodies(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        stands, gone = await with_warnings(fed)
        before = fed.hub.view.refresh()
        files = {f"{name}.copy": copy_of(node) for name, node in fed.nodes.items()}
        release = World(1, 60).releases()[0]
        with fed.hub.store.begin() as session:
            releases.freeze(session, release)
        bring_together(fed.hub.store, fed.hub_config.releases_dir)
    lose_database(fed)
    rebuilt = rebuild(fed.hub_config, files, fed.clock())
    assert (rebuilt.size, rebuilt.releases) == (before.state.size, 1)
    assert not rebuilt.missing
    async with reopened(fed) as again:
        after = again.hub.view.refresh()
        assert (after.tree.root, after.state.serialise()) == (before.tree.root, before.state.serialise())
        new = again.merseyside.warn(again.merseyside.report())
        await again.settle()
        assert {stands, new} <= again.bradford.reads() and gone not in again.bradford.reads()
        state = again.hub.view.refresh().state
        with again.hub.store.read() as session:
            kept = set(hub_bodies.all_digests(session))
            assert releases.all_releases(session) == [release]
        assert kept == {digest for digest, identity in state.bodies.items() if state.links[identity].gone is None}
        assert all(size >= before.state.size for size in again.acked().values())


async def test_the_same_on_postgresql(template: Path, tmp_path: Path, postgres: PostgresServer) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        await with_warnings(fed)
        size = fed.hub.view.refresh().state.size
        files = {"genesis.copy": copy_of(fed.genesis), "bradford.copy": copy_of(fed.bradford)}
    fed.hub_config = msgspec.structs.replace(fed.hub_config, database=postgres.new_database())
    assert rebuild(fed.hub_config, files, fed.clock()).size == size
    async with reopened(fed) as again:
        again.genesis.warn(again.genesis.report())
        await again.settle()
        assert again.hub.view.refresh().state.size == size + 1
    postgres.drop(fed.hub_config.database)


async def test_what_nobody_brought_is_listed_and_its_origin_sends_it_again(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        stands, _ = await with_warnings(fed)
        digest = fed.hub.view.refresh().state.links[stands].body
        copy = copy_log(fed.merseyside.cases, fed.merseyside.view)
    assert digest is not None
    bare = msgspec.structs.replace(copy, bodies={name: b for name, b in copy.bodies.items() if name != digest.digest})
    lose_database(fed)
    rebuilt = rebuild(fed.hub_config, {"merseyside.copy": msgspec.json.encode(bare)}, fed.clock())
    assert digest.digest in rebuilt.missing[1]
    async with reopened(fed) as again:
        node = again.genesis
        assert await send_again(node.desk, copy_log(node.cases, node.view)) == 1
        with again.hub.store.read() as session:
            assert digest.digest in hub_bodies.all_digests(session)


async def test_a_body_that_is_gone_is_put_back_by_nobody(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        stands, _ = await with_warnings(fed)
        old = copy_log(fed.merseyside.cases, fed.merseyside.view)
        digest = fed.hub.view.refresh().state.links[stands].body
        with fed.genesis.store.read() as session:
            from node.store.releases import list_releases  # noqa: PLC0415

            release = next(one.id for one in list_releases(session) if one.chain == stands)
        fed.genesis.withdraw(release)
        await fed.settle()
        new = copy_log(fed.merseyside.cases, fed.merseyside.view)
    assert digest is not None and digest.digest in old.bodies and digest.digest not in new.bodies
    lose_database(fed)
    both = msgspec.structs.replace(new, bodies=old.bodies)
    rebuild(fed.hub_config, {"a.copy": msgspec.json.encode(both)}, fed.clock())
    async with reopened(fed) as again:
        with again.hub.store.read() as session:
            assert digest.digest not in hub_bodies.all_digests(session)
        envelope, stored = old.entries[again.hub.view.now.state.links[stands].index], old.bodies[digest.digest]
        await again.bradford.desk.client.submit([(envelope, stored)])
        with again.hub.store.read() as session:
            assert digest.digest not in hub_bodies.all_digests(session)


async def test_what_is_refused_and_why(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        short = copy_of(fed.merseyside)
        await with_warnings(fed)
        whole = copy_log(fed.genesis.cases, fed.genesis.view)
        key, charter = fed.hub.keys.log, fed.hub.view.now.state.charter
    assert charter is not None
    config = fed.hub_config
    lose_database(fed)
    with pytest.raises(Misconfigured, match="in none of these"):
        rebuild(config, {"short": short}, fed.clock())
    entries = [*whole.entries[:4], b"another", *whole.entries[5:]]
    forked = _signed(entries, charter.origin, key)
    with pytest.raises(Misconfigured, match="two histories"):
        rebuild(config, {"whole": _bytes(whole), "fork": _bytes(forked)}, fed.clock())
    with pytest.raises(Misconfigured, match="not those under its note"):
        rebuild(config, {"cut": _bytes(msgspec.structs.replace(whole, entries=whole.entries[:-1]))}, fed.clock())
    with pytest.raises(Misconfigured, match="no copy of a log"):
        rebuild(config, {"junk": b"{}"}, fed.clock())
    rebuild(config, {"whole": _bytes(whole)}, fed.clock())
    config.guard_file.unlink()
    with pytest.raises(Misconfigured, match="there is a database already"):
        rebuild(config, {"short": short}, fed.clock())


def _bytes(copy: LogCopy) -> bytes:
    return msgspec.json.encode(copy)


def _signed(entries: list[bytes], origin: str, key: object) -> LogCopy:
    root = Tree().extend(leaf_hash(entry) for entry in entries).root
    return LogCopy(note=sign_checkpoint(origin, len(entries), root, key), entries=tuple(entries), bodies={})  # type: ignore[arg-type]


async def test_a_rebuild_that_dies_anywhere_is_ended_by_the_next_one(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        await with_warnings(fed)
        size, files = fed.hub.view.refresh().state.size, {"genesis.copy": copy_of(fed.genesis)}
    lose_database(fed)
    kept = tmp_path / "kept"
    shutil.copytree(fed.folder, kept)

    def work() -> None:
        rebuild(fed.hub_config, files, fed.clock())

    steps = durable_steps(work)
    for number in range(len(steps)):
        for when in WHENS:
            shutil.rmtree(fed.folder)
            shutil.copytree(kept, fed.folder)
            die_at(number, when, work)
            assert rebuild(fed.hub_config, files, fed.clock()).size == size
            async with reopened(fed) as again:
                assert again.hub.view.refresh().state.size == size
