"""Begins a session for somebody who has proved who they are."""

from datetime import datetime

from node.actions.case_desk import CaseDesk
from node.core.unprinted import Unprinted
from node.store import audit
from node.store.sessions import insert_session

TOKEN_BYTES = 32


class Begun(Unprinted, frozen=True):
    """What goes into the browser, and nowhere else."""

    token: str


def begin_session(desk: CaseDesk, *, person: int, now: datetime) -> Begun:
    """A session of one shift.

    Args:
        person: who it is; whoever calls has their proof.
    """
    token, csrf = desk.vault.randomness(TOKEN_BYTES).hex(), desk.vault.randomness(TOKEN_BYTES).hex()
    with desk.store.begin() as session:
        number = insert_session(session, person=person, token=token, csrf=csrf, now=now)
        audit.note(session, person=person, verb="sign_in", subject=f"session/{number}", now=now)
    return Begun(token)
