"""Invites somebody to set up their account: a code, shown once, good for seven days. This product sends no e-mail."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from protocol.house.actions.add_person import keep_person, require_nobody_who
from protocol.house.actions.desk import HouseDesk
from protocol.house.core.account import TOKEN_BYTES
from protocol.house.core.errors import NotYours, Refused
from protocol.house.core.second_step import SECRET_BYTES, new_secret
from protocol.house.core.unprinted import Unprinted
from protocol.house.store import audit
from protocol.house.store.accounts import insert_invitation, people_with_account
from protocol.house.store.people import acting, get_person, list_people


class Invited(Unprinted, frozen=True):
    """Who was invited, and the code that only they may have."""

    person: int
    code: str


def invite_person(
    desk: HouseDesk,
    *,
    name: str,
    roles: Iterable[str],
    now: datetime,
    by: str | None = None,
    agency: str | None = None,
    force: str | None = None,
    police: bool = False,
) -> Invited:
    """Makes somebody known and invites them, in one transaction.

    Raises:
        Refused, NotYours, NotFound: as `add_person`.
    """
    with desk.store.begin() as session:
        person = keep_person(
            session, desk, name=name, roles=roles, agency=agency, force=force, police=police, by=by, now=now
        )
        return _invite(session, desk, person, by, now)


def invite_again(desk: HouseDesk, *, person: int, by: str | None, now: datetime) -> Invited:
    """Invites somebody who is known: for the first time, or because they lost what they sign in with.

    What they had opens the account until the invitation is used; an earlier invitation does not any more.

    Args:
        by: who invites; None, at the command line, while nobody has an account who could.

    Raises:
        Refused: `refused.left`, `refused.not_keeper`.
        NotYours: `access.role`, `access.person`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        return _invite(session, desk, person, by, now)


def _invite(session: Session, desk: HouseDesk, person: int, by: str | None, now: datetime) -> Invited:
    other = get_person(session, person, now)
    if other.ended_at is not None:
        raise Refused("left", "they do not work here any more")
    inviter = None
    if by is not None:
        inviter = acting(session, by, desk.staffing.may_manage_people, now)
        if not desk.staffing.may_manage(inviter, other.staff):
            raise NotYours("person", "their account is not yours to look after")
    else:
        signing_in = people_with_account(session)
        able = (one for one in list_people(session, now) if one.id in signing_in)
        require_nobody_who(able, lambda one: desk.staffing.may_manage(one, other.staff))
    code = desk.vault.randomness(TOKEN_BYTES).hex()
    secret = new_secret(desk.vault.randomness(SECRET_BYTES))
    insert_invitation(session, desk.vault, person=person, code=code, totp_secret=secret, now=now)
    by_number = None if inviter is None else inviter.id
    audit.note(session, person=by_number, verb="invite_person", subject=f"person/{person}", now=now)
    return Invited(person, code)
