"""Alarms are raised once, and one more takes no longer however many there are: a thief may cause thousands."""

import datetime as dt

from node.actions.case_desk import CaseDesk
from node.store.alarms import alarms, count_alarms, raise_alarm
from tests.query_plans import asked_of, plan_of

NOW = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)


def test_an_alarm_is_raised_once_and_its_first_evidence_is_kept(desk: CaseDesk) -> None:
    with desk.store.begin() as session:
        assert raise_alarm(session, "own.not_signed_here", "ab" * 32, NOW, entry=b"first")
        assert not raise_alarm(session, "own.not_signed_here", "ab" * 32, NOW, entry=b"second")
        assert raise_alarm(session, "own.not_signed_here", "cd" * 32, NOW)
    with desk.store.read() as session:
        assert count_alarms(session) == 2
        assert [one.entry for one in alarms(session)] == [None, b"first"]


def test_whether_an_alarm_was_raised_is_looked_up_and_not_searched_for(desk: CaseDesk) -> None:
    with desk.store.begin() as session, asked_of("alarms") as asked:
        raise_alarm(session, "own.not_signed_here", "ab" * 32, NOW)
        (plan,) = plan_of(session, *asked[0])
    assert plan.startswith("SEARCH alarms USING") and plan.endswith("(subject=? AND code=?)")
