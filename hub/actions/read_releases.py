"""Read what was frozen, and what schemes declared. Nothing here sees a true count."""

from hub.actions.hub_desk import HubHouse
from hub.core.declared import DeclaredTotal
from hub.core.releases import Release
from hub.store import releases
from hub.store.releases import Kept
from protocol.house.core.errors import NotFound


def read_releases(store: HubHouse) -> list[Release]:
    """Every release, by number."""
    with store.read() as session:
        return releases.all_releases(session)


def read_one_release(store: HubHouse, number: int) -> Kept:
    """One release, as its bytes and their digest.

    Raises:
        NotFound: `not_found.release`.
    """
    with store.read() as session:
        found = releases.one_release(session, number)
    if found is None:
        raise NotFound("release", "there is no release of that number")
    return found


def read_declared(store: HubHouse) -> dict[str, list[DeclaredTotal]]:
    """Scheme → what it declared, by year."""
    with store.read() as session:
        each = releases.declared_totals(session)
    found: dict[str, list[DeclaredTotal]] = {}
    for one in each:
        found.setdefault(one.scheme, []).append(one)
    return found
