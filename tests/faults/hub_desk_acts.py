"""What people do at a hub's pages that is durable, each as one scenario; all that was done before is told as done."""

import datetime as dt
from pathlib import Path
from typing import Any, Final

import msgspec

from hub.actions.decide_series import decide_series
from hub.actions.freeze_release import FiguresDesk, ask_for_release, confirm_release
from hub.actions.hub_desk import HubHouse
from hub.actions.index_bodies import index_bodies
from hub.actions.read_figures import FiguresKeys
from hub.actions.tell_origins import LOOKED, open_alert_body
from hub.api.hub import Hub
from hub.store import deciding, releases
from hub.store.key_files import load_figures_key
from hub.store.release_files import read_release_files
from protocol.house.core.audit import AuditHead
from protocol.house.core.errors import NotFound, Refused
from protocol.house.core.staff import Staff
from protocol.house.store import audit
from protocol.house.store.people import person_id
from protocol.statement_fields import Audience
from tests.faults.hub_acts import Ask
from tests.hub.ground import Ground, running_ground
from tests.hub.web.client import ANALYST, LEAD, add_people

LEAD_MEMBER: Final = 9
ALL_REGIONS: Final = Audience(members=(LEAD_MEMBER,), regions=("merseyside", "west-yorkshire"))
QUARTER: Final = "2026-Q4"
NEW_YEAR: Final = dt.datetime(2027, 1, 4, 12, tzinfo=dt.UTC)


class DeskPlan(msgspec.Struct, frozen=True):
    """Warnings of Genesis and Merseyside that may be of the same person."""

    alerts: tuple[str, str]


async def build_desk_history(database: str, folder: Path) -> DeskPlan:
    """A hub with three projects, a lead, two warnings that it has read, and people; closed again."""
    async with running_ground(database, folder) as ground:
        await ground.three_projects()
        await ground.admit("lead", LEAD_MEMBER, {"genesis": 1, "bradford": 2}, role="lead", region=None, police="no")
        await ground.cosign()
        add_people(ground)
        scene, hub = ground.scene, ground.hub
        alerts = tuple(
            scene.alert(name, member, audience=ALL_REGIONS) for name, member in (("genesis", 1), ("merseyside", 3))
        )
        await ground.ok()
        index_bodies(hub.store, hub.view, hub.epochs())
        return DeskPlan((alerts[0], alerts[1]))


async def _look(ground: Ground, plan: DeskPlan) -> Any:
    hub = ground.hub
    chain, now = plan.alerts[0], ground.clock.now
    open_alert_body(hub.store, hub.view, hub.epochs(), chain, "possible_series", by=ANALYST, now=now)


async def _decide(ground: Ground, plan: DeskPlan) -> Any:
    hub = ground.hub
    try:
        decide_series(hub.store, hub.view, hub.epochs(), "same_person", plan.alerts, by=LEAD, now=ground.clock.now)
    except Refused as refused:
        assert refused.code == "refused.series", refused.code


async def _freeze(ground: Ground, plan: DeskPlan) -> Any:
    """One asks, another confirms; the release is what was acknowledged."""
    hub = ground.hub
    keys = FiguresKeys(hub.epochs(), load_figures_key(hub.config.keys_dir))
    desk = FiguresDesk(HubHouse(hub.store), hub.view, keys, hub.config.releases_dir)
    try:
        ask_for_release(desk, _staff(hub, LEAD, "lead"), QUARTER, NEW_YEAR)
    except Refused as refused:
        assert refused.code in ("refused.waits", "refused.quarter"), refused.code
    try:
        confirm_release(desk, _staff(hub, ANALYST, "analyst"), QUARTER, NEW_YEAR)
    except NotFound as done:
        assert done.code == "not_found.request", done.code
    with hub.store.read() as session:
        return {"frozen": [one.quarter for one in releases.all_releases(session)]}


def _staff(hub: Hub, name: str, role: str) -> Staff:
    with hub.store.read() as session:
        return Staff(id=person_id(session, name), name=name, roles=frozenset({role}), police=False)


def require_accounted(hub: Hub) -> None:
    """Looks, decisions and releases stand once, and where they must stand twice they say the same.

    Raises:
        AssertionError: they do not.
    """
    with hub.store.read() as session:
        looks = deciding.looks_after(session, 1, None, 256)
        noted = [entry for entry in audit.read_trail(session) if entry.verb == LOOKED]
        decided, frozen = deciding.decisions(session), releases.all_releases(session)
        assert isinstance(audit.verify_audit(session), AuditHead), "the trail is broken (promise 14)"
    assert len(looks) == len(noted), "a look that its origin is not told of, or that is not in the trail (promise 14)"
    assert len(decided) <= 1 and len(frozen) <= 1, "something stands twice (promise 8)"
    kept = read_release_files(hub.config.releases_dir)
    assert list(kept.values()) == frozen, "a release is not outside the database as it is within (promise 13)"


DESK: Final[dict[str, Ask]] = {
    "a look at a warning": _look,
    "a series is decided": _decide,
    "a release is frozen": _freeze,
}
"""Scenarios that begin with people and a lead."""
