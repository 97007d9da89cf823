"""One browser of one person, without a screen: every page that it fetches is checked (`Page.require_sound`)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final, Self
from urllib.parse import urljoin

import httpx

from protocol.house.actions.begin_session import begin_session
from protocol.house.actions.desk import HouseDesk
from protocol.house.store.people import person_id
from protocol.house.web.cookies import DEVICE, SESSION
from protocol.house.web.headers import POLICY
from tests.pages.page import Page, Values

MOST_REDIRECTS: Final = 5


class PagesBrowser:
    """What one person does with pages."""

    def __init__(self, app: Any, url: str) -> None:
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=url)

    def signed_in(self, desk: HouseDesk, name: str, now: dt.datetime, *, prefix: str = "") -> Self:
        """A session as sign-in leaves it, without its pages. `prefix`: of cookies, where the pages are at https."""
        with desk.store.read() as session:
            person = person_id(session, name)
        begun = begin_session(desk, person=person, device_token=None, now=now)
        self.http.cookies.set(prefix + SESSION, begun.token)
        self.http.cookies.set(prefix + DEVICE, begun.device_token)
        return self

    async def get(self, path: str, *, status: int = 200) -> Page:
        """Follows redirects, as a browser does."""
        return await self._page(await self.http.get(path), status)

    async def follow(self, page: Page, link: str, *, status: int = 200) -> Page:
        """Clicks a link; its words begin so."""
        return await self.get(urljoin(page.path, page.link(link)), status=status)

    async def press(
        self,
        page: Page,
        button: str,
        values: Values | None = None,
        *,
        status: int = 200,
        files: Sequence[tuple[str, tuple[str, bytes, str]]] = (),
    ) -> Page:
        """Fills a form by its labels and presses a button. `status`: of the page that comes in the end."""
        method, address, sent = page.fill(button, values or {})
        target = urljoin(page.path, address)
        if method == "get":
            return await self._page(await self.http.get(target, params=httpx.QueryParams(tuple(sent))), status)
        data: dict[str, list[str]] = {}
        for name, value in sent:
            data.setdefault(name, []).append(value)
        answer = await self.http.post(target, data=data, files=list(files) or None)
        return await self._page(answer, status)

    async def _page(self, answer: httpx.Response, status: int) -> Page:
        for _ in range(MOST_REDIRECTS):
            self._require_headers(answer)
            if not answer.is_redirect:
                break
            assert answer.status_code == 303, f"{answer.url}: a redirect is a 303"
            answer = await self.http.get(urljoin(str(answer.url), answer.headers["location"]))
        page = Page(answer.url.raw_path.decode(), answer.status_code, answer.text)
        page.require_sound()
        assert answer.status_code == status, f"{page.path}: {answer.status_code}, {page.text}"
        return page

    @staticmethod
    def _require_headers(answer: httpx.Response) -> None:
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
