"""Every page of the hub that somebody signed in can open, asked for. Which there are is asked of the application."""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Final

import httpx
import msgspec

from hub.web.app import ROOMS
from protocol.house.web.doors import CSRF, Door
from tests.bench.hub_crowd import Crowd
from tests.contract.routes import routes
from tests.hub.web.client import ANALYST, LEAD, OPERATOR, POLICE_LEAD, HubBrowser

READERS: Final = (OPERATOR, LEAD, ANALYST, POLICE_LEAD)

PARTS: Final[Mapping[str, Callable[[Crowd], object]]] = {
    "member": lambda crowd: crowd.member,
    "verb": lambda _: "suspend",
    "digest": lambda crowd: crowd.candidate,
    "chain": lambda crowd: crowd.chains[0],
    "one": lambda crowd: crowd.chains[0],
    "other": lambda crowd: crowd.chains[1],
    "identity": lambda crowd: crowd.series,
    "quarter": lambda crowd: crowd.quarter,
    "name": lambda _: "incidents",
    "form": lambda _: "svg",
    "number": lambda crowd: crowd.release,
    "person": lambda crowd: crowd.person,
}
"""What stands for each part of an address: a page with a part that is not here cannot be walked, and fails."""

POSTED: Final[Mapping[str, tuple[Mapping[str, str], ...]]] = {
    "/warnings": (
        {"force": "merseyside", "incident": "robbery", "build": "thin"},
        {"plate": "AB12CDE"},
        {"eyes": "green", "hair": "grey", "age": "44"},
        {"force": "kent", "incident": "murder", "age": "95", "sex": "woman"},
    ),
    "/warnings/{chain}": ({"reason": "question_of_a_project"},),
    "/alike/{one}/{other}": ({"reason": "question_of_a_project"},),
}
"""Pages that are asked for by a form: what is typed, or that a warning was opened, stands in no address."""

_TOKEN: Final = re.compile(f'name="{CSRF}" value="([^"]+)"')


class Stop(msgspec.Struct, frozen=True):
    """One page and who asks for it. `form`: what is posted, or None."""

    reader: str
    route: str
    path: str
    form: Mapping[str, str] | None = None

    @property
    def name(self) -> str:
        """As a figure names it."""
        typed = "" if self.form is None else f" {'+'.join(self.form)}"
        return f"{self.route}{typed}"


class Walker:
    """Readers before the pages of one hub."""

    def __init__(self, browsers: Mapping[str, HubBrowser], tokens: Mapping[str, str]) -> None:
        self._browsers, self._tokens = browsers, tokens

    async def ask(self, stop: Stop) -> httpx.Response:
        """Asks for a page."""
        http = self._browsers[stop.reader].http
        if stop.form is None:
            return await http.get(stop.path)
        return await http.post(stop.path, data={CSRF: self._tokens[stop.reader], **stop.form})


@asynccontextmanager
async def walker(crowd: Crowd) -> AsyncIterator[Walker]:
    """Everybody signed in until the block ends."""
    browsers = {name: HubBrowser(crowd.ground).sign_in_as(name) for name in READERS}
    tokens = {}
    for name, browser in browsers.items():
        found = _TOKEN.search((await browser.http.get("/account/device")).text)
        assert found is not None
        tokens[name] = found[1]
    yield Walker(browsers, tokens)
    for browser in browsers.values():
        await browser.http.aclose()


def pages() -> list[str]:
    """Every page for which somebody must be signed in, as `GET /path` or, if it is one of `POSTED`, `POST /path`."""
    return [
        name
        for name, route in routes(ROOMS).items()
        if any(isinstance(one.call, Door) for one in route.dependant.dependencies)
        and (name.startswith("GET ") or name.removeprefix("POST ") in POSTED)
    ]


def stops(crowd: Crowd) -> list[Stop]:
    """Each page for each reader, whoever may open it."""
    found = []
    for page in pages():
        method, _, pattern = page.partition(" ")
        path = pattern.format_map({part: stand(crowd) for part, stand in PARTS.items()})
        forms = POSTED[pattern] if method == "POST" else (None,)
        found += [Stop(reader, page, path, form) for form in forms for reader in READERS]
    return found
