"""The trail of the hub's people: one chain, however many write at once, and nobody changes what stands in it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import text

from hub.core.errors import Busy
from protocol.house.core.audit import AuditHead
from protocol.house.store import audit
from tests.hub.ground import Ground
from tests.hub.web.client import desk_of

LOOKS = 40


def test_looks_of_many_at_once_make_one_chain(ground: Ground) -> None:
    def look(number: int) -> None:
        with desk_of(ground).store.begin() as session:
            audit.note(session, person=None, verb="look", subject=f"member/{number}", now=ground.clock())

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(look, range(LOOKS)))
    with ground.hub.store.read() as session:
        head = audit.verify_audit(session)
    assert isinstance(head, AuditHead) and head.number == LOOKS


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entries SET verb = 'nothing'", "DELETE FROM audit_entries"], ids=["change", "delete"]
)
def test_the_database_itself_refuses_to_change_an_entry(ground: Ground, statement: str) -> None:
    desk = desk_of(ground)
    with desk.store.begin() as session:
        audit.note(session, person=None, verb="look", subject="member/1", now=ground.clock())
    with pytest.raises((DBAPIError, Busy)), desk.store.begin() as session:
        session.connection().execute(text(statement))
    with ground.hub.store.read() as session:
        assert isinstance(audit.verify_audit(session), AuditHead)
