"""Who is signed in by a token, at the moment of a request."""

from datetime import datetime

from protocol.house.actions.desk import HouseDesk
from protocol.house.core.session import SignedIn
from protocol.house.store.sessions import touch_session


def read_session(desk: HouseDesk, token: str, device_token: str, *, now: datetime) -> SignedIn:
    """Finds the session, and notes that it was used; an idle one comes back locked.

    Raises:
        NotFound: `not_found.session`: also on another device than the one on which it was begun.
    """
    with desk.store.begin() as session:
        return touch_session(session, token, device_token, now)
