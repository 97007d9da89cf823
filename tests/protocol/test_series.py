"""Who is told that alerts may be about one person, when, and what ends that. Source: spec/replay.md §9."""

import datetime as dt

import pytest

from protocol.replay import State, heads_named, holders, is_told, lease_end, may_read, told_from
from protocol.statement_fields import Audience
from protocol.vectors.scene import Scene, three_projects
from protocol.vectors.stories import two_warnings, with_lead

SAID = "2026-11-02"
WAITED = "2026-11-06"


def readers(scene: Scene, identity: str, today: str = SAID) -> set[int]:
    state = scene.state
    return {m for m in state.members if may_read(state, m, state.links[identity], state.size, today)}


def state_of(scene: Scene, series: str) -> str:
    return scene.state.series[series].state


def test_a_projects_proposal_is_read_by_those_concerned_alone_however_long_it_waits() -> None:
    scene = three_projects()
    found = scene.series("genesis", 1, two_warnings(scene))
    assert state_of(scene, found) == "proposed"
    assert readers(scene, found, "2099-01-01") == {1, 3}
    assert not is_told(scene.state, found, "2099-01-01")


def test_with_the_second_projects_word_everybody_who_reads_the_alerts_is_told() -> None:
    scene = three_projects()
    found = scene.series("genesis", 1, two_warnings(scene))
    scene.say("merseyside/sign0", "endorse", 3, about=found)
    assert state_of(scene, found) == "agreed"
    assert readers(scene, found) == {1, 2, 3}


def test_a_project_that_names_only_its_own_alerts_asks_nobody() -> None:
    scene = three_projects()
    found = scene.series("genesis", 1, (scene.alert("genesis", 1), scene.alert("genesis", 1)))
    assert state_of(scene, found) == "agreed"


def test_a_word_counts_once_and_an_admission_still_has_its_own() -> None:
    scene = three_projects()
    found = scene.series("lead", with_lead(scene), two_warnings(scene))
    scene.say("genesis/sign0", "endorse", 1, about=found)
    scene.say("genesis/sign0", "endorse", 1, about=found)
    assert [member for member, _ in scene.state.series[found].agreed] == [1]
    assert state_of(scene, found) == "proposed"
    assert found not in scene.state.endorsements
    scene.say("merseyside/sign0", "endorse", 3, about=found)
    assert state_of(scene, found) == "agreed"


def test_others_are_told_of_the_leads_series_after_seventy_two_hours_whatever_the_hour() -> None:
    scene = three_projects()
    found = scene.series("lead", with_lead(scene), two_warnings(scene))
    assert told_from(scene.state.links[found]) == dt.date(2026, 11, 6)
    said_last, told_first = dt.datetime(2026, 11, 2, 23, 59, tzinfo=dt.UTC), dt.datetime(2026, 11, 6, tzinfo=dt.UTC)
    assert told_first - said_last >= dt.timedelta(hours=72)
    assert readers(scene, found, "2026-11-05") == {1, 3, 9}
    assert readers(scene, found, WAITED) == {1, 2, 3, 9}


def test_an_objection_within_the_wait_keeps_it_from_others_and_ends_it() -> None:
    scene = three_projects()
    found = scene.series("lead", with_lead(scene), two_warnings(scene))
    said = scene.objection("merseyside", 3, found, "different_person")
    assert state_of(scene, found) == "disagreed"
    assert readers(scene, found, WAITED) == set()
    assert readers(scene, said, WAITED) == {1, 3, 9}
    assert scene.state.links[found].why == "objected"


def test_danger_now_is_told_at_once_and_a_pause_with_three_days_left_is_none() -> None:
    both = Audience(regions=("merseyside", "west-yorkshire"))
    for days, told in ((3, True), (30, False)):
        scene = three_projects()
        lead, other = with_lead(scene), scene.alert("merseyside", 3, audience=both)
        first = scene.alert("genesis", 1, days=days, audience=both)
        if days == 30:
            scene.day += dt.timedelta(days=27)
            scene.pause("genesis", 1, first)
        found = scene.series("lead", lead, (first, other))
        assert is_told(scene.state, found, scene.day.isoformat()) is told


