"""A log that succeeds another: who comes over, and how what is said in it ends what was said before.

Source: spec/membership.md §7.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from protocol.carried import OldMember, is_carried, members_root
from protocol.replay.chains import CANCELLED_BY_NAME, end_chain
from protocol.replay.gone import make_gone
from protocol.replay.state import Member, State
from protocol.replay.void import require
from protocol.statement_fields import Charter, MemberPart, Predecessor, Statement


def members_carried(state: State) -> tuple[OldMember, ...]:
    """The members that are present, suspended ones among them, by id: who may come over."""
    return tuple(as_carried(member) for _, member in sorted(state.members.items()) if member.present)


def as_carried(member: Member) -> OldMember:
    """A member as a leaf of the tree of those who may come over."""
    return OldMember(
        host=member.host,
        id=member.id,
        keys=member.keys,
        police="yes" if member.police else "no",
        region=member.region,
        role=member.role,  # type: ignore[arg-type]  # of an admission that parsed
    )


def predecessor_of(state: State, root: bytes) -> Predecessor:
    """What the charter of a successor says of the log whose state this is.

    Args:
        state: after the entries under the checkpoint that is named.
        root: of these entries, 32 bytes.
    """
    assert state.log is not None and state.charter is not None
    members = members_root(members_carried(state))
    return Predecessor(log=state.log, members=members, origin=state.charter.origin, root=root.hex(), size=state.size)


def require_carried(charter: Charter, member: MemberPart) -> None:
    """Of an admission that says so: the member stands, exactly so, among those of the predecessor.

    Raises:
        Void: `admit.carried`.
    """
    assert member.carried and member.host and member.id and member.keys and member.police and member.role
    old = OldMember(
        host=member.host,
        id=member.id,
        keys=member.keys,
        police=member.police,
        region=member.region,
        role=member.role,
    )
    named = charter.predecessor
    require(named is not None and is_carried(old, member.carried, named.members), "admit.carried")


def is_of_this_log(state: State, statement: Statement) -> bool:
    """Whether a statement is for this log; a Cancel may also be for the one that this log succeeds."""
    if statement.log == state.log:
        return True
    named = state.charter.predecessor if state.charter is not None else None
    return statement.kind == "cancel" and named is not None and statement.log == named.log


def owe_for_old(state: State, index: int, origin: int) -> State:
    """After a Cancel of what this log does not hold: every carried member that could hold it owes its word."""
    members = state.members
    for member in state.members.values():
        if member.carried and member.present and member.role != "observer" and member.id != origin:
            members = members.set(member.id, replace(member, owes=index))
    return replace(state, members=members)


def after_successors(old: State, later: Sequence[State]) -> State:
    """What an old log's state has become by the Cancels in the logs that succeeded it.

    An index in a later log is written as that index plus the sizes of the logs before it, from `old` on: after all of
    the old log's own.

    Args:
        old: as its own entries left it.
        later: the states of its successors, the next one first.
    """
    start, all_along = old.size, None
    for state in later:
        carried = {member.id for member in state.members.values() if member.carried}
        all_along = carried if all_along is None else all_along & carried
        for (origin, target), index in sorted(state.cancels.items(), key=lambda item: item[1]):
            if origin in all_along and _speaks_for(old, origin, target):
                old = end_chain(make_gone(old, target, start + index, "cancelled"), start + index, target)
        start += state.size
    return old


def _speaks_for(old: State, member: int, target: str) -> bool:
    """Whether `member` published the target in the old log, or is the successor of the member that did."""
    link = old.links.get(target)
    if link is None or link.kind not in CANCELLED_BY_NAME:
        return False
    ancestor: int | None = member
    while ancestor is not None and ancestor != link.origin:
        known = old.members.get(ancestor)
        ancestor = None if known is None else known.predecessor
    return ancestor == link.origin
