"""One's own account: this device and its PIN, password, recovery codes, passkeys; and setting it up by invitation."""

from collections.abc import Callable
from typing import Annotated, Final, Literal

import segno
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from protocol.house.actions.change_account import change_password, rename_device, renew_recovery_codes, set_pin
from protocol.house.actions.confirm_self import confirm_self
from protocol.house.actions.end_access import end_device
from protocol.house.actions.set_up_account import set_up_account, show_invitation
from protocol.house.actions.show_account import show_account
from protocol.house.actions.use_passkey import add_passkey, end_passkey, registration_options
from protocol.house.core.errors import NotFound, Refused
from protocol.house.core.passwords import LONGEST
from protocol.house.core.staff import may_be_here
from protocol.house.web.cookies import DEVICE, read_cookie
from protocol.house.web.doors import Posted, SignInFirst, Visit, door, go, site_of
from protocol.house.web.forms import Form, sentence
from protocol.house.web.site import Site
from protocol.house.web.strangers import StrangerPosted, signed_in_now, strangers_page

rooms = APIRouter()

Own = Annotated[Visit, door(may_be_here)]
Here = Annotated[Site, Depends(site_of)]

Change = Literal["pin", "password", "recovery-codes", "passkeys"]

_FIELDS: Final = {
    "pin": "pin",
    "pin_common": "pin",
    "password": "current",
    "password_short": "password",
    "password_long": "password",
    "password_common": "password",
    "app_code": "code",
    "device_name": "name",
}
"""Beside which field a refusal stands."""


def _beside(form: Form, error: Refused) -> None:
    form.refuse(_FIELDS.get(error.code.partition(".")[2], ""), sentence(error.message))


@rooms.get("/account")
def own_account(visit: Own) -> Response:
    """What one signs in with, and where."""
    found = show_account(visit.desk, visit.session, now=visit.now)
    return visit.page("account/own.html", account=found, this_device=visit.session.device)


@rooms.get("/account/pin")
def before_pin(visit: Own) -> Response:
    """Which PIN?"""
    return _ask(visit, "pin", Form())


@rooms.get("/account/password")
def before_password(visit: Own) -> Response:
    """Which password?"""
    return _ask(visit, "password", Form())


@rooms.get("/account/recovery-codes")
def before_codes(visit: Own) -> Response:
    """Really?"""
    return _ask(visit, "recovery-codes", Form())


@rooms.get("/account/passkeys")
def own_passkeys(visit: Own) -> Response:
    """Those there are, and another."""
    return _ask(visit, "passkeys", Form())


def _ask(visit: Visit, what: Change, form: Form, status: int = 200) -> Response:
    found = show_account(visit.desk, visit.session, now=visit.now)
    options = registration_options(visit.desk, visit.session, now=visit.now) if what == "passkeys" else None
    return visit.page("account/change.html", status=status, form=form, account=found, passkey=options, what=what)


@rooms.get("/account/device")
def before_naming(visit: Own) -> Response:
    """The first time on a device: its name, and a PIN for the lock screen."""
    return visit.page("account/device.html", form=Form())


@rooms.post("/account/device")
def name_it(visit: Own, form: Posted) -> Response:
    """Names this device, and sets a PIN if one was typed."""
    pin = form.line("pin")
    if pin and pin != form.line("pin_again"):
        form.refuse("pin_again", "This is not the same PIN: type both again")
    if form.errors:
        return visit.page("account/device.html", status=422, form=form)
    try:
        rename_device(visit.desk, visit.session, name=form.line("name"), now=visit.now)
        if pin:
            confirm_self(visit.desk, visit.session, password=form.value("current"), now=visit.now)
            set_pin(visit.desk, visit.session, pin=pin, now=visit.now)
    except Refused as error:
        _beside(form, error)
        return visit.page("account/device.html", status=422, form=form)
    return go("/")


