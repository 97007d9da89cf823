"""What a hub can tell a node that waits for it: the next entries come with their checkpoint (spec/exchange.md §3)."""

from protocol.envelope import STATEMENT_TYPE, sign_envelope
from protocol.statement import encode_statement
from protocol.vectors.named_keys import signing_key
from tests.hostile.listing import attack, keeps
from tests.hostile.stage import Stage


def _told(stage: Stage, cancel: bytes) -> None:
    """The log has grown by a warning, and the node is told of a Cancel that is not in it."""
    stage.hub.tells_entries = lambda entries: [*entries[:-1], cancel]
    stage.grow()
    stage.node.sync(wait=1)
    keeps(stage)
    assert len(stage.node.inbox()) == 2, "it does not ask for the entries that are in the log"


@attack()
def a_forged_cancel_with_the_checkpoint(stage: Stage) -> None:
    cancel = stage.scene.statement("cancel", 1, supersedes=stage.warning)
    _told(stage, sign_envelope(encode_statement(cancel), STATEMENT_TYPE, signing_key("log")))


@attack()
def a_cancel_that_is_not_in_the_log(stage: Stage) -> None:
    """Genesis has signed it and not let it out: the hub has come by it."""
    cancel = stage.scene.statement("cancel", 1, supersedes=stage.warning)
    _told(stage, stage.scene.sign(cancel, "genesis/sign0"))


@attack("does not continue the one it signed before", evidence="testimony")
def another_history_with_its_entries(stage: Stage) -> None:
    stage.hub.history = [*stage.scene.entries[:-1], b"something else", b"and more"]
    stage.hub.tells_entries = list
    stage.node.sync(wait=1)
    keeps(stage)
