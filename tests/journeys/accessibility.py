"""axe on a page: no violation, and nothing incomplete that is not explained here."""

from typing import Any, Final

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

OPTIONS: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations", "incomplete"],
}

EXPLAINED: Final = {
    "bgOverlap": "the way out of the page is fixed over the end of the screen: what lies behind it has its own colour",
    "imgNode": "the words of a chart lie in a picture of ours: dark on the page's own ground, or white on the darkest",
    "shortTextContent": "one letter or figure, in the colour of all others",
    "elmPartiallyObscured": "the way out covers a part of it until somebody scrolls",
    "elmPartiallyObscuring": "the way out itself, which has its own colours",
    "pseudoContent": "the circle or box beside a label is drawn by the style, and not behind its words",
}
"""What axe cannot decide about contrast, by its own word for it, and why it is right all the same; looked at."""


async def require_accessible(page: Page, where: str) -> None:
    """Fails with what axe found and where."""
    found: dict[str, Any] = (await Axe().run(page, options=OPTIONS)).response
    problems = [_said(one) for one in found["violations"]]
    problems += [f"incomplete: {_said(one)}" for one in found["incomplete"] if not _is_explained(one)]
    assert not problems, f"{where}: " + "; ".join(problems)


def _said(one: dict[str, Any]) -> str:
    return f"{one['id']} ({one['help']}) at {[node['target'] for node in one['nodes'][:3]]}"


def _is_explained(one: dict[str, Any]) -> bool:
    """Only contrast, and only where every doubt is one of those."""
    checks = [check for node in one["nodes"] for check in node["any"]]
    return one["id"] == "color-contrast" and all(
        (check.get("data") or {}).get("messageKey") in EXPLAINED for check in checks
    )
