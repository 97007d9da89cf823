"""Builds what would leave now: permission, rules, composition, private words, audience. Used to draft and to approve.

The approver's bytes are those that this builds again at that moment: nothing that changed since can slip through.
"""

from datetime import datetime
from typing import Final

import msgspec
from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.core import assessment
from node.core.audience import compose_audience
from node.core.compose import Choices, Ground, compose_body
from node.core.danger_now import LEASE_DAYS, require_listed
from node.core.leak.check import Rules, check_alert, require_no_hard_stop
from node.core.leak.found import Found
from node.core.permissions import (
    Condition,
    Switch,
    allows,
    regions_excluded,
    require_permission,
    standing_now,
    town_is_excluded,
)
from node.core.release import Composed, Release, Scope
from node.core.report import (
    Facts,
    Report,
    is_locked_by_age,
    require_alive,
    require_permission_counts,
    require_releasable,
)
from node.core.safeguarding import (
    NO_TOWN,
    on_its_face,
    require_may_warn,
    require_no_hint,
    require_still_without_hints,
    without_hints,
)
from node.core.scheme_data import SchemeData
from node.core.taken_back import require_may_stand
from node.core.voice import Voice
from node.store.authorisers import require_known_authoriser
from node.store.permissions import read_entries
from node.store.releases import read_composed
from node.store.report_parts import read_statutory
from node.store.reports import get_report, read_private_parts, read_scheme_data
from node.store.scheme_rules import read_scheme_rules
from protocol.bodies import encode_body, parse_body
from protocol.body_fields import AlertBody
from protocol.errors import BodyInvalid
from protocol.house.core.errors import Refused
from protocol.statement_fields import Audience

LONGEST_OWN_LEASE: Final = 365
"""Days; a warning to our own people knows no charter."""


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """What would leave now, and whether police could read it."""

    composed: Composed
    body: AlertBody


class _Allowed(msgspec.Struct, frozen=True, kw_only=True):
    """What may be let out: by the permissions, or for somebody under 18 by two people who asked.

    Attributes:
        facts: as the warning says them.
        data: what it is built of.
    """

    facts: Facts
    data: SchemeData
    conditions: tuple[Condition, ...]
    police: bool
    own_may_know: bool


def build_warning(
    session: Session,
    desk: CaseDesk,
    voice: Voice | None,
    *,
    report_id: int,
    scope: Scope,
    choices: Choices,
    salt: str,
    now: datetime,
) -> Built:
    """The warning as it would leave at this moment.

    Args:
        voice: None will do for scope `own`.
        salt: 64 hex digits; the same salt and record give the same bytes.

    Raises:
        Locked, NoPermission, PrivateWords, Refused: the first rule that says no.
        NotFound: `not_found.report`, `not_found.erased`.
    """
    report = get_report(session, desk.vault, report_id)
    require_alive(report.facts)
    data = read_scheme_data(session, desk.vault, report_id)
    allowed = _allowed(session, desk, report, data, scope, choices, now)
    if choices.danger_now:
        require_listed(data, now)
    body = compose_body(allowed.data, choices, _ground(report, allowed, scope, salt, now))
    require_no_hard_stop(_found(session, desk, report_id, body, data))
    audience = None if scope == "own" else _audience(desk, voice, choices, allowed, police=body.police == "yes")
    lease = _lease(data, choices, LONGEST_OWN_LEASE if voice is None else voice.charter.lease_max_days)
    composed = Composed(choices=choices, stored=_stored(body), audience=audience, lease_days=lease)
    return Built(composed=composed, body=body)


def require_still_allowed(session: Session, desk: CaseDesk, release: Release, now: datetime) -> None:
    """Refuses what is out and could not be let out by what is known now. What only grew older is no reason.

    Raises:
        Locked, NoPermission, PrivateWords, Refused: the first rule that says no.
        SealBroken: the record or the body does not open.
    """
    report = get_report(session, desk.vault, release.report_id)
    data = read_scheme_data(session, desk.vault, report.id)
    composed = read_composed(session, desk.vault, release.id)
    out = parse_body(composed.stored, "alert.v1")
    assert isinstance(out, AlertBody)
    allowed = _allowed(session, desk, report, data, release.scope, composed.choices, now)
    if is_locked_by_age(report.facts):
        require_still_without_hints(out)
    kept_out = regions_excluded(allowed.conditions)
    require_may_stand(
        out,
        compose_body(allowed.data, composed.choices, _ground(report, allowed, release.scope, out.salt, now)),
        composed.audience,
        kept_out=kept_out if allowed.own_may_know else kept_out | {desk.config.region},
        town_allowed=not town_is_excluded(allowed.conditions),
    )
    require_no_hard_stop(_found(session, desk, report.id, out, data))


