"""A browser before the hub's pages."""

from typing import Any

from hub.actions.hub_desk import HubDesk, open_hub_desk
from protocol.house.store.people import insert_person
from tests.hub.asker import PUBLIC_URL
from tests.hub.ground import Ground
from tests.pages.browser import PagesBrowser

OPERATOR, LEAD, ANALYST, POLICE_LEAD, POLICE_ANALYST, AUDITOR = "Oona", "Lena", "Ana", "Pat", "Pia", "Aud"
PEOPLE = {
    OPERATOR: ("operator", False),
    LEAD: ("lead", False),
    ANALYST: ("analyst", False),
    POLICE_LEAD: ("lead", True),
    POLICE_ANALYST: ("analyst", True),
    AUDITOR: ("auditor", False),
}
"""Fictional people: name → role, and whether they belong to a police body."""

AT_HTTPS = "__Host-"


class HubBrowser(PagesBrowser):
    """What one person does with the hub's pages."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        app: Any = ground.client._transport.app  # type: ignore[attr-defined]
        super().__init__(app, PUBLIC_URL)

    def sign_in_as(self, name: str) -> "HubBrowser":
        """A session as sign-in leaves it, without its pages."""
        return self.signed_in(desk_of(self.ground), name, self.ground.clock(), prefix=AT_HTTPS)


def desk_of(ground: Ground) -> HubDesk:
    return open_hub_desk(ground.hub.config, ground.hub.store, ground.hub.epochs())


def add_people(ground: Ground) -> None:
    """Everybody of `PEOPLE`."""
    with desk_of(ground).store.begin() as session:
        for name, (role, police) in PEOPLE.items():
            insert_person(session, name, [role], ground.clock(), police=police)
