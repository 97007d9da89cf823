"""Who may speak, who vouched for them, and how they leave. Source: spec/membership.md."""

import datetime as dt
from collections.abc import Callable
from typing import Final

import msgspec
from immutables import Map
from msgspec.structs import replace

from protocol.envelope import REQUEST_TYPE, UnverifiedEnvelope, pae
from protocol.errors import SignatureInvalid
from protocol.keys import key_id, require_valid_point, verify_signature
from protocol.replay.chains import add_link
from protocol.replay.gone import end_series, make_gone
from protocol.replay.state import Endorsement, KeyRecord, Member, MemberStatus, State
from protocol.replay.succession import require_carried
from protocol.replay.void import Void, require
from protocol.request import request_digest, request_payload, rotation_message
from protocol.statement import parse_statement
from protocol.statement_fields import REGISTRAR, Keys, MemberPart, Statement

_UNDONE: Final = frozenset({"alert", "update", "sighting", "figures"})

ENDORSEMENTS_NEEDED: Final = 2
"""Two other projects must know a newcomer, where there are two. Source: DESIGN §4."""


def charter(state: State, envelope: UnverifiedEnvelope) -> tuple[Statement, State]:
    """Entry 0: its officers' keys are in its own payload, so it is parsed before it is verified, and only there."""
    statement = parse_statement(envelope.payload)
    if statement.kind != "charter" or statement.charter is None:
        raise Void("log.charter")
    officers = {key_id(bytes.fromhex(key)): key for key in statement.charter.officers}
    if envelope.keyid not in officers:
        raise Void("key.unknown")
    envelope.verify(bytes.fromhex(officers[envelope.keyid]))
    witnesses = [witness.key for witness in statement.charter.witnesses.keys]
    for key in (*statement.charter.officers, statement.charter.log_key, *witnesses):
        require_valid_point(bytes.fromhex(key), "charter")
    keys = {keyid: KeyRecord(public=key, member=REGISTRAR, use="officer") for keyid, key in officers.items()}
    return statement, replace(state, log=envelope.identity, charter=statement.charter, keys=Map(keys))


def _admit(state: State, index: int, identity: str, statement: Statement) -> State:
    member = statement.member
    assert member is not None and member.id is not None and state.log is not None and state.charter is not None
    payload = request_payload(member, state.log)
    require(statement.about == request_digest(payload), "admit.digest")
    _require_proof(member, payload)
    present = state.members.get(member.id)
    if present is not None:
        return _admit_again(state, index, identity, statement, present)
    _require_region(state, member)
    _require_new_keys(state, member)
    _require_predecessor(state, member)
    if member.carried is not None:
        require_carried(state.charter, member)
    else:
        _require_endorsed(state, statement)
    state = add_link(state, index, identity, statement, identity)
    return _add_member(state, index, identity, statement)


def _admit_again(state: State, index: int, identity: str, statement: Statement, present: Member) -> State:
    require(present.present and present.request == statement.about, "admit.id_taken")
    state = make_gone(add_link(state, index, identity, statement, identity), present.body, index, "replaced")
    return replace(state, members=state.members.set(present.id, replace(state.members[present.id], body=identity)))


def _require_proof(member: MemberPart, payload: bytes) -> None:
    assert member.keys is not None and member.proof is not None
    try:
        message = pae(REQUEST_TYPE, payload)
        verify_signature(message, bytes.fromhex(member.proof), bytes.fromhex(member.keys.sign[0]))
    except SignatureInvalid:
        raise Void("admit.proof") from None


def _require_region(state: State, member: MemberPart) -> None:
    assert state.charter is not None
    codes = {region.code for region in state.charter.regions}
    require(member.region is None or member.region in codes, "admit.region")


def _signing_keys(keys: Keys) -> tuple[str, ...]:
    return (*keys.sign, keys.online)


def _require_new_keys(state: State, member: MemberPart) -> None:
    assert member.keys is not None
    for key in _signing_keys(member.keys):
        require_valid_point(bytes.fromhex(key), "member.keys")
        require(_is_new(state, key), "admit.key_taken")


def _is_new(state: State, key: str) -> bool:
    """No member, officer, witness or log has or had it."""
    charter = state.charter
    assert charter is not None
    of_charter = {charter.log_key, *(witness.key for witness in charter.witnesses.keys)}
    return key_id(bytes.fromhex(key)) not in state.keys and key not in of_charter


def _require_predecessor(state: State, member: MemberPart) -> None:
    if member.predecessor is None:
        return
    old = state.members.get(member.predecessor)
    require(old is not None and not old.present, "admit.predecessor")
    require(all(m.predecessor != member.predecessor for m in state.members.values()), "admit.predecessor")


