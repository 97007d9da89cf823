"""A member changes its keys, and a member leaves. Source: spec/membership.md §5, §6."""

from pathlib import Path

import pytest

from node.exchange.membership import leave, rotate_keys, rotate_seal
from node.keyring import Keyring
from node.store.alarms import alarms
from node.store.outbox import outbox_of
from protocol.house.core.errors import Refused
from tests.federation.network import Federation, copied_federation
from tests.federation.project import RELEASER, Node


def key_files(node: Node) -> set[str]:
    return {path.name for path in node.config.keys_dir.iterdir()}


def codes(node: Node) -> list[str]:
    with node.store.read() as session:
        return [one.code for one in alarms(session)]


def waiting(node: Node) -> list[str]:
    with node.store.read() as session:
        return [one.kind for one in outbox_of(session, "waiting")]


async def test_new_keys_are_used_once_the_log_has_them_and_an_old_signing_key_is_kept(
    template: Path, tmp_path: Path
) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        node, before, files = fed.genesis, fed.genesis.keyring.public, key_files(fed.genesis)
        taken_back = node.draft(node.report())
        first = node.release(taken_back)
        await fed.settle()
        keys = rotate_keys(node.desk, ("sign", "online"), by=RELEASER, now=fed.clock())
        assert rotate_keys(node.desk, ("sign", "online"), by=RELEASER, now=fed.clock()) == keys
        assert waiting(node) == ["rotate"]
        assert Keyring.load(node.config.keys_dir).public == before, "not before the log has them"
        with pytest.raises(Refused, match="another change of keys"):
            rotate_seal(node.desk)
        await fed.settle()
        assert fed.hub.view.now.state.members[1].keys == keys == node.keyring.public
        node.restart()
        assert node.keyring.public == keys
        kept = key_files(node) - files - {"seal.next"}
        assert len(kept) == 1 and kept.pop().startswith("sign.")
        # what was said before can be taken back, and new things are said and confirmed, with the new keys
        node.withdraw(taken_back)
        second = node.warn(node.report())
        await fed.settle()
        assert first not in fed.merseyside.reads() and second in fed.merseyside.reads()
        fed.merseyside.withdraw(await _warned(fed, fed.merseyside))
        await fed.settle()
        assert all(codes(one) == [] for one in fed.nodes.values())
        assert fed.acked()[1] > fed.hub.view.now.state.members[1].owes  # type: ignore[operator]


async def _warned(fed: Federation, node: Node) -> int:
    draft = node.draft(node.report())
    node.release(draft)
    await fed.settle()
    return draft


async def test_what_waits_is_signed_again_under_the_new_key_and_keeps_its_identity(
    template: Path, tmp_path: Path
) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        node = fed.genesis
        rotate_keys(node.desk, ("sign",), by=RELEASER, now=fed.clock())
        await node.publish()  # the log has the rotation, and this node has not read it yet
        late = node.warn(node.report())
        await node.publish()
        assert waiting(node) == ["alert"]
        await fed.settle()
        assert late in fed.merseyside.reads() and waiting(node) == []


async def test_a_lost_answer_to_a_rotation_locks_nobody_out(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        node = fed.genesis
        rotate_keys(node.desk, ("online",), by=RELEASER, now=fed.clock())
        with node.store.read() as session:
            (entry,) = outbox_of(session, "waiting")
        await fed.bradford.desk.client.submit([(entry.envelope, None)])
        node.restart()  # no token, and the old key is nobody's any more
        assert node.keyring.is_waiting("online")
        await node.publish()
        report = await node.sync()
        assert report.reached and not node.keyring.is_waiting("online")
        await fed.settle()
        assert codes(node) == []


async def test_our_latest_word_is_said_again_under_a_new_key_so_that_everybody_can_verify_it(
    template: Path, tmp_path: Path
) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        release = await _warned(fed, fed.bradford)
        fed.bradford.withdraw(release)
        await fed.settle()
        before = fed.acked()[1]
        rotate_keys(fed.genesis.desk, ("online",), by=RELEASER, now=fed.clock())
        await fed.settle()
        assert fed.acked()[1] > before
        report = await fed.merseyside.sync()
        assert report.troubles == []


async def test_a_new_seal_key_is_announced_unattended_and_then_used(template: Path, tmp_path: Path) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        public = rotate_seal(fed.genesis.desk)
        assert rotate_seal(fed.genesis.desk) == public and waiting(fed.genesis) == ["rotate"]
        await fed.settle()
        assert fed.hub.view.now.state.members[1].keys.seal == public == fed.genesis.keyring.public.seal


async def test_who_leaves_erases_what_it_received_says_so_and_its_warnings_stand(
    template: Path, tmp_path: Path
) -> None:
    async with copied_federation(template, tmp_path / "copy", 1) as fed:
        node = fed.merseyside
        theirs, own = fed.genesis.warn(fed.genesis.report()), node.draft(node.report())
        stands = node.release(own)
        await fed.settle()
        late = node.warn(node.report())
        leave(node.desk, by=RELEASER, now=fed.clock())
        with pytest.raises(Refused, match="said so already"):
            leave(node.desk, by=RELEASER, now=fed.clock())
        await node.publish()
        assert waiting(node) == []
        await fed.settle()
        state = fed.hub.view.now.state
        assert state.members[3].status == "left"
        assert late in state.chains, "what waited before it has left before it"
        assert not node.reads() and theirs not in node.reads()
        assert fed.acked()[3] > state.members[3].owes  # type: ignore[operator]
        assert {stands, late} <= fed.genesis.reads()
        node.withdraw(own)  # its key still takes back; nobody takes its requests, so another project carries it
        with node.store.read() as session:
            (cancel,) = outbox_of(session, "waiting")
        await fed.bradford.desk.client.submit([(cancel.envelope, None)])
        await fed.settle()
        assert stands not in fed.genesis.reads()
