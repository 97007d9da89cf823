"""Our own warnings: drafted, looked at by a second person, let out, paused, taken back, and who has deleted them."""

from typing import Annotated, Final

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.approve_release import approve_release
from node.actions.draft_review import draft_review
from node.actions.list_own_releases import list_own_releases, listed
from node.actions.pause_alert import pause_alert
from node.actions.read_inbox import Shown as AlertShown
from node.actions.read_inbox import show_alert
from node.actions.refuse_release import refuse_release
from node.actions.resolve_flag import resolve_flag
from node.actions.show_looks import show_looks
from node.actions.show_release import Shown, show_release
from node.actions.show_series import SeriesShown, series_shown
from node.actions.withdraw_alert import withdraw_alert
from node.core import access
from node.core.release import READ_TO
from node.core.taken_back import CANNOT_CALL_BACK
from node.web import flag_words, options
from node.web.site import Visit
from protocol.house.core.errors import HouseError, NotFound
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form
from protocol.wording.codes import LOOK_REASONS

rooms = APIRouter(prefix="/releases")

Anyone = Annotated[Visit, door(access.may_see_own_warnings)]
TakesDown = Annotated[Visit, door(access.may_take_down)]
SecondLook = Annotated[Visit, door(access.may_review_danger_now)]

WAS_READ: Final = (
    ("yes", "Yes"),
    ("not_possible", "It was not possible"),
    ("did_not_want", "They did not want to hear it"),
)
REFUSALS: Final = (
    ("too_telling", "It says too much about who told it"),
    ("wrong_or_unclear", "It is wrong, or too vague to act on"),
    ("not_of_our_kind", "It is not what this scheme warns about"),
    ("asked_by_person_harmed", "The person it happened to asked for that"),
    ("permission_changed", "The permission has changed"),
    ("drafted_again", "It is drafted again"),
    ("other", "Another reason"),
)
GROUPS: Final = (
    ("draft", "Drafts that wait for a second person"),
    ("in_force", "In force"),
    ("paused", "Paused"),
    ("ended", "No longer in force"),
    ("taken_back", "Taken back"),
)


@rooms.get("")
def all_releases(visit: Anyone) -> Response:
    """What waits, what is in force, what has ended."""
    found = list_own_releases(visit.desk, by=visit.by, now=visit.now)
    groups = [(words, [one for one in found if one.stands == stands]) for stands, words in GROUPS]
    return visit.page("releases/list.html", groups=groups)


@rooms.get("/{release_id}")
def one_release(visit: Anyone, release_id: int) -> Response:
    """A draft as the second person sees it, or the life of what is out."""
    return _one(visit, release_id, Form())


def _one(visit: Visit, release_id: int, form: Form, status: int = 200) -> Response:
    shown = show_release(visit.desk, release_id=release_id, by=visit.by, now=visit.now, words=visit.language)
    return visit.page(
        "releases/one.html",
        status=status,
        form=form,
        shown=shown,
        listed=listed(shown.release, visit.now),
        life=_life(visit, shown),
        series=_series(visit, shown),
        looks=show_looks(visit.desk, shown.release.chain),
        roles_looking=options.ROLES_LOOKING,
        reasons_looking=LOOK_REASONS,
        today=visit.now.date(),
        may_release=access.may_let_out(visit.who, second_look=shown.second_look)
        and shown.release.drafted_by != visit.by,
        may_look=access.may_review_danger_now(visit.who) and shown.release.drafted_by != visit.by,
        may_take_down=access.may_take_down(visit.who),
        was_read=WAS_READ,
        refusals=REFUSALS,
        words=options,
        flag_words=flag_words,
        home=visit.site.config.region,
    )


def _series(visit: Visit, shown: Shown) -> list[SeriesShown]:
    """What is said of it and others."""
    if shown.release.chain is None:
        return []
    exchange = visit.site.exchange
    return series_shown(visit.desk, visit.site.log(), exchange.epochs(), now=visit.now, naming=shown.release.chain)


