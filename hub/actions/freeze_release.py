"""Freeze a quarter's figures: one person asks, another confirms, and only then is anything counted.

Nobody sees a number before it is frozen: who could look and refuse would see two counts of one window. So what the
second person confirms is the quarter, the panel and whose figures are there; the numbers follow from what stands.
Quarters are frozen in order, each once. Source: DESIGN §6, PEOPLE 3.4; promise 13.

    1  the release as a file beside the guard file    durable. crash after it: nobody has seen it; the request still
                                                      waits, and whoever confirms it gets this release
    2  the second person's word, the release with its windows    one transaction. crash: all or nothing
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from sqlmodel import Session

from hub.actions.hub_desk import HubHouse
from hub.actions.read_figures import Figures, FiguresKeys, read_figures
from hub.core import access
from hub.core.counting import SPLITS
from hub.core.figure_sums import FigureSums, sum_figures
from hub.core.panel import Projects, memberships, panel_begins, projects_of
from hub.core.releases import Figures as ReleaseFigures
from hub.core.releases import Frame, Incidents, Release, build_release
from hub.core.stated_days import stated_day
from hub.log_view import LogView
from hub.store import log, releases, tallies
from hub.store.release_files import read_release_files, write_release
from hub.store.releases import ReleaseRequest
from protocol.house.core.errors import NotFound, Refused
from protocol.house.core.staff import Staff, require
from protocol.house.store import audit
from protocol.quarters import Quarter, block_of, quarter_of, quarters_of, read_quarter
from protocol.replay import State


class FiguresDesk(msgspec.Struct, frozen=True):
    """What freezing needs. Its people's writing transactions come one after another: no two freeze at once.

    Attributes:
        folder: where releases are kept outside the database.
    """

    store: HubHouse
    view: LogView
    keys: FiguresKeys
    folder: Path


class NextRelease(msgspec.Struct, frozen=True):
    """The quarter that is to be frozen next, and what can be said before it is.

    Attributes:
        is_over: it has ended, and can be frozen.
        request: who asked for it, if anybody has.
        projects: of the quarter, as they are now.
        told: projects whose figures of the quarter are here, ascending.
    """

    quarter: Quarter
    is_over: bool
    request: ReleaseRequest | None
    projects: Projects
    told: tuple[int, ...]


def show_next_release(desk: FiguresDesk, today: dt.date) -> NextRelease:
    """The quarter that is to be frozen next. Figures are opened to see of which quarter they are; it holds no count."""
    state = desk.view.refresh().state
    with desk.store.read() as session:
        quarter = _next_quarter(session)
        told = [project for project, of in read_figures(session, state, desk.keys, quarter) if of == quarter]
        return NextRelease(
            quarter,
            quarter.last_day < today,
            releases.request_now(session),
            _projects(session, state, quarter),
            tuple(sorted(told)),
        )


def ask_for_release(desk: FiguresDesk, who: Staff, quarter: str, now: dt.datetime) -> None:
    """Asks that the next quarter be frozen; somebody else confirms it.

    Raises:
        NotYours: `access.role`.
        Refused: `refused.quarter`: it is not the next one, or not over; `refused.waits`: it was asked for already.
    """
    require(access.may_freeze, who)
    with desk.store.begin() as session:
        wanted = _due(session, quarter, now.date())
        if releases.request_now(session) is not None:
            raise Refused("waits", "this quarter waits for a second person already")
        releases.keep_request(session, ReleaseRequest(wanted, who.id, now.date()))
        audit.note(session, person=who.id, verb="ask_for_release", subject=f"release/{wanted}", now=now)


def drop_request(desk: FiguresDesk, who: Staff, now: dt.datetime) -> None:
    """Takes back, or refuses, that a quarter be frozen now. Nothing was counted.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.request`: nothing waits.
    """
    require(access.may_freeze, who)
    with desk.store.begin() as session:
        request = _waiting(session)
        releases.forget_request(session)
        audit.note(session, person=who.id, verb="drop_release", subject=f"release/{request.quarter}", now=now)


def confirm_release(desk: FiguresDesk, who: Staff, quarter: str, now: dt.datetime) -> Release:
    """Counts and freezes the quarter that waits; what was counted of it before a crash, as it was.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.request`: nothing waits.
        Refused: `refused.second_person`: who asked does not confirm, nor whom they invited, nor who invited them;
            `refused.quarter`: another one waits.
        Busy: `hub.busy`: it cannot be kept outside the database now, so it is not frozen.
        Misconfigured: what is kept outside the database is not what it says it is.
    """
    require(access.may_freeze, who)
    state = desk.view.refresh().state
    with desk.store.begin() as session:
        request = _waiting(session)
        _require_second(session, request.asked_by, who.id)
        if str(request.quarter) != quarter:
            raise Refused("quarter", "another quarter waits now: look at it first")
        due = _due(session, quarter, now.date())
        release = _begun(session, desk.folder, due) or _counted(session, state, desk.keys, due, now.date())
        write_release(desk.folder, release)
        releases.freeze(session, release)
        releases.forget_request(session)
        audit.note(session, person=who.id, verb="freeze_release", subject=f"release/{release.number}", now=now)
    return release


def _begun(session: Session, folder: Path, quarter: Quarter) -> Release | None:
    """The release of this quarter that a crash left outside the database: one window is never counted twice."""
    found = read_release_files(folder).get(releases.count_releases(session) + 1)
    return found if found is not None and found.quarter == str(quarter) else None


def _waiting(session: Session) -> ReleaseRequest:
    request = releases.request_now(session)
    if request is None:
        raise NotFound("request", "no quarter waits for a second person")
    return request


def _require_second(session: Session, asked: int, confirms: int) -> None:
    """That these are two people: who invites somebody may have kept their invitation, and be both.

    Raises:
        Refused: `refused.second_person`.
    """
    if asked == confirms:
        raise Refused("second_person", "whoever asked for a release does not confirm it: somebody else does")
    if _inviter(session, asked) == confirms or _inviter(session, confirms) == asked:
        raise Refused("second_person", "one of the two invited the other: somebody else confirms this release")


def _inviter(session: Session, person: int) -> int | None:
    """Who invited them last; None: nobody, or the hub's command line."""
    last = audit.last_done(session, "invite_person", f"person/{person}")
    return None if last is None else last.person


