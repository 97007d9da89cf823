"""A hub that shows another history than the one it has signed."""

from typing import Final

from msgspec.structs import replace

from protocol.checkpoint import seen_of, sign_checkpoint
from protocol.log import Tree, leaf_hash
from protocol.vectors.named_keys import signing_key
from protocol.vectors.scene import ORIGIN, three_projects
from tests.hostile.listing import attack, keeps
from tests.hostile.stage import Stage
from tests.node.hub_simulator import LOG_KEY

TWO_HISTORIES: Final = ("two different histories",)


@attack(*TWO_HISTORIES, evidence="proof")
def split_view(stage: Stage) -> None:
    stage.hub.history = [*stage.scene.entries[:-1], b"something else"]
    stage.node.sync()
    keeps(stage)


@attack("older state of the log", evidence="testimony")
def rollback(stage: Stage) -> None:
    stage.hub.shown_size = len(stage.scene.entries) - 2
    stage.node.sync()
    keeps(stage)


@attack("newer than what this node holds")
def freeze(stage: Stage) -> None:
    """Always the same old state: only another project's checkpoint tells."""
    frozen = len(stage.scene.entries)
    stage.grow()
    stage.hub.shown_size = frozen
    stage.node.sync()
    theirs = stage.node.folder / "theirs.note"
    theirs.write_bytes(stage.hub.note(len(stage.scene.entries)))
    assert stage.node.say("compare", str(theirs)).status != 0


@attack("does not continue the one it signed before", evidence="testimony")
def dropped_entry(stage: Stage) -> None:
    """An entry that the node holds is left out, and everything after it moves up: all of it signed anew."""
    stage.grow()
    stage.grow()
    stage.hub.history = [*stage.scene.entries[:5], *stage.scene.entries[6:]]
    stage.node.sync()
    keeps(stage)


@attack("not whole or not in its place")
def bundle_cut_short(stage: Stage) -> None:
    stage.grow()
    stage.hub.truncate_bundles = True
    stage.node.sync()
    keeps(stage)


@attack("not what it signed")
def altered_entry(stage: Stage) -> None:
    stage.grow()
    stage.hub.alter_bundles = True
    stage.node.sync()
    keeps(stage)


@attack("does not continue the one it signed before", evidence="testimony")
def reordered(stage: Stage) -> None:
    stage.grow()
    entries = stage.scene.entries
    stage.hub.history = [*entries[:5], entries[6], entries[5], *entries[7:]]
    stage.node.sync()
    keeps(stage)


@attack("another history than this one", evidence="proof")
def another_member_was_shown_another_history(stage: Stage) -> None:
    """What the hub showed to Bradford comes to light in Bradford's next statement."""
    size = len(stage.scene.entries) - 1
    root = Tree().extend(leaf_hash(entry) for entry in [*stage.scene.entries[: size - 1], b"other"]).root
    theirs = seen_of(sign_checkpoint(ORIGIN, size, root, signing_key("log")), LOG_KEY)
    stage.scene.append(stage.scene.sign(replace(stage.scene.alert_statement(2), seen=theirs), "bradford/sign0"))
    stage.hub.cosign_as(0, 1)
    stage.node.sync(2)
    keeps(stage)


@attack("does not continue the one it signed before", evidence="testimony")
def another_log(stage: Stage) -> None:
    other = three_projects(notice_days=2)
    stage.hub.history = [*other.entries, *other.entries[1:], *other.entries[1:]]
    stage.node.sync()
    keeps(stage)
