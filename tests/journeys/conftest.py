"""A stage for each journey, in the widths and with or without JavaScript as the journey says."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.federation.network import copied_federation
from tests.journeys.stage import Stage, chromium

EVERY_WAY = [
    pytest.param((width, script), id=f"{width}px-{'with' if script else 'without'}-script")
    for width in (375, 1100)
    for script in (False, True)
]
TWO_WAYS = [pytest.param((375, False), id="375px-without-script"), pytest.param((1100, True), id="1100px-with-script")]


@pytest.fixture
async def stage(template: Path, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """`way`, as a parameter of the test: (width, whether JavaScript is on)."""
    width, script = request.param
    async with copied_federation(template, tmp_path / "copy", 1) as fed, chromium() as browser:
        made = Stage(fed, browser, width=width, script=script, dark=width == 375)
        yield made
        await made.close()
