"""One person before a screen: presses, fills and reads what anybody would see, and every new page is checked."""

import datetime as dt
import re
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from tests.journeys.accessibility import require_accessible

PATIENCE_MS: Final = 60_000
"""A page that hangs fails by this. How quick pages are is measured at the server: here other work may take the
processor, and a browser was seen to need ten seconds for an answer that had come within one."""

expect.set_options(timeout=PATIENCE_MS)


class Person:
    """Somebody with a browser of their own.

    Attributes:
        screens: pages seen so far, in their order.
        secret: what their app makes codes of, once they have set up an account.
        fields: how many fields they filled or chose.
    """

    def __init__(
        self, name: str, context: BrowserContext, page: Page, twin: Page | None, url: str, checked: set[str]
    ) -> None:
        self.name, self.context, self.page, self._url = name, context, page, url
        self._twin = twin
        self._checked = checked
        self.screens: list[str] = []
        self.secret = ""
        self.fields = 0

    @classmethod
    async def arrive(
        cls, name: str, browser: Browser, url: str, *, width: int, script: bool, dark: bool, checked: set[str]
    ) -> "Person":
        """With a fresh browser. `checked`: pages that axe has seen in this journey."""
        size, scheme = ViewportSize(width=width, height=800), "dark" if dark else "light"

        async def opened(*, script: bool) -> BrowserContext:
            context = await browser.new_context(
                viewport=size,
                java_script_enabled=script,
                color_scheme=scheme,  # type: ignore[arg-type]  # one of its words
                locale="en-GB",
            )
            context.set_default_timeout(PATIENCE_MS)
            return context

        context = await opened(script=script)
        twin = None if script else await (await opened(script=True)).new_page()
        return cls(name, context, await context.new_page(), twin, url, checked)

    async def open(self, path: str) -> None:
        """Types an address."""
        await self.page.goto(self._url + path)
        await self._arrived()

    async def follow(self, link: str) -> None:
        """Clicks a link, also one that looks like a button: of these words, or of words that begin so."""
        found = self._links(link)
        if not await found.count():
            found = self._links(re.compile("^" + re.escape(link)))
        await found.first.click()
        await self._arrived()

    async def press(self, button: str) -> None:
        """Presses a button."""
        await self.page.get_by_role("button", name=button, exact=True).click()
        await self._arrived()

    async def press_and_wait(self, button: str) -> None:
        """Presses a button that asks a device first, and goes on by itself."""
        async with self.page.expect_navigation():
            await self.page.get_by_role("button", name=button, exact=True).click()
        await self._arrived()

    async def save(self, button: str, path: Path) -> None:
        """Presses a button that gives a file, and keeps the file."""
        async with self.page.expect_download() as given:
            await self.page.get_by_role("button", name=button, exact=True).click()
        await (await given.value).save_as(path)

    async def fill(self, label: str, value: str) -> None:
        """Types into a field."""
        await self.page.get_by_label(label, exact=True).fill(value)
        self.fields += 1

    async def select(self, label: str, option: str) -> None:
        """Picks from a list."""
        await self.page.get_by_label(label, exact=True).select_option(label=option)
        self.fields += 1

    async def choose(self, question: str, *answers: str) -> None:
        """Answers a question with one or several of its answers."""
        group = self.page.get_by_role("group", name=question, exact=True)
        for answer in answers:
            await group.get_by_label(answer, exact=True).check()
        self.fields += 1

    async def tick(self, label: str) -> None:
        """Ticks one box."""
        await self.page.get_by_label(label, exact=True).check()
        self.fields += 1

    async def day(self, question: str, day: dt.date) -> None:
        """Answers a question with a day."""
        group = self.page.get_by_role("group", name=question, exact=True)
        for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            await group.get_by_label(label, exact=True).fill(str(value))
        self.fields += 1

    async def unfold(self, words: str) -> None:
        """Opens what is folded under these words."""
        await self.page.get_by_text(words, exact=True).click()

    async def upload(self, label: str, path: Path) -> None:
        """Chooses a file."""
        await self.page.get_by_label(label, exact=True).set_input_files(path)

    async def reads(self, *texts: str) -> None:
        """What stands in the main part of the page."""
        for text in texts:
            await expect(self.page.get_by_role("main")).to_contain_text(text, use_inner_text=True)

    async def does_not_read(self, *texts: str) -> None:
        """What stands nowhere in it, not even folded away."""
        for text in texts:
            await expect(self.page.get_by_role("main")).not_to_contain_text(text)

    async def does_not_show(self, text: str) -> None:
        """What may be folded away, and cannot be seen yet."""
        await expect(self.page.get_by_role("main")).not_to_contain_text(text, use_inner_text=True)

    async def has_no_link(self, words: str) -> None:
        """What is not offered in the main part: neither as a link nor as one that looks like a button."""
        main = self.page.get_by_role("main")
        for role in ("link", "button"):
            await expect(main.get_by_role(role, name=words, exact=True)).to_have_count(0)

    async def question_numbers(self) -> list[int]:
        """The numbers before the questions of the page, as they are read from top to bottom."""
        lines = (await self.main_text()).splitlines()
        return [int(found[1]) for line in lines if (found := re.match(r"(\d+)\. ", line))]

    async def value_after(self, words: str) -> str:
        """The rest of the line that begins with these words."""
        lines = (await self.main_text()).splitlines()
        return next(line.removeprefix(words).strip() for line in lines if line.startswith(words))

    async def number_before(self, words: str) -> int:
        """The number that stands before these words."""
        found = re.search(rf"(\d+) {re.escape(words)}", await self.main_text())
        assert found is not None, f"no number before {words!r}"
        return int(found[1])

    async def line_like(self, pattern: str) -> str:
        """The first line that is built so from end to end."""
        lines = (await self.main_text()).splitlines()
        return next(line.strip() for line in lines if re.fullmatch(pattern, line.strip()))

    async def main_text(self) -> str:
        """What can be read in the main part of the page."""
        return await self.page.get_by_role("main").inner_text()

    async def heading(self) -> str:
        """The heading of the page."""
        return " ".join((await self.page.get_by_role("heading", level=1).inner_text()).split())

    async def sheets(self) -> int:
        """How many sheets of paper this page takes."""
        return len(re.findall(rb"/Type\s*/Page\b", await self.page.pdf(prefer_css_page_size=True)))

    async def after_links_on_paper(self) -> set[str]:
        """What is printed behind the links of the page; `none`: nothing."""
        await self.page.emulate_media(media="print")
        links = self.page.get_by_role("main").locator("a")
        added: list[str] = await links.evaluate_all(
            "found => found.map(one => getComputedStyle(one, '::after').content)"
        )
        await self.page.emulate_media(media="null")
        return set(added)

    async def leave(self) -> None:
        """Closes the browser."""
        await self.context.close()
        if self._twin is not None:
            await self._twin.context.close()

    def _links(self, name: str | re.Pattern[str]) -> Locator:
        links = self.page.get_by_role("link", name=name, exact=True)
        return links.or_(self.page.get_by_role("button", name=name, exact=True))

    async def _arrived(self) -> None:
        await self.page.wait_for_load_state("load")
        where = re.sub(r"[0-9a-f]{16,}|\d+", "N", self.page.url.removeprefix(self._url).partition("?")[0])
        self.screens.append(await self.heading())
        key = f"{where} {_built_of(await self.page.content())}"
        if key not in self._checked:
            self._checked.add(key)
            await self._require_accessible(f"{self.name} at {where}")

    async def _require_accessible(self, where: str) -> None:
        """axe is a script: where none may run, it looks at the same page in a twin where one may."""
        if self._twin is None:
            await require_accessible(self.page, where)
            return
        if not self._twin.url.startswith(self._url):  # of the same origin: else it would be shown without its style
            await self._twin.goto(f"{self._url}/no-such-page")
        await self._twin.set_content(await self.page.content(), wait_until="load")
        await require_accessible(self._twin, where)


def _built_of(html: str) -> str:
    """What a page is built of, whatever its words: the kinds of its elements and their looks, each once."""
    return " ".join(
        sorted(set(re.findall(r"<(\w+(?:[^>]*? class=\"[^\"]*\")?)", re.sub(r' (?!class=)[\w-]+="[^"]*"', "", html))))
    )