def test_only_who_may_read_every_alert_is_told() -> None:
    scene = three_projects()
    near = scene.alert("genesis", 1, audience=Audience(regions=("west-yorkshire",)))
    far = scene.alert("merseyside", 3, audience=Audience(regions=("merseyside",), members=(1,)))
    found = scene.series("genesis", 1, (near, far))
    scene.say("merseyside/sign0", "endorse", 3, about=found)
    assert readers(scene, found) == {1, 3}, "Bradford may read one of the two"


def test_who_joins_a_region_later_is_told_and_who_is_excepted_is_not() -> None:
    scene = three_projects()
    both = ("merseyside", "west-yorkshire")
    alerts = (
        scene.alert("genesis", 1, audience=Audience(regions=both, except_=(2,))),
        scene.alert("merseyside", 3, audience=Audience(regions=both)),
    )
    found = scene.series("genesis", 1, alerts)
    scene.say("merseyside/sign0", "endorse", 3, about=found)
    scene.admit("wirral", 4, endorsed_by={"genesis": 1, "bradford": 2}, region="merseyside")
    assert readers(scene, found) == {1, 3, 4}


def test_while_an_alert_is_paused_others_read_nothing_about_it() -> None:
    scene = three_projects()
    alerts = two_warnings(scene)
    found = scene.series("genesis", 1, alerts)
    scene.say("merseyside/sign0", "endorse", 3, about=found)
    paused = scene.pause("genesis", 1, alerts[0])
    assert readers(scene, found) == {1, 3}
    scene.update("genesis", 1, paused, audience=Audience(regions=("merseyside", "west-yorkshire")))
    assert readers(scene, found) == {1, 2, 3}


@pytest.mark.parametrize("ends", ["alert", "signer", "objection", "compromised"])
def test_whatever_ends_an_agreed_series_undoes_it_and_all_who_could_hold_it_owe_a_word(ends: str) -> None:
    scene = three_projects()
    alerts = two_warnings(scene)
    since = len(scene.entries)
    found = scene.series("genesis", 1, alerts)
    scene.say("merseyside/sign0", "endorse", 3, about=found)
    if ends == "alert":
        scene.cancel("merseyside", 3, alerts[1])
    elif ends == "signer":
        scene.cancel("genesis", 1, found)
    elif ends == "objection":
        scene.objection("genesis", 1, found, "different_person")
    else:
        scene.officers("revoke", 3, reason="compromised", from_=since)
    assert state_of(scene, found) == "undone"
    assert scene.state.links[found].gone is not None
    assert {2, 3} - ({3} if ends == "compromised" else set()) <= holders(scene.state, found)


def test_after_one_is_ended_another_of_the_same_alerts_may_be_said() -> None:
    scene = three_projects()
    alerts = two_warnings(scene)
    scene.objection("merseyside", 3, scene.series("genesis", 1, alerts))
    again = scene.series("merseyside", 3, alerts, relation="same_incident")
    assert state_of(scene, again) == "proposed"


def test_a_series_lasts_as_long_as_the_first_of_its_alerts() -> None:
    scene = three_projects()
    found = scene.series("genesis", 1, (scene.alert("genesis", 1, days=30), scene.alert("merseyside", 3, days=365)))
    said = scene.objection("merseyside", 3, found)
    for identity in (found, said):
        link = scene.state.links[identity]
        assert lease_end(scene.state, link) == scene.day + dt.timedelta(days=30)
        assert {head.chain for head in heads_named(scene.state, link)} == set(scene.state.series[found].alerts)


def test_figures_are_read_by_no_member_and_owed_by_none() -> None:
    scene = three_projects()
    counted = scene.figures("genesis", 1)
    link = scene.state.links[counted]
    assert readers(scene, counted) == set()
    assert heads_named(scene.state, link) == ()
    assert lease_end(scene.state, link) == dt.date(2030, 11, 2)
    scene.cancel("genesis", 1, counted)
    assert holders(scene.state, counted) == frozenset()
    assert _owed(scene.state) == set()


def _owed(state: State) -> set[int]:
    return {member.id for member in state.members.values() if member.owes is not None}
