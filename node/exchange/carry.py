"""Carries somebody's signed envelope to the log: a project whose node or keys are lost still takes a warning back."""

from node.exchange.desk import Desk
from node.exchange.sync import Sync
from protocol.envelope import decode_envelope
from protocol.house.core.errors import Refused


async def carry(desk: Desk, sync: Sync, envelope: bytes) -> int:
    """Submits a statement without a body, whoever signed it; its index, as our own mirror has it afterwards.

    Raises:
        Refused: `refused.not_taken`: the hub does not take it; its code is in the message. `refused.not_seen`: the hub
            says that it has it, and its log does not show it.
        EnvelopeInvalid: not an envelope.
        HouseError, AnswerInvalid: as the client.
    """
    identity = decode_envelope(envelope).identity
    answer = await desk.client.submit([(envelope, None)])
    if answer.results[0].code is not None:
        raise Refused("not_taken", f"the hub does not take it: {answer.results[0].code}")
    await sync.round()
    index = desk.view.state.statements.get(identity)
    if index is None:
        raise Refused("not_seen", "the hub says that it has it, and its log does not show it: carry it again")
    return index
