"""Goes wherever a page leads, and reads every form on the way.

    found = await Crawler(browser).forms()
    for form in found: ...  # form.action, form.fields

What leads out of the pages, or ends the session, is left alone.
"""

from collections import Counter, deque
from typing import Final
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import msgspec

from tests.pages.browser import PagesBrowser
from tests.pages.page import Page

MOST_ALIKE: Final = 2
"""Pages of the same kind about different records."""

LEFT_ALONE: Final = ("/leave", "/static/", "/sign-out")
IDENTITY: Final = 64
TYPED: Final = frozenset({"text", "tel", "email", "search", "password", "number", "url", "textarea"})


class Field(msgspec.Struct, frozen=True):
    """One field: its kind is the input's type, `textarea` or `select`; `offered`: what can be chosen."""

    name: str
    kind: str
    value: str = ""
    offered: tuple[str, ...] = ()
    is_number: bool = False


class SeenForm(msgspec.Struct, frozen=True):
    """One form of one page; `pressed`: name and value of its first button, where it has them."""

    page: str
    method: str
    action: str
    fields: tuple[Field, ...]
    pressed: tuple[str, str] | None = None

    @property
    def is_like(self) -> tuple[str, tuple[str, ...]]:
        """The same for the same form about another record."""
        return pattern(self.action), tuple(dict.fromkeys(field.name for field in self.fields))


def pattern(path: str) -> str:
    """An address without the number or identity of a record."""
    parts = path.partition("?")[0].split("/")
    return "/".join("1" if part.isdigit() or len(part) == IDENTITY else part for part in parts)


def forms_of(page: Page) -> list[SeenForm]:
    """All forms of a page."""
    return [_form(page, form) for form in page.root.iter("form")]


def _form(page: Page, form: Element) -> SeenForm:
    groups: dict[tuple[str, str], list[Element]] = {}
    for node in form.iter():
        if node.tag in ("input", "textarea", "select") and node.get("name"):
            kind = node.get("type", "text") if node.tag == "input" else node.tag
            if kind != "submit":
                groups.setdefault((node.get("name", ""), kind), []).append(node)
    pressed = next((button for button in form.iter("button") if button.get("name")), None)
    return SeenForm(
        page=page.path,
        method=form.get("method", "get"),
        action=urljoin(page.path, form.get("action") or page.path),
        fields=tuple(_field(name, kind, nodes) for (name, kind), nodes in groups.items()),
        pressed=None if pressed is None else (pressed.get("name", ""), pressed.get("value", "")),
    )


def _field(name: str, kind: str, nodes: list[Element]) -> Field:
    first, offered = nodes[0], tuple(node.get("value", "on") for node in nodes)
    if kind == "select":
        offered = tuple(option.get("value", "") for option in first.iter("option"))
    return Field(
        name=name,
        kind=kind,
        value=(first.text or "") if kind == "textarea" else first.get("value", ""),
        offered=offered if kind in ("radio", "checkbox", "select") else (),
        is_number=first.get("inputmode") == "numeric",
    )


class Crawler:
    """Follows every link from the start page, each address once."""

    def __init__(self, browser: PagesBrowser) -> None:
        self._browser = browser
        self.pages: dict[str, Page] = {}

    async def crawl(self, *starts: str) -> dict[str, Page]:
        """All pages by their addresses."""
        waiting, alike = deque(starts or ("/",)), Counter(map(pattern, self.pages))
        while waiting:
            path = waiting.popleft()
            if path in self.pages or path.startswith(LEFT_ALONE) or alike[pattern(path)] >= MOST_ALIKE:
                continue
            alike[pattern(path)] += 1
            answer = await self._browser.http.get(path, follow_redirects=True)
            if "html" not in answer.headers.get("content-type", ""):
                continue
            page = Page(answer.url.raw_path.decode(), answer.status_code, answer.text)
            page.require_sound()
            self.pages[path] = page
            waiting.extend(here for link in page.links().values() if (here := _within(page.path, link)))
        return self.pages

    async def forms(self, *starts: str) -> list[SeenForm]:
        """Forms of all pages, each kind once."""
        pages = await self.crawl(*starts)
        seen = {form.is_like: form for page in pages.values() for form in forms_of(page)}
        return list(seen.values())


def _within(page: str, link: str) -> str:
    """The address that a link leads to, or empty where it leads out."""
    parts = urlsplit(urljoin(page, link))
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
