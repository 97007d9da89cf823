"""Prints one warning for paper: what was let out, in the language asked for; that it was printed is kept.

Part of the door *people* (promise 1): only what a second person, or danger now's rule, has let out is printed.
"""

import datetime as dt
from datetime import datetime
from typing import Final

from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.actions.list_own_releases import stands
from node.actions.read_inbox import show_alert
from node.core import access
from node.core.errors import NoPermission
from node.core.papers import Paper, Stands, last_day_of
from node.core.release import Release
from node.log_view import LogView
from node.store.releases import get_release, own_warnings
from protocol.at_rest import Epochs
from protocol.bodies import parse_body
from protocol.body_fields import AlertBody
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.wording.alert import render_alert
from protocol.wording.catalogue import Catalogue
from protocol.wording.references import reference_of

_STANDS: Final[dict[str, Stands]] = {"no longer in force": "ended", "taken back": "taken_back"}
"""Anything else that may not be acted on now is paused, or its project is not confirmed yet."""


def print_received(
    desk: CaseDesk, view: LogView, epochs: Epochs, *, identity: str, words: Catalogue, by: str, now: datetime
) -> Paper:
    """A warning of another project; without its text once it is no longer in force.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.alert`, `not_found.person`.
        Refused: `refused.ambiguous`, `refused.not_here`: it is in force, and its text has not arrived yet.
    """
    shown = show_alert(desk.store, view, epochs, identity, now.date(), words)
    warned = shown.warning
    if warned is not None and not warned.lines:
        raise Refused("not_here", "its text has not arrived yet: it is asked for at each sync")
    with desk.store.begin() as session:
        _note(session, f"warning/{shown.identity}", by, now)
    return Paper(
        reference=reference_of(shown.identity),
        project=shown.project,
        stands="in_force" if warned is not None else _STANDS.get(shown.state, "paused"),
        lines=() if warned is None else warned.lines,
        last_day=None if warned is None else last_day_of(dt.date.fromisoformat(warned.in_force_until)),
        taken_back_on=None if shown.taken_back_on is None else dt.date.fromisoformat(shown.taken_back_on),
    )


def print_own(desk: CaseDesk, *, release_id: int, words: Catalogue, by: str, now: datetime) -> Paper:
    """A warning of ours that our own people may read; without its text once it is no longer in force.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.release`, `not_found.person`.
        Refused: `refused.not_released`, `refused.replaced`.
        NoPermission: `permission.warn_own`: a print warns our own people, and that was not a yes.
    """
    with desk.store.begin() as session:
        release = get_release(session, release_id)
        state = stands(release, now)
        if state in ("draft", "refused"):
            raise Refused("not_released", "only what was let out is printed: a second person releases it first")
        if state == "replaced":
            raise Refused("replaced", "a later warning has replaced it: print that one")
        lines: tuple[str, ...] = ()
        if state == "in_force":
            lines = _own_lines(session, desk, release, words, now)
        _note(session, f"release/{release_id}", by, now)
    return Paper(
        reference=reference_of(release.chain) if release.chain else str(release.id),
        project=desk.config.name,
        stands=state,  # type: ignore[arg-type]  # what is left of them
        lines=lines,
        last_day=last_day_of(release.expires) if release.expires and state == "in_force" else None,
        ours_only=release.scope == "own",
    )


def _own_lines(session: Session, desk: CaseDesk, release: Release, words: Catalogue, now: datetime) -> tuple[str, ...]:
    for one, stored in own_warnings(session, desk.vault, now):
        if one.id == release.id:
            body = parse_body(stored, "alert.v1")
            assert isinstance(body, AlertBody)
            return render_alert(body, words=words, status=release.status)
    raise NoPermission("warn_own", "there is no permission to warn our own people, and paper would warn them")


def _note(session: Session, subject: str, by: str, now: datetime) -> None:
    person = acting(session, by, access.may_print, now)
    audit.note(session, person=person.id, verb="print_warning", subject=subject, now=now)
