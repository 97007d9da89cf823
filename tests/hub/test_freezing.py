"""Freezing a quarter: two people, no number before, and figures that were counted by hand.

The story of a quarter, and what is counted of it (`counted` below says the same in code):

    Genesis, West Yorkshire        12 reports, police may read all of them, one reporter each
    Bradford, West Yorkshire        9 reports, police may read none, two reporters each
    Merseyside                     11 reports, police may read all of them, one reporter each
                                   --
                                   32 incidents                                          shown as 30
    of these, police may read      12 + 11 = 23, not 9                                   shown as 25 and 10
    of these, one reporter         12 + 11 = 23, more 9                                  shown as 25 and 10

    not counted: a warning at the request of police; one that tells of an event again; one that was taken back; one
    that is paused; practice. Counted once: one that was updated (it is among the 12); one whose lease ran out (among
    the 11).
"""

import datetime as dt
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from msgspec.structs import replace

from hub.actions import declare_history
from hub.actions.freeze_release import FiguresDesk, ask_for_release, confirm_release, drop_request, show_next_release
from hub.actions.hub_desk import HubHouse
from hub.actions.index_bodies import index_bodies
from hub.actions.keep_house import erase_lapsed
from hub.actions.read_figures import FiguresKeys
from hub.core import series_of_figures as series
from hub.core.declared import DeclaredTotal
from hub.core.releases import Release, digest_of
from hub.store import releases
from hub.store.key_files import load_figures_key
from protocol.figures_fields import Answers, ReferralFigures, SwitchFigures
from protocol.house.actions.invite_person import invite_again
from protocol.house.core.errors import NotFound, NotYours, Refused
from protocol.house.core.staff import Staff
from protocol.house.store import audit
from protocol.house.store.people import insert_person, person_id
from protocol.quarters import Quarter
from protocol.vectors.plausible_bodies import alert_body, salt
from tests.hub.ground import Ground
from tests.hub.web.client import ANALYST, AUDITOR, LEAD, OPERATOR, PEOPLE, POLICE_LEAD, add_people, desk_of

QUARTER = "2026-Q4"
NEW_YEAR = dt.date(2027, 1, 4)


