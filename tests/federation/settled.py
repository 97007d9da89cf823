"""What must hold once everything has healed and settled, of three projects that nobody removed."""

from collections.abc import Sequence
from typing import Final

import msgspec

from hub.store import bodies as hub_bodies
from node.store.alarms import alarms
from protocol.replay import current_alerts, members_owing
from tests.federation.network import Federation

SAID_OF_US: Final = frozenset({"own.suspend", "own.resume"})
"""What a node must raise the alarm about when officers did it."""


class Warned(msgspec.Struct, frozen=True):
    """A warning that a node has released: its chain's first statement, and what a person did to it last."""

    first: str
    withdrawn: bool
    paused: bool


def broken_promises(fed: Federation, warned: Sequence[Warned]) -> list[str]:
    """What does not hold once all have settled; by the promises' numbers."""
    broken = []
    view = fed.hub.view.refresh()
    state, expected = view.state, view.state.serialise()
    today = fed.clock.now.date().isoformat()
    in_force = {head.body.digest: (first, head) for first, head in current_alerts(state, today) if head.body}
    for name, node in fed.nodes.items():
        if node.view.state.serialise() != expected:
            broken.append(f"4: {name} reads the log differently ({node.view.state.size} of {state.size} entries)")
        gone = [one for one in node.reads() if state.links[one].gone is not None]
        broken += [f"6: {name} still holds {one[:6]}" for one in gone]
        member = state.members[node.id]
        for first, head in in_force.values():
            meant = head.audience is None or head.audience.includes(member.id, member.region)
            if meant and head.origin != member.id and state.chains[first].head not in node.reads():
                broken.append(f"7: {name} never got {first[:6]}")
        with node.store.read() as session:
            raised = [alarm.code for alarm in alarms(session) if alarm.code not in SAID_OF_US]
        broken += [f"5: {name} raised {code}" for code in raised]
    for one in warned:
        chain = state.chains.get(one.first)
        if one.withdrawn and chain is not None and chain.cancelled is None:
            broken.append(f"6: {one.first[:6]} was taken back and stands")
        if one.paused and chain is not None and chain.cancelled is None and state.links[chain.head].body:
            broken.append(f"6: {one.first[:6]} was paused and stands")
        if not one.withdrawn and not one.paused and chain is None:
            broken.append(f"7: {one.first[:6]} was released and is not in the log")
    with fed.hub.store.read() as session:
        kept = set(hub_bodies.all_digests(session))
    broken += [f"6: the hub still keeps {d[:6]}" for d in kept if state.links[state.bodies[d]].gone is not None]
    owing = members_owing(state, fed.acked())
    broken += [f"6: member {member.id} has not confirmed" for member in owing]
    if len(state.statements) != view.state.size:
        broken.append("8: an entry of the log is not a statement that stands once")
    return broken
