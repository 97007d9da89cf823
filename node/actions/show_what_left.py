"""What would be taken back if they stopped sharing now: which warnings left, when, to how many, and what stays out.

Read out before the yes to stopping, and after it. Source: promise 3, PEOPLE 4.8.
"""

from datetime import datetime

import msgspec

from node.actions.case_desk import CaseDesk
from node.actions.change_permission import had_left, was_passed_to_police
from node.core import access
from node.core.taken_back import LeftAlert, Remains, what_remains
from node.log_view import LogView
from node.store.releases import get_release, open_drafts, releases_out
from node.store.reports import get_report
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.replay.reading import may_read


class WhatLeft(msgspec.Struct, frozen=True, kw_only=True):
    """What had left.

    Attributes:
        had_left: every warning that ever left; `withdrawn_now`: it would be taken back.
        projects: release → how many other projects can read it now, where the log knows it.
        drafts: that would not go out.
    """

    had_left: tuple[LeftAlert, ...]
    projects: dict[int, int]
    drafts: int
    remains: tuple[Remains, ...]


def show_what_left(desk: CaseDesk, view: LogView, *, report_id: int, by: str, now: datetime) -> WhatLeft:
    """Looks, and changes nothing. It works on a held or locked report too: stopping does.

    Raises:
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_take_down, now)
        access.require_may_reach(who, get_report(session, desk.vault, report_id), desk.config.name)
        out = {release.id for release in releases_out(session, report_id)}
        left = had_left(session, desk, report_id, out, set())
        chains = {one.release_id: get_release(session, one.release_id).chain for one in left}
        drafts = len(open_drafts(session, report_id))
        police_told = was_passed_to_police(session, desk, report_id)
        audit.note(session, person=who.id, verb="show_what_left", subject=f"report/{report_id}", now=now)
    reached = {number: projects_reached(view, chain, now) for number, chain in chains.items() if chain is not None}
    return WhatLeft(
        had_left=left,
        projects={number: count for number, count in reached.items() if count is not None},
        drafts=drafts,
        remains=what_remains(left, passed_to_police=police_told),
    )


def projects_reached(view: LogView, chain: str, now: datetime) -> int | None:
    """How many other projects can read a warning now; None: it is on its way, or taken back."""
    found = view.state.chains.get(chain)
    if found is None or found.cancelled is not None:
        return None
    link = view.state.links[found.head]
    others = (number for number in view.state.members if number != view.member_id)
    return sum(may_read(view.state, number, link, view.confirmed_size, now.date().isoformat()) for number in others)
