"""Somebody looks at the warnings of other projects: what they see, and that they looked (promise 14)."""

from collections.abc import Sequence
from datetime import datetime

from node.actions.case_desk import CaseDesk
from node.actions.read_inbox import Shown, Warned, read_inbox, show_alert
from node.core import access
from node.log_view import LogView
from node.store.openings import note_opened
from protocol.at_rest import Epochs
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.wording.catalogue import ENGLISH, Catalogue


def look_at_inbox(
    desk: CaseDesk, view: LogView, epochs: Epochs, *, by: str, now: datetime, words: Catalogue = ENGLISH
) -> list[Warned]:
    """Those in force and meant for this project, in the language of `words`.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    found = read_inbox(desk.store, view, epochs, now.date(), words)
    _note(desk, "read_inbox", "inbox/all", by, now, found)
    return found


def look_at_warning(
    desk: CaseDesk,
    view: LogView,
    epochs: Epochs,
    *,
    identity: str,
    by: str,
    now: datetime,
    words: Catalogue = ENGLISH,
) -> Shown:
    """One warning, whatever has become of it, in the language of `words`.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.alert`, `not_found.person`. Refused: `refused.ambiguous`.
    """
    found = show_alert(desk.store, view, epochs, identity, now.date(), words)
    _note(desk, "read_warning", f"warning/{found.identity}", by, now, () if found.warning is None else (found.warning,))
    return found


def _note(desk: CaseDesk, verb: str, subject: str, by: str, now: datetime, seen: Sequence[Warned]) -> None:
    with desk.store.begin() as session:
        who = acting(session, by, access.may_read_inbox, now)
        audit.note(session, person=who.id, verb=verb, subject=subject, now=now)
        note_opened(session, (one.head for one in seen), now)
