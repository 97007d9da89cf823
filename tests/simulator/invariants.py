"""What must hold after a history, whatever happened in it; by the promises' numbers.

Not claimed: that what a project did with a wrong clock arrives in time, or that a project restored from an old backup
knows what it did since (`Warned.doubtful`); that whoever was removed reads the log to its end.
"""

from hub.store import bodies as hub_bodies
from node.store.alarms import alarms
from node.store.outbox import outbox_entry, outbox_of
from node.store.releases import get_release
from protocol.house.core.audit import AuditHead
from protocol.house.store.audit import verify_audit
from protocol.replay import State, current_alerts, members_owing
from tests.federation.project import Node
from tests.simulator.releasing import Warned
from tests.simulator.speaking import Spoken
from tests.simulator.world import World

EXPECTED_ALARMS = frozenset({"own.suspend", "own.resume", "own.revoke"})
"""What a node must raise the alarm about when officers did it."""

OF_THE_RESTORED = frozenset({"own.not_signed_here"})
"""What a node restored from a backup must say."""


def broken_promises(world: World) -> list[str]:
    """Empty, if all hold."""
    view = world.fed.hub.view.refresh()
    state = view.state
    broken = [*_of_the_hub(world, state)]
    for node in world.fed.nodes.values():
        if node.view.member is not None and node.name not in world.removed:
            broken += _of_a_node(world, node, state)
        if node.has_joined:
            broken += [f"6: {node.name} still holds {i[:6]}" for i in node.reads() if state.links[i].gone is not None]
        with node.store.read() as session:
            if not isinstance(verify_audit(session), AuditHead):
                broken.append(f"14: {node.name}'s trail is broken")
    for warned in world.warned:
        broken += _of_a_warning(world, warned, state)
    for spoken in world.spoken:
        broken += _of_what_was_said(world, spoken, state)
    return broken


def _of_the_hub(world: World, state: State) -> list[str]:
    hub = world.fed.hub
    with hub.store.read() as session:
        kept = set(hub_bodies.all_digests(session))
    broken = [f"6: the hub still keeps {d[:6]}" for d in kept if state.links[state.bodies[d]].gone is not None]
    today = world.fed.clock().date().isoformat()
    for first, link in current_alerts(state, today):
        if link.body is not None and link.body.digest not in kept:
            broken.append(f"7: the hub lost the body of {first[:6]}, which is in force")
    owing = [member for member in members_owing(state, world.fed.acked()) if member.present]
    broken += [f"6: member {member.id} has not confirmed" for member in owing]
    if len(state.statements) != state.size:
        broken.append("8: an entry of the log is not a statement that stands once")
    return broken


def _of_a_node(world: World, node: Node, state: State) -> list[str]:
    broken = []
    if node.view.state.serialise() != state.serialise():
        broken.append(f"4: {node.name} reads the log differently ({node.view.state.size} of {state.size} entries)")
        return broken
    member = state.members[node.id]
    held = node.reads()
    for first, link in current_alerts(state, world.fed.clock().date().isoformat()):
        meant = link.audience is None or link.audience.includes(member.id, member.region)
        if meant and link.origin != member.id and state.chains[first].head not in held:
            broken.append(f"7: {node.name} never got {first[:6]}")
    with node.store.read() as session:
        raised = {alarm.code for alarm in alarms(session)} - EXPECTED_ALARMS
        sent = outbox_of(session, "sent", "confirmed")
    if node.name in world.restored:
        raised -= OF_THE_RESTORED
    broken += [f"5: {node.name} raised {code}" for code in raised]
    for entry in sent:
        if entry.index is not None and state.statements.get(entry.identity) != entry.index:
            broken.append(f"7: {node.name} was told {entry.index} for {entry.identity[:6]}, and it is not there")
    return broken


def _of_a_warning(world: World, warned: Warned, state: State) -> list[str]:
    if warned.node in world.removed or (warned.doubtful and warned.node in world.restored):
        return []
    with world.fed.nodes[warned.node].store.read() as session:
        first = get_release(session, warned.release).chain
    chain = state.chains.get(first) if first is not None else None
    name = f"{warned.node}'s warning {warned.release}"
    if warned.withdrawn and chain is not None and chain.cancelled is None:
        return [f"6: {name} was taken back and stands"]
    if warned.paused and chain is not None and chain.cancelled is None and state.links[chain.head].body is not None:
        return [f"6: {name} was paused and stands"]
    if not warned.withdrawn and not warned.paused and not warned.doubtful and chain is None:
        return [f"7: {name} was released and is not in the log"]
    return []


def _of_what_was_said(world: World, spoken: Spoken, state: State) -> list[str]:
    """A restored project may have forgotten it, and what removed ones said last may not be taken.

    What was said may be refused for good, and then its project is told.
    """
    if spoken.node in world.removed or spoken.node in world.restored or spoken.doubtful:
        return []
    link = state.links.get(spoken.identity)
    if spoken.ends and link is not None and link.gone is None:
        return [f"6: {spoken.node} ended {spoken.identity[:6]}, and it stands"]
    with world.fed.nodes[spoken.node].store.read() as session:
        entry = outbox_entry(session, spoken.identity)
    if entry is None and not spoken.ends:
        return [f"7: {spoken.node} said {spoken.identity[:6]}, and has forgotten it"]
    if entry is not None and entry.state in ("waiting", "sent"):
        return [f"7: {spoken.node} said {spoken.identity[:6]}, and it is still on its way"]
    return []