def _next_quarter(session: Session) -> Quarter:
    """The one after the last that was frozen, but none before a rebuilt database; the first: in which the log began."""
    latest, rebuilt = releases.latest_release(session), releases.first_quarter(session)
    if latest is not None:
        after = _quarter(latest.quarter).next
        return after if rebuilt is None else max(after, rebuilt)
    if rebuilt is not None:
        return rebuilt
    (charter,) = log.read_entries(session, 0, 1)
    return quarter_of(dt.date.fromisoformat(stated_day(charter)))


def _due(session: Session, quarter: str, today: dt.date) -> Quarter:
    """The quarter of that name, if it is the next one and over.

    Raises:
        Refused: `refused.quarter`.
    """
    found = _next_quarter(session)
    if read_quarter(quarter) != found:
        raise Refused("quarter", f"the next quarter to be frozen is {found}")
    if found.last_day >= today:
        raise Refused("quarter", f"{found} is not over: it can be frozen from the day after its last")
    return found


def _projects(session: Session, state: State, quarter: Quarter) -> Projects:
    latest, began = releases.latest_release(session), quarter
    if latest is not None:
        beside = latest.beside
        began = panel_begins(quarter, _quarter(beside.panel_began), beside.panel, beside.projects)
    entries = log.entries_at(session, (member.admitted for member in state.members.values()))
    days = {index: stated_day(envelope) for index, envelope in entries.items()}
    return projects_of(quarter, began, memberships(state.members.values(), days))


def _quarter(written: str) -> Quarter:
    found = read_quarter(written)
    assert found is not None
    return found


def _counted(session: Session, state: State, keys: FiguresKeys, quarter: Quarter, today: dt.date) -> Release:
    assert state.charter is not None
    frame = Frame(
        number=releases.count_releases(session) + 1,
        quarter=quarter,
        as_at=today.isoformat(),
        regions=state.charter.regions,
        earlier=releases.published(session),
    )
    incidents = Incidents(_counts(session, [quarter]), _counts(session, quarters_of(quarter.year)))
    groups = {region.code: region.group for region in state.charter.regions}
    block = quarters_of(*block_of(quarter.year))
    figures = read_figures(session, state, keys, block[0])
    by_group: dict[str, FigureSums] = {
        group: _sums(figures, block, _of_group(state, groups, group)) for group in sorted(set(groups.values()))
    }
    summed = ReleaseFigures(
        _sums(figures, [quarter]),
        _sums(figures, quarters_of(quarter.year)),
        by_group,
    )
    return build_release(frame, _projects(session, state, quarter), incidents, summed)


def _counts(session: Session, quarters: Sequence[Quarter]) -> dict[str, Mapping[str, int]]:
    names = [str(quarter) for quarter in quarters]
    return {split: tallies.counts_of(session, names, split) for split in SPLITS}


def _of_group(state: State, groups: Mapping[str, str], group: str) -> frozenset[int]:
    return frozenset(member.id for member in state.members.values() if groups.get(member.region or "") == group)


def _sums(figures: Figures, quarters: Sequence[Quarter], projects: frozenset[int] | None = None) -> FigureSums:
    """What these projects, or all, counted of these quarters together."""
    return sum_figures(
        body
        for (project, quarter), body in sorted(figures.items())
        if quarter in quarters and (projects is None or project in projects)
    )
