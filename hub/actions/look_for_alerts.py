"""Somebody at the hub searches the open warnings: that is a look, and is noted before anything is found.

The trail has which fields were asked, never what was asked of them. Source: promises 3, 14.
"""

import datetime as dt

from hub.actions.hub_desk import HubDesk
from hub.actions.search_bodies import Found, search_bodies
from hub.core import access
from hub.core.search import Asked
from hub.store.engine import Store
from protocol.house.core.errors import Refused
from protocol.house.store.audit import note
from protocol.house.store.people import acting

SEARCHED = "searched_warnings"
"""The verb in the trail."""


def look_for_alerts(desk: HubDesk, store: Store, asked: Asked, *, by: str, now: dt.datetime) -> Found:
    """The newest warnings that this person may see and that are what is asked.

    Raises:
        Refused: `refused.search`: nothing is asked.
        NotYours: `access.role`.
    """
    if asked.is_empty:
        raise Refused("search", "say something to look for")
    fields = [name for name in Asked.__struct_fields__ if getattr(asked, name)]
    with desk.store.begin() as session:
        who = acting(session, by, access.may_analyse, now)
        note(session, person=who.id, verb=SEARCHED, subject=f"search/{'+'.join(fields)}", now=now)
    return search_bodies(store, desk.vault.epochs, asked, for_police=not access.sees_all_bodies(who))
