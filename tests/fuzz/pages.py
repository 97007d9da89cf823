"""Every page of a place (a node, the hub) under requests that are nearly right, by everybody there, and by nobody.

No fault; every answer has the headers that keep it to itself; a page is sound; what was typed in is in no log line, in
no address, and on no page of somebody who reads no record. Why not schemathesis: DECISIONS.md.
"""

import contextlib
import logging
import random
import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import quote, urlencode

import httpx
import msgspec
from fastapi import APIRouter
from starlette.routing import Route

from protocol.house.web.headers import ALWAYS
from tests.federation.canary import BEGINS, Canaries
from tests.fuzz.files import DEMO
from tests.fuzz.mutate import mutate
from tests.pages.browser import PagesBrowser
from tests.pages.crawler import TYPED, Crawler, Field, SeenForm
from tests.pages.page import Page

NOBODY: Final = ""

_WORD: Final = re.compile(BEGINS + "[a-z]{6}")
BOUNDARY: Final = "watchword"
SOUND_EVERY: Final = 3
"""Reading a page as a browser does takes longer than making it: one in so many is read."""


class PageRoute(msgspec.Struct, frozen=True):
    """One route of the pages: its path as it is declared, and one method."""

    path: str
    method: str


class Place(ABC):
    """Where pages are, and who is before them.

    Attributes:
        rooms: the routers of its pages.
        known: what stands in an address for something, where no link has led there.
        people: who signs in.
        see_all: between them they see every form; each form is sent by everybody.
        read_no_record: whose pages never say what is a record's; `NOBODY` among them.
        records: where what is typed in is a record's.
    """

    rooms: Sequence[APIRouter]
    known: Mapping[str, Sequence[str]]
    people: Sequence[str]
    see_all: Sequence[str]
    read_no_record: frozenset[str]
    records: tuple[str, ...]

    @abstractmethod
    async def fill(self, words: Canaries) -> frozenset[str]:
        """Puts something into every room, and lets everybody of `people` in; the words that are a record's."""

    @abstractmethod
    def browser(self) -> PagesBrowser:
        """A fresh one, not signed in."""

    @abstractmethod
    def sign_in(self, browser: PagesBrowser, name: str) -> str:
        """A new session for this browser; what its forms must bring (`csrf`)."""


def page_routes(rooms: Iterable[APIRouter]) -> list[PageRoute]:
    """All of them."""
    found = {
        PageRoute(route.path, method)
        for room in rooms
        for route in room.routes
        if isinstance(route, Route)
        for method in route.methods or ()
        if method in ("GET", "POST")
    }
    return sorted(found, key=lambda route: (route.path, route.method))


class Asked(msgspec.Struct, frozen=True):
    """One request: who sent it, and what."""

    who: str
    method: str
    path: str
    content: bytes = b""
    kind: str = ""

    @property
    def told(self) -> bytes:
        """The request, to be sent again by hand."""
        head = f"{self.who or 'nobody'}: {self.method} {self.path} {self.kind}\n"
        return head.encode("utf-8", "surrogateescape") + self.content


