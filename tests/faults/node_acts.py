"""What a node does that is durable, each as one scenario, on records that are the same at every beginning."""

import datetime as dt
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import msgspec

from hub.actions.hub_desk import open_hub_desk
from hub.actions.index_bodies import index_bodies
from hub.actions.remind_member import remind_member
from hub.actions.tell_origins import open_alert_body
from node.actions.answer_reminder import answer_reminder
from node.actions.answer_series import agree_to_series, object_to_series, take_back_series
from node.actions.approve_figures import approve_figures
from node.actions.case_desk import voice_of
from node.actions.change_permission import change_permission
from node.actions.erase_report import erase_report
from node.actions.hold_report import hold_report
from node.actions.import_sheet import import_sheet
from node.actions.prepare_figures import prepare_figures
from node.actions.propose_series import propose_series
from node.actions.release_danger_now import release_danger_now
from node.actions.rewrap_keys import rewrap_keys
from node.actions.show_figures import show_figures
from node.actions.show_release import show_release
from node.actions.take_back_figures import take_back_figures
from node.exchange.membership import leave, rotate_keys, rotate_seal
from node.store.permissions import Given
from protocol.body_fields import SeriesReason
from protocol.house.actions.add_person import add_person
from protocol.house.store.people import insert_person
from tests.builders import some_scheme_data
from tests.federation.network import Federation, federation
from tests.federation.project import RELEASER, WRITER, Node

SHEETS: Final = Path(__file__).parents[2] / "deploy" / "demo"
SENT, COUNTED = "2026-Q2", "2026-Q3"
"""Quarters: figures of the first have left when a scenario begins."""

SECOND, ANALYST, OPERATOR = "Dana", "Lena", "Otto"


class Spoken(msgspec.Struct, frozen=True):
    """What was said that is no warning, when a scenario of `SPEECH` begins; and figures of `SENT` have left.

    Attributes:
        own, theirs: warnings of Genesis and of Bradford that stand and are in no series.
        ours, asked: series that Genesis and that Bradford said.
    """

    own: str
    theirs: str
    ours: str
    asked: str


class Plan(msgspec.Struct, frozen=True):
    """Genesis's records when a scenario begins.

    Attributes:
        now: of everybody's clock.
        out, other: releases in force everywhere. draft: shown to nobody yet. unsent: approved, and in the outbox.
        report: nothing was made of it yet. out_report: that of `out`.
        taken_back, new: Bradford's warnings. Genesis holds the first, which was cancelled since, and not the second.
        spoken: None but for the scenarios of `SPEECH`.
    """

    now: dt.datetime
    out: int
    out_report: int
    other: int
    draft: int
    unsent: int
    report: int
    taken_back: str
    new: str
    spoken: Spoken | None = None


async def build_history(folder: Path) -> Plan:
    """Three projects with warnings in every state; closed again."""
    return await _build(folder, speaking=False)


async def build_speaking(folder: Path) -> Plan:
    """The same, with series and figures, a look and a reminder."""
    return await _build(folder, speaking=True)


async def _build(folder: Path, *, speaking: bool) -> Plan:
    async with federation(folder, 1) as fed:
        genesis, bradford = fed.genesis, fed.bradford
        if speaking:
            await _say_figures(fed)
        out_report = genesis.report()
        out = genesis.draft(out_report)
        first = genesis.release(out)
        other = genesis.draft(genesis.report())
        second = genesis.release(other)
        theirs = bradford.draft(bradford.report())
        taken_back = bradford.release(theirs)
        await fed.settle()
        spoken = await _say_series(fed, first, second) if speaking else None
        bradford.withdraw(theirs)
        new = bradford.warn(bradford.report())
        await bradford.publish()
        draft = genesis.draft(genesis.report())
        unsent = genesis.draft(genesis.report())
        genesis.release(unsent)
        day = fed.clock().date()
        report = genesis.report(scheme=some_scheme_data(incident_types=("rape",), date_min=day, date_max=day))
        return Plan(fed.clock(), out, out_report, other, draft, unsent, report, taken_back, new, spoken)


async def _say_figures(fed: Federation) -> None:
    """Of one project's figures a quarter leaves a day: the next may leave on the day after."""
    add_person(fed.genesis.cases, name=SECOND, role="coordinator", by=RELEASER, now=fed.clock())
    _prepare(fed, SENT)
    _let_out(fed, SENT)
    await fed.settle()
    fed.clock.forward(days=1)


