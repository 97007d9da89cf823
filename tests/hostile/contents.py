"""Contents that a hub holds back, changes or brings back, and witnesses that it invents."""

import time

from protocol.cosignature import cosign
from protocol.vectors.named_keys import signing_key
from tests.hostile.listing import attack
from tests.hostile.stage import Stage


@attack("does not hand out a warning that is meant for this project", evidence="testimony", seconds=40)
def withheld_body(stage: Stage) -> None:
    held_back = stage.scene.alert("bradford", 2)
    body = stage.scene.state.links[held_back].body
    assert body is not None
    stage.hub.withheld.add(body.digest)
    stage.hub.cosign_as(0, 1)
    give_up = time.monotonic() + stage_patience()
    while "does not hand out" not in stage.node.complaints() and time.monotonic() < give_up:
        stage.node.sync()
        time.sleep(1)


def stage_patience() -> float:
    """Five tries with pauses that double from two seconds: 32 seconds, and the tries themselves."""
    return 90.0


@attack("the log says that it is in force", evidence="testimony")
def false_gone(stage: Stage) -> None:
    told = stage.scene.alert("bradford", 2)
    body = stage.scene.state.links[told].body
    assert body is not None
    stage.hub.false_gone.add(body.digest)
    stage.hub.cosign_as(0, 1)
    stage.node.sync()


@attack("is not what its signed message says")
def altered_body(stage: Stage) -> None:
    altered = stage.scene.alert("bradford", 2)
    body = stage.scene.state.links[altered].body
    assert body is not None
    stage.hub.altered.add(body.digest)
    stage.hub.cosign_as(0, 1)
    stage.node.sync()
    assert not any(one.get("body") for one in stage.node.inbox() if one["identity"] == altered)


@attack()
def revived_body(stage: Stage) -> None:
    """After a Cancel the hub hands out the body again: it is not asked for, and not shown."""
    body = stage.scene.state.links[stage.warning].body
    stage.scene.cancel("genesis", 1, stage.warning)
    stage.hub.cosign_as(0, 1)
    stage.node.sync()
    stage.hub.asked_digests.clear()
    stage.node.sync(2)
    assert body is not None and not any(body.digest in asked for asked in stage.hub.asked_digests)
    assert not stage.shows(stage.warning)


@attack("seen by 0 of 3")
def false_witness(stage: Stage) -> None:
    """The hub cosigns in the witnesses' names with a key of its own."""
    stage.grow()
    stage.hub.cosigned.clear()
    size = len(stage.scene.entries)
    note = stage.hub.note(size)
    for number in range(3):
        name = f"w{number}.example.org/witness"
        stage.hub.cosigned[name] = (size, cosign(note, name, signing_key("log"), 1_790_000_000))
    stage.node.sync()


@attack("seen by 0 of 3")
def withheld_cosignatures(stage: Stage) -> None:
    stage.hub.cosigned.clear()
    stage.grow()
    stage.hub.cosigned.clear()
    stage.node.sync()