def _life(visit: Visit, shown: Shown) -> AlertShown | None:
    """What the log says of it; None before it has arrived there. Of one that was replaced: whether that is deleted."""
    release = shown.release
    if release.chain is None:
        return None
    exchange, view = visit.site.exchange, visit.site.log()
    content = release.identity if release.state == "superseded" else None
    try:
        return show_alert(exchange.store, view, exchange.epochs(), release.chain, visit.now.date(), content=content)
    except NotFound:
        return None


def _refused(visit: Visit, release_id: int, form: Form, error: HouseError) -> Response:
    form.refuse_with(error)
    return _one(visit, release_id, form, 409)


@rooms.post("/{release_id}/release")
def release(visit: SecondLook, form: Posted, release_id: int) -> Response:
    """A second person lets out the exact bytes that they were shown."""
    read_to = form.one_of("read_to", READ_TO, missing="Say whether it was read to the person it happened to")
    if form.errors:
        return _one(visit, release_id, form, 422)
    try:
        approve_release(
            visit.desk,
            visit.voice(),
            release_id=release_id,
            digest=form.value("digest"),
            by=visit.by,
            now=visit.now,
            read_to=read_to,
        )
    except HouseError as error:
        return _refused(visit, release_id, form, error)
    return go(f"/releases/{release_id}")


@rooms.post("/{release_id}/flags/{number}")
def resolve(visit: Anyone, form: Posted, release_id: int, number: int) -> Response:
    """A second person lets one flag stand, and says why."""
    reason = form.one_of(f"why-{number}", options.codes_of(flag_words.REASONS), missing="Say why it may stand")
    flag = flag_words.read(form.value("flag"))
    if reason is None or flag is None:
        return _one(visit, release_id, form, 422)
    try:
        resolve_flag(
            visit.desk,
            release_id=release_id,
            digest=form.value("digest"),
            flag=flag,
            reason=reason,
            by=visit.by,
            now=visit.now,
        )
    except HouseError as error:
        return _refused(visit, release_id, form, error)
    return go(f"/releases/{release_id}")


@rooms.post("/{release_id}/refuse")
def refuse(visit: Anyone, form: Posted, release_id: int) -> Response:
    """A person says no to a draft; its drafter may, too."""
    reason = form.one_of("reason", {code for code, _ in REFUSALS}, missing="Say why it does not go out")
    if form.errors or reason is None:
        return _one(visit, release_id, form, 422)
    refuse_release(visit.desk, release_id=release_id, reason=reason, by=visit.by, now=visit.now)
    return go("/releases")


@rooms.post("/{release_id}/review")
def review(visit: SecondLook, form: Posted, release_id: int) -> Response:
    """A danger now stands: on to the exact text of the longer one, which this person releases."""
    try:
        made = draft_review(visit.desk, visit.voice(), release_id=release_id, by=visit.by, now=visit.now)
    except HouseError as error:
        return _refused(visit, release_id, form, error)
    return go(f"/releases/{made}")


@rooms.post("/{release_id}/pause")
def pause(visit: TakesDown, form: Posted, release_id: int) -> Response:
    """Dark everywhere until two people bring it back."""
    try:
        pause_alert(visit.desk, visit.voice(), release_id=release_id, by=visit.by, now=visit.now)
    except HouseError as error:
        return _refused(visit, release_id, form, error)
    return go(f"/releases/{release_id}")


@rooms.get("/{release_id}/take-back")
def before_taking_back(visit: TakesDown, release_id: int) -> Response:
    """What it does, what it cannot do, and one button."""
    shown = show_release(visit.desk, release_id=release_id, by=visit.by, now=visit.now)
    return visit.page("releases/take_back.html", shown=shown, remains=CANNOT_CALL_BACK)


@rooms.post("/{release_id}/take-back")
def take_back(visit: TakesDown, form: Posted, release_id: int) -> Response:
    """One person, any hour, no reason."""
    withdraw_alert(visit.desk, visit.voice(), release_id=release_id, by=visit.by, now=visit.now)
    return go(f"/releases/{release_id}")
