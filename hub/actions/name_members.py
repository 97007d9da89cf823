"""What members are called, and how to reach them: their admissions' bodies, as long as these are kept."""

from hub.core.sealed_bodies import open_body
from hub.log_view import Snapshot
from hub.store import bodies
from protocol.at_rest import Epochs
from protocol.bodies import parse_body
from protocol.body_fields import MemberBody
from protocol.house.actions.desk import HouseStore


def name_members(store: HouseStore, view: Snapshot, epochs: Epochs) -> dict[int, MemberBody]:
    """Names and contacts by member id. Of who left, for as many days as the charter says.

    Raises:
        SealBroken: an epoch key is lost, or a body was altered.
    """
    state = view.state
    links = {member.id: state.links[member.body] for member in state.members.values()}
    with store.read() as session:
        kept = bodies.bodies_at(session, [link.index for link in links.values()])
    found = {}
    for number, link in links.items():
        if (body := kept.get(link.index)) is not None:
            named = parse_body(open_body(epochs, body, link), "member.v1")
            assert isinstance(named, MemberBody)
            found[number] = named
    return found