class Endorsed(msgspec.Struct, frozen=True, kw_only=True):
    """How a request to join stands.

    Attributes:
        by: active projects that stand for it, in the order of their days.
        needed: how many must.
        admissible_from: the first `day` of an admission; None: too few stand for it, or none need to.
    """

    by: tuple[int, ...]
    needed: int
    admissible_from: dt.date | None


def endorsed(state: State, request: str) -> Endorsed:
    """How the request of this digest stands now. Source: spec/membership.md §3.

    Raises:
        RuntimeError: the state has no charter.
    """
    if state.charter is None:
        raise RuntimeError("nobody can join a log without a charter")
    active = state.active_projects()
    given = [(one.day, project) for project, one in state.endorsements.get(request, Map()).items() if project in active]
    needed = min(ENDORSEMENTS_NEEDED, len(state.present_projects()))
    first = None
    if needed and len(given) >= needed:
        counted_from = dt.date.fromisoformat(sorted(given)[needed - 1][0])
        first = counted_from + dt.timedelta(days=state.charter.notice_days)
    return Endorsed(by=tuple(project for _, project in sorted(given)), needed=needed, admissible_from=first)


def _require_endorsed(state: State, statement: Statement) -> None:
    """Enough active projects stand for the request, and the notice has passed since the last one needed."""
    assert statement.about is not None
    standing = endorsed(state, statement.about)
    require(len(standing.by) >= standing.needed, "admit.endorsements")
    if standing.admissible_from is not None:
        require(dt.date.fromisoformat(statement.day) >= standing.admissible_from, "admit.notice")


def _add_member(state: State, index: int, identity: str, statement: Statement) -> State:
    part = statement.member
    assert part is not None and part.id is not None and part.keys is not None and statement.about is not None
    assert part.role is not None and part.host is not None
    member = Member(
        id=part.id,
        role=part.role,
        region=part.region,
        host=part.host,
        police=part.police == "yes",
        keys=part.keys,
        status="active",
        admitted=index,
        predecessor=part.predecessor,
        carried=part.carried is not None,
        owes=index if part.carried is not None and part.role != "observer" else None,
        request=statement.about,
        body=identity,
    )
    return replace(
        state,
        members=state.members.set(member.id, member),
        keys=_with_keys(state.keys, member.id, part.keys),
        endorsements=state.endorsements.delete(statement.about)
        if statement.about in state.endorsements
        else state.endorsements,
    )


def _with_keys(keys: Map[str, KeyRecord], member: int, new: Keys) -> Map[str, KeyRecord]:
    for key in new.sign:
        keys = keys.set(key_id(bytes.fromhex(key)), KeyRecord(public=key, member=member, use="sign"))
    return keys.set(key_id(bytes.fromhex(new.online)), KeyRecord(public=new.online, member=member, use="online"))


def rotate(state: State, index: int, statement: Statement, use: str) -> State:
    """The member's whole new set of keys; the unattended key may change `seal` only."""
    assert statement.member is not None and statement.member.keys is not None
    member, new = state.members[statement.origin], statement.member.keys
    kept, wanted = set(_signing_keys(member.keys)), set(_signing_keys(new))
    same_uses = new.sign == member.keys.sign and new.online == member.keys.online
    require(use == "sign" or same_uses, "rotate.online")
    for key in wanted - kept:
        require_valid_point(bytes.fromhex(key), "member.keys")
        require(_is_new(state, key), "rotate.key_taken")
    require(not set(new.sign) & {member.keys.online} and new.online not in member.keys.sign, "rotate.key_taken")
    _require_proofs(state, statement, tuple(sorted(wanted - kept)))
    keys = state.keys
    for key in kept - wanted:
        keyid = key_id(bytes.fromhex(key))
        keys = keys.set(keyid, replace(keys[keyid], retired=index))
    return replace(
        state,
        keys=_with_keys(keys, member.id, new),
        members=state.members.set(member.id, replace(member, keys=new)),
    )


def _require_proofs(state: State, statement: Statement, new: tuple[str, ...]) -> None:
    """Each new key signs the whole new set: nobody takes a key that it does not hold."""
    part = statement.member
    assert part is not None and part.keys is not None and state.log is not None
    proofs = part.proofs or ()
    require(len(proofs) == len(new), "rotate.proof")
    message = rotation_message(part.keys, state.log, statement.origin)
    for key, proof in zip(new, proofs, strict=True):
        try:
            verify_signature(message, bytes.fromhex(proof), bytes.fromhex(key))
        except SignatureInvalid:
            raise Void("rotate.proof") from None


def _leave(state: State, index: int, identity: str, statement: Statement) -> State:
    return _remove(state, index, statement, statement.origin, "left")


