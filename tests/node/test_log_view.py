"""The log as a node has verified it, and what is in force by it."""

import datetime as dt
from pathlib import Path

import pytest

from node.core.errors import Misconfigured
from node.core.in_force import alerts_in_force, has_lapsed
from node.log_view import LogView, OwnTree
from node.store.exchange_tables import MirrorEntry
from node.store.inbox import count_missing
from node.store.mirror import append_entries
from protocol.checkpoint import verify_seen
from protocol.log import leaf_hash
from protocol.replay import Entry
from protocol.vectors.named_keys import public
from protocol.vectors.scene import DAY, ORIGIN, Scene, root, three_projects
from tests.node.empty_databases import new_store
from tests.node.exchange_nodes import ExchangeNode, three


@pytest.fixture
def scene() -> Scene:
    return three_projects()


async def synced(scene: Scene, tmp_path: Path) -> tuple[ExchangeNode, ExchangeNode, ExchangeNode]:
    _, _, *nodes = three(tmp_path, scene)
    for _ in range(2):
        for node in nodes:
            await node.sync()
    return nodes[0], nodes[1], nodes[2]


async def test_it_is_the_state_that_replay_gives(scene: Scene, tmp_path: Path) -> None:
    genesis, _, merseyside = await synced(scene, tmp_path)
    assert genesis.view.state.serialise() == scene.state.serialise()
    assert (genesis.view.member_id, merseyside.view.member_id) == (1, 3)
    assert genesis.view.log == scene.log


async def test_seen_is_a_checkpoint_that_the_log_signed(scene: Scene, tmp_path: Path) -> None:
    genesis, _, _ = await synced(scene, tmp_path)
    seen = genesis.view.seen()
    assert seen is not None
    assert verify_seen(seen, ORIGIN, bytes.fromhex(public("log"))).size == len(scene.entries)


async def test_a_checkpoint_is_confirmed_by_k_witnesses_and_not_by_fewer(scene: Scene, tmp_path: Path) -> None:
    _, _, genesis, bradford, _ = three(tmp_path, scene)
    await genesis.sync()
    assert (genesis.view.confirmed_size, genesis.view.seen_by(0)) == (0, (1, 3))
    await bradford.sync()
    await genesis.sync()
    assert (genesis.view.confirmed_size, genesis.view.seen_by(0)) == (len(scene.entries), (2, 3))


async def test_an_altered_mirror_is_refused_at_start(scene: Scene, tmp_path: Path) -> None:
    genesis, _, _ = await synced(scene, tmp_path)
    with genesis.store.begin() as session:
        row = session.get(MirrorEntry, 3)
        assert row is not None
        row.envelope += b"x"
    with pytest.raises(Misconfigured) as caught:
        LogView(genesis.store)
    assert caught.value.code == "config.mirror_altered"


async def test_what_was_brought_counts_once_whoever_looked_in_between(scene: Scene, tmp_path: Path) -> None:
    genesis, _, _ = await synced(scene, tmp_path)
    store, view = genesis.store, genesis.view
    first = view.state.size
    scene.alert("genesis", 1)
    scene.alert("bradford", 2)
    brought = [Entry(data) for data in scene.entries[first:]]
    with store.begin() as session:
        append_entries(session, first, [entry.data for entry in brought])
    view.refresh()  # a page of this node
    with store.begin() as session:  # and somebody wrote something else
        count_missing(session, "0" * 64, genesis.desk.now())
    view.refresh(first, brought)
    assert view.state.serialise() == scene.state.serialise()
    first = view.state.size
    scene.alert("genesis", 1)
    brought = [Entry(data) for data in scene.entries[first:]]
    scene.alert("genesis", 1)
    with store.begin() as session:
        append_entries(session, first, scene.entries[first:])  # another process had the later one too
    view.refresh(first, brought)
    assert view.state.serialise() == scene.state.serialise()
    assert view.own_tree.tree.root == LogView(store).own_tree.tree.root


def test_before_joining_it_says_so(tmp_path: Path) -> None:
    view = LogView(new_store(tmp_path / "node.db"))
    assert (view.is_pinned, view.member_id, view.seen(), view.confirmed_size) == (False, None, None, 0)
    with pytest.raises(Misconfigured) as caught:
        _ = view.log
    assert caught.value.code == "config.not_joined"


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 31])
def test_old_roots_can_be_asked_for(size: int) -> None:
    entries = [bytes([number]) for number in range(31)]
    tree = OwnTree()
    for at in range(0, 31, 5):
        tree.extend([leaf_hash(entry) for entry in entries[at : at + 5]])
    assert tree.root_at(size) == root(entries[:size])
    assert tree.root_at(32) is None


async def test_danger_now_stands_first_and_a_lapsed_warning_goes_dark_by_itself(scene: Scene, tmp_path: Path) -> None:
    _, _, merseyside = await synced(scene, tmp_path)
    danger, serious = scene.alert("genesis", 1, days=3), scene.alert("genesis", 1, days=365)
    await merseyside.sync()
    view = merseyside.view

    def on(day: dt.date) -> list[tuple[str, bool]]:
        found = alerts_in_force(view.state, day, view.confirmed_size, view.seen_by)
        return [(alert.first, alert.danger_now) for alert in found]

    assert on(DAY) == [(danger, True), (serious, False)]
    assert on(DAY + dt.timedelta(days=2))[0] == (danger, True)
    assert on(DAY + dt.timedelta(days=3)) == [(serious, False)]
    assert has_lapsed(view.state, view.state.links[danger], DAY + dt.timedelta(days=3))
    assert not has_lapsed(view.state, view.state.links[danger], DAY + dt.timedelta(days=9), after_days=7)


async def test_a_reviewed_warning_is_danger_now_no_more(scene: Scene, tmp_path: Path) -> None:
    _, _, merseyside = await synced(scene, tmp_path)
    first = scene.alert("genesis", 1, days=3)
    scene.update("genesis", 1, first, days=90)
    await merseyside.sync()
    view = merseyside.view
    found = alerts_in_force(view.state, DAY, view.confirmed_size, view.seen_by)
    assert [(alert.first, alert.danger_now) for alert in found] == [(first, False)]


async def test_a_warning_counts_only_once_its_origins_admission_is_confirmed(scene: Scene, tmp_path: Path) -> None:
    _, _, merseyside = await synced(scene, tmp_path)
    scene.alert("genesis", 1)
    await merseyside.sync()
    view = merseyside.view
    assert alerts_in_force(view.state, DAY, 1, view.seen_by) == []
    assert len(alerts_in_force(view.state, DAY, 2, view.seen_by)) == 1


async def test_a_paused_or_cancelled_warning_is_not_in_force(scene: Scene, tmp_path: Path) -> None:
    _, _, merseyside = await synced(scene, tmp_path)
    paused, cancelled = scene.alert("genesis", 1), scene.alert("genesis", 1)
    scene.pause("genesis", 1, paused)
    scene.cancel("genesis", 1, cancelled)
    await merseyside.sync()
    view = merseyside.view
    assert alerts_in_force(view.state, DAY, view.confirmed_size, view.seen_by) == []
