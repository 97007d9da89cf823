"""Browsers before the pages of a running hub."""

from collections.abc import AsyncIterator, Callable

import pytest

from tests.hub.ground import Ground
from tests.hub.web.client import HubBrowser, add_people


@pytest.fixture
async def browser(ground: Ground) -> AsyncIterator[Callable[[str], HubBrowser]]:
    """A browser before the hub's pages, signed in as somebody of that name; `""`: nobody."""
    opened: list[HubBrowser] = []
    add_people(ground)

    def open_browser(name: str = "") -> HubBrowser:
        made = HubBrowser(ground)
        opened.append(made)
        return made.sign_in_as(name) if name else made

    yield open_browser
    for one in opened:
        await one.http.aclose()
