"""Steps 14 and 15: what the hub tells beside the log. It proves nothing, so nothing is obeyed that is not judged here.

A hub without these pages tells nothing, and that is no trouble. Source: spec/exchange.md §8.
"""

import asyncio
from collections.abc import Sequence, Set
from typing import Final

from nacl.utils import random
from sqlmodel import Session

from node.core.series import SERIES_WORDS, speaks_of
from node.exchange.answers import DecisionTold, HubRefused, LookTold
from node.exchange.desk import Desk
from node.exchange.speaking import say
from node.store.inbox import held_identities, received_body
from node.store.outbox import on_their_way
from node.store.told import Look, decided, forget_unsigned, keep_decision, keep_look, keep_reminder, last_look
from protocol.at_rest import SealBroken
from protocol.bodies import SALT_BYTES, encode_body
from protocol.body_fields import AlertBody, SeriesBody
from protocol.errors import BodyInvalid
from protocol.replay import Member, may_read
from protocol.series_reasons import can_be_reason

_NO_SUCH_PAGE: Final = frozenset({404, 405})
"""HTTP statuses of a hub of an earlier build."""


async def hear_looks(desk: Desk) -> int:
    """Step 14: asks who looked at our warnings, and keeps it; how many there were.

    Raises:
        NodeError, AnswerInvalid: as the client.
    """
    if desk.view.member_id is None:
        return 0

    def after() -> str | None:
        with desk.store.read() as session:
            return last_look(session)

    try:
        told = await desk.client.looks(await asyncio.to_thread(after))
    except HubRefused as refused:
        if refused.status in _NO_SUCH_PAGE:
            return 0
        raise
    return await asyncio.to_thread(_keep_looks, desk, told)


async def hear_reminder(desk: Desk) -> bool:
    """Step 14: asks whether somebody at the hub reminds us of deletions not confirmed; whether that was new.

    Of one day at most once, and of no day to come: whatever the hub says, people are asked once a day at most.

    Raises:
        NodeError, AnswerInvalid: as the client.
    """
    if desk.view.member_id is None:
        return False
    try:
        asked_on = await desk.client.reminder()
    except HubRefused as refused:
        if refused.status in _NO_SUCH_PAGE:
            return False
        raise
    if asked_on is None or asked_on > desk.today.isoformat():
        return False
    return await asyncio.to_thread(_keep_reminder, desk, asked_on)


def _keep_reminder(desk: Desk, asked_on: str) -> bool:
    with desk.store.begin() as session:
        return keep_reminder(session, asked_on)


def _keep_looks(desk: Desk, told: Sequence[LookTold]) -> int:
    """Those at warnings of ours; of others' we were not to hear."""
    ours = [one for one in told if _is_ours(desk, one.alert)]
    if ours:
        with desk.store.begin() as session:
            for one in ours:
                look = Look(id=one.id, alert=one.alert, day=one.day, role=one.role, reason=one.reason)
                keep_look(session, look, desk.now())
    return len(ours)


def _is_ours(desk: Desk, alert: str) -> bool:
    chain = desk.view.state.chains.get(alert)
    return chain is not None and chain.origin == desk.view.member_id


async def sign_decisions(desk: Desk) -> int:
    """Step 15, at a lead's node: signs what was decided on the hub's pages and what it can verify itself; how many.

    A crash before the commit: nothing is signed, and the hub tells it again. After it: the outbox sends; what is told
    once more is known to be signed.

    Raises:
        NodeError, AnswerInvalid: as the client.
        Misconfigured: `config.no_sign_key`.
    """
    member = desk.view.member
    if member is None or member.role != "lead" or member.status != "active" or desk.view.state.stopped is not None:
        return 0
    try:
        told = await desk.client.decisions()
    except HubRefused as refused:
        if refused.status in _NO_SUCH_PAGE:
            return 0
        raise
    return await asyncio.to_thread(_sign, desk, member, told)


