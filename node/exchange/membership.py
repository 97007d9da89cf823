"""Changing this member's keys, and leaving. Source: spec/membership.md §5, §6.

What a crash means, at each step of a rotation:

1. the next keys are written, each whole or not at all: they wait; doing it again finds them;
2. the rotation is signed with the present `sign` key and put into the outbox, in one transaction: nothing has changed;
3. it is sent: the log may have it, and the hub then knows the next `online` key alone; a request that is refused under
   the present one is tried under the waiting one (`HubClient`);
4. a sync finds it in the log: the waiting keys are put in their places, one rename each; what waits in the outbox and
   was signed with the old `sign` key is signed again with the new one, its identity unchanged.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlmodel import Session

from node.core import access
from node.exchange.desk import Desk
from node.exchange.speaking import say
from node.key_files import Rotated
from node.store.outbox import outbox_of, sign_again
from protocol.envelope import decode_envelope
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.replay import Member
from protocol.statement import parse_statement
from protocol.statement_fields import Keys, MemberPart


def rotate_keys(desk: Desk, uses: Sequence[Rotated], *, by: str, now: datetime) -> Keys:
    """Announces new keys for these uses; the whole set as the log will have it. They are used once it has.

    Raises:
        Refused: `refused.rotation_waits`: another rotation is on its way; else as `say`.
        Misconfigured: `config.no_sign_key`.
        NotFound, NotYours: as `acting`.
    """
    member = _member(desk)
    with desk.store.begin() as session:
        person = acting(session, by, access.may_change_settings, now)
        new = {use: desk.keyring.prepare(use) for use in uses}
        keys = _with_new(member.keys, desk.keyring.public, new)
        if _announce(desk, session, member, keys, unattended=False):
            audit.note(session, person=person.id, verb="rotate_keys", subject="/".join(sorted(uses)), now=now)
    return keys


def rotate_seal(desk: Desk) -> str:
    """Announces a new seal key, signed with `online`; its public half. It is used once the log has it.

    Raises:
        Refused: as `rotate_keys`.
    """
    member, public = _member(desk), desk.keyring.prepare("seal")
    with desk.store.begin() as session:
        _announce(desk, session, member, msgspec.structs.replace(member.keys, seal=public), unattended=True)
    return public


def _member(desk: Desk) -> Member:
    member = desk.view.member
    if member is None:
        raise Refused("not_a_member", "this project has not been admitted yet, or has not synced since")
    return member


def _with_new(held: Keys, ours: Keys, new: dict[Rotated, str]) -> Keys:
    """Our own `sign` key is replaced; others that this member has stay."""
    sign = {*held.sign}
    if "sign" in new:
        sign = (sign - {*ours.sign}) | {new["sign"]}
    return Keys(online=new.get("online", held.online), seal=new.get("seal", held.seal), sign=tuple(sorted(sign)))


def _announce(desk: Desk, session: Session, member: Member, keys: Keys, *, unattended: bool) -> bool:
    """Says it, unless the log has it or it is on its way; whether it did."""
    if member.keys == keys:
        return False
    for entry in outbox_of(session, "waiting", "sent"):
        if entry.kind != "rotate" or entry.identity in desk.view.state.statements:
            continue
        part = parse_statement(decode_envelope(entry.envelope).payload).member
        if part is not None and part.keys == keys:
            return False
        raise Refused("rotation_waits", "another change of keys is on its way: wait until the log has it")
    proofs = () if unattended else desk.keyring.prove(keys, desk.view.log, member.id)
    say(desk, session, "rotate", unattended=unattended, member=MemberPart(keys=keys, proofs=proofs or None))
    return True


def follow_keys(desk: Desk) -> tuple[Rotated, ...]:
    """Step 4 of a rotation; for which uses. Harmless to repeat.

    Raises:
        Misconfigured: a key file cannot be read.
    """
    member = desk.view.member
    if member is None:
        return ()
    done = desk.keyring.follow(member.keys)
    ours = ((keyid, key) for keyid, key in desk.view.state.keys.items() if key.member == member.id)
    retired = {keyid for keyid, key in ours if key.retired is not None}
    if retired and desk.keyring.can_sign:
        with desk.store.begin() as session:
            sign_again(session, retired, desk.keyring.sign_payload)
    return done


def leave(desk: Desk, *, by: str, now: datetime) -> str:
    """Says that this project leaves, for good; the statement's identity. It is sent once nothing else waits.

    What is received is erased once the log has it. Our own warnings stand until they are taken back or run out.

    Raises:
        Refused: `refused.left`: it has said so already; else as `say`.
        Misconfigured: `config.no_sign_key`.
        NotFound, NotYours: as `acting`.
    """
    member = _member(desk)
    with desk.store.begin() as session:
        person = acting(session, by, access.may_change_settings, now)
        said = any(one.kind == "leave" for one in outbox_of(session, "waiting", "sent", "confirmed"))
        if said or not member.present:
            raise Refused("left", "this project has left, or has said so already")
        identity = say(desk, session, "leave")
        audit.note(session, person=person.id, verb="leave", subject="member", now=now)
        return identity