class Office:
    """A hub and the people who freeze its figures."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        add_people(ground)
        self._salts = 0

    @property
    def desk(self) -> FiguresDesk:
        hub = self.ground.hub
        keys = FiguresKeys(hub.epochs(), load_figures_key(hub.config.keys_dir))
        return FiguresDesk(HubHouse(hub.store), hub.view, keys, hub.config.releases_dir)

    def who(self, name: str) -> Staff:
        role, police = PEOPLE[name]
        with self.ground.hub.store.read() as session:
            return Staff(id=person_id(session, name), name=name, roles=frozenset({role}), police=police)

    async def say(self, name: str, number: int, days: int = 365, **over: Any) -> str:
        """One warning; its identity."""
        self._salts += 1
        status = over.pop("status", "actual")
        body = alert_body(salt=salt(f"freezing {self._salts}"), **over)
        alert = self.ground.scene.alert(name, number, days=days, body=body, status=status)
        await self.ground.ok(name)
        return alert

    def until(self, day: dt.date) -> None:
        """Time passes; the jobs of the hub run."""
        self.count()
        self.ground.forward(days=(day - self.ground.scene.day).days)
        erase_lapsed(self.ground.hub.store, self.ground.hub.view, day)

    def count(self) -> None:
        index_bodies(self.ground.hub.store, self.ground.hub.view, self.ground.hub.epochs())

    def freeze(self, quarter: str, asks: str = LEAD, confirms: str = ANALYST) -> Release:
        self.count()
        ask_for_release(self.desk, self.who(asks), quarter, self.ground.clock())
        return confirm_release(self.desk, self.who(confirms), quarter, self.ground.clock())


@pytest.fixture
async def office(ground: Ground) -> AsyncIterator[Office]:
    yield Office(ground)


async def a_quarter(office: Office) -> list[str]:
    """The story of this module; the warnings of Genesis that are counted."""
    genesis = [await office.say("genesis", 1, region="west-yorkshire", police="yes") for _ in range(12)]
    for _ in range(9):
        await office.say("bradford", 2, region="west-yorkshire", police="no", reporters="2+")
    for _ in range(10):
        await office.say("merseyside", 3, region="merseyside", police="yes")
    await office.say("merseyside", 3, days=3, region="merseyside", police="yes")  # its lease runs out

    await office.say("genesis", 1, source="police_request", told_by="police")
    await office.say("bradford", 2, same_event_as=(genesis[0],))
    taken_back = await office.say("genesis", 1)
    paused = await office.say("genesis", 1)
    await office.say("genesis", 1, status="exercise")
    office.count()
    scene = office.ground.scene
    scene.cancel("genesis", 1, taken_back)
    scene.pause("genesis", 1, paused)
    scene.update("genesis", 1, genesis[1], days=365, body=alert_body(salt=salt("updated"), police="yes"))
    await office.ground.ok()
    return genesis


def shown(release: Release, name: str, place: str = "") -> dict[str, int | None]:
    (table,) = [table for table in release.tables if (table.series, table.place) == (name, place)]
    return {cell.value: cell.shown for cell in table.cells}


async def test_the_figures_of_a_quarter_are_those_counted_by_hand(office: Office) -> None:
    await a_quarter(office)
    office.until(NEW_YEAR)
    release = office.freeze(QUARTER)
    genesis, bradford, merseyside = 12, 9, 11
    counted = genesis + bradford + merseyside
    assert counted == 32 and shown(release, series.INCIDENTS) == {"all": 30}
    assert genesis + merseyside == 23 and shown(release, series.POLICE) == {"yes": 25, "no": 10}
    assert shown(release, series.REPORTERS) == {"1": 25, "2+": 10}
    assert shown(release, series.PANEL) == {"panel": 30, "other_projects": 0}
    assert (release.number, release.as_at) == (1, NEW_YEAR.isoformat())
    assert (release.beside.projects, release.beside.panel) == (3, 3)
    assert not [table for table in release.tables if table.window == "2026"], (
        "three of its quarters were never released"
    )


async def test_what_is_taken_back_later_changes_no_release(office: Office) -> None:
    genesis = await a_quarter(office)
    office.until(NEW_YEAR)
    before = office.freeze(QUARTER)
    for alert in genesis[:8]:
        office.ground.scene.cancel("genesis", 1, alert)
        await office.ground.ok()
    office.until(dt.date(2027, 4, 1))
    after = office.freeze("2027-Q1", ANALYST, LEAD)
    with office.ground.hub.store.read() as session:
        kept = releases.one_release(session, 1)
        assert kept is not None
        assert (kept.release, kept.content) == (before, before.content)
        assert kept.digest == digest_of(before.content)
        assert [one.number for one in releases.all_releases(session)] == [1, 2]
    assert shown(after, series.INCIDENTS) == {"all": 0}
    assert QUARTER not in {table.window for table in after.tables}


def switches(reports: int, police_full: int) -> SwitchFigures:
    every = {name: Answers(asked=reports, yes=reports) for name in SwitchFigures.__struct_fields__}
    return SwitchFigures(**(every | {"police_full": Answers(asked=reports - 8, yes=police_full)}))


async def test_figures_of_projects_are_opened_added_and_shown_together(office: Office) -> None:
    """Reports taken: 30 + 40 = 70. May police have it with your name: yes 10 + 12, no 12 + 20, not asked 8 + 8."""
    scene = office.ground.scene
    scene.figures("genesis", 1, quarter=QUARTER, reports=50, switches=switches(50, 1))  # said again below
    office.ground.forward(days=1)
    scene.figures("genesis", 1, quarter=QUARTER, reports=30, switches=switches(30, 10), registered="10-49")
    referrals = ReferralFigures(sent=24, acknowledged=21, tasked=9)
    scene.figures("bradford", 2, quarter=QUARTER, reports=40, switches=switches(40, 12), referrals=referrals)
    scene.figures("merseyside", 3, quarter="2026-Q3", reports=900, switches=switches(900, 800))
    await office.ground.ok()
    office.until(NEW_YEAR)
    due = show_next_release(office.desk, NEW_YEAR)
    assert (str(due.quarter), due.is_over, due.told) == (QUARTER, True, (1, 2))
    release = office.freeze(QUARTER)
    assert shown(release, series.TAKEN) == {"all": 70}
    assert shown(release, "reports.police_full") == {"yes": 20, "no": 30, "not_asked": 15}
    assert shown(release, "reports.record") == {"yes": 70, "no": 0, "not_asked": 0}
    assert shown(release, series.SENT) == {"all": 25}
    assert shown(release, series.ACKNOWLEDGED) == {"acknowledged": None, "not_acknowledged": None}, "3 were not"
    assert release.beside.figures == 2
    assert (release.beside.registered_from, release.beside.registered_to) == (None, None), "one project says so"


async def test_figures_that_were_taken_back_or_open_with_no_key_of_ours_are_not_counted(office: Office) -> None:
    scene = office.ground.scene
    gone = scene.figures("genesis", 1, quarter=QUARTER, reports=30, switches=switches(30, 10))
    await office.ground.ok()
    scene.cancel("genesis", 1, gone)
    await office.ground.ok()
    scene.figures("bradford", 2, quarter=QUARTER, reports=40, switches=switches(40, 12))
    await office.ground.ok()
    assert show_next_release(office.desk, NEW_YEAR).told == (2,)
    other = replace(office.desk, keys=replace(office.desk.keys, figures=bytes(range(32))))
    assert show_next_release(other, NEW_YEAR).told == ()


async def test_whoever_asks_does_not_confirm_and_nothing_is_counted_before(office: Office) -> None:
    office.until(NEW_YEAR)
    now = office.ground.clock()
    ask_for_release(office.desk, office.who(LEAD), QUARTER, now)
    due = show_next_release(office.desk, NEW_YEAR)
    assert due.request is not None and due.request.asked_by == office.who(LEAD).id
    with pytest.raises(Refused, match="somebody else"):
        confirm_release(office.desk, office.who(LEAD), QUARTER, now)
    with pytest.raises(Refused, match="waits for a second person"):
        ask_for_release(office.desk, office.who(ANALYST), QUARTER, now)
    with pytest.raises(Refused, match="another quarter waits"):
        confirm_release(office.desk, office.who(ANALYST), "2027-Q1", now)
    drop_request(office.desk, office.who(ANALYST), now)
    for act in (lambda: drop_request(office.desk, office.who(ANALYST), now), lambda: confirm(office)):
        with pytest.raises(NotFound):
            act()
    with office.ground.hub.store.read() as session:
        assert releases.all_releases(session) == []
        told = [(entry.verb, entry.subject) for entry in audit.read_trail(session)]
    assert told[-2:] == [("ask_for_release", f"release/{QUARTER}"), ("drop_release", f"release/{QUARTER}")]


async def test_one_lead_alone_is_not_two_people_by_inviting_the_other(office: Office) -> None:
    """Ana's invitation is in Lena's hands; once somebody else has invited her anew, it is not any more."""
    office.until(NEW_YEAR)
    desk, now = desk_of(office.ground), office.ground.clock()
    lead, invited = office.who(LEAD), office.who(ANALYST)
    with desk.store.begin() as session:
        insert_person(session, "Lorna", ["lead"], now)
    invite_again(desk, person=invited.id, by=LEAD, now=now)
    for asks, confirms in ((lead, invited), (invited, lead)):
        ask_for_release(office.desk, asks, QUARTER, now)
        with pytest.raises(Refused, match="one of the two invited the other"):
            confirm_release(office.desk, confirms, QUARTER, now)
        drop_request(office.desk, asks, now)
    invite_again(desk, person=invited.id, by="Lorna", now=now)
    ask_for_release(office.desk, lead, QUARTER, now)
    assert confirm_release(office.desk, invited, QUARTER, now).number == 1


def confirm(office: Office) -> Release:
    return confirm_release(office.desk, office.who(ANALYST), QUARTER, office.ground.clock())


async def test_a_quarter_is_frozen_in_its_turn_and_when_it_is_over(office: Office) -> None:
    last_moment = dt.datetime(2026, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
    for moment in (office.ground.clock(), last_moment):
        with pytest.raises(Refused, match="not over"):
            ask_for_release(office.desk, office.who(LEAD), QUARTER, moment)
    assert not show_next_release(office.desk, last_moment.date()).is_over
    office.until(NEW_YEAR)
    for wrong in ("2027-Q1", "2026-Q3", "last week"):
        with pytest.raises(Refused, match=f"next quarter to be frozen is {QUARTER}"):
            ask_for_release(office.desk, office.who(LEAD), wrong, office.ground.clock())
    office.freeze(QUARTER)
    assert str(show_next_release(office.desk, NEW_YEAR).quarter) == "2027-Q1"


async def test_lead_and_analyst_freeze_also_those_of_police_and_nobody_else(office: Office) -> None:
    office.until(NEW_YEAR)
    for name in (OPERATOR, AUDITOR):
        with pytest.raises(NotYours):
            ask_for_release(office.desk, office.who(name), QUARTER, office.ground.clock())
    assert office.freeze(QUARTER, POLICE_LEAD, ANALYST).number == 1


async def test_a_crash_while_freezing_leaves_the_request_and_no_release(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.until(NEW_YEAR)
    ask_for_release(office.desk, office.who(LEAD), QUARTER, office.ground.clock())

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(releases, "forget_request", dies)
    with pytest.raises(KeyboardInterrupt):
        confirm(office)
    monkeypatch.undo()
    assert confirm(office).number == 1


def declared(**over: Any) -> DeclaredTotal:
    fields: dict[str, Any] = {
        "scheme": "Harbour Project",
        "year": 2012,
        "total": 143,
        "definition": "Reports of violence by anybody, in person.",
        "source": "Annual report 2012, page 9",
        "declared_on": NEW_YEAR,
    }
    return DeclaredTotal(**(fields | over))


async def test_a_year_that_a_scheme_declares_is_kept_replaced_and_taken_back(office: Office) -> None:
    store, lead, now = office.desk.store, office.who(LEAD), office.ground.clock()
    declare_history.declare_total(store, lead, declared(), now)
    declare_history.declare_total(store, lead, declared(total=6), now)
    with store.read() as session:
        (kept,) = releases.declared_totals(session)
    assert (kept, kept.shown) == (declared(total=6), None)
    declare_history.take_back_declared(store, lead, kept.scheme, kept.year, now)
    with pytest.raises(NotFound):
        declare_history.take_back_declared(store, lead, kept.scheme, kept.year, now)
    with pytest.raises(NotYours):
        declare_history.declare_total(store, office.who(ANALYST), declared(), now)


@pytest.mark.parametrize(
    "over",
    [{"scheme": ""}, {"year": 2005}, {"year": 2026}, {"total": -1}, {"definition": "x" * 301}, {"source": ""}],
)
async def test_what_is_declared_is_refused_by_the_field_that_is_wrong(office: Office, over: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        declare_history.declare_total(office.desk.store, office.who(LEAD), declared(**over), office.ground.clock())
    assert refused.value.code == f"refused.{next(iter(over))}"


async def test_a_release_is_json_that_says_what_it_counts(office: Office) -> None:
    office.until(NEW_YEAR)
    said = json.loads(office.freeze(QUARTER).content)
    assert {"number", "quarter", "as_at", "beside", "definitions", "queries", "method", "tables"} == set(said)


async def test_a_rebuilt_hub_freezes_nothing_that_was_perhaps_published_before(office: Office) -> None:
    with office.ground.hub.store.begin() as session:
        releases.begin_with(session, Quarter(2027, 1))
    assert str(show_next_release(office.desk, NEW_YEAR).quarter) == "2027-Q1"
    office.until(NEW_YEAR)
    with pytest.raises(Refused, match="next quarter to be frozen is 2027-Q1"):
        ask_for_release(office.desk, office.who(LEAD), QUARTER, office.ground.clock())
