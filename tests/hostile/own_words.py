"""What a hub can do about what the node itself says."""

import time
from typing import Final

import msgspec

from tests.hostile.listing import attack
from tests.hostile.stage import NODE_ID, Stage
from tests.node.hub_simulator import Refusal


@attack("the log does not hold it", evidence="proof")
def accepted_and_left_out(stage: Stage) -> None:
    """Success is answered, with a receipt, and the statement is not put into the log. The log grows without it."""
    state = stage.scene.state
    stage.hub.forget_submissions = True
    stage.node.must("rotate-seal")
    stage.hub.forget_submissions = False
    stage.scene.state = state
    stage.grow()
    stage.grow()
    stage.node.sync(2)


@attack("rotate │ waiting")
def refused_submission(stage: Stage) -> None:
    stage.hub.refuse_with = Refusal(503, "hub.busy", 5)
    stage.node.say("rotate-seal")
    stage.hub.refuse_with = None


@attack("rotate │ waiting")
def truncated_batch_said_to_be_complete(stage: Stage) -> None:
    stage.hub.answer_with = msgspec.json.encode({"results": []})
    stage.node.say("rotate-seal")
    stage.hub.answer_with = None


@attack("asked to remove this project", evidence="testimony")
def removed_behind_its_back(stage: Stage) -> None:
    """One officer asks, and nobody tells the project: the log does."""
    stage.scene.officers("revoke", NODE_ID, count=1, reason="left")
    stage.hub.cosign_as(0, 1)
    stage.node.sync()


@attack("taken back │", "cancel │ waiting")
def refused_cancel(stage: Stage) -> None:
    """The hub takes a warning and then refuses to take it back: the Cancel is kept, shown, and sent until it stands."""
    own = stage.release_one()
    stage.node.must("withdraw", str(own.release), "--by", "Asha")
    for refusal in (
        Refusal(403, "auth.not_a_member"),
        Refusal(429, "limits.requests", 3_600),
        Refusal(503, "hub.busy"),
    ):
        stage.hub.refuse_with = refusal
        stage.node.say("publish")
    stage.hub.refuse_with = None
    assert stage.scene.state.chains[own.chain].cancelled is None, "the attack is none"
    stage.node.say("status")
    give_up = time.monotonic() + CANCEL_PATIENCE_SECONDS
    while stage.scene.state.chains[own.chain].cancelled is None:
        assert time.monotonic() < give_up, "its Cancel was given up"
        time.sleep(0.5)
        stage.node.say("publish")


CANCEL_PATIENCE_SECONDS: Final = 60.0
"""A Cancel never waits longer between two tries."""
