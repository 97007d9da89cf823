"""A log that succeeds another: who comes over, and Cancels of what was said before. Source: spec/membership.md §7."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from protocol.statement_fields import Carried
from protocol.vectors import forms
from protocol.vectors.forms import Vector
from protocol.vectors.opening import ends_void
from protocol.vectors.scene import Scene, successor, three_projects

Part = Callable[[Scene, Scene], object]
OPENING: Final = "successor"
_STORIES: Final[list[tuple[str, Part]]] = []
_DEFECTS: Final[list[tuple[str, str, Part]]] = []


def _story(shows: str) -> Callable[[Part], Part]:
    def register(function: Part) -> Part:
        _STORIES.append((shows, function))
        return function

    return register


def _defect(code: str, shows: str) -> Callable[[Part], Part]:
    def register(function: Part) -> Part:
        _DEFECTS.append((code, shows, function))
        return function

    return register


def told() -> dict[str, Vector]:
    """Every story as a vector, by name."""
    opening = successor(three_projects(), notice_days=7)
    made = {OPENING: forms.replay("members come over with their keys: no endorsement, no notice", opening)}
    for shows, tell in _STORIES:
        old, scene = _both()
        tell(old, scene)
        made[tell.__name__] = forms.replay(shows, scene, OPENING, len(opening.entries))
    return made


def succession_defects() -> dict[str, Vector]:
    """Every log that ends in a void entry, by name."""
    made = {}
    for code, shows, tell in _DEFECTS:
        old, scene = _both()
        opened = len(scene.entries)
        tell(old, scene)
        made[f"log_{tell.__name__}"] = ends_void(forms.replay(shows, scene, OPENING, opened), code)
    return made


def _both() -> tuple[Scene, Scene]:
    old = three_projects()
    return old, successor(old, notice_days=7)


@_story("a Cancel of a warning of the old log: whoever came over owes a word for it")
def cancel_of_an_old_warning(old: Scene, scene: Scene) -> None:
    """In the new log, by its origin."""
    scene.cancel("genesis", 1, old.alert("genesis", 1))


@_story("a Cancel that was signed for the old log stands in the new one")
def old_cancel_carried_over(old: Scene, scene: Scene) -> None:
    """As it lay sealed beside its release."""
    alert = old.alert("genesis", 1)
    scene.append(old.sign(old.statement("cancel", 1, supersedes=alert), "genesis/sign0"))


@_story("a newcomer waits for endorsements and notice, as in any log")
def newcomer_to_a_successor(old: Scene, scene: Scene) -> None:
    """Only who was there comes over without."""
    request = scene.request("leeds")
    for name, number in (("genesis", 1), ("bradford", 2)):
        scene.say(f"{name}/sign0", "endorse", number, about=scene.request_digest(request))
    scene.day += dt.timedelta(days=7)
    scene.append(scene.sign(scene.admit_statement("leeds", 4, request), "officer0"))


@_defect("admit.carried", "a stranger under the id of a member that may come over")
def carried_with_other_keys(old: Scene, scene: Scene) -> None:
    """It would be believed what the member alone may say."""
    statement = scene.carry_statement(old, "merseyside", 3)
    request = scene.request("thief", region="merseyside", host="merseyside.example.org")
    theirs = scene.admit_statement("thief", 3, request)
    assert statement.member is not None and theirs.member is not None
    carried = replace(theirs.member, carried=statement.member.carried)
    scene.append(scene.sign(replace(theirs, member=carried), "officer0"))


@_defect("admit.carried", "a member under another id than it had")
def carried_under_another_id(old: Scene, scene: Scene) -> None:
    """Its old warnings would be somebody else's."""
    statement = scene.carry_statement(old, "merseyside", 3)
    assert statement.member is not None
    scene.append(scene.sign(replace(statement, member=replace(statement.member, id=9)), "officer0"))


@_defect("admit.carried", "a proof that is cut short")
def carried_with_half_a_proof(old: Scene, scene: Scene) -> None:
    """Every hash counts."""
    statement = scene.carry_statement(old, "merseyside", 3)
    assert statement.member is not None and statement.member.carried is not None
    half = Carried(index=statement.member.carried.index, path=statement.member.carried.path[:-1])
    scene.append(scene.sign(replace(statement, member=replace(statement.member, carried=half)), "officer0"))


@_defect("key.not_origins", "a Cancel for the old log under the id of another")
def old_cancel_for_another(old: Scene, scene: Scene) -> None:
    """Signed by Bradford, in the name of Genesis."""
    alert = old.alert("genesis", 1)
    scene.append(old.sign(old.statement("cancel", 1, supersedes=alert), "bradford/sign0"))


@_defect("log.other", "an alert that was signed for the old log")
def old_alert_carried_over(old: Scene, scene: Scene) -> None:
    """A warning is published anew; only a Cancel comes over."""
    scene.append(old.sign(old.alert_statement(1), "genesis/sign0"))
