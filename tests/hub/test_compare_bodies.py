"""What may be of one person: found as bodies come, gone with either, and for police among what police may read."""

import datetime as dt
from typing import Any

from hub.actions.compare_bodies import alike, compare_new
from hub.actions.index_bodies import index_bodies
from hub.core.linking import skin_of
from hub.store import suggestions
from hub.store.suggestions import SkinCount
from protocol.body_fields import PersonDescribed
from protocol.vectors.plausible_bodies import alert_body
from tests.hub.ground import Ground
from tests.hub.test_index_bodies import say
from tests.hub.test_search_bodies import SAID


def compared(ground: Ground) -> int:
    """How many suggestions were new once all that came was looked at."""
    index_bodies(ground.hub.store, ground.hub.view, ground.hub.epochs())
    return compare_new(ground.hub.store, ground.hub.epochs(), ground.clock.now.date())


def listed(ground: Ground, *, for_police: bool = False) -> list[tuple[str, str, str]]:
    """(earlier, later, strength) of all suggestions."""
    with ground.hub.store.read() as session:
        found = suggestions.newest_suggestions(session, 50, for_police=for_police)
    return [(one.earlier.identity, one.later.identity, one.strength) for one in found]


def beside(ground: Ground, alert: str, *, for_police: bool = False) -> list[str]:
    """What may be of the same person as this alert."""
    index = ground.hub.view.now.state.links[alert].index
    found = alike(ground.hub.store, ground.hub.epochs(), index, for_police=for_police)
    return [one.described.identity for one in found]


OTHER: dict[str, Any] = {"persons": (PersonDescribed(names_used=("Nobody",), sex="woman"),), "town": "Otley"}


async def test_two_that_are_alike_are_suggested_once_and_not_by_themselves_linked(ground: Ground) -> None:
    first = await say(ground, "first", **SAID)
    await say(ground, "unlike", **OTHER)
    second = await say(ground, "second", **SAID)
    assert compared(ground) == 1
    assert listed(ground) == [(first, second, "strong")]
    assert compared(ground) == 0 and listed(ground) == [(first, second, "strong")]
    assert beside(ground, first)[0] == second
    assert not ground.hub.view.now.state.series


async def test_a_suggestion_goes_with_either_body_and_comes_again_with_an_update(ground: Ground) -> None:
    first = await say(ground, "first", **SAID)
    second = await say(ground, "second", **SAID)
    assert compared(ground) == 1
    update = ground.scene.update("genesis", 1, first)
    await ground.ok()
    assert listed(ground) == [] and beside(ground, second) == []
    compared(ground)
    assert listed(ground) == []
    ground.scene.cancel("genesis", 1, second)
    await ground.ok()
    assert beside(ground, update) == []


async def test_police_are_suggested_the_same_whatever_else_arrives(ground: Ground) -> None:
    first = await say(ground, "first", **SAID)
    second = await say(ground, "second", **SAID)
    compared(ground)
    before = listed(ground, for_police=True), beside(ground, first, for_police=True)
    assert before == ([(first, second, "strong")], [second])
    hidden = [await say(ground, f"no{number}", **SAID, police="no") for number in range(3)]
    compared(ground)
    assert (listed(ground, for_police=True), beside(ground, first, for_police=True)) == before
    assert beside(ground, hidden[0], for_police=True) == []
    assert set(beside(ground, first)) == {second, *hidden}
    assert len(listed(ground)) == 10, "each two of the five"


async def test_suggestions_are_counted_by_skin_as_seen_for_the_board(ground: Ground) -> None:
    await say(ground, "first", **SAID)
    second = await say(ground, "second", **SAID)
    compared(ground)
    with ground.hub.store.read() as session:
        assert suggestions.skin_counts(session) == [SkinCount(ground.clock.now.year, "ic1", 1, 0, 0)]
    ground.scene.update("genesis", 1, second)
    await ground.ok()
    compared(ground)
    with ground.hub.store.read() as session:
        assert suggestions.skin_counts(session) == [SkinCount(ground.clock.now.year, "ic1", 1, 0, 0)]


def test_skin_of_two_bodies_is_the_code_or_that_they_differ_or_do_not_say() -> None:
    def seen(*codes: str | None) -> Any:
        return alert_body(persons=tuple(PersonDescribed(skin=code, sex="man") for code in codes))

    assert skin_of([seen("ic1"), seen("ic1", "ic3")]) == "ic1"
    assert skin_of([seen("ic1"), seen("ic3")]) == "differs"
    assert skin_of([seen("ic1"), seen(None)]) == "not_said"


async def test_the_clock_of_the_count_is_the_hubs(ground: Ground) -> None:
    ground.clock.now += dt.timedelta(days=60)
    await say(ground, "first", **SAID)
    await say(ground, "second", **SAID)
    compared(ground)
    with ground.hub.store.read() as session:
        assert [count.year for count in suggestions.skin_counts(session)] == [2027]
