"""Shows an operator who asks to join, who stands for them, and from when they can be admitted. Looks are noted."""

from datetime import datetime

import msgspec

from hub.actions.hub_desk import HubDesk
from hub.core import access
from hub.core.values import Candidate
from hub.log_view import Snapshot
from hub.store import members
from protocol.envelope import decode_envelope
from protocol.house.core.errors import NotFound
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.replay import Endorsed, endorsed
from protocol.request import AdmissionRequest, parse_request


class CandidateShown(msgspec.Struct, frozen=True, kw_only=True):
    """One who asks to join: in their own words, as they asked, and how that stands."""

    candidate: Candidate
    request: AdmissionRequest
    standing: Endorsed


def show_candidates(desk: HubDesk, view: Snapshot, *, by: str, now: datetime) -> tuple[CandidateShown, ...]:
    """All who wait.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_operate, now)
        audit.note(session, person=who.id, verb="list_candidates", subject="candidate/all", now=now)
        waiting = members.candidates(session)
    return tuple(_shown(view, one) for one in waiting)


def show_candidate(desk: HubDesk, view: Snapshot, digest: str, *, by: str, now: datetime) -> CandidateShown:
    """One of them.

    Raises:
        NotFound: `not_found.request`: admitted, dropped, or never there.
        NotYours, NotFound: as `show_candidates`.
    """
    found = [one for one in show_candidates(desk, view, by=by, now=now) if one.candidate.digest == digest]
    if not found:
        raise NotFound("request", "nobody who asks to join has a request of that digest")
    return found[0]


def _shown(view: Snapshot, candidate: Candidate) -> CandidateShown:
    return CandidateShown(
        candidate=candidate,
        request=parse_request(decode_envelope(candidate.envelope).payload),
        standing=endorsed(view.state, candidate.digest),
    )
