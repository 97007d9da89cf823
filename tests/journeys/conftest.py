"""A stage for each journey, in the widths and with or without JavaScript as the journey says.

All journeys run in one event loop, so that they can share one browser; each person has a context of their own in it.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.federation.network import copied_federation
from tests.journeys.staff import set_up_staff
from tests.journeys.stage import Stage, chromium

EVERY_WAY = [
    pytest.param((width, script), id=f"{width}px-{'with' if script else 'without'}-script")
    for width in (375, 1100)
    for script in (False, True)
]
TWO_WAYS = [EVERY_WAY[0], EVERY_WAY[3]]
"""Narrow without JavaScript, wide with it."""

Checked = dict[tuple[int, bool], set[str]]


@pytest.fixture(scope="session")
def staffed(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three projects, and people there who have accounts; closed, to be copied."""
    folder = tmp_path_factory.mktemp("journeys") / "staffed"

    async def make() -> None:
        async with copied_federation(template, folder, 1) as fed:
            set_up_staff(fed)

    asyncio.run(make())
    return folder


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def checked() -> Checked:
    """What axe has seen, by width and whether JavaScript was on."""
    return defaultdict(set)


@pytest_asyncio.fixture(loop_scope="session")
async def stage(
    staffed: Path, tmp_path: Path, browser: Browser, checked: Checked, request: pytest.FixtureRequest
) -> AsyncIterator[Stage]:
    """`request.param`: the width, and whether JavaScript is on."""
    width, script = request.param
    async with copied_federation(staffed, tmp_path / "copy", 1) as fed:
        made = Stage(fed, browser, width=width, script=script, dark=width == 375, checked=checked[request.param])
        yield made
        await made.close()
