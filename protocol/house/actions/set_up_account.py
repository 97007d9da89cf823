"""Sets an account up by its invitation: a password, an app for the second step, recovery codes; and signs in."""

from datetime import datetime

from protocol.house.actions.begin_session import Begun, open_session
from protocol.house.actions.desk import HouseDesk
from protocol.house.actions.verify_password import stretch
from protocol.house.core.errors import Refused
from protocol.house.core.passwords import require_password
from protocol.house.core.second_step import (
    RECOVERY_RANDOMNESS,
    provisioning_uri,
    recovery_codes,
    recovery_hash,
    step_of,
)
from protocol.house.core.unprinted import Unprinted
from protocol.house.store import audit
from protocol.house.store.accounts import end_invitation, put_account, put_recovery, read_invitation, use_step
from protocol.house.store.people import get_person


class Invited(Unprinted, frozen=True, kw_only=True):
    """What the page of an invitation shows.

    Attributes:
        secret: for the app, to be typed.
        uri: the same, to be scanned.
    """

    name: str
    secret: str
    uri: str


class SetUp(Unprinted, frozen=True, kw_only=True):
    """An account that can be used. The codes are shown now and never again."""

    begun: Begun
    recovery: tuple[str, ...]


def show_invitation(desk: HouseDesk, *, code: str, now: datetime) -> Invited:
    """Whose account is to be set up.

    Raises:
        NotFound: `not_found.invitation`.
    """
    with desk.store.read() as session:
        invitation = read_invitation(session, desk.vault, code, now)
        name = get_person(session, invitation.person, now).name
    uri = provisioning_uri(invitation.totp_secret, person=name, project=desk.name)
    return Invited(name=name, secret=invitation.totp_secret, uri=uri)


def set_up_account(
    desk: HouseDesk,
    *,
    code: str,
    password: str,
    app_code: str,
    device_token: str | None,
    now: datetime,
) -> SetUp:
    """Sets it up, or up anew: whatever opened it before opens it no more.

    Args:
        code: of the invitation: it is used up.
        app_code: six figures, as the app shows them now.

    Raises:
        Refused: what `require_password` refuses; `refused.app_code`.
        NotFound: `not_found.invitation`.
    """
    shown = show_invitation(desk, code=code, now=now)
    require_password(password, (shown.name, desk.name))
    step = step_of(shown.secret, app_code, now, after=0)
    if step is None:
        raise Refused("app_code", "this is not the code that the app shows now: type the next one")
    kept = stretch(desk, password)
    codes = recovery_codes(desk.vault.randomness(RECOVERY_RANDOMNESS))
    with desk.store.begin() as session:
        invitation = read_invitation(session, desk.vault, code, now)
        end_invitation(session, code)
        put_account(
            session,
            desk.vault,
            person=invitation.person,
            password_hash=kept,
            totp_secret=invitation.totp_secret,
            last_step=0,
            now=now,
        )
        use_step(session, invitation.person, step)
        put_recovery(session, invitation.person, map(recovery_hash, codes))
        subject = f"person/{invitation.person}"
        audit.note(session, person=invitation.person, verb="set_up_account", subject=subject, now=now)
        begun = open_session(session, desk, person=invitation.person, device_token=device_token, now=now)
    return SetUp(begun=begun, recovery=codes)
