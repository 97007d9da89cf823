"""Frozen releases outside the database: there before anybody is shown one, the same after any crash, read back."""

import asyncio
import datetime as dt
import shutil
from pathlib import Path

import pytest

from hub.actions.examine import examine
from hub.actions.freeze_release import FiguresDesk, ask_for_release, confirm_release
from hub.actions.hub_desk import HubHouse
from hub.actions.keep_releases import bring_together, take_back_releases
from hub.actions.read_figures import FiguresKeys
from hub.core.errors import Misconfigured
from hub.core.releases import digest_of, read_release
from hub.log_view import LogView
from hub.store import releases
from hub.store.engine import Store
from hub.store.key_files import load_epochs, load_figures_key
from hub.store.release_files import read_release_files, write_release
from protocol.house.core.errors import NotFound
from protocol.house.core.staff import Staff
from tests.faults.dying import WHENS, die_at, durable_steps
from tests.hub.ground import Ground, config_of, running_ground
from tests.hub.test_freezing import NEW_YEAR, QUARTER, Office
from tests.hub.web.client import ANALYST, LEAD

NOON = dt.datetime.combine(NEW_YEAR, dt.time(12), dt.UTC)


@pytest.fixture
def office(ground: Ground) -> Office:
    return Office(ground)


async def frozen(office: Office) -> bytes:
    """A quarter of nine warnings is frozen; the bytes of the release."""
    for _ in range(9):
        await office.say("genesis", 1, police="yes")
    office.until(NEW_YEAR)
    return office.freeze(QUARTER).content


def folder_of(office: Office) -> Path:
    return office.ground.hub.config.releases_dir


def kept(store: Store) -> list[bytes]:
    with store.read() as session:
        return [one.content for one in releases.all_releases(session)]


async def test_a_frozen_release_lies_beside_the_guard_file_under_its_digest(office: Office) -> None:
    content = await frozen(office)
    (path,) = folder_of(office).iterdir()
    assert path.name == f"release-000001-{digest_of(content)}.json" and path.read_bytes() == content


async def test_a_host_that_froze_nothing_gets_the_files_and_an_older_database_the_releases(office: Office) -> None:
    content = await frozen(office)
    store, folder = office.ground.hub.store, folder_of(office)
    shutil.rmtree(folder)
    for _ in range(2):
        bring_together(store, folder)
        assert [one.content for one in read_release_files(folder).values()] == [content]
    write_release(folder, read_release(content))
    assert len(list(folder.iterdir())) == 1, "the same release again is the same file"


@pytest.mark.parametrize("what", ["altered", "renamed", "two of one number", "not a release"])
async def test_files_that_are_not_what_they_say_are_refused_and_named_by_doctor(office: Office, what: str) -> None:
    content = await frozen(office)
    (path,) = folder_of(office).iterdir()
    if what == "altered":
        path.write_bytes(content.replace(b'"number":1', b'"number":2'))
    elif what == "renamed":
        path.rename(path.with_name(path.name.replace("000001", "000002")))
    elif what == "two of one number":
        other = content.replace(NEW_YEAR.isoformat().encode(), b"2027-01-05")
        path.with_name(f"release-000001-{digest_of(other)}.json").write_bytes(other)
    else:
        path.with_name("release-2.json").write_bytes(b"{}")
    with pytest.raises(Misconfigured, match="beside the guard file"):
        read_release_files(folder_of(office))
    found = [one.wrong for one in examine(office.ground.hub.config, office.ground.clock()).findings]
    assert any("beside the guard file" in one for one in found)


async def test_another_release_than_the_database_holds_is_not_taken_back(office: Office) -> None:
    content = await frozen(office)
    (path,) = folder_of(office).iterdir()
    other = content.replace(NEW_YEAR.isoformat().encode(), b"2027-01-05")
    path.unlink()
    path.with_name(f"release-000001-{digest_of(other)}.json").write_bytes(other)
    with (
        HubHouse(office.ground.hub.store).begin() as session,
        pytest.raises(Misconfigured, match="not the one in the database"),
    ):
        take_back_releases(session, folder_of(office))
    assert kept(office.ground.hub.store) == [content]


def test_a_release_that_a_crash_broke_off_is_frozen_once_and_as_it_was_counted(tmp_path: Path) -> None:
    folder, stock = tmp_path / "hub", tmp_path / "stock"
    folder.mkdir()
    config = config_of(f"sqlite:///{folder / 'hub.db'}", folder)
    analyst: list[Staff] = []

    async def prepare() -> None:
        async with running_ground(config.database, folder) as ground:
            await ground.three_projects()
            office = Office(ground)
            for _ in range(9):
                await office.say("genesis", 1, police="yes")
            office.until(NEW_YEAR)
            ask_for_release(office.desk, office.who(LEAD), QUARTER, NOON)
            analyst.append(office.who(ANALYST))

    asyncio.run(prepare())
    shutil.copytree(folder, stock)

    def confirm(now: dt.datetime) -> None:
        store = Store(config.database)
        keys = FiguresKeys(load_epochs(config.epoch_dir), load_figures_key(config.keys_dir))
        desk = FiguresDesk(HubHouse(store), LogView(store), keys, config.releases_dir)
        confirm_release(desk, analyst[0], QUARTER, now)
        store.close()

    steps = durable_steps(lambda: confirm(NOON))
    assert len(steps) >= 2, steps
    for number in range(len(steps)):
        for when in WHENS:
            shutil.rmtree(folder)
            shutil.copytree(stock, folder)
            die_at(number, when, lambda: confirm(NOON))
            left = list(read_release_files(config.releases_dir).values())
            store = Store(config.database)
            assert set(kept(store)) <= {one.content for one in left}, "what can be shown lies outside, too"
            if not kept(store):
                confirm(NOON + dt.timedelta(days=1))
            else:
                with pytest.raises(NotFound):
                    confirm(NOON + dt.timedelta(days=1))
            (content,) = kept(store)
            assert [one.content for one in read_release_files(config.releases_dir).values()] == [content]
            assert not left or content == left[0].content, "counted a day later it would be another"
            store.close()
