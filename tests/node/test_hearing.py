"""What a node makes of what the hub tells beside the log: looks at its warnings, and a lead's decisions."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from node.exchange.sync import LOOKS_EVERY, Step
from node.store.told import Decided, answer_reminder, decided, looks_at, open_reminder
from protocol.body_fields import SeriesBody
from protocol.statement_fields import Audience
from protocol.vectors.scene import Scene
from protocol.vectors.stories import with_lead
from tests.node.builders import a_scene
from tests.node.exchange_nodes import Clock, ExchangeNode, all_sync
from tests.node.hub_simulator import HubSimulator

EVERYBODY = Audience(members=(9,), regions=("merseyside", "west-yorkshire"))
REASONS = [{"field": "build", "speaks": "for", "weight": "some"}]


class Stage:
    """Genesis, and the lead (9), at a hub that has two warnings."""

    def __init__(self, folder: Path) -> None:
        self.scene: Scene = a_scene()
        with_lead(self.scene)
        self.clock = Clock()
        self.hub = HubSimulator(self.scene, self.clock)
        self.genesis = ExchangeNode(folder, self.hub, "genesis", witness=0, clock=self.clock)
        self.lead = ExchangeNode(folder, self.hub, "lead", witness=1, clock=self.clock, role="lead", region=None)
        self.alerts = sorted(self.scene.alert("merseyside", 3, audience=EVERYBODY) for _ in range(2))

    async def begin(self) -> None:
        self.hub.cosign_as(2)
        await all_sync(self.genesis, self.lead)
        assert all(self.lead.received(one) is not None for one in self.alerts)

    def decide(self, number: int, **over: Any) -> None:
        said = {"id": number, "relation": "same_person", "alerts": self.alerts, "reasons": REASONS}
        self.hub.decisions.append(said | over)

    def decided(self) -> dict[int, Decided]:
        with self.lead.store.read() as session:
            return decided(session)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def look_id(number: int) -> str:
    return f"{number:032x}"


def look(number: int, alert: str, **over: Any) -> dict[str, Any]:
    return {"id": look_id(number), "alert": alert, "day": "2026-11-02", "role": "analyst", "reason": "training"} | over


async def test_who_looked_at_a_warning_is_told_to_its_origin_once(stage: Stage) -> None:
    own = stage.scene.alert("genesis", 1)
    stage.genesis.know_own_entries()
    await stage.begin()
    stage.hub.looks += [(1, look(7, own)), (1, look(4, own, role="lead")), (3, look(5, stage.alerts[0]))]
    for _ in range(2):
        stage.clock.forward(minutes=LOOKS_EVERY / dt.timedelta(minutes=1))
        await stage.genesis.sync()
    with stage.genesis.store.read() as session:
        assert [(one.id, one.role, one.reason) for one in looks_at(session, own)] == [
            (look_id(4), "lead", "training"),
            (look_id(7), "analyst", "training"),
        ]
        assert looks_at(session, stage.alerts[0]) == []


async def test_a_hub_that_was_built_anew_or_says_great_identities_is_heard_all_the_same(stage: Stage) -> None:
    own = stage.scene.alert("genesis", 1)
    stage.genesis.know_own_entries()
    await stage.begin()
    stage.hub.looks += [(1, look(16**32 - 1, own))] * 2
    stage.clock.forward(minutes=11)
    await stage.genesis.sync()
    stage.hub.looks[:] = [(1, look(1, own, role="lead"))]
    stage.clock.forward(minutes=11)
    await stage.genesis.sync()
    with stage.genesis.store.read() as session:
        assert [(one.id, one.role) for one in looks_at(session, own)] == [
            (look_id(1), "lead"),
            (look_id(16**32 - 1), "analyst"),
        ]


async def test_looks_at_what_is_not_ours_are_not_kept(stage: Stage) -> None:
    await stage.begin()
    stage.hub.looks += [(1, look(1, stage.alerts[0])), (1, look(2, "ab" * 32))]
    stage.clock.forward(minutes=11)
    await stage.genesis.sync()
    with stage.genesis.store.read() as session:
        assert looks_at(session, stage.alerts[0]) == looks_at(session, "ab" * 32) == []


async def test_looks_are_asked_for_every_ten_minutes_and_not_at_every_round(stage: Stage) -> None:
    await stage.begin()
    before = stage.hub.calls.count("GET /v1/looks")
    await all_sync(stage.genesis, rounds=5)
    assert stage.hub.calls.count("GET /v1/looks") == before
    stage.clock.forward(minutes=10)
    await all_sync(stage.genesis, rounds=2)
    assert stage.hub.calls.count("GET /v1/looks") == before + 1


async def test_a_hub_without_these_pages_is_no_trouble(stage: Stage) -> None:
    stage.hub.tells_nothing = True
    await stage.begin()
    for node in (stage.genesis, stage.lead):
        assert (await node.sync()).troubles == []


async def test_the_leads_node_signs_what_was_decided_once(stage: Stage) -> None:
    await stage.begin()
    stage.decide(3)
    assert [(await stage.lead.sync()).signed for _ in range(2)] == [1, 0]
    await stage.lead.publish()
    identity = stage.decided()[3].identity
    assert identity is not None
    series = stage.scene.state.series[identity]
    assert (series.alerts, series.state) == (tuple(stage.alerts), "proposed")
    await stage.lead.sync()
    received = stage.lead.received(identity)
    assert received is not None and isinstance(received.body, SeriesBody)
    assert (received.body.relation, received.body.reasons[0].field) == ("same_person", "build")


async def test_two_decisions_about_the_same_warnings_are_not_both_signed(stage: Stage) -> None:
    await stage.begin()
    stage.decide(1)
    stage.decide(2, relation="same_incident")
    assert (await stage.lead.sync()).signed == 1
    assert [stage.decided()[number].problem for number in (1, 2)] == [None, "on_its_way"]
    (identity,) = (one.identity for one in stage.decided().values() if one.identity is not None)
    await stage.lead.publish()
    stage.hub.decisions = [{"id": 3, "undo": identity}, {"id": 4, "undo": identity}]
    await stage.lead.sync()
    assert [stage.decided()[number].problem for number in (3, 4)] == [None, "on_its_way"]


async def test_it_takes_back_what_it_said_and_nothing_else(stage: Stage) -> None:
    others = stage.scene.series("merseyside", 3, stage.alerts)
    await stage.begin()
    stage.hub.decisions += [{"id": 1, "undo": others}, {"id": 2, "undo": "ab" * 32}]
    await stage.lead.sync()
    assert {one.problem for one in stage.decided().values()} == {"not_said_here"}
    stage.scene.objection("merseyside", 3, others)
    own = stage.scene.series("lead", 9, stage.alerts)
    stage.lead.know_own_entries()
    stage.hub.decisions = [{"id": 3, "undo": own}]
    await all_sync(stage.lead)
    await stage.lead.publish()
    assert stage.scene.state.series[own].state == "undone"


@pytest.mark.parametrize(
    ("problem", "over"),
    [
        ("not_in_our_log", {"alerts": ["aa" * 32, "bb" * 32]}),
        ("malformed", {"reasons": [{"field": "skin", "speaks": "for", "weight": "strong"}]}),
        ("malformed", {"reasons": REASONS * 2}),
        ("not_in_them", {"reasons": [{"field": "plate", "speaks": "for", "weight": "strong"}]}),
        ("not_in_them", {"reasons": [*REASONS, {"field": "officer", "speaks": "against", "weight": "weak"}]}),
    ],
)
async def test_what_it_cannot_verify_it_does_not_sign_and_says_why(
    stage: Stage, problem: str, over: dict[str, Any]
) -> None:
    await stage.begin()
    stage.decide(1, **over)
    assert (await stage.lead.sync()).signed == 0
    assert stage.decided()[1].problem == problem


async def test_alerts_that_are_taken_back_unreadable_or_not_here_are_not_signed(stage: Stage) -> None:
    scene = stage.scene
    paused, cancelled = (scene.alert("merseyside", 3, audience=EVERYBODY) for _ in range(2))
    unreadable = scene.alert("merseyside", 3)
    practice = scene.alert("merseyside", 3, audience=EVERYBODY, status="exercise")
    withheld = scene.alert("merseyside", 3, audience=EVERYBODY)
    link = scene.state.links[withheld].body
    assert link is not None
    stage.hub.withheld.add(link.digest)
    await stage.begin()
    scene.pause("merseyside", 3, paused)
    scene.cancel("merseyside", 3, cancelled)
    for number, other in enumerate((paused, cancelled, unreadable, practice, withheld)):
        stage.decide(number, alerts=sorted((stage.alerts[0], other)))
    await all_sync(stage.lead)
    problems = [stage.decided()[number].problem for number in range(5)]
    assert problems == ["taken_back", "taken_back", "not_read_here", "practice", "not_read_here"]
    assert len(stage.scene.state.series) == 0


async def test_what_was_not_signed_is_tried_again_and_forgotten_with_the_decision(stage: Stage) -> None:
    standing = stage.scene.series("merseyside", 3, stage.alerts)
    await stage.begin()
    stage.decide(1)
    await stage.lead.sync()
    assert stage.decided()[1].problem == "said_already"
    stage.scene.cancel("merseyside", 3, standing)
    await stage.lead.sync()
    assert stage.decided()[1].identity is not None
    stage.decide(2, alerts=["aa" * 32, "bb" * 32])
    await stage.lead.sync()
    stage.hub.decisions.clear()
    await stage.lead.sync()
    assert set(stage.decided()) == {1}


async def test_a_project_asks_for_no_decisions_and_a_suspended_lead_signs_none(stage: Stage) -> None:
    await stage.begin()
    stage.decide(1)
    assert (await stage.genesis.sync()).signed == 0
    stage.scene.officers("suspend", 9, reason="safeguarding")
    stage.hub.cosign_as(2)
    assert (await stage.lead.sync()).signed == 0
    assert stage.decided() == {}


@pytest.mark.parametrize(
    "told",
    [
        {"id": 1, "relation": "same_person"},
        {"id": 1, "relation": "same_person", "alerts": ["aa" * 32, "bb" * 32], "reasons": REASONS, "undo": "aa" * 32},
        {"id": 1, "relation": "confirmed", "alerts": ["aa" * 32, "bb" * 32], "reasons": REASONS},
        {"id": -1, "undo": "aa" * 32},
    ],
)
async def test_an_answer_that_is_none_is_trouble_and_nothing_is_signed(stage: Stage, told: dict[str, Any]) -> None:
    await stage.begin()
    stage.hub.decisions.append(told)
    report = await stage.lead.sync()
    assert [one.step for one in report.troubles] == [Step.DECISIONS]
    assert report.troubles[0].code.startswith("answer.")


def open_at(node: ExchangeNode) -> str | None:
    with node.store.read() as session:
        return open_reminder(session)


async def heard_again(stage: Stage, says: str | None) -> str | None:
    stage.hub.reminded_on = says
    stage.clock.forward(minutes=LOOKS_EVERY / dt.timedelta(minutes=1))
    await stage.genesis.sync()
    return open_at(stage.genesis)


async def test_a_reminder_is_kept_once_a_day_whatever_the_hub_says(stage: Stage) -> None:
    await stage.begin()
    today = stage.genesis.desk.today
    yesterday, tomorrow = today - dt.timedelta(days=1), today + dt.timedelta(days=1)
    assert await heard_again(stage, None) is None
    assert await heard_again(stage, tomorrow.isoformat()) is None, "of a day to come"
    assert await heard_again(stage, yesterday.isoformat()) == yesterday.isoformat()
    with stage.genesis.store.begin() as session:
        answer_reminder(session)
    assert await heard_again(stage, yesterday.isoformat()) is None, "somebody has seen to it"
    assert await heard_again(stage, "2020-01-01") is None, "an earlier one"
    assert await heard_again(stage, today.isoformat()) == today.isoformat()
    stage.hub.tells_nothing = True
    assert await heard_again(stage, None) == today.isoformat(), "a hub without the page takes none back"


async def test_a_reminder_that_is_no_day_is_not_kept(stage: Stage) -> None:
    await stage.begin()
    stage.hub.reminded_on = "ring Roz on 07700 900611"
    stage.clock.forward(minutes=LOOKS_EVERY / dt.timedelta(minutes=1))
    report = await stage.genesis.sync()
    assert [one.step for one in report.troubles] == [Step.LOOKS] and open_at(stage.genesis) is None
