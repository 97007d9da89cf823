"""Completeness of the hub: every route declares who may use it, every refusal is in the specification and mapped, every
setting is documented. What tables are erased with: `tests/hub/test_tables_erased.py`."""

import ast
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path

import msgspec
import pytest
from fastapi.routing import APIRoute

from hub.actions.init_log import CharterFile
from hub.api.problems import TITLES
from hub.config import HubConfig
from hub.core import errors
from tests.hub.ground import Ground, running_ground

ROOT = Path(__file__).parents[2]
REFUSALS = {kind.__name__: kind for kind in errors.HubError.__subclasses__()}
OPEN = {("GET", "/v1/charter"), ("GET", "/v1/health"), ("POST", "/v1/requests")}


@pytest.fixture
async def ground(tmp_path: Path) -> AsyncIterator[Ground]:
    async with running_ground(f"sqlite:///{tmp_path / 'hub.db'}", tmp_path) as ground:
        yield ground


def documented() -> dict[str, int]:
    """Code → status, from the table of exchange.md §2."""
    text = (ROOT / "protocol/spec/exchange.md").read_text().split("## 2. Errors")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (\d{3}) \| (.+) \|$", text, re.MULTILINE)
    return {code: int(status) for status, codes in rows for code in re.findall(r"`([a-z_.]+\.[a-z_0-9]+)`", codes)}


def raised() -> Iterator[tuple[str, str, str]]:
    """(file, kind of refusal, code) of every refusal that the hub's code makes with a code written out."""
    for path in sorted((ROOT / "hub").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in REFUSALS and node.args and isinstance(node.args[0], ast.Constant):
                yield path.name, node.func.id, str(node.args[0].value)


def test_every_refusal_in_the_code_stands_in_the_specification_with_its_status() -> None:
    table = documented()
    found = list(raised())
    assert len(found) > 20
    for path, kind, code in found:
        if path in ("officers_statements.py", "signing_files.py", "speak_as_officer.py"):
            continue  # on the officer's own screen, never on the wire
        family_is_documented = REFUSALS[kind].status == 400 and code.split(".")[0] in ("key", "log", "note")
        assert table.get(code) == REFUSALS[kind].status or family_is_documented, (path, kind, code)


def test_every_refusal_has_a_status_that_has_a_title() -> None:
    assert {kind.status for kind in REFUSALS.values()} <= set(TITLES)
    assert all(kind.status >= 400 and kind.__doc__ for kind in REFUSALS.values())


def test_whoever_must_wait_is_told_how_long() -> None:
    for kind in REFUSALS.values():
        if kind.status == 503:
            assert kind("hub.busy").retry_after_seconds


async def test_every_route_but_three_refuses_who_shows_nothing(ground: Ground) -> None:
    app = ground.client._transport.app  # type: ignore[attr-defined]
    routes = {(m, r.path) for r in all_routes(app.routes) for m in r.methods or ()}
    assert routes >= OPEN and len(routes) == 17
    for method, path in sorted(routes):
        answer = await ground.client.request(method, path.replace("{path:path}", "0/000.p/1") + "?old=1&size=1")
        if (method, path) in OPEN:
            assert answer.status_code in (200, 400), (method, path)
        else:
            assert answer.status_code in (401, 403), (method, path, answer.text)


def all_routes(routes: Iterable[object]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from all_routes(route.original_router.routes)


@pytest.mark.parametrize("kind", [HubConfig, CharterFile])
def test_every_setting_is_documented(kind: type[msgspec.Struct]) -> None:
    for field in kind.__struct_fields__:
        assert f"{field}:" in (kind.__doc__ or "") or field in DOCUMENTED_ELSEWHERE, field


DOCUMENTED_ELSEWHERE = {
    "notice_days",
    "lease_max_days",
    "statements_per_day",
    "requests_per_minute",
    "lapsed_days",
    "member_body_days",
}
"""Of the charter: membership.md §1."""


def test_no_route_runs_sql_or_holds_a_row_itself() -> None:
    for room in ("api", "web", "actions", "jobs", "core"):
        for path in (ROOT / "hub" / room).glob("*.py"):
            text = path.read_text()
            assert "hub.store.tables" not in text, path
            assert not re.search(r"^(from|import) sqlalchemy", text, re.MULTILINE), path
