"""The people of the demo's hub, and what they find there: figures of years in which nothing of this was."""

from typing import Final

from deploy.demo.history import write_history
from deploy.demo.network import Network, utc_now
from deploy.demo.sign_ins import SignIn, set_up
from hub.actions.hub_desk import HubDesk, open_hub_desk
from hub.log_view import LogView
from hub.store import key_files
from hub.store.engine import Store
from protocol.house.actions.invite_person import invite_person

_LEAD: Final = "Lena"
_OPERATOR: Final = "Oona"
_PEOPLE: Final = (
    (_LEAD, "lead", False, None),
    ("Ana", "analyst", False, _LEAD),
    ("Pat", "lead", True, _LEAD),
    ("Pia", "analyst", True, _LEAD),
    (_OPERATOR, "operator", False, None),
    ("Aud", "auditor", False, _OPERATOR),
)
"""Name, role, whether of a police body, by whom invited: nobody, from the hub's own machine."""


def open_hub_pages(network: Network) -> tuple[int, tuple[SignIn, ...]]:
    """Writes the fictional years and gives the hub's people their accounts.

    Returns:
        How many releases were written, and how to sign in.
    """
    config = network.hub_config
    store = Store(config.database)
    try:
        charter = LogView(store).refresh().state.charter
        assert charter is not None
        written = write_history(store, charter.regions, utc_now().date())
        desk = open_hub_desk(config, store, key_files.load_epochs(config.epoch_dir))
        return written, tuple(_account(desk, network.hub_url, *person) for person in _PEOPLE)
    finally:
        store.close()


def _account(desk: HubDesk, url: str, name: str, role: str, police: bool, by: str | None) -> SignIn:
    made = invite_person(desk, name=name, roles=[role], police=police, by=by, now=utc_now())
    return set_up(desk, "The hub", url, name, f"{role} of the police" if police else role, made.code)
