"""The national lead: decides on the hub's pages, signs at its own node, waits for the projects concerned."""

from pathlib import Path
from typing import Any

import pytest

from hub.actions.decide_series import decide_series, decisions_waiting, forget_decisions, undo_series
from hub.actions.hub_desk import open_hub_desk
from hub.actions.index_bodies import index_bodies
from hub.actions.tell_origins import open_alert_body
from node.actions.answer_series import object_to_series
from node.actions.show_looks import show_looks
from node.actions.show_series import list_series
from node.store.alarms import alarms
from protocol.house.core.errors import Refused
from protocol.house.store.people import insert_person
from tests.builders import some_scheme_data
from tests.federation.network import Federation, federation
from tests.federation.project import RELEASER, Node

LENA = "Lena"


async def two_warnings(fed: Federation, **over: Any) -> tuple[str, str]:
    """Of Genesis and of Merseyside, read by the lead; and somebody decides at the hub."""
    alerts = (fed.genesis.warn(fed.genesis.report(**over)), fed.merseyside.warn(fed.merseyside.report(**over)))
    await fed.settle()
    index_bodies(fed.hub.store, fed.hub.view, fed.hub.epochs())
    desk = open_hub_desk(fed.hub.config, fed.hub.store, fed.hub.epochs())
    with desk.store.begin() as session:
        insert_person(session, LENA, ["lead"], fed.clock(), police=False)
    return alerts


def decide(fed: Federation, alerts: tuple[str, str]) -> int:
    hub = fed.hub
    return decide_series(hub.store, hub.view, hub.epochs(), "same_person", alerts, by=LENA, now=fed.clock())


def stands(node: Node) -> list[str]:
    shown = list_series(node.cases, node.view, node.desk.epochs(), by=RELEASER, now=node.clock())
    return [one.standing.stands for one in shown]


async def test_what_the_lead_decides_is_signed_at_its_node_and_waits_for_those_concerned(tmp_path: Path) -> None:
    async with federation(tmp_path) as fed:
        lead = await fed.join_lead(police=False)
        alerts = await two_warnings(fed)
        assert set(alerts) <= lead.reads()
        decide(fed, alerts)
        await fed.round()
        await fed.round()
        (identity,) = fed.hub.view.refresh().state.series
        assert fed.hub.view.now.state.links[identity].origin == 9
        await fed.round()
        assert stands(fed.genesis) == stands(fed.merseyside) == ["waits_for_us"]
        assert stands(fed.bradford) == [] and identity not in fed.bradford.reads()
        forget_decisions(fed.hub.store, fed.hub.view, fed.clock().date())
        assert decisions_waiting(fed.hub.store) == []
        fed.clock.forward(days=4)
        await fed.settle()
        assert stands(fed.bradford) == ["told"] and identity in fed.bradford.reads()
        undo_series(fed.hub.store, fed.hub.view, identity, by=LENA, now=fed.clock())
        await fed.settle()
        assert fed.hub.view.refresh().state.series[identity].state == "undone"
        assert all(identity not in node.reads() for node in fed.nodes.values())


async def test_an_objection_within_the_wait_reaches_the_lead_and_nobody_else_is_told(tmp_path: Path) -> None:
    async with federation(tmp_path) as fed:
        lead = await fed.join_lead(police=False)
        decide(fed, await two_warnings(fed))
        await fed.settle()
        (identity,) = fed.hub.view.refresh().state.series
        node = fed.merseyside
        object_to_series(
            node.cases,
            node.voice(),
            node.view.state,
            identity=identity,
            reason="too_little_to_say",
            by=RELEASER,
            now=fed.clock(),
        )
        fed.clock.forward(days=5)
        await fed.settle()
        (shown,) = list_series(lead.cases, lead.view, lead.desk.epochs(), by=RELEASER, now=fed.clock())
        assert (shown.standing.stands, shown.objection) == ("ended", "there is too little to say so")
        assert stands(fed.bradford) == []


@pytest.mark.parametrize("police_may", [True, False])
async def test_a_police_lead_reads_and_says_only_what_police_may_read(tmp_path: Path, police_may: bool) -> None:
    async with federation(tmp_path) as fed:
        lead = await fed.join_lead(police=True)
        answers = {"record": "yes", "warn_own": "yes", "warn_others": "yes"}
        alerts = await two_warnings(fed, answers=answers | ({"police_anonymous": "yes"} if police_may else {}))
        assert (set(alerts) <= lead.reads()) is police_may
        audiences = [fed.hub.view.refresh().state.links[one].audience for one in alerts]
        assert [one is not None and 9 in one.members for one in audiences] == [police_may] * 2
        with lead.store.read() as session:
            assert alarms(session) == []
        if police_may:
            assert decide(fed, alerts)
        else:
            with pytest.raises(Refused, match="no lead's node may read"):
                decide(fed, alerts)


async def test_whose_warning_was_looked_at_is_told_so(tmp_path: Path) -> None:
    async with federation(tmp_path) as fed:
        await fed.join_lead(police=False)
        own, other = await two_warnings(fed, scheme=some_scheme_data())
        hub = fed.hub
        open_alert_body(hub.store, hub.view, hub.epochs(), own, "possible_series", by=LENA, now=fed.clock())
        fed.clock.forward(minutes=10)
        await fed.round()
        (look,) = show_looks(fed.genesis.cases, own)
        assert (look.role, look.reason, look.alert) == ("lead", "possible_series", own)
        assert show_looks(fed.merseyside.cases, other) == []
