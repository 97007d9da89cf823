"""Promise 14: every look is accounted for, and the trail shows where it was touched."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from node.actions.case_desk import CaseDesk
from node.actions.show_report import show_report
from node.core.voice import Voice
from protocol.house.core.audit import AuditBroken, AuditHead
from protocol.house.store.audit import read_trail, verify_audit
from tests.node.builders import NOW, a_report, released, rows


def head(desk: CaseDesk) -> AuditHead:
    with desk.store.read() as session:
        found = verify_audit(session)
    assert isinstance(found, AuditHead)
    return found


def meddle(desk: CaseDesk, statement: str) -> AuditHead | AuditBroken:
    """Someone with the database file and time drops the trigger first."""
    with desk.store.begin() as session:
        for verb in ("update", "delete"):
            session.connection().execute(text(f"DROP TRIGGER IF EXISTS audit_entries_no_{verb}"))
        session.connection().execute(text(statement))
    with desk.store.read() as session:
        return verify_audit(session)


def test_looking_is_kept_as_well_as_writing(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    show_report(desk, report_id=report_id, by="Bea", now=NOW)
    with desk.store.read() as session:
        verbs = [(entry.verb, entry.person) for entry in read_trail(session, f"report/{report_id}")]
    assert verbs == [("take_report", 2), ("show_report", 1)]


def test_the_trail_holds_no_name_and_no_private_word(desk: CaseDesk, voice: Voice) -> None:
    released(desk, voice, a_report(desk))
    trail = str(rows(desk, "SELECT * FROM audit_entries"))
    assert not [word for word in ("Asha", "Bea", "Mia", "Dobre", "Gaz", "Pewter", "07700") if word in trail]


@pytest.mark.parametrize("statement", ["UPDATE audit_entries SET verb = 'x'", "DELETE FROM audit_entries"])
def test_the_database_itself_keeps_the_trail_append_only(desk: CaseDesk, statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), desk.store.begin() as session:
        session.connection().execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit_entries SET person = 3 WHERE number = 2", AuditBroken(number=2, how="altered")),
        (
            "UPDATE audit_entries SET at = '2020-01-01 00:00:00.000000' WHERE number = 3",
            AuditBroken(number=3, how="altered"),
        ),
        ("DELETE FROM audit_entries WHERE number = 2", AuditBroken(number=2, how="gap")),
    ],
)
def test_an_altered_or_missing_entry_is_found(desk: CaseDesk, statement: str, broken: AuditBroken) -> None:
    a_report(desk)
    assert meddle(desk, statement) == broken


def test_an_end_cut_off_shows_against_a_head_noted_elsewhere(desk: CaseDesk) -> None:
    a_report(desk)
    known = head(desk)
    assert isinstance(meddle(desk, f"DELETE FROM audit_entries WHERE number = {known.number}"), AuditHead)
    with desk.store.read() as session:
        assert verify_audit(session, known) == AuditBroken(number=known.number, how="cut_off")


def test_another_history_of_the_same_length_shows_against_the_head(desk: CaseDesk) -> None:
    a_report(desk)
    known = AuditHead(number=head(desk).number, hash="f" * 64)
    with desk.store.read() as session:
        assert verify_audit(session, known) == AuditBroken(number=known.number, how="other_history")