def _sign(desk: Desk, member: Member, told: Sequence[DecisionTold]) -> int:
    signed = 0
    with desk.store.begin() as session:
        known = decided(session)
        for one in told:
            if one.id in known and known[one.id].identity is not None:
                continue
            problem = _problem(desk, session, member, one)
            identity = _said(desk, session, one) if problem is None else None
            signed += identity is not None
            keep_decision(session, one.id, desk.now(), identity=identity, problem=problem)
        forget_unsigned(session, [one.id for one in told])
    return signed


def _problem(desk: Desk, session: Session, member: Member, one: DecisionTold) -> str | None:
    """Why a lead's node does not say it (`core.series.UNSIGNED` has the words), or None."""
    said_before = on_their_way(session, desk.view.state.statements, SERIES_WORDS)
    if any(speaks_of(said, about=one.undo, alerts=one.alerts) for said in said_before):
        return "on_its_way"
    return _problem_of_undo(desk, member, one.undo) if one.undo else _problem_of_series(desk, session, member, one)


def _problem_of_undo(desk: Desk, member: Member, undo: str) -> str | None:
    series, link = desk.view.state.series.get(undo), desk.view.state.links.get(undo)
    if series is None or link is None or link.origin != member.id:
        return "not_said_here"
    return None if series.ended is None else "ended"


def _problem_of_series(desk: Desk, session: Session, member: Member, one: DecisionTold) -> str | None:
    assert one.alerts is not None
    held = held_identities(session)
    found = (_problem_of_alert(desk, member, alert, held) for alert in one.alerts)
    problem = next((one for one in found if one is not None), None)
    if problem is not None:
        return problem
    standing = (series for series in desk.view.state.series.values() if series.ended is None)
    if any(series.alerts == one.alerts for series in standing):
        return "said_already"
    try:
        encode_body(_body_of(one))
    except BodyInvalid:
        return "malformed"
    if list(one.alerts) != sorted(set(one.alerts)):
        return "malformed"
    return _problem_of_reasons(desk, session, one)


def _problem_of_reasons(desk: Desk, session: Session, one: DecisionTold) -> str | None:
    """Held against the bodies in force: what they do not state speaks for nothing, whatever the hub says."""
    assert one.alerts is not None and one.reasons is not None
    bodies = [_alert_body(desk, session, desk.view.state.chains[alert].head) for alert in one.alerts]
    known = [body for body in bodies if body is not None]
    if len(known) < len(bodies):
        return "not_read_here"
    return None if all(can_be_reason(reason, known) for reason in one.reasons) else "not_in_them"


def _alert_body(desk: Desk, session: Session, identity: str) -> AlertBody | None:
    try:
        received = received_body(session, identity, desk.epochs())
    except SealBroken:
        return None
    return received.body if received is not None and isinstance(received.body, AlertBody) else None


def _problem_of_alert(desk: Desk, member: Member, alert: str, held: Set[str]) -> str | None:
    state = desk.view.state
    chain = state.chains.get(alert)
    if chain is None:
        return "not_in_our_log"
    head = state.links[chain.head]
    if chain.cancelled is not None or head.gone is not None or head.body is None:
        return "taken_back"
    if chain.status != "actual":
        return "practice"
    readable = may_read(state, member.id, head, desk.view.confirmed_size, desk.today.isoformat())
    return None if readable and chain.head in held else "not_read_here"


def _said(desk: Desk, session: Session, one: DecisionTold) -> str:
    if one.undo is not None:
        return say(desk, session, "cancel", supersedes=one.undo)
    return say(desk, session, "series", alerts=one.alerts, body=_body_of(one))


def _body_of(one: DecisionTold) -> SeriesBody:
    assert one.relation is not None and one.reasons is not None
    salt = random(SALT_BYTES).hex()
    return SeriesBody(type="series.v1", salt=salt, relation=one.relation, reasons=one.reasons)
