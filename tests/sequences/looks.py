"""Looks at everything of a node that somebody could read, and says which promise does not hold."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.core.release import Composed, Release
from node.store.outbox import OutboxEntry, outbox_body, outbox_of
from node.store.releases import list_releases, own_warnings, read_composed
from protocol.bodies import parse_body
from protocol.body_fields import AlertBody
from tests.federation.canary import Canaries
from tests.federation.project import Node
from tests.sequences.said import Said

HOME: Final = "west-yorkshire"
MOST_UNREVIEWED: Final = 3
DANGER_NOW: Final = dt.timedelta(hours=72)
CANARIES: Final = Canaries(0)
STATES: Final = ("waiting", "held", "sent", "confirmed", "refused")


@dataclasses.dataclass(frozen=True)
class Out:
    """A warning that is out, with what it says and whom it is for."""

    release: Release
    composed: Composed
    body: AlertBody


def broken(node: Node, reports: Mapping[int, Said]) -> list[str]:
    """What does not hold of this node now, by the promises' numbers."""
    desk, now = node.cases, node.clock()
    with node.store.read() as session:
        releases = {one.id: one for one in list_releases(session)}
        out = [_opened(session, desk, one) for one in releases.values() if one.is_out]
        entries = outbox_of(session, *STATES)
        bodies = {entry.identity: outbox_body(session, entry.identity, desk.vault.epochs) for entry in entries}
        shown = [release.id for release, _ in own_warnings(session, desk.vault, now)]
    found = [line for one in out for line in _of_what_is_out(one, reports[one.release.report_id], now)]
    found += list(_of_two_people(releases.values(), now))
    found += list(_of_the_outbox(entries, bodies, releases, reports))
    for number in shown:
        said, release = reports[releases[number].report_id], releases[number]
        if not said.own_people_may_read(release.scope):
            found.append(f"3: our own people read warning {number}, and there is no yes to that")
        if not release.in_force(now):
            found.append(f"6: our own people read warning {number}, which is not in force")
    return found


def held_elsewhere(node: Node, releases: Mapping[str, Release], reports: Mapping[int, Said]) -> list[str]:
    """What a receiver holds of us after it has synced, and may not."""
    found = []
    for identity in node.reads() & releases.keys():
        said = reports[releases[identity].report_id]
        if not said.may_stand("others"):
            found.append(f"6: {node.name} holds warning {releases[identity].id}, and there is no yes to that")
    return found


def _opened(session: Session, desk: CaseDesk, release: Release) -> Out:
    composed = read_composed(session, desk.vault, release.id)
    body = parse_body(composed.stored, "alert.v1")
    assert isinstance(body, AlertBody)
    return Out(release, composed, body)


def _of_what_is_out(out: Out, said: Said, now: dt.datetime) -> Iterator[str]:
    number, scope, stored = out.release.id, out.release.scope, out.composed.stored.lower()
    if not said.may_stand(scope):
        yield f"3: warning {number} ({scope}) is out, and may not stand"
    if any(word.lower().encode() in stored for word in said.private):
        yield f"1: warning {number} says a private word"
    if out.body.police == "yes" and not said.police_may_read():
        yield f"3: police may read warning {number}"
    if said.perhaps_a_child and (out.body.source == "report" or out.body.methods or out.body.contact or out.body.town):
        yield f"3: warning {number} could tell of somebody under 18"
    conditions = [] if said.perhaps_a_child else said.conditions("warn_others", "warn_own")
    if out.body.town is not None and any(one.kind == "no_town" for one in conditions):
        yield f"3: warning {number} names a town"
    if out.composed.audience is not None:
        kept_out = {one.region for one in conditions if one.kind == "not_region"}
        if said.has_reporter and not said.perhaps_a_child and not said.says_yes("warn_own"):
            kept_out.add(HOME)
        if kept_out.intersection(out.composed.audience.regions):
            yield f"3: warning {number} goes to a region that is kept out"


def _of_two_people(releases: Iterable[Release], now: dt.datetime) -> Iterator[str]:
    alone: Counter[str | None] = Counter()
    for one in releases:
        if one.approved_at is None:
            continue
        if one.drafted_by == one.approved_by and not one.danger_now:
            yield f"2: one person alone let warning {one.id} out"
        if one.unreviewed and one.in_force(now):
            alone[one.approved_by] += 1
            if now >= one.approved_at + DANGER_NOW:
                yield f"2: danger now {one.id} is in force after 72 hours without a second look"
    if alone.total() > MOST_UNREVIEWED or any(count > 1 for count in alone.values()):
        yield "2: too many danger now wait for a second look"


def _of_the_outbox(
    entries: Iterable[OutboxEntry],
    bodies: Mapping[str, bytes | None],
    releases: Mapping[int, Release],
    reports: Mapping[int, Said],
) -> Iterator[str]:
    for entry in entries:
        body = bodies[entry.identity] or b""
        if CANARIES.found_in(entry.envelope + body):
            yield f"1: {entry.kind} {entry.identity[:6]} says a private word"
        if not body or entry.release_id is None:
            continue
        release = releases[int(entry.release_id)]
        said = reports[release.report_id]
        if not said.may_stand("others"):
            yield f"3: the body of warning {release.id} can be read in the outbox ({entry.state})"
        if any(word.lower().encode() in body.lower() for word in said.private):
            yield f"1: the body of warning {release.id} in the outbox says a private word"