async def _say_series(fed: Federation, first: str, second: str) -> Spoken:
    """Of Genesis's second warning with each of two of Bradford's; somebody looks at the first, and it is reminded."""
    bradford = fed.bradford
    theirs = (bradford.warn(bradford.report()), bradford.warn(bradford.report()))
    await fed.settle()
    ours, asked = _propose(fed, fed.genesis, second, theirs[0]), _propose(fed, bradford, second, theirs[1])
    await fed.settle()
    _look_at(fed, first)
    _remind(fed)
    return Spoken(first, theirs[0], ours, asked)


def _look_at(fed: Federation, chain: str) -> None:
    """Somebody opens it at the hub: its origin is told at its next round."""
    hub = fed.hub
    desk = open_hub_desk(hub.config, hub.store, hub.epochs())
    with desk.store.begin() as session:
        insert_person(session, ANALYST, ["lead"], fed.clock(), police=False)
    index_bodies(hub.store, hub.view, hub.epochs())
    open_alert_body(hub.store, hub.view, hub.epochs(), chain, "possible_series", by=ANALYST, now=fed.clock())


def _remind(fed: Federation) -> None:
    """An operator reminds Genesis of what it has not confirmed: it hears of it at its next round."""
    desk = open_hub_desk(fed.hub.config, fed.hub.store, fed.hub.epochs())
    with desk.store.begin() as session:
        insert_person(session, OPERATOR, ["operator"], fed.clock(), police=False)
    remind_member(desk, 1, by=OPERATOR, now=fed.clock())


def _propose(fed: Federation, node: Node, *alerts: str) -> str:
    return propose_series(
        node.cases,
        node.voice(),
        node.view.state,
        alerts=alerts,
        relation="same_person",
        reasons=(SeriesReason(field="plate", speaks="for", weight="strong"),),
        by=RELEASER,
        now=fed.clock(),
    )


def _prepare(fed: Federation, quarter: str) -> None:
    prepare_figures(fed.genesis.cases, quarter=quarter, registered=None, by=RELEASER, now=fed.clock())


def _let_out(fed: Federation, quarter: str) -> None:
    cases, voice, now = fed.genesis.cases, fed.genesis.voice(), fed.clock()
    shown = show_figures(cases, quarter=quarter, by=SECOND, now=now)
    approve_figures(cases, voice, quarter=quarter, digest=shown.kept.digest, by=SECOND, now=now)


Act = Callable[[Federation, Any], Awaitable[None]]


async def _take_report(fed: Federation, plan: Plan) -> None:
    fed.genesis.report()


async def _draft_and_release(fed: Federation, plan: Plan) -> None:
    fed.genesis.release(plan.draft)
    await fed.genesis.publish()


async def _publish(fed: Federation, plan: Plan) -> None:
    await fed.genesis.publish()


async def _update(fed: Federation, plan: Plan) -> None:
    fed.genesis.release(fed.genesis.draft_update(plan.out, severity="extreme"))
    await fed.genesis.publish()


async def _pause(fed: Federation, plan: Plan) -> None:
    fed.genesis.pause(plan.out)
    await fed.genesis.publish()


async def _withdraw(fed: Federation, plan: Plan) -> None:
    fed.genesis.withdraw(plan.out)
    await fed.genesis.publish()


async def _stop_sharing(fed: Federation, plan: Plan) -> None:
    node = fed.genesis
    given = Given(witness=WRITER)
    change_permission(node.cases, None, report_id=plan.out_report, given=given, by=WRITER, now=fed.clock())
    await node.publish()


async def _erase(fed: Federation, plan: Plan) -> None:
    now, reason = fed.clock(), "asked_by_person_harmed"
    erase_report(fed.genesis.cases, None, report_id=plan.out_report, reason=reason, by=RELEASER, now=now)
    await fed.genesis.publish()


async def _hold(fed: Federation, plan: Plan) -> None:
    cases, now = fed.genesis.cases, fed.clock()
    hold_report(
        cases,
        report_id=plan.report,
        ground="court_proceedings",
        reference="a reference",
        by=RELEASER,
        second=WRITER,
        now=now,
    )


async def _sync(fed: Federation, plan: Plan) -> None:
    await fed.genesis.sync()


