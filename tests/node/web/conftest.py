"""A federation of three nodes, and browsers before the pages of Genesis."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.federation.network import Federation, copied_federation
from tests.node.web.client import Browser


@pytest.fixture
async def fed(template: Path, tmp_path: Path) -> AsyncIterator[Federation]:
    async with copied_federation(template, tmp_path / "copy", 1) as made:
        yield made


@pytest.fixture
async def browser(fed: Federation) -> AsyncIterator[Callable[[str], Browser]]:
    """A browser before Genesis's pages, signed in as somebody of that name; `""`: nobody."""
    opened: list[Browser] = []

    def open_browser(name: str = "") -> Browser:
        made = Browser(fed.genesis)
        opened.append(made)
        return made.sign_in_as(name) if name else made

    yield open_browser
    for one in opened:
        await one.http.aclose()
