"""How a series stands for each project, and what this project may say of it. Source: protocol/spec/replay.md §9."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from node.actions.answer_series import agree_to_series, object_to_series, take_back_series
from node.actions.case_desk import CaseDesk
from node.actions.propose_series import propose_series
from node.core.series import SeriesStanding, days_left, series_for
from node.core.voice import Voice
from node.exchange.receiving import TRIES_BEFORE_ALARM
from protocol.body_fields import SeriesReason
from protocol.house.actions.add_person import add_person
from protocol.house.core.errors import HouseError
from protocol.vectors.scene import DAY, Scene
from protocol.vectors.stories import two_warnings, with_lead
from tests.node.builders import NOW, a_desk, a_scene, a_voice, outbox
from tests.node.exchange_nodes import Clock, ExchangeNode, digest_of
from tests.node.hub_simulator import HubSimulator

REASONS = (SeriesReason(field="build", speaks="for", weight="some"),)


@pytest.fixture
def scene() -> Scene:
    return a_scene()


@pytest.fixture
def voice(scene: Scene) -> Voice:
    return a_voice(scene)


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    return a_desk(tmp_path)


def stands(scene: Scene, member: int, *, after_days: int = 0) -> list[str]:
    return [one.stands for one in _for(scene, member, after_days)]


def _for(scene: Scene, member: int, after_days: int = 0) -> list[SeriesStanding]:
    return series_for(scene.state, member, scene.day + dt.timedelta(days=after_days))


def refusal(action: Any, *arguments: Any, **over: Any) -> str:
    with pytest.raises(HouseError) as refused:
        action(*arguments, **over)
    return refused.value.code


def propose(desk: CaseDesk, voice: Voice, scene: Scene, alerts: tuple[str, ...], **over: Any) -> str:
    said: dict[str, Any] = {"alerts": alerts, "relation": "same_person", "reasons": REASONS, "by": "Bea", "now": NOW}
    return propose_series(desk, voice, scene.state, **(said | over))


def test_a_lead_s_series_waits_by_a_clock_and_what_waits_for_us_comes_first(scene: Scene) -> None:
    lead, alerts = with_lead(scene), two_warnings(scene)
    scene.series("lead", lead, alerts)
    scene.series("genesis", 1, (scene.alert("genesis", 1), scene.alert("genesis", 1)))
    (first, second) = _for(scene, 1)
    assert (first.stands, first.told_on, first.ours) == ("waits_for_us", DAY + dt.timedelta(days=4), (alerts[0],))
    assert second.stands == "told" and second.told_on is None
    assert (days_left(_for(scene, 1), DAY), days_left(_for(scene, 2), DAY)) == (4, None)
    assert stands(scene, 2) == [] and stands(scene, 2, after_days=4) == ["told"]


def test_while_one_is_paused_or_over_it_is_shown_to_nobody_else(scene: Scene) -> None:
    alerts = two_warnings(scene)
    found = scene.series("genesis", 1, alerts)
    scene.say("merseyside/sign0", "endorse", 3, about=found)
    assert stands(scene, 2) == ["told"]
    assert stands(scene, 2, after_days=90) == [] and stands(scene, 1, after_days=90) == ["ended"]
    scene.pause("genesis", 1, alerts[0])
    assert stands(scene, 2) == [] and stands(scene, 3) == ["told"]


def test_what_is_proposed_is_of_real_warnings_of_which_one_is_ours(desk: CaseDesk, voice: Voice, scene: Scene) -> None:
    own, other = two_warnings(scene)
    exercise = scene.alert("merseyside", 3, status="exercise")
    cases = {
        "refused.series_size": (own, own),
        "refused.series_alerts": (own, exercise),
        "refused.series_not_ours": (other, scene.alert("merseyside", 3)),
    }
    for code, alerts in cases.items():
        assert refusal(propose, desk, voice, scene, alerts) == code
    assert refusal(propose, desk, voice, scene, (own, other), reasons=()) == "refused.series_reasons"
    strong = (SeriesReason(field="skin", speaks="for", weight="strong"),)
    assert refusal(propose, desk, voice, scene, (own, other), reasons=strong) == "refused.series_skin"
    assert refusal(propose, desk, voice, scene, (own, other), by="Asha") == "access.role"


def test_it_is_said_once_until_the_log_has_it_and_then_while_it_stands(
    desk: CaseDesk, voice: Voice, scene: Scene
) -> None:
    alerts = two_warnings(scene)
    identity = propose(desk, voice, scene, alerts)
    assert refusal(propose, desk, voice, scene, alerts) == "refused.series_said"
    (entry,) = outbox(desk)
    assert scene.append(entry.envelope) == identity and scene.outcomes[-1].verdict == "valid"
    assert refusal(propose, desk, voice, scene, alerts) == "refused.series_stands"


def test_each_word_is_said_by_whom_it_concerns(desk: CaseDesk, voice: Voice, scene: Scene) -> None:
    alerts = two_warnings(scene)
    others = scene.series("merseyside", 3, (alerts[1], scene.alert("merseyside", 3)))
    theirs = scene.series("merseyside", 3, alerts)
    over: dict[str, Any] = {"by": "Bea", "now": NOW}
    assert refusal(agree_to_series, desk, voice, scene.state, identity="ab" * 32, **over) == "not_found.series"
    assert refusal(agree_to_series, desk, voice, scene.state, identity=others, **over) == "refused.series_not_ours"
    assert refusal(take_back_series, desk, voice, scene.state, identity=theirs, **over) == "refused.series_not_ours"
    wrong = over | {"identity": theirs, "reason": "not_known_to_us"}
    assert refusal(object_to_series, desk, voice, scene.state, **wrong) == "refused.reason"
    agree_to_series(desk, voice, scene.state, identity=theirs, **over)
    again = over | {"identity": theirs, "reason": "other"}
    assert refusal(object_to_series, desk, voice, scene.state, **again) == "refused.series_said"
    (entry,) = outbox(desk)
    scene.append(entry.envelope)
    assert scene.state.series[theirs].state == "agreed"
    assert refusal(agree_to_series, desk, voice, scene.state, identity=theirs, **over) == "refused.series_agreed"
    object_to_series(desk, voice, scene.state, **again)
    scene.append(outbox(desk)[-1].envelope)
    assert scene.state.series[theirs].state == "undone"
    assert refusal(object_to_series, desk, voice, scene.state, **again) == "refused.series_ended"


def test_an_agency_s_coordinator_does_not_speak_for_the_project(desk: CaseDesk, voice: Voice, scene: Scene) -> None:
    add_person(desk, name="Pia", role="coordinator", agency="BLAST", by="Bea", now=NOW)
    assert refusal(propose, desk, voice, scene, two_warnings(scene), by="Pia") == "access.role"


async def test_a_hub_whose_clock_is_behind_is_asked_again_without_an_alarm(tmp_path: Path, scene: Scene) -> None:
    lead, alerts = with_lead(scene), two_warnings(scene)
    found = scene.series("lead", lead, alerts)
    hub_clock, clock = Clock(), Clock()
    hub = HubSimulator(scene, hub_clock)
    bradford = ExchangeNode(tmp_path, hub, "bradford", witness=1, clock=clock)
    hub.cosign_as(0, 2)
    clock.forward(days=3, hours=12)
    hub_clock.forward(days=3, hours=11, minutes=59)
    for _ in range(8):
        await bradford.sync()
        clock.forward(seconds=7)
        hub_clock.forward(seconds=7)
    asked = [digests for digests in hub.asked_digests if digest_of(scene, found) in digests]
    assert len(asked) >= TRIES_BEFORE_ALARM
    assert bradford.received(found) is None and bradford.alarm_codes() == []
    clock.forward(hours=1)
    hub_clock.forward(hours=1)
    await bradford.sync()
    assert bradford.received(found) is not None
