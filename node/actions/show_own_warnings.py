"""Shows the warnings to our own people that are in force (switch 2), as they read them; looking is kept."""

from datetime import datetime

import msgspec

from node.actions.case_desk import CaseDesk
from node.core import access
from node.store.releases import own_warnings
from protocol.bodies import parse_body
from protocol.body_fields import AlertBody
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.wording.alert import render_alert
from protocol.wording.catalogue import ENGLISH, Catalogue


class OwnWarning(msgspec.Struct, frozen=True, kw_only=True):
    """One of them.

    Attributes:
        lines: the body in words.
    """

    release_id: int
    lines: tuple[str, ...]


def show_own_warnings(desk: CaseDesk, *, by: str, now: datetime, words: Catalogue = ENGLISH) -> tuple[OwnWarning, ...]:
    """Those that are out, not paused, and whose lease has not run out; the newest first, in the language of `words`.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        person = acting(session, by, access.may_see_own_warnings, now).id
        audit.note(session, person=person, verb="show_own_warnings", subject="release/own", now=now)
        made = []
        for release, stored in reversed(own_warnings(session, desk.vault, now)):
            body = parse_body(stored, "alert.v1")
            assert isinstance(body, AlertBody)
            made.append(OwnWarning(release_id=release.id, lines=render_alert(body, words=words, status=release.status)))
        return tuple(made)