@rooms.post("/account/pin")
def new_pin(visit: Own, form: Posted) -> Response:
    """Another PIN on this device."""
    if form.line("pin") != form.line("pin_again"):
        form.refuse("pin_again", "This is not the same PIN: type both again")
    return _changed(visit, "pin", form, lambda: set_pin(visit.desk, visit.session, pin=form.line("pin"), now=visit.now))


@rooms.post("/account/password")
def new_password(visit: Own, form: Posted) -> Response:
    """Another password; other sessions end."""
    if form.value("password") != form.value("password_again"):
        form.refuse("password_again", "This is not the same password: type both again")
    password = form.value("password")[: LONGEST + 1]

    def change() -> None:
        change_password(visit.desk, visit.session, password=password, now=visit.now)

    return _changed(visit, "password", form, change)


@rooms.post("/account/recovery-codes")
def new_codes(visit: Own, form: Posted) -> Response:
    """Eight new codes, shown once."""
    made: list[str] = []
    answer = _changed(
        visit,
        "recovery-codes",
        form,
        lambda: made.extend(renew_recovery_codes(visit.desk, visit.session, now=visit.now)),
    )
    return visit.page("account/recovery_codes.html", codes=made, on="/account") if made else answer


@rooms.post("/account/passkeys")
def new_passkey(visit: Own, form: Posted) -> Response:
    """What the browser made."""
    answer, name = form.value("answer"), form.line("name")

    def change() -> None:
        add_passkey(visit.desk, visit.session, answer=answer, name=name, now=visit.now)

    return _changed(visit, "passkeys", form, change)


@rooms.post("/account/passkeys/{passkey}/end")
def give_up_passkey(visit: Own, form: Posted, passkey: int) -> Response:
    """A passkey that is not used any more."""
    end_passkey(visit.desk, visit.session, passkey=passkey, now=visit.now)
    return go("/account")


@rooms.post("/account/devices/{device}/end")
def lost_device(visit: Own, form: Posted, device: int) -> Response:
    """Lost, stolen or given up: everything that is open on it ends at once."""
    end_device(visit.desk, visit.session, device=device, now=visit.now)
    return go("/account")


def _changed(visit: Visit, what: Change, form: Form, change: Callable[[], object]) -> Response:
    """Confirms that it is them, and changes it; five wrong passwords end the session."""
    if not form.errors:
        try:
            confirm_self(visit.desk, visit.session, password=form.value("current"), now=visit.now)
            change()
        except Refused as error:
            _beside(form, error)
        except NotFound as error:
            raise SignInFirst from error
    return _ask(visit, what, form, 422) if form.errors else go("/account")


@rooms.get("/invitation/{code}")
def invited(request: Request, site: Here, code: str) -> Response:
    """A password and an app, on one page."""
    return _invited(request, site, code, Form())


def _invited(request: Request, site: Site, code: str, form: Form, status: int = 200) -> Response:
    shown = show_invitation(site.house_desk(), code=code, now=site.now())
    picture = segno.make(shown.uri, error="m").svg_data_uri(scale=5, border=4, light="#fff")
    return strangers_page(
        request, site, "account/invitation.html", status=status, form=form, shown=shown, picture=picture, code=code
    )


@rooms.post("/invitation/{code}")
def set_up(request: Request, site: Here, form: StrangerPosted, code: str) -> Response:
    """Sets the account up, and shows the recovery codes once."""
    if form.value("password") != form.value("password_again"):
        form.refuse("password_again", "This is not the same password: type both again")
        return _invited(request, site, code, form, 422)
    try:
        made = set_up_account(
            site.house_desk(),
            code=code,
            password=form.value("password")[: LONGEST + 1],
            app_code=form.line("code"),
            device_token=read_cookie(request, site, DEVICE),
            now=site.now(),
        )
    except Refused as error:
        _beside(form, error)
        return _invited(request, site, code, form, 422)
    answer = strangers_page(
        request, site, "account/recovery_codes.html", codes=made.recovery, on="/account/device", form=None
    )
    return signed_in_now(answer, site, made.begun)
