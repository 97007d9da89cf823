"""What happened and who is described is put right on its pages; what a page has no field for stays as it was."""

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from node.core.scheme_data import (
    AccentData,
    GarmentData,
    IdentifierData,
    MarkData,
    PersonData,
    SchemeData,
    VehicleData,
)
from node.store.reports import read_scheme_data
from tests.builders import some_scheme_data
from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser

Open = Callable[..., Browser]
WHAT = "What happened? Tick all that apply"
DESCRIBED = "/reports/1/described"
RICH = SchemeData(
    incident_types=("robbery", "threats_weapon"),
    date_min=date(2026, 10, 30),
    date_max=date(2026, 10, 31),
    area="Leeds",
    place_kind="vehicle",
    contact_means=("street", "phone"),
    methods=("drove_elsewhere",),
    weapons=("knife",),
    number_of_people=2,
    persons=(
        PersonData(
            age_min=37,
            age_max=44,
            height_cm_min=175,
            height_cm_max=182,
            sex="man",
            hair_colours=("brown", "grey"),
            accents=(AccentData(accent="local", region="Hull"),),
            marks=(MarkData(mark="tattoo", part="neck", side="left"),),
            clothing=(GarmentData(garment="hoodie", colour="black"), GarmentData(garment="jeans")),
            names_used=("Gaz", "Dave", "Mick", "Steve", "Baz"),
        ),
        PersonData(sex="woman"),
    ),
    vehicles=(
        VehicleData(make="ford", model="Fiesta", shade="dark", plates=("YK58QQA", "YK58QQB")),
        VehicleData(make="audi"),
    ),
    identifiers=(
        IdentifierData(kind="phone", canonical="+447700900318"),
        IdentifierData(kind="handle", canonical="gaz_leeds", platform="other"),
        IdentifierData(kind="phone", canonical="*123", partial=True),
        IdentifierData(kind="e_mail", canonical="gaz@example.com"),
    ),
)


def kept(fed: Federation) -> SchemeData:
    with fed.genesis.store.read() as session:
        return read_scheme_data(session, fed.genesis.cases.vault, 1)


@pytest.mark.parametrize("part", ["event", "person1", "person2", "person3", "things"])
async def test_what_is_left_as_it_is_stays_also_what_has_no_field(browser: Open, fed: Federation, part: str) -> None:
    fed.genesis.report(scheme=RICH)
    asha = browser(WRITER)
    await asha.press(await asha.get(f"{DESCRIBED}/{part}"), "Keep")
    assert kept(fed) == RICH


async def test_each_part_is_put_right_alone(browser: Open, fed: Federation) -> None:
    fed.genesis.report(scheme=RICH)
    asha, first = browser(WRITER), RICH.persons[0]
    page = await asha.follow(await asha.get("/reports/1"), "Put right what happened and who is described")
    await asha.press(await asha.follow(page, "Person described 1"), "Keep", {"Age, as seen": "50s", "Build": "Stocky"})
    first = replace(first, age_min=50, age_max=59, build="stocky")
    await asha.press(await asha.follow(page, "Another person described"), "Keep", {"A man or a woman, as seen": "Man"})
    await asha.press(
        await asha.follow(page, "What happened"),
        "Keep",
        {"The last day, if it was more than one": "30 10 2026", "How many people did it?": "3"},
    )
    await asha.press(
        await asha.follow(page, "Vehicles, numbers and usernames"),
        "Keep",
        {"Colour": "Silver", "Number or name (2)": "", "What is it? (2)": "None"},
    )
    assert kept(fed) == replace(
        RICH,
        date_max=date(2026, 10, 30),
        number_of_people=3,
        persons=(first, RICH.persons[1], PersonData(sex="man")),
        vehicles=(replace(RICH.vehicles[0], colour="silver"), RICH.vehicles[1]),
        identifiers=(RICH.identifiers[0], *RICH.identifiers[2:]),
    )


async def test_a_description_that_is_emptied_is_none_any_more(browser: Open, fed: Federation) -> None:
    fed.genesis.report(scheme=RICH)
    asha = browser(WRITER)
    await asha.press(await asha.get(f"{DESCRIBED}/person2"), "Keep", {"A man or a woman, as seen": "Not known"})
    assert kept(fed).persons == RICH.persons[:1]
    await asha.get(f"{DESCRIBED}/person3", status=404)


async def test_what_is_wrong_is_named_and_what_may_not_stand_is_taken_back(browser: Open, fed: Federation) -> None:
    fed.genesis.warn(fed.genesis.report(scheme=some_scheme_data(incident_types=("robbery",))))
    bryony = browser(RELEASER)
    page = await bryony.get(f"{DESCRIBED}/event")
    page = await bryony.press(page, "Keep", {"How many people did it?": "lots"}, status=422)
    assert page.errors == ("A whole number from 1 to 20",)
    await bryony.press(page, "Keep", {"How many people did it?": "", WHAT: ["Hate incident"]})
    assert "In force" in (await bryony.get("/releases/1")).text
    page = await bryony.get(f"{DESCRIBED}/event")
    await bryony.press(page, "Keep", {WHAT: ["Someone who controls or profits from others"]})
    assert "Taken back" in (await bryony.get("/releases/1")).text
