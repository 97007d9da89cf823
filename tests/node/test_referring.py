"""When a yes to police may be acted upon: not in shock, and full details after a day, or at their wish."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from node.actions.case_desk import CaseDesk
from node.actions.record_permission import record_permission
from node.core.permissions import Answer, Entry, Switch
from node.core.referring import ASK_AGAIN_WITHIN, Wait, event_ended, referral_waits, to_ask_again
from node.store.permissions import Given, read_entries
from protocol.house.core.errors import NotFound, Refused
from tests.node.builders import DAY, NOW, a_desk, a_report

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    return a_desk(tmp_path)


def said(switch: Switch, answer: Answer = "yes", *, days: int = 0, number: int = 1, **over: Any) -> Entry:
    at = NOW + days * DAY
    fields: dict[str, Any] = {"wording": "ask/en/1", "witness": "Asha", "how": "phone"}
    return Entry(id=number, switch=switch, answer=answer, at=at, recorded_at=at, **(fields | over))


def waits(*entries: Entry, switch: Switch, ended: timedelta = -5 * DAY, now: timedelta = timedelta()) -> Wait | None:
    return referral_waits(entries, switch, ended=NOW + ended, now=NOW + now)


def test_full_details_rest_for_a_day_unless_waived_before_a_second_worker() -> None:
    full = said("police_full")
    assert waits(full, switch="police_full") == Wait(why="cooling_off", until=NOW + DAY)
    assert waits(full, switch="police_full", now=DAY - HOUR) is not None
    assert waits(full, switch="police_full", now=DAY) is None
    assert waits(said("police_full", waived_with="Bea"), switch="police_full") is None
    assert waits(said("police_anonymous"), switch="police_anonymous") is None, "without a name there is nothing to rest"


def test_what_was_said_within_a_day_of_the_event_is_asked_again_for_police() -> None:
    shocked = said("police_anonymous")
    asked: dict[str, Any] = {"switch": "police_anonymous", "ended": -23 * HOUR}
    assert waits(shocked, **asked) == Wait(why="asked_in_crisis", until=NOW + ASK_AGAIN_WITHIN)
    assert waits(shocked, **asked, now=30 * DAY) is not None, "time alone does not make it a yes"
    assert waits(shocked, switch="police_anonymous", ended=-DAY) is None
    assert waits(said("police_anonymous", wanted_now=True), **asked) is None
    assert waits(shocked, said("police_anonymous", days=3, number=2), **asked, now=3 * DAY) is None


@pytest.mark.parametrize("answer", ["no", "not_asked"])
def test_no_switch_no_referral(answer: Answer) -> None:
    assert waits(said("police_full", answer), switch="police_full") == Wait(why="permission")
    assert waits(switch="police_full") == Wait(why="permission")


def test_what_must_be_asked_again_and_by_when() -> None:
    entries = (said("police_anonymous"), said("police_full", "no", number=2), said("warn_others", number=3))
    assert to_ask_again(entries, ended=NOW, now=NOW) == {"police_anonymous": NOW + ASK_AGAIN_WITHIN}


def test_an_event_ended_at_the_end_of_its_last_day_or_when_it_was_told() -> None:
    assert event_ended(None, NOW) == NOW
    assert event_ended(NOW.date(), NOW) == NOW
    assert event_ended(date(2026, 10, 30), NOW).isoformat() == "2026-10-31T00:00:00+00:00"


def test_a_waiver_names_somebody_else_who_is_known(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    yes: dict[str, Any] = {"report_id": report_id, "switch": "police_full", "answer": "yes", "by": "Asha", "now": NOW}
    with pytest.raises(Refused, match="two different people"):
        record_permission(desk, given=Given(waived_with="Asha"), **yes)
    with pytest.raises(NotFound):
        record_permission(desk, given=Given(waived_with="Nobody"), **yes)
    record_permission(desk, given=Given(waived_with="Bea"), **yes)
    with desk.store.read() as session:
        last = read_entries(session, desk.vault, report_id)[-1]
    assert last.waived_with == "Bea"
