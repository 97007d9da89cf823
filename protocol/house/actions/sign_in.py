"""Signs somebody in by name, password and a code, all three at once: nobody is told which of them was wrong.

A try is counted before it is looked at, so that many at once gain nothing, and a name that nobody has takes the same
steps and the same work as any other. Source: no enumeration; PEOPLE 1.1 (a stranger's tries keep nobody out of their
own phone: on an enrolled device they are counted by that device).
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from sqlmodel import Session

from protocol.house.actions.begin_session import Begun, open_session
from protocol.house.actions.desk import HouseDesk
from protocol.house.actions.verify_password import is_stretched
from protocol.house.core.account import Account
from protocol.house.core.errors import Refused, TooSoon
from protocol.house.core.passwords import NOBODYS
from protocol.house.core.second_step import recovery_hash, step_of
from protocol.house.core.throttling import network_of
from protocol.house.store import audit
from protocol.house.store.accounts import get_account, use_recovery, use_step
from protocol.house.store.devices import device_of, is_enrolled
from protocol.house.store.people import folded_name, person_of_name
from protocol.house.store.tries import Counted, count_try, forgive, waits_until

NOBODY: Final = Account(
    person=0,
    password_hash=NOBODYS,
    totp_secret="A" * 32,
    last_step=0,
    recovery=frozenset(),
    set_up_at=datetime(2026, 1, 1, tzinfo=UTC),
)
"""What a name that nobody has is held against."""

WRONG: Final = "the name, the password and the code do not go together: type all three again"


def sign_in(
    desk: HouseDesk,
    *,
    name: str,
    password: str,
    code: str,
    address: str,
    device_token: str | None,
    now: datetime,
) -> Begun:
    """A session of one shift, on this device.

    Args:
        name: as typed; capitals and spaces around it make no difference.
        code: six figures of the app, or a recovery code.
        address: of the network, as the server sees it.
        device_token: what the browser holds, or None.

    Raises:
        Refused: `refused.sign_in`: whatever was wrong.
        TooSoon: `wait.sign_in`.
    """
    with desk.store.begin() as session:
        person = person_of_name(session, name) or 0
        counted = _counted(session, name, person, address, device_token)
        require_no_wait(session, desk, counted, now)
        for one in counted:
            count_try(session, desk.vault, one, now)
        account = get_account(session, desk.vault, person) or NOBODY
    right = is_stretched(account.password_hash, password)
    step = step_of(account.totp_secret, code, now, after=account.last_step)
    recovery = recovery_hash(code)
    with desk.store.begin() as session:
        if not (right and _use_up(session, desk, account, step, recovery)):
            audit.note(session, person=None, verb="sign_in_refused", subject=f"person/{account.person}", now=now)
        else:
            for one in counted:
                forgive(session, desk.vault, one, now)
            return open_session(session, desk, person=account.person, device_token=device_token, now=now)
    raise Refused("sign_in", WRONG)


def require_no_wait(session: Session, desk: HouseDesk, counted: Sequence[Counted], now: datetime) -> None:
    """Looks at no try before its time.

    Raises:
        TooSoon: `wait.sign_in`.
    """
    waits = [at for one in counted if (at := waits_until(session, desk.vault, one, now)) is not None]
    if waits:
        seconds = int((max(waits) - now).total_seconds()) + 1
        minutes = -(-seconds // 60)
        words = "a minute" if minutes == 1 else f"{minutes} minutes"
        raise TooSoon("sign_in", f"there were too many wrong tries: try again in {words}", seconds)


def _counted(
    session: Session, name: str, person: int, address: str, device_token: str | None
) -> tuple[Counted, Counted]:
    device = device_of(session, device_token or "")
    own = is_enrolled(session, device, person)
    who: Counted = ("device", f"{device}/{person}") if own else ("name", folded_name(name.strip()))
    return who, ("address", network_of(address))


def _use_up(session: Session, desk: HouseDesk, account: Account, step: int | None, recovery: str) -> bool:
    """Uses the code up, whichever it was; False: it was none, another sign-in was quicker, or the account changed."""
    current = get_account(session, desk.vault, account.person)
    if current is None or current.password_hash != account.password_hash:
        return False
    if step is not None:
        return use_step(session, account.person, step)
    return use_recovery(session, account.person, recovery)
