"""What is to be found of a body: written after it was ordered, gone when it is gone, and never in the clear."""

import datetime as dt
from typing import Any

import pytest
from sqlmodel import select

from hub.actions.index_bodies import PAGE, index_bodies, rekey_bodies
from hub.actions.keep_house import change_epoch, erase_lapsed
from hub.core.descriptors import Described
from hub.store import descriptors
from hub.store.descriptor_tables import DescriptorKeyRow, DescriptorRow
from protocol.body_fields import Period, PersonDescribed, VehicleDescribed
from protocol.vectors.plausible_bodies import alert_body, salt
from tests.hub.ground import Ground
from tests.hub.test_erasure import publish


def index(ground: Ground) -> int:
    return index_bodies(ground.hub.store, ground.hub.view, ground.hub.epochs())


def all_described(ground: Ground) -> list[Described]:
    with ground.hub.store.read() as session:
        return descriptors.described_after(session, -1, 100)


def keys(ground: Ground) -> set[tuple[int, int]]:
    """(index, key) of every search key."""
    with ground.hub.store.read() as session:
        return {(row.idx, row.key) for row in session.exec(select(DescriptorKeyRow))}


async def say(ground: Ground, name: str, **over: Any) -> str:
    """One more alert of Genesis; its identity."""
    alert = ground.scene.alert("genesis", 1, body=alert_body(salt=salt(name), **over))
    await ground.ok()
    return alert


async def test_a_warning_is_described_once_in_coarse_words(ground: Ground) -> None:
    alert = await say(ground, "one", police="no", period=Period(from_="2026-08", to="2026-10"), methods=("locked_in",))
    assert index(ground) == 1
    link = ground.hub.view.now.state.links[alert]
    assert all_described(ground) == [
        Described(
            idx=link.index,
            identity=alert,
            chain=alert,
            origin=1,
            day=link.day,
            month="2026-10",
            force="west-yorkshire",
            region="yorkshire",
            police=False,
            source="report",
            reporters="1",
            contact="",
            incidents=("robbery",),
            methods=("locked_in",),
            same_event_as=(),
        )
    ]
    found = keys(ground)
    assert index(ground) == 0 and keys(ground) == found


async def test_more_than_a_page_is_described_in_one_run(ground: Ground) -> None:
    for number in range(PAGE // 4):  # each with an update: four pages' worth of statements, half of them gone
        alert = ground.scene.alert("genesis", 1, body=alert_body(salt=salt(f"{number}")))
        if number % 2:
            ground.scene.update("genesis", 1, alert)
    await ground.ok()
    assert index(ground) == PAGE // 4


async def test_practice_and_what_is_no_alert_is_passed_over(ground: Ground) -> None:
    ground.scene.alert("genesis", 1, status="exercise")
    ground.scene.sighting("bradford", 2, ground.scene.alert("genesis", 1))
    await ground.ok()
    assert index(ground) == 1 and len(all_described(ground)) == 1


@pytest.mark.parametrize("how", ["cancel", "pause", "update", "lapse"])
async def test_what_was_derived_from_a_body_goes_with_it(ground: Ground, how: str) -> None:
    alert, _ = await publish(ground)
    other = await say(ground, "other", period=Period(from_="2026-09", to="2026-09"))
    assert index(ground) == 2
    before = keys(ground)
    at = ground.hub.view.now.state.links[alert].index
    if how == "lapse":
        links = ground.hub.view.now.state.links
        assert links[alert].expires and links[other].expires
        assert erase_lapsed(ground.hub.store, ground.hub.view, ground.clock.now.date() + dt.timedelta(days=366)) >= 2
        assert keys(ground) == set() and all_described(ground) == []
        return
    getattr(ground.scene, how)("genesis", 1, alert)
    await ground.ok()
    assert at not in {one.idx for one in all_described(ground)}
    assert keys(ground) == {key for key in before if key[0] != at}
    index(ground)
    assert [one.chain for one in all_described(ground)] == ([other, alert] if how == "update" else [other])


async def test_what_was_taken_back_before_it_was_indexed_is_never_indexed(ground: Ground) -> None:
    alert, _ = await publish(ground)
    ground.scene.cancel("genesis", 1, alert)
    await ground.ok()
    assert index(ground) == 0 and all_described(ground) == [] and keys(ground) == set()


async def test_new_keys_are_made_under_each_new_epoch_key(ground: Ground) -> None:
    await publish(ground)
    index(ground)
    before = keys(ground)
    ground.forward(days=1)
    change_epoch(ground.hub.store, ground.hub.config.epoch_dir, ground.clock.now, ground.hub.config.epoch_days)
    assert rekey_bodies(ground.hub.store, ground.hub.epochs()) == 1
    after = keys(ground)
    assert len(after) == len(before) and not after & before
    assert rekey_bodies(ground.hub.store, ground.hub.epochs()) == 0
    with ground.hub.store.read() as session:
        assert session.exec(select(DescriptorRow.epoch)).all() == [ground.hub.epochs().current]


async def test_nothing_that_describes_a_person_or_vehicle_stands_in_the_clear(ground: Ground) -> None:
    person = PersonDescribed(names_used=("Canaryname",), build="stocky", skin="ic1")
    vehicle = VehicleDescribed(plate="QX7*", model="Canarymodel", make="ford")
    await say(ground, "clear", persons=(person,), vehicles=(vehicle,), town="Canarytown", text="Canarytext")
    index(ground)
    with ground.hub.store.read() as session:
        connection = session.connection()
        rows = [
            str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())
            for table in ("descriptors", "descriptor_keys")
        ]
    for word in ("canary", "qx7", "stocky", "ic1"):
        assert word not in "".join(rows).lower()
    assert "west-yorkshire" in rows[0]
