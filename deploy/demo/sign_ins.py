"""How whoever looks on signs in at the pages of the demo."""

from typing import Final

import msgspec
import pyotp

from deploy.demo.network import utc_now
from protocol.house.actions.desk import HouseDesk
from protocol.house.actions.set_up_account import set_up_account, show_invitation

PASSWORD: Final = "violet kettle on a morning lamp"  # noqa: S105 - of the demo, said to whoever runs it
CODES_SHOWN: Final = 3


class SignIn(msgspec.Struct, frozen=True):
    """What somebody types to sign in at a node's or the hub's pages; each code opens once.

    Attributes:
        house: whose pages they are.
        role: what they do there, in words; nobody types it.
    """

    house: str
    url: str
    name: str
    role: str
    codes: tuple[str, ...]


def set_up(desk: HouseDesk, house: str, url: str, name: str, role: str, code: str) -> SignIn:
    """Sets up an account as somebody who was invited does on the page, with recovery codes for an app."""
    app = pyotp.TOTP(show_invitation(desk, code=code, now=utc_now()).secret)
    ready = set_up_account(desk, code=code, password=PASSWORD, app_code=app.now(), device_token=None, now=utc_now())
    return SignIn(house, url, name, role, ready.recovery[:CODES_SHOWN])
