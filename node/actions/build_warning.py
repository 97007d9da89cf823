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
from node.core.errors import Refused
from node.core.own_words import require_no_private_words
from node.core.permissions import (
    Condition,
    allows,
    regions_excluded,
    require_permission,
    standing_now,
    town_is_excluded,
)
from node.core.release import Composed, Scope
from node.core.report import Report, require_releasable
from node.core.scheme_data import SchemeData
from node.core.voice import Voice
from node.store.permissions import read_entries
from node.store.reports import get_report, read_private_parts, read_scheme_data
from protocol.bodies import encode_body
from protocol.body_fields import AlertBody
from protocol.errors import BodyInvalid
from protocol.statement_fields import Audience

LONGEST_OWN_LEASE: Final = 365
"""Days; a warning to our own people knows no charter."""


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """What would leave now, and whether police could read it."""

    composed: Composed
    body: AlertBody


class _Allowed(msgspec.Struct, frozen=True, kw_only=True):
    """What the permissions allow of one release."""

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
    data = read_scheme_data(session, desk.vault, report_id)
    require_releasable(report, data.incident_types)
    allowed = _allowed(session, desk, report, scope, choices, now)
    if choices.danger_now:
        require_listed(data, now)
    body = compose_body(
        data,
        choices,
        Ground(
            facts=report.facts,
            police=allowed.police,
            town_allowed=not town_is_excluded(allowed.conditions),
            day=now.date(),
            taken_on=report.taken_at.date(),
            salt=salt,
        ),
    )
    require_no_private_words(body, read_private_parts(session, desk.vault, report_id))
    audience = None if scope == "own" else _audience(desk, voice, choices, allowed)
    lease = _lease(data, choices, LONGEST_OWN_LEASE if voice is None else voice.charter.lease_max_days)
    composed = Composed(choices=choices, stored=_stored(body), audience=audience, lease_days=lease)
    return Built(composed=composed, body=body)


def _allowed(
    session: Session, desk: CaseDesk, report: Report, scope: Scope, choices: Choices, now: datetime
) -> _Allowed:
    """No switch, no release; a warning without a reporter has named who authorised it instead."""
    if report.facts.source != "report":
        return _Allowed(conditions=(), police=choices.police, own_may_know=True)
    entries = read_entries(session, desk.vault, report.id)
    require_permission(entries, "record", now)
    found = require_permission(entries, "warn_own" if scope == "own" else "warn_others", now)
    own = standing_now(entries, "warn_own", now)
    return _Allowed(
        conditions=(*found.conditions, *(own.conditions if own.effective == "yes" else ())),
        police=allows(entries, "police_anonymous", now),
        own_may_know=own.effective == "yes",
    )


def _audience(desk: CaseDesk, voice: Voice | None, choices: Choices, allowed: _Allowed) -> Audience:
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
