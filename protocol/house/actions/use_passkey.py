"""Passkeys: added to an account, and used to sign in or to open a locked screen. Each asks the device for its owner.

A passkey is both steps at once: something one has, opened by a face, a finger or a PIN. What the browser sends is read
by the `webauthn` library alone; whatever is wrong with it is one refusal.
"""

import json
from datetime import datetime
from typing import Any, Final

import webauthn
from sqlmodel import Session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from protocol.house.actions.begin_session import Begun, open_session
from protocol.house.actions.desk import HouseDesk
from protocol.house.actions.passkey_challenge import make_challenge, require_challenge
from protocol.house.actions.sign_in import require_no_wait
from protocol.house.core.account import device_name
from protocol.house.core.errors import NotFound, Refused
from protocol.house.core.relying_party import RelyingParty
from protocol.house.core.session import SignedIn
from protocol.house.core.throttling import network_of
from protocol.house.store import audit, passkeys
from protocol.house.store.accounts import get_account
from protocol.house.store.passkeys import Passkey
from protocol.house.store.sessions import NOBODY, count_wrong, unlock_session
from protocol.house.store.tries import Counted, count_try, forgive

MAX_ANSWER: Final = 16_384
"""Characters of what a browser sends."""

_SIGN_IN: Final = "sign_in"
_REQUIRED: Final = UserVerificationRequirement.REQUIRED


def sign_in_options(desk: HouseDesk, *, now: datetime) -> str | None:
    """What the browser is asked at sign-in, as JSON: any passkey of this site, whoever's. None: not at this address."""
    return _ask(desk, _SIGN_IN, now)


def unlock_options(desk: HouseDesk, who: SignedIn, *, now: datetime) -> str | None:
    """What the browser is asked at the lock screen; None: they have no passkey, or not at this address."""
    with desk.store.read() as session:
        mine = passkeys.passkeys_of(session, who.staff.id)
    return _ask(desk, f"unlock/{who.id}", now) if mine else None


def registration_options(desk: HouseDesk, who: SignedIn, *, now: datetime) -> str | None:
    """What the browser is asked to make; None: not at this address."""
    party = desk.party
    if party is None:
        return None
    with desk.store.read() as session:
        known = passkeys.passkeys_of(session, who.staff.id)
    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name=party.name,
        user_id=f"person/{who.staff.id}".encode(),
        user_name=who.staff.name,
        challenge=make_challenge(desk, f"add/{who.id}", now=now),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential)) for one in known],
    )
    return webauthn.options_to_json(options)


def add_passkey(desk: HouseDesk, who: SignedIn, *, answer: str, name: str, now: datetime) -> int:
    """Keeps a passkey that the browser made; its number.

    Raises:
        Refused: `refused.passkey`, `refused.passkey_known`, `refused.passkeys_full`, `refused.device_name`.
    """
    party, named = _require_party(desk), device_name(name)
    challenge = challenge_in(answer)
    with desk.store.begin() as session:
        require_challenge(session, desk, challenge, f"add/{who.id}", now=now)
        try:
            made = webauthn.verify_registration_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=party.id,
                expected_origin=party.origin,
                require_user_verification=True,
            )
        except Exception as error:
            raise _not_right() from error
        number = passkeys.insert_passkey(
            session,
            person=who.staff.id,
            credential=bytes_to_base64url(made.credential_id),
            public_key=made.credential_public_key,
            uses=made.sign_count,
            name=named,
            now=now,
        )
        audit.note(session, person=who.staff.id, verb="add_passkey", subject=f"passkey/{number}", now=now)
        return number


def end_passkey(desk: HouseDesk, who: SignedIn, *, passkey: int, now: datetime) -> None:
    """Gives one up.

    Raises:
        NotFound: `not_found.passkey`.
    """
    with desk.store.begin() as session:
        passkeys.end_passkey(session, passkey, who.staff.id)
        audit.note(session, person=who.staff.id, verb="end_passkey", subject=f"passkey/{passkey}", now=now)


def sign_in_with_passkey(
    desk: HouseDesk, *, answer: str, address: str, device_token: str | None, now: datetime
) -> Begun:
    """A session of one shift, on this device.

    Raises:
        Refused: `refused.passkey`.
        TooSoon: `wait.sign_in`.
    """
    counted: Counted = ("address", network_of(address))
    with desk.store.begin() as session:
        require_no_wait(session, desk, (counted,), now)
        count_try(session, desk.vault, counted, now)
    with desk.store.begin() as session:
        used = _use(session, desk, answer, _SIGN_IN, now)
        if get_account(session, desk.vault, used.person) is None:
            raise _not_right()
        forgive(session, desk.vault, counted, now)
        return open_session(session, desk, person=used.person, device_token=device_token, now=now)


def unlock_with_passkey(desk: HouseDesk, who: SignedIn, *, answer: str, now: datetime) -> None:
    """Opens a locked screen.

    Raises:
        Refused: `refused.passkey`.
        NotFound: `not_found.session`: these were all the tries.
    """
    with desk.store.begin() as session:
        goes_on = count_wrong(session, who.id)
    if not goes_on:
        raise NotFound("session", NOBODY)
    with desk.store.begin() as session:
        if _use(session, desk, answer, f"unlock/{who.id}", now).person != who.staff.id:
            raise _not_right()
        unlock_session(session, who.id, now)


def _use(session: Session, desk: HouseDesk, answer: str, purpose: str, now: datetime) -> Passkey:
    """The passkey that answered.

    Raises:
        Refused: `refused.passkey`.
    """
    party, challenge, credential = _require_party(desk), challenge_in(answer), _field(_read(answer), "id")
    require_challenge(session, desk, challenge, purpose, now=now)
    found = passkeys.find_passkey(session, credential)
    if found is None:
        raise _not_right()
    try:
        verified = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=found.public_key,
            credential_current_sign_count=found.uses,
            require_user_verification=True,
        )
    except Exception as error:
        raise _not_right() from error
    passkeys.note_use(session, found.id, verified.new_sign_count)
    return found


def _ask(desk: HouseDesk, purpose: str, now: datetime) -> str | None:
    party = desk.party
    if party is None:
        return None
    challenge = make_challenge(desk, purpose, now=now)
    options = webauthn.generate_authentication_options(rp_id=party.id, challenge=challenge, user_verification=_REQUIRED)
    return webauthn.options_to_json(options)


def _require_party(desk: HouseDesk) -> RelyingParty:
    party = desk.party
    if party is None:
        raise Refused("passkey_here", "passkeys need a https address: the setting public_url has none")
    return party


def challenge_in(answer: str) -> bytes:
    """The challenge that the browser says it answers; the signature over it is verified later."""
    try:
        said = json.loads(base64url_to_bytes(_field(_field(_read(answer), "response"), "clientDataJSON")))
        return base64url_to_bytes(str(_field(said, "challenge")))
    except (ValueError, RecursionError) as error:
        raise _not_right() from error


def _read(answer: str) -> Any:
    if len(answer) > MAX_ANSWER:
        raise _not_right()
    try:
        return json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise _not_right() from error


def _field(value: Any, name: str) -> Any:
    if not isinstance(value, dict) or not isinstance(value.get(name), str | dict):
        raise _not_right()
    return value[name]


def _not_right() -> Refused:
    return Refused("passkey", "this passkey did not open it: try again, or use your password")
