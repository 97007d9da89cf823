"""Sending again what stands already, with its content: how a rebuilt hub gets back what nobody else had brought."""

from node.exchange.desk import Desk
from protocol.log_copy import LogCopy

BATCH = 64
"""Statements in one request, as `publish` sends them."""


async def send_again(desk: Desk, copy: LogCopy) -> int:
    """Sends our own live statements of this copy with their bodies; how many.

    Raises:
        NodeError, AnswerInvalid: as the client.
    """
    member, items = desk.view.member_id, []
    for digest, stored in copy.bodies.items():
        link = desk.view.state.links[desk.view.state.bodies[digest]]
        if link.origin == member:
            items.append((copy.entries[link.index], stored))
    for start in range(0, len(items), BATCH):
        await desk.client.submit(items[start : start + BATCH])
    return len(items)
