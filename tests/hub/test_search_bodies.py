"""Search over bodies: what fits is found, a blank fits, police find what police may read and nothing tells of more."""

from typing import Any

import pytest

from hub.actions.index_bodies import rekey_bodies
from hub.actions.keep_house import change_epoch
from hub.actions.search_bodies import search_bodies
from hub.core.search import MAX_RESULTS, Asked
from hub.store import finding
from protocol.body_fields import (
    Accent,
    IdentifierShown,
    Mark,
    Period,
    PersonDescribed,
    Range,
    VehicleDescribed,
)
from tests.hub.ground import Ground
from tests.hub.test_index_bodies import index, say

GAZ = PersonDescribed(
    age=Range(min=44, max=52),
    accents=(Accent(accent="scottish"),),
    build="stocky",
    height_cm=Range(min=175),
    hair_colours=("grey",),
    hair_styles=("bald",),
    facial_hair="goatee",
    eyes="blue",
    marks=(Mark(mark="tattoo", part="neck", motif="rose"),),
    names_used=("Big Gaz",),
    sex="man",
    skin="ic1",
)
FORD = VehicleDescribed(plate="*K7L", make="ford", model="Focus ST", colour="blue", type="car")
SAID: dict[str, Any] = {
    "persons": (GAZ,),
    "vehicles": (FORD,),
    "methods": ("locked_in",),
    "weapons": ("knife",),
    "contact": "advert",
    "place": "hotel",
    "town": "Otley",
    "period": Period(from_="2026-08", to="2026-10"),
    "identifiers": (IdentifierShown(kind="phone", tail="914"),),
}
FITS: list[dict[str, Any]] = [
    {"force": "west-yorkshire"},
    {"town": "OTLEY "},
    {"place": "hotel"},
    {"month_from": "2026-09", "month_to": "2027-01"},
    {"month_to": "2026-08"},
    {"incident": "robbery"},
    {"method": "locked_in", "weapon": "knife", "contact": "advert"},
    {"sex": "man", "build": "stocky", "eyes": "blue", "facial_hair": "goatee"},
    {"hair": "grey", "hair_style": "bald", "skin": "ic1", "accent": "scottish"},
    {"age": 52},
    {"height_cm": 190},
    {"name": "big-gaz"},
    {"mark": "tattoo"},
    {"vehicle": "car", "make": "ford", "vehicle_colour": "blue", "model": "focus st"},
    {"plate": "K7"},
    {"plate": "ab12 k7l"},
    {"tail": "914"},
    {"tail": "14"},
    {"age": 45, "build": "stocky", "plate": "7L", "force": "west-yorkshire"},
]
FITS_NOT: list[dict[str, Any]] = [
    {"force": "merseyside"},
    {"town": "Leeds"},
    {"month_from": "2026-11"},
    {"incident": "rape"},
    {"age": 20},
    {"height_cm": 150},
    {"name": "Gaz"},
    {"plate": "K8"},
    {"plate": "AB12 K7M"},
    {"tail": "915"},
    {"make": "ford", "vehicle_colour": "red"},
    {"build": "stocky", "skin": "ic3"},
]


async def found(ground: Ground, *, for_police: bool = False, **asked: Any) -> list[str]:
    """The identities found, the newest first."""
    result = search_bodies(ground.hub.store, ground.hub.epochs(), Asked(**asked), for_police=for_police)
    assert result.whole
    return [one.identity for one in result.alerts]


async def test_what_a_body_says_finds_it_and_what_it_does_not_say_does_not(ground: Ground) -> None:
    alert = await say(ground, "gaz", **SAID)
    index(ground)
    for asked in FITS:
        assert await found(ground, **asked) == [alert], asked
    for asked in FITS_NOT:
        assert await found(ground, **asked) == [], asked


async def test_bodies_are_found_while_their_keys_are_made_anew(ground: Ground) -> None:
    old = await say(ground, "old", **SAID)
    index(ground)
    hub = ground.hub
    ground.forward(days=1)
    change_epoch(hub.store, hub.config.epoch_dir, ground.clock.now, hub.config.epoch_days)
    new = await say(ground, "new", **SAID)
    index(ground)
    with hub.store.read() as session:
        assert finding.epochs_in_use(session) == [1, 2]
    assert await found(ground, plate="K7") == await found(ground, build="stocky") == [new, old]
    assert rekey_bodies(hub.store, hub.epochs()) == 1
    with hub.store.read() as session:
        assert finding.epochs_in_use(session) == [2]
    assert await found(ground, plate="K7") == await found(ground, build="stocky") == [new, old]


async def test_a_blank_fits_a_description_and_no_person_at_all_does_not(ground: Ground) -> None:
    blank = await say(ground, "blank", persons=(PersonDescribed(names_used=("Nobody",)),))
    await say(ground, "nobody", persons=(), methods=("locked_in",))
    index(ground)
    for asked in ({"build": "thin"}, {"age": 30}, {"skin": "ic4", "sex": "woman", "eyes": "green"}):
        assert await found(ground, **asked) == [blank], asked


async def test_a_description_is_of_one_and_the_same_person(ground: Ground) -> None:
    two = (PersonDescribed(build="thin", eyes="blue"), PersonDescribed(build="heavy", eyes="brown"))
    alert = await say(ground, "two", persons=two)
    index(ground)
    assert await found(ground, build="thin", eyes="blue") == [alert]
    assert await found(ground, build="thin", eyes="brown") == []


async def test_the_newest_come_first_at_most_twenty_and_no_total(ground: Ground) -> None:
    alerts = [await say(ground, f"{number}", **SAID) for number in range(MAX_RESULTS + 2)]
    index(ground)
    result = search_bodies(ground.hub.store, ground.hub.epochs(), Asked(town="Otley"), for_police=False)
    assert [one.identity for one in result.alerts] == alerts[: -MAX_RESULTS - 1 : -1]
    assert not result.whole and result.__struct_fields__ == ("alerts", "whole")


async def test_pages_of_candidates_are_gone_through_to_the_end(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "STEP", 3)
    oldest = await say(ground, "oldest", **SAID)
    for number in range(8):
        await say(ground, f"{number}", **(SAID | {"town": "Leeds"}))
    index(ground)
    assert await found(ground, incident="robbery", town="Otley") == [oldest]
    assert await found(ground, build="stocky", month_to="2026-10", plate="K7") != []


async def test_police_find_what_police_may_read_and_the_same_when_more_arrives(ground: Ground) -> None:
    yes = await say(ground, "yes", **SAID)
    index(ground)
    before = [search_bodies(ground.hub.store, ground.hub.epochs(), Asked(**asked), for_police=True) for asked in FITS]
    no = [await say(ground, f"no{number}", **SAID, police="no") for number in range(MAX_RESULTS + 2)]
    index(ground)
    after = [search_bodies(ground.hub.store, ground.hub.epochs(), Asked(**asked), for_police=True) for asked in FITS]
    assert before == after
    assert [one.identity for one in after[0].alerts] == [yes]
    result = search_bodies(ground.hub.store, ground.hub.epochs(), Asked(town="Otley"), for_police=False)
    assert [one.identity for one in result.alerts] == no[: -MAX_RESULTS - 1 : -1]
