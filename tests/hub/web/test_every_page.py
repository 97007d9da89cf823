"""10,000 warnings, 200 members: every page answers, and asks the database no more often than beside a few of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Engine, event

from hub.web.app import ROOMS
from protocol.house.web.doors import Door
from tests.bench.hub_crowd import Crowd, crowded_ground
from tests.bench.hub_walk import POSTED, Stop, pages, stops, walker
from tests.contract.routes import routes

FEW, MANY = (200, 20), (10_000, 200)
"""Warnings, members."""

MOST_STATEMENTS: Final = 60
"""Of one page that is not a search: a dozen are for signing in, the turn to write and the trail."""

MOST_OF_A_SEARCH: Final = 400
"""Twenty steps through its candidates, group by group, for whoever may read them."""

CHANGES: Final = frozenset(
    {
        "POST /account/device",
        "POST /account/devices/{device}/end",
        "POST /account/passkeys",
        "POST /account/passkeys/{passkey}/end",
        "POST /account/password",
        "POST /account/pin",
        "POST /account/recovery-codes",
        "POST /alike/decide",
        "POST /alike/decisions/{number}/take-back",
        "POST /alike/series/{identity}/split",
        "POST /alike/series/{identity}/undo",
        "POST /audit/verify",
        "POST /backup",
        "POST /figures/history",
        "POST /figures/history/take-back",
        "POST /joining/invite",
        "POST /joining/{digest}/admit",
        "POST /joining/{digest}/drop",
        "POST /kept/forget",
        "POST /members/{member}/{verb}",
        "POST /people/invite",
        "POST /people/{person}/deputy",
        "POST /people/{person}/devices/{device}/end",
        "POST /people/{person}/end",
        "POST /people/{person}/invite",
        "POST /people/{person}/roles",
        "POST /releases/ask",
        "POST /releases/confirm",
        "POST /releases/drop",
        "POST /signing",
        "POST /signing/file",
        "POST /withdrawals/{member}",
    }
)
"""What is done by a form, and is no page to look at; verifying the trail reads all of it, and says so."""


def test_every_form_is_walked_or_changes_something() -> None:
    guarded = {
        name
        for name, route in routes(ROOMS).items()
        if any(isinstance(one.call, Door) for one in route.dependant.dependencies)
    }
    assert guarded == {*pages(), *CHANGES}
    assert not CHANGES & set(pages())


async def test_every_page_answers_and_asks_no_more_often_beside_many(
    two_databases: tuple[str, str], tmp_path: Path
) -> None:
    asked = []
    for url, (warnings, members) in zip(two_databases, (FEW, MANY), strict=True):
        folder = tmp_path / str(warnings)
        folder.mkdir()
        async with crowded_ground(url, folder, warnings, members) as crowd:
            asked.append(await _statements(crowd))
    few, many = asked
    assert {page for _, page in few} == {page for _, page in many}
    assert {page.split(" ")[1] for _, page in many} == {page.split(" ")[1] for page in pages()}
    for stop, number in many.items():
        is_search = any(stop[1].startswith(f"POST {path}") for path in POSTED)
        assert number <= (MOST_OF_A_SEARCH if is_search else MOST_STATEMENTS), (stop, number)
        assert is_search or number <= few[stop] + 2, (stop, few[stop], number)


async def _statements(crowd: Crowd) -> dict[tuple[str, str], int]:
    """How many statements each page runs for each reader who may open it."""
    found = {}
    async with walker(crowd) as walk:
        for stop in stops(crowd):
            with _counted() as statements:
                answer = await walk.ask(stop)
            if answer.status_code != 403:
                assert answer.status_code == _expected(stop), (stop, answer.status_code)
                found[stop.reader, stop.name] = len(statements)
    return found


def _expected(stop: Stop) -> int:
    """Nothing was kept by a locked screen: that page leads to the start page."""
    return 303 if stop.route == "GET /kept" else 200


@contextmanager
def _counted() -> Iterator[list[str]]:
    """The statements that are run in the block, in whatever database."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture(params=["sqlite", "postgresql"])
def two_databases(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """Two empty databases of a kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'few.db'}", f"sqlite:///{tmp_path / 'many.db'}"
    server = request.getfixturevalue("postgres")
    return server.new_database(), server.new_database()