def _remove(state: State, index: int, statement: Statement, member_id: int, status: MemberStatus) -> State:
    """From here on it gets no body, old or new, and owes a word for all it held."""
    member = state.members[member_id]
    removed = replace(member, status=status, removed=index, removed_on=statement.day, owes=index)
    return replace(state, members=state.members.set(member_id, removed))


def _endorse(state: State, index: int, identity: str, statement: Statement) -> State:
    assert statement.about is not None
    given = state.endorsements.get(statement.about, Map())
    given = given.set(statement.origin, Endorsement(day=statement.day, index=index))
    return replace(state, endorsements=state.endorsements.set(statement.about, given))


def _object(state: State, index: int, identity: str, statement: Statement) -> State:
    """Takes back the objector's own endorsement; no veto."""
    assert statement.about is not None
    state = add_link(state, index, identity, statement, identity)
    return _without_endorsements(state, statement.origin, about=statement.about)


def _without_endorsements(state: State, member: int, *, about: str | None = None, since: int = 0) -> State:
    endorsements = state.endorsements
    for digest, given in state.endorsements.items():
        if about in (None, digest) and member in given and given[member].index >= since:
            endorsements = endorsements.set(digest, given.delete(member))
    return replace(state, endorsements=endorsements)


def _two_officers(state: State, statement: Statement, keyid: str) -> tuple[State, bool]:
    """Whether this is the second officer's entry for the same thing, and the state that remembers the first."""
    member = statement.member
    assert member is not None and member.id is not None
    matter = (statement.kind, member.id, member.reason or "", -1 if member.from_ is None else member.from_)
    first = state.pending.get(matter)
    if first is None or first == keyid:
        return replace(state, pending=state.pending.set(matter, keyid)), False
    return replace(state, pending=state.pending.delete(matter)), True


def _suspend(state: State, index: int, statement: Statement, keyid: str) -> State:
    member = _known(state, statement)
    require(member.status == "active", "member.not_active")
    state, acts = _two_officers(state, statement, keyid)
    if not acts:
        return state
    return replace(state, members=state.members.set(member.id, replace(member, status="suspended")))


def _resume(state: State, index: int, statement: Statement, keyid: str) -> State:
    member = _known(state, statement)
    asked = [matter for matter in state.pending if matter[1] == member.id]
    require(member.status == "suspended" or bool(asked), "member.not_suspended")
    pending = state.pending
    for matter in asked:
        pending = pending.delete(matter)
    if member.status == "suspended":
        member = replace(member, status="active")
    return replace(state, pending=pending, members=state.members.set(member.id, member))


def _revoke(state: State, index: int, statement: Statement, keyid: str) -> State:
    member, part = _known(state, statement), statement.member
    assert part is not None
    compromised = part.reason == "compromised"
    require(member.present or compromised, "member.removed")
    require(part.from_ is None or part.from_ <= index, "revoke.from")
    earlier = member.since is None or part.from_ is None or part.from_ < member.since
    require(earlier, "revoke.from")
    state, acts = _two_officers(state, statement, keyid)
    if not acts:
        return state
    if member.present:
        state = _remove(state, index, statement, member.id, "compromised" if compromised else "left")
    if part.from_ is None:
        return state
    found = replace(state.members[member.id], status="compromised", since=part.from_)
    return _undo_since(replace(state, members=state.members.set(member.id, found)), index, member.id, part.from_)


def _undo_since(state: State, index: int, member: int, since: int) -> State:
    """What it said from `since` on is gone, with others' sightings of alerts that are; so is each series that it said,
    agreed to or is named in by that."""
    undone = [i for i, link in state.links.items() if link.origin == member and link.index >= since]
    undone += [seen for first in undone if first in state.chains for seen in state.chains[first].sightings]
    for identity in sorted(undone, key=lambda one: state.links[one].index):
        if state.links[identity].kind in _UNDONE:
            state = make_gone(state, identity, index, "compromised")
    for identity, series in sorted(state.series.items(), key=lambda item: state.links[item[0]].index):
        said = state.links[identity].origin == member and state.links[identity].index >= since
        agreed = any(one == member and at >= since for one, at in series.agreed)
        if said or agreed or not set(series.alerts).isdisjoint(undone):
            state = end_series(state, identity, index, "compromised")
    return _without_endorsements(state, member, since=since)


def _known(state: State, statement: Statement) -> Member:
    assert statement.member is not None and statement.member.id is not None
    member = state.members.get(statement.member.id)
    if member is None:
        raise Void("member.unknown")
    return member


RULES: Final[dict[str, Callable[[State, int, str, Statement], State]]] = {
    "admit": _admit,
    "leave": _leave,
    "endorse": _endorse,
    "object": _object,
}
OFFICER_RULES: Final[dict[str, Callable[[State, int, Statement, str], State]]] = {
    "suspend": _suspend,
    "resume": _resume,
    "revoke": _revoke,
}