class Pages:
    """A place with something in every room, and somebody of each role before it."""

    def __init__(self, place: Place, seed: int) -> None:
        self._place, self._words = place, Canaries(seed)
        self._browsers: dict[str, PagesBrowser] = {}
        self._forms: list[SeenForm] = []
        self._told: set[str] = set()
        self._routes = page_routes(place.rooms)
        self._log = _Kept()
        self._tokens: dict[str, str] = {NOBODY: ""}
        self._asked = 0

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator["Pages"]:
        """Within this everybody is signed in, and the log is listened to."""
        self._told |= await self._place.fill(self._words)
        for name in (NOBODY, *self._place.people):
            self._browsers[name] = self._place.browser()
            self._sign_in(name)
        starts = [route.path for route in self._routes if route.method == "GET" and "{" not in route.path]
        found = [form for name in self._place.see_all for form in await Crawler(self._browsers[name]).forms(*starts)]
        self._forms = list({form.is_like: form for form in found}.values())
        root, level = logging.getLogger(), logging.getLogger().level
        root.addHandler(self._log)
        root.setLevel(logging.DEBUG)
        try:
            yield self
        finally:
            root.removeHandler(self._log)
            root.setLevel(level)
            for browser in self._browsers.values():
                await browser.http.aclose()

    def _sign_in(self, name: str) -> None:
        if name:
            browser = self._browsers[name]
            browser.http.cookies.clear()
            self._tokens[name] = self._place.sign_in(browser, name)

    def draw(self, chance: random.Random) -> Asked:
        """A request. The first ones go through the routes, one after the other."""
        who = chance.choice((NOBODY, *self._place.see_all, *self._place.people))
        if self._asked < len(self._routes):
            return self._by_route(chance, who, self._routes[self._asked])
        if chance.random() < 0.7:
            return self._by_form(chance, who, chance.choice(self._forms))
        return self._by_route(chance, who, chance.choice(self._routes))

    async def ask(self, chance: random.Random) -> tuple[Asked, str]:
        """One request, and what was wrong with its answer."""
        asked = self.draw(chance)
        self._asked += 1
        self._log.lines.clear()
        try:
            answer = await self._send(asked)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError, UnicodeEncodeError):
            return asked, ""
        except Exception as fault:
            return asked, f"{type(fault).__name__}: {str(fault)[:200]}"
        if answer.headers.get("location", "").startswith(("/sign-in", "/locked")):
            self._sign_in(asked.who)
        return asked, self._wrong(asked, answer)

    async def _send(self, asked: Asked) -> httpx.Response:
        headers = {"content-type": asked.kind} if asked.kind else {}
        return await self._browsers[asked.who].http.request(
            asked.method, asked.path, content=asked.content or None, headers=headers
        )

    def _wrong(self, asked: Asked, answer: httpx.Response) -> str:
        if answer.status_code >= 500 and answer.status_code != 503:
            return f"{answer.status_code}: {answer.text[:200]}"
        missing = [name for name, value in ALWAYS if answer.headers.get(name.decode()) != value.decode()]
        if missing or "cache-control" not in answer.headers:
            return f"{answer.status_code} without {missing or 'cache-control'}"
        if BEGINS in "\n".join(self._log.lines).lower():
            return "what was typed in is in a log line"
        if any(BEGINS in value.lower() for name, value in answer.headers.items() if name != "set-cookie"):
            return "what was typed in is in a header"
        typed = set(_WORD.findall(asked.content.decode("latin-1") + asked.path))
        if asked.who in self._place.read_no_record and self._told.difference(typed).intersection(
            _WORD.findall(answer.text)
        ):
            return "what is a record's is on a page of somebody who reads none"
        if asked.path.startswith(self._place.records):
            self._told |= typed
        is_page = "html" in answer.headers.get("content-type", "") and asked.method != "HEAD"
        if is_page and (self._asked % SOUND_EVERY == 0 or answer.status_code >= 400):
            return _unsound(asked.path, answer)
        return ""

    def _by_route(self, chance: random.Random, who: str, route: PageRoute) -> Asked:
        parts = []
        for part in route.path.split("/"):
            if part.startswith("{"):
                name = part.strip("{}").partition(":")[0]
                known = chance.choice(self._place.known[name]).encode()
                parts.append(quote(mutate(chance, [known]) if chance.random() < 0.3 else known, safe=""))
            else:
                parts.append(part)
        path = self._bent(chance, "/".join(parts))
        method = route.method if chance.random() < 0.95 else chance.choice(("HEAD", "PUT", "DELETE", "OPTIONS"))
        if method != "POST":
            return Asked(who, method, path)
        like = [form for form in self._forms if form.action.count("/") == route.path.count("/")]
        form = chance.choice(like) if like else SeenForm(page=path, method="post", action=path, fields=())
        return self._posted(chance, who, path, form)

    def _by_form(self, chance: random.Random, who: str, form: SeenForm) -> Asked:
        path = self._bent(chance, form.action)
        if form.method == "get":
            return Asked(who, "GET", f"{path}?{urlencode(self._filled(chance, who, form), errors='surrogateescape')}")
        return self._posted(chance, who, path, form)

    def _bent(self, chance: random.Random, path: str) -> str:
        if chance.random() < 0.1:
            path = quote(mutate(chance, [path.encode()]), safe="/%?=&")
            path = "/" + path.lstrip("/")
        if chance.random() < 0.1:
            path = f"{path}?{quote(mutate(chance, [b'then=/reports&lang=cy&day=2026-11-02']), safe='=&/')}"
        return path

    def _posted(self, chance: random.Random, who: str, path: str, form: SeenForm) -> Asked:
        filled = self._filled(chance, who, form)
        files = [field.name for field in form.fields if field.kind == "file"]
        if files or chance.random() < 0.1:
            content, kind = _multipart(chance, filled, files), f"multipart/form-data; boundary={BOUNDARY}"
            if chance.random() < 0.2:
                kind += chance.choice(("; charset=utf-16", "; charset=raw_unicode_escape", "; charset=none"))
        else:
            content = urlencode(filled, errors="surrogateescape").encode()
            kind = "application/x-www-form-urlencoded"
        if chance.random() < 0.05:
            content = mutate(chance, [content])
        if chance.random() < 0.02:
            kind = chance.choice(("application/json", "text/plain", ""))
        return Asked(who, "POST", path, content, kind)

    def _filled(self, chance: random.Random, who: str, form: SeenForm) -> list[tuple[str, str]]:
        """Most fields as somebody would fill them; some not at all, twice, or with anything."""
        made = []
        for field in form.fields:
            if field.kind == "file" or (field.name != "csrf" and chance.random() < 0.05):
                continue
            value = self._value(chance, who, field)
            made += [(field.name, value)] * (2 if chance.random() < 0.02 else 1)
        return [*made, form.pressed] if form.pressed else made

    def _value(self, chance: random.Random, who: str, field: Field) -> str:
        if field.name == "csrf":
            return self._tokens[who] if chance.random() < 0.98 else "é"
        if chance.random() < 0.1:
            return mutate(chance, [field.value.encode("utf-8", "surrogateescape"), b"1", b"07700 900011"]).decode(
                "utf-8", "surrogateescape"
            )
        if field.offered:
            return chance.choice(field.offered)
        if field.kind not in TYPED:
            return field.value
        if field.is_number:
            return chance.choice(("1", "2", "11", "2026", "-1", "9" * 30, "1e5", "٣", field.value))
        return chance.choice((field.value, self._words.word(), f"{self._words.word()} {self._words.word()}", "Gaz"))


def _multipart(chance: random.Random, filled: Iterable[tuple[str, str]], files: Iterable[str]) -> bytes:
    parts = [(f'form-data; name="{name}"', value.encode("utf-8", "surrogateescape")) for name, value in filled]
    for name in files:
        seeds = [(DEMO / "bradford.csv").read_bytes()[:3_000], b"Date,What\n1 May,robbed\n"]
        given = mutate(chance, seeds) if chance.random() < 0.5 else chance.choice(seeds)
        parts.append((f'form-data; name="{name}"; filename="{BEGINS}.csv"', given))
    made = b"".join(
        f"--{BOUNDARY}\r\ncontent-disposition: {head}\r\n\r\n".encode("utf-8", "surrogateescape") + value + b"\r\n"
        for head, value in parts
    )
    return made + f"--{BOUNDARY}--\r\n".encode()


def _unsound(path: str, answer: httpx.Response) -> str:
    try:
        Page(path, answer.status_code, answer.text).require_sound()
    except AssertionError as wrong:
        return f"{answer.status_code}, unsound: {str(wrong)[:200]}"
    return ""


class _Kept(logging.Handler):
    """Lines of the log, as they would be written, tracebacks and all."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))