async def _rewrap(fed: Federation, plan: Plan) -> None:
    cases, now = fed.genesis.cases, fed.clock()
    rewrap_keys(cases, now=now, at_once=True)
    rewrap_keys(cases, now=now + dt.timedelta(days=8))


async def _rotate_seal(fed: Federation, plan: Plan) -> None:
    node = fed.genesis
    rotate_seal(node.desk)
    await node.publish()
    await node.sync()


async def _rotate(fed: Federation, plan: Plan) -> None:
    node = fed.genesis
    rotate_keys(node.desk, ("sign", "online"), by=RELEASER, now=fed.clock())
    await node.publish()
    await node.sync()


async def _import_sheet(fed: Federation, plan: Plan) -> None:
    sheet, mapping = SHEETS / "genesis.csv", SHEETS / "genesis.mapping.toml"
    import_sheet(fed.genesis.cases, path=sheet, mapping_path=mapping, by=RELEASER, now=fed.clock())


async def _danger_now(fed: Federation, plan: Plan) -> None:
    node, now = fed.genesis, fed.clock()
    draft = node.draft(plan.report, danger_now=True)
    shown = show_release(node.cases, release_id=draft, by=WRITER, now=now)
    voice = voice_of(node.view, node.keyring)
    release_danger_now(node.cases, voice, release_id=draft, digest=shown.digest, by=WRITER, now=now)
    await node.publish()


async def _figures(fed: Federation, plan: Plan) -> None:
    _prepare(fed, COUNTED)
    _let_out(fed, COUNTED)
    await fed.genesis.publish()


async def _take_back_figures(fed: Federation, plan: Plan) -> None:
    take_back_figures(fed.genesis.cases, fed.genesis.voice(), quarter=SENT, by=SECOND, now=fed.clock())
    await fed.genesis.publish()


async def _propose_series(fed: Federation, plan: Plan) -> None:
    assert plan.spoken is not None
    _propose(fed, fed.genesis, plan.spoken.own, plan.spoken.theirs)
    await fed.genesis.publish()


def _answer(fed: Federation, plan: Plan, *, ours: bool = False) -> dict[str, Any]:
    assert plan.spoken is not None
    node, identity = fed.genesis, plan.spoken.ours if ours else plan.spoken.asked
    said = {"identity": identity, "by": RELEASER, "now": fed.clock()}
    return {"desk": node.cases, "voice": node.voice(), "state": node.view.state} | said


async def _agree(fed: Federation, plan: Plan) -> None:
    agree_to_series(**_answer(fed, plan))
    await fed.genesis.publish()


async def _object(fed: Federation, plan: Plan) -> None:
    object_to_series(**_answer(fed, plan), reason="different_person")
    await fed.genesis.publish()


async def _undo(fed: Federation, plan: Plan) -> None:
    take_back_series(**_answer(fed, plan, ours=True))
    await fed.genesis.publish()


async def _hear_and_answer(fed: Federation, plan: Plan) -> None:
    await fed.genesis.sync()
    answer_reminder(fed.genesis.cases, by=RELEASER, now=fed.clock())


async def _leave(fed: Federation, plan: Plan) -> None:
    """Two sendings: the leave goes once nothing else waits."""
    node = fed.genesis
    leave(node.desk, by=RELEASER, now=fed.clock())
    await node.publish()
    await node.publish()
    await node.sync()


LEAVING: Final = "the project leaves"
REMINDED: Final = "a look at its warning and a reminder are heard of, and answered"

ACTS: Final[dict[str, Act]] = {
    "a report is taken": _take_report,
    "a warning is released and sent": _draft_and_release,
    "danger now": _danger_now,
    "what waits is sent": _publish,
    "an update": _update,
    "a pause": _pause,
    "a warning is taken back": _withdraw,
    "she stops sharing": _stop_sharing,
    "a report is erased": _erase,
    "a report is held": _hold,
    "a round of sync": _sync,
    "the keys at rest are changed": _rewrap,
    "the seal key is rotated": _rotate_seal,
    "the keys that sign are rotated": _rotate,
    "a sheet is imported": _import_sheet,
}

SPEECH: Final[dict[str, Act]] = {
    "figures are let out": _figures,
    "figures are taken back": _take_back_figures,
    "a series is said": _propose_series,
    "a series is agreed to": _agree,
    "a series is objected to": _object,
    "a series is taken back": _undo,
    REMINDED: _hear_and_answer,
    LEAVING: _leave,
}
"""Scenarios that begin with series and figures said."""