def found_in(session: Session, desk: CaseDesk, release: Release) -> Found:
    """What the leak check finds in a release by what is known now.

    Raises:
        NotFound: `not_found.release`, `not_found.erased`.
    """
    body = parse_body(read_composed(session, desk.vault, release.id).stored, "alert.v1")
    assert isinstance(body, AlertBody)
    data = read_scheme_data(session, desk.vault, release.report_id)
    return _found(session, desk, release.report_id, body, data)


def _found(session: Session, desk: CaseDesk, report_id: int, body: AlertBody, data: SchemeData) -> Found:
    scheme = read_scheme_rules(session, desk.vault)
    rules = Rules(never_alert=scheme.never_alert, cells=scheme.cells, identifiers=data.identifiers)
    return check_alert(body, read_private_parts(session, desk.vault, report_id), rules)


def _ground(report: Report, allowed: _Allowed, scope: Scope, salt: str, now: datetime) -> Ground:
    return Ground(
        facts=allowed.facts,
        police=allowed.police,
        town_allowed=not town_is_excluded(allowed.conditions),
        own_people=scope == "own",
        day=now.date(),
        taken_on=report.taken_at.date(),
        salt=salt,
    )


def _allowed(
    session: Session,
    desk: CaseDesk,
    report: Report,
    data: SchemeData,
    scope: Scope,
    choices: Choices,
    now: datetime,
) -> _Allowed:
    """No switch, no release; a warning without a reporter has named who authorised it, unless somebody said no."""
    require_releasable(report, data.incident_types)
    if is_locked_by_age(report.facts):
        return _allowed_by_two(session, desk, report, data, choices)
    require_permission_counts(report.facts)
    require_known_authoriser(session, report.facts)
    wanted: tuple[Switch, ...] = ("record", "warn_own" if scope == "own" else "warn_others")
    entries = read_entries(session, desk.vault, report.id)
    if report.facts.source != "report":
        for switch in wanted:
            stands = standing_now(entries, switch, now)
            if stands.answer == "no" or stands.ask_again:
                require_permission(entries, switch, now)
        return _Allowed(facts=report.facts, data=data, conditions=(), police=choices.police, own_may_know=True)
    found = [require_permission(entries, switch, now) for switch in wanted][-1]
    own = standing_now(entries, "warn_own", now)
    return _Allowed(
        facts=report.facts,
        data=data,
        conditions=(*found.conditions, *(own.conditions if own.effective == "yes" else ())),
        police=allows(entries, "police_anonymous", now),
        own_may_know=own.effective == "yes",
    )


def _allowed_by_two(session: Session, desk: CaseDesk, report: Report, data: SchemeData, choices: Choices) -> _Allowed:
    """Under 18 no permission counts: the statutory agency was asked, and a lead and a coordinator answer for it.

    Never to police accounts: the agency that was asked has told whom it must.
    """
    asked = require_may_warn(read_statutory(session, desk.vault, report.id))
    require_no_hint(choices)
    return _Allowed(
        facts=on_its_face(report.facts, asked),
        data=without_hints(data),
        conditions=(NO_TOWN,),
        police=False,
        own_may_know=True,
    )


def _audience(desk: CaseDesk, voice: Voice | None, choices: Choices, allowed: _Allowed, *, police: bool) -> Audience:
    if voice is None:
        raise Refused("no_log", "this node has not joined the exchange yet: it can warn its own people only")
    return compose_audience(
        voice.charter,
        region=choices.region,
        direction=choices.direction,
        choice=choices.audience,
        excluded=regions_excluded(allowed.conditions),
        home_region=desk.config.region,
        own_may_know=allowed.own_may_know,
        with_neighbours=desk.config.neighbours_default,
        danger_now=choices.danger_now,
        leads=[lead.id for lead in voice.leads if police or not lead.police],
    )


def _lease(data: SchemeData, choices: Choices, longest: int) -> int:
    if choices.danger_now:
        return LEASE_DAYS
    if choices.lease_days is None:
        return assessment.derive_lease(data, danger_now=False, longest=longest)
    if choices.lease_days > longest:
        raise Refused("lease", "the members agreed on a shorter time in force")
    return choices.lease_days


def _stored(body: AlertBody) -> bytes:
    try:
        return encode_body(body)
    except BodyInvalid as error:
        raise Refused("body", f"no reader would accept this warning: {error.code}") from error
