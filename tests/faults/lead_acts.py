"""What a national lead's node does that is durable and no project's does: it signs what was decided at the hub."""

import datetime as dt
from pathlib import Path
from typing import Final

import msgspec

from hub.actions.decide_series import decide_series
from hub.actions.index_bodies import index_bodies
from protocol.house.store.people import insert_person
from tests.faults.node_acts import Act
from tests.federation.network import Federation, federation

LEADER: Final = "Lena"


class LeadPlan(msgspec.Struct, frozen=True):
    """A decision that waits at the hub when a scenario begins.

    Attributes:
        now: of everybody's clock.
        alerts: warnings of Genesis and Merseyside that are said to be of the same person.
    """

    now: dt.datetime
    alerts: tuple[str, str]


async def build_decided(folder: Path) -> LeadPlan:
    """Three projects and a lead whose node holds two warnings; closed again."""
    async with federation(folder, 1) as fed:
        await fed.join_lead(police=False)
        alerts = (fed.genesis.warn(fed.genesis.report()), fed.merseyside.warn(fed.merseyside.report()))
        await fed.settle()
        hub, now = fed.hub, fed.clock()
        index_bodies(hub.store, hub.view, hub.epochs())
        with hub.store.begin() as session:
            insert_person(session, LEADER, ["lead"], now, police=False)
        decide_series(hub.store, hub.view, hub.epochs(), "same_person", alerts, by=LEADER, now=now)
        return LeadPlan(now, alerts)


async def _sign(fed: Federation, plan: LeadPlan) -> None:
    """A round hears of the decision and signs it, and what waits is sent."""
    await fed.nodes["lead"].sync()
    await fed.nodes["lead"].publish()


DECIDED: Final[dict[str, Act]] = {"a lead's decision is signed": _sign}
"""Scenarios in which the lead's node dies."""
