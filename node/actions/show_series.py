"""What is said of several warnings, as people see it: each warning, what speaks for and against, what it waits for."""

from datetime import datetime

import msgspec
from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.actions.read_inbox import project_name, show_alert
from node.core import access
from node.core.series import UNSIGNED, SeriesStanding, series_for
from node.log_view import LogView
from node.store.inbox import received_body
from node.store.releases import releases_of_chain
from node.store.told import decided
from protocol.at_rest import Epochs, SealBroken
from protocol.bodies import Body
from protocol.body_fields import ObjectionBody, SeriesBody
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.wording.catalogue import ENGLISH, Catalogue
from protocol.wording.lists import said
from protocol.wording.references import reference_of


class AlertNamed(msgspec.Struct, frozen=True, kw_only=True):
    """One of the warnings.

    Attributes:
        release: number of our own release, where it is ours.
        lines: it in words; empty where it is ours (its release says it), not in force, or not ours to read.
    """

    identity: str
    reference: str
    project: str
    state: str
    release: int | None
    lines: tuple[str, ...]


class Spoken(msgspec.Struct, frozen=True):
    """What one field says: in words, `for` or `against`, and how much."""

    field: str
    speaks: str
    weight: str


class SeriesShown(msgspec.Struct, frozen=True, kw_only=True):
    """A series.

    Attributes:
        said_by: name of the project or lead.
        relation: in words; empty while its content is not here, or is gone.
        objection: why it was objected to, in words; empty where it was not, or where that is not here.
        ours: this project signed it.
    """

    standing: SeriesStanding
    said_by: str
    ours: bool
    relation: str
    reasons: tuple[Spoken, ...]
    agreed_by: tuple[str, ...]
    objection: str
    alerts: tuple[AlertNamed, ...]


def list_series(
    desk: CaseDesk, view: LogView, epochs: Epochs, *, by: str, now: datetime, words: Catalogue = ENGLISH
) -> list[SeriesShown]:
    """All that concern this project or are told to it; what waits for it first.

    Raises:
        NotYours: `access.role`. NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_read_inbox, now)
        audit.note(session, person=who.id, verb="read_series", subject="series/all", now=now)
    return series_shown(desk, view, epochs, now=now, words=words)


def series_shown(
    desk: CaseDesk,
    view: LogView,
    epochs: Epochs,
    *,
    now: datetime,
    words: Catalogue = ENGLISH,
    naming: str | None = None,
) -> list[SeriesShown]:
    """Those that concern this project or are told to it; for a page whose reader was let in and noted.

    Args:
        naming: first alert of a chain: only those that name it and have not ended.
    """
    member = view.member_id
    if member is None:
        return []
    standings = [
        one
        for one in series_for(view.state, member, now.date())
        if naming is None or (naming in one.alerts and one.stands != "ended")
    ]
    alerts = {one: _alert(desk, view, epochs, one, now, words) for standing in standings for one in standing.alerts}
    with desk.store.read() as session:
        return [_shown(session, view, epochs, one, alerts, words) for one in standings]


def unsigned_decisions(desk: CaseDesk) -> list[tuple[int, str]]:
    """At a lead's node: what was decided on the hub's pages and is not signed here: its number, and why in words."""
    with desk.store.read() as session:
        return [(one.id, UNSIGNED[one.problem]) for one in decided(session).values() if one.problem is not None]


def _shown(
    session: Session,
    view: LogView,
    epochs: Epochs,
    standing: SeriesStanding,
    alerts: dict[str, AlertNamed],
    words: Catalogue,
) -> SeriesShown:
    body = _body(session, standing.identity, epochs)
    why = None if standing.objection is None else _body(session, standing.objection, epochs)
    reasons = body.reasons if isinstance(body, SeriesBody) else ()
    return SeriesShown(
        standing=standing,
        said_by=project_name(session, view.state, standing.said_by, epochs),
        ours=standing.said_by == view.member_id,
        relation=said(words, "relation", body.relation) if isinstance(body, SeriesBody) else "",
        reasons=tuple(
            Spoken(said(words, "compared field", one.field), one.speaks, said(words, "weight", one.weight))
            for one in reasons
        ),
        agreed_by=tuple(project_name(session, view.state, one, epochs) for one in standing.agreed_by),
        objection=said(words, "objection reason", why.reason) if isinstance(why, ObjectionBody) else "",
        alerts=tuple(alerts[one] for one in standing.alerts),
    )


def _alert(desk: CaseDesk, view: LogView, epochs: Epochs, identity: str, now: datetime, words: Catalogue) -> AlertNamed:
    found = show_alert(desk.store, view, epochs, identity, now.date(), words)
    ours = view.state.chains[identity].origin == view.member_id
    with desk.store.read() as session:
        releases = releases_of_chain(session, identity) if ours else []
    return AlertNamed(
        identity=identity,
        reference=reference_of(identity),
        project=found.project,
        state=found.state,
        release=releases[-1].id if releases else None,
        lines=() if ours or found.warning is None else found.warning.lines,
    )


def _body(session: Session, identity: str, epochs: Epochs) -> Body | None:
    try:
        received = received_body(session, identity, epochs)
    except SealBroken:
        return None
    return None if received is None else received.body
