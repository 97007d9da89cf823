"""What hostile members, networks and strangers may send: an answer with a code, never a fault, nothing half kept."""

import asyncio
import gc
import resource
import tracemalloc
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from sqlalchemy import func
from sqlmodel import select

from hub.actions.keep_house import forget_stale
from hub.api.limits import RequestLimits
from hub.core.errors import Limited
from hub.store.engine import HubTable
from hub.store.tables import BodyRow, CountRow, StagedRow
from tests.hub.asker import b64, code_of, codes_of
from tests.hub.ground import NOON, Ground
from tests.postgres import PostgresServer

MALFORMED = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"x"',
    b"\xff\xfe",
    b"{}",
    b'{"statements":null}',
    b'{"statements":[null]}',
    b'{"statements":[{"envelope":1}]}',
    b'{"statements":[{"envelope":"*"}]}',
    b'{"statements":[{"envelope":"QQ="}]}',
    b'{"statements":[{"envelope":"\xc3\xa9"}]}',
    b'{"statements":[{"envelope":"\\ud800"}]}',
    b'{"statements":[{"envelope":"","body":5}]}',
    b'{"statements":[{"envelope":"","Jane Doe":5}]}',
    b'{"statements":[{"envelope":""}],"more":1}',
    b'{"digests":["' + b"a" * 64 + b'"],"digests":3}',
    b'{"digests":["\\ud800"]}',
    b'{"envelope":"\\u0000"}',
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b'{"statements":1e999}',
]


@pytest.mark.parametrize("path", ["/v1/statements", "/v1/bodies", "/v1/acks", "/v1/requests", "/v1/cosignatures"])
async def test_malformed_bodies_are_refused_with_a_code_and_without_what_was_sent(ground: Ground, path: str) -> None:
    asker = ground.asker("witness0" if path == "/v1/cosignatures" else "genesis/online")
    for body in MALFORMED:
        answer = await asker.post(path, body)
        assert answer.status_code in (400, 401, 403), (path, body[:60], answer.text)
        assert "." in code_of(answer) and "Jane" not in answer.text


async def test_one_bad_base64_among_statements_is_refused_whole_and_nothing_of_it_is_kept(ground: Ground) -> None:
    ground.scene.alert("genesis", 1)
    items = [*ground.scene.take(), {"envelope": "*"}]
    answer = await ground.asker("genesis/online").statements(*items)
    assert code_of(answer) == "request.malformed"
    assert counts(ground)["staged"] == 0


async def test_huge_bodies_are_refused_before_they_are_kept_in_memory(ground: Ground) -> None:
    async def endless() -> Any:
        while True:
            yield b" " * 2**20

    for path in ("/v1/statements", "/v1/requests", "/v1/cosignatures", "/v1/tokens"):
        answer = await ground.client.post(path, content=endless())
        assert (answer.status_code, code_of(answer)) == (413, "request.too_large")


ODD_PATHS = [
    b"/v1/statements/",
    b"//v1/statements",
    b"/v1/./statements",
    b"/v1/%73tatements",
    b"/v1/statements%00",
    b"/V1/STATEMENTS",
    b"/v1/\xc3\xa9",
    b"/v1/%ff%fe",
    b"/v1/tile/%ff",
    b"/" + b"a" * 60_000,
    b"/v1/../v1/health",
    b"/",
]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "FOO"])
async def test_odd_methods_and_paths_get_an_answer_and_never_data(ground: Ground, method: str) -> None:
    for path in [*ODD_PATHS, b"/v1/bodies", b"/v1/checkpoint", b"/v1/tokens", b"/v1/tile/0/000.p/1"]:
        status, body = await raw(ground, method, path, [])
        if path == b"/":  # the pages: nobody is signed in
            assert status in (303, 404, 405), (method, status)
            continue
        assert 400 <= status < 500, (method, path, status)
        said = b'"code"' if path.startswith(b"/v1/") else b"<h1"
        assert method == "HEAD" or said in body or status in (307, 405), (method, path, body)


async def test_odd_headers_and_queries_get_an_answer_and_never_a_fault(ground: Ground) -> None:
    headers = [
        (b"signature-input", b"\xff"),
        (b"signature-input", b'watchword=("@method")'),
        (b"signature", "sig=:é:".encode()),
        (b"watchword-seen", b"size=1"),
        (b"content-digest", b"\x00"),
        (b"authorization", b"Bearer \xff\xfe"),
        (b"authorization", b"Bearer"),
        (b"authorization", b""),
        (b"host", b"evil.example"),
        (b"content-length", b"-1"),
        (b"transfer-encoding", b"x"),
        (b"x" * 5_000, b"y" * 50_000),
    ]
    for pair in headers:
        for path in (b"/v1/statements", b"/v1/tokens"):
            status, _ = await raw(ground, "POST", path, [pair, pair])
            assert status in (400, 401), (pair, status)
        status, _ = await raw(ground, "GET", b"/v1/checkpoint", [pair, pair])
        assert status == 401, pair
    for query in (b"\xff", b"after=1&after=x", b"%", b"=&=&", b"a" * 100_000):
        status, _ = await raw(ground, "POST", b"/v1/tokens", [], query)
        assert status == 401, query


async def raw(
    ground: Ground,
    method: str,
    path: bytes,
    headers: list[tuple[bytes, bytes]],
    query: bytes = b"",
    content: bytes = b"",
) -> tuple[int, bytes]:
    """Speaks to the application as a server would, with bytes that no client sends."""
    app = ground.client._transport.app  # type: ignore[attr-defined]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": unquote(path.decode("latin-1")),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": headers,
        "server": ("hub", 443),
        "client": ("c", 1),
    }
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


def counts(ground: Ground) -> dict[str, int]:
    with ground.hub.store.read() as session:
        tables = (StagedRow, BodyRow, CountRow)
        return {t.__tablename__: session.exec(select(func.count()).select_from(t)).one() for t in tables}


async def test_a_full_disk_is_503_with_retry_after_and_nothing_is_half_kept(ground: Ground) -> None:
    """Of SQLite's file; a server's disk is not ours to fill, so there it is taken and asserts the same end."""
    asker = ground.asker("genesis/online")
    ground.scene.alert("genesis", 1)
    items = ground.scene.take()
    before = counts(ground)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, hard))
    try:
        answer = await asker.statements(*items)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    if ground.hub.store.is_sqlite:
        assert (answer.status_code, code_of(answer)) == (503, "hub.busy")
        assert int(answer.headers["retry-after"]) > 0
        assert counts(ground) == before
    ground.hub.ordering.tick()
    assert isinstance(codes_of(await asker.statements(*items))[0], int)


async def test_a_database_that_went_away_is_503_with_retry_after_on_every_route(
    ground: Ground, postgres: PostgresServer, caplog: pytest.LogCaptureFixture
) -> None:
    asker = ground.asker("genesis/online")
    token = {"authorization": f"Bearer {await asker.token()}"}
    lose_database(ground, postgres)
    for path in ("/v1/checkpoint", "/v1/tile/entries/000.p/1", "/v1/proof?old=1&size=2", "/v1/cosigned", "/v1/acks"):
        answer = await ground.client.get(path, headers=token)
        assert (answer.status_code, code_of(answer)) == (503, "hub.busy"), path
        assert int(answer.headers["retry-after"]) > 0
    statements = b'{"statements":[{"envelope":""}]}'
    for path, body in (
        ("/v1/statements", statements),
        ("/v1/bodies", b"{}"),
        ("/v1/acks", b"{}"),
        ("/v1/tokens", b"{}"),
    ):
        assert code_of(await asker.post(path, body)) == "hub.busy", path
    assert code_of(await ground.client.get("/v1/charter")) == "hub.busy"
    assert (await ground.client.get("/v1/health")).status_code == 200
    assert "hub.db" not in caplog.text and "SELECT" not in caplog.text


def lose_database(ground: Ground, postgres: PostgresServer) -> None:
    """The server's database goes, or the file is no database any more."""
    store = ground.hub.store
    if not store.is_sqlite:
        postgres.drop(ground.hub.config.database)
        return
    store.close()
    file = Path(ground.hub.config.database.removeprefix("sqlite:///"))
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).write_bytes(b"")
    file.write_bytes(b"no database" * 1_000)


LARGE = b"A" * 2**21
REFUSED = 6


@pytest.mark.parametrize(
    ("path", "before", "after", "signed"),
    [
        pytest.param("/v1/statements", b'{"statements":"', b'"}', True, id="of no form"),
        pytest.param("/v1/statements", b'{"statements":[{"envelope":"*', b'"}]}', True, id="no base64"),
        pytest.param("/v1/statements", b'{"statements":[{"envelope":"', b'"}]}', True, id="no statement"),
        pytest.param("/v1/statements", b'{"statements":[{"envelope":"', b'"}]}', False, id="signed by nobody"),
        pytest.param("/v1/bodies", b'{"digests":["', b'"]}', True, id="no digest"),
        pytest.param("/v1/cosignatures", b"", b"", True, id="no note"),
        pytest.param("/v1/requests", b'{"envelope":"', b'"}', False, id="no request to join"),
    ],
)
async def test_a_large_request_that_was_refused_is_let_go_of_at_once(
    ground: Ground, path: str, before: bytes, after: bytes, signed: bool
) -> None:
    """It may be long until Python's collector of cycles looks: 250 of them once gathered."""
    asker = ground.asker("genesis/online")

    async def send() -> None:
        content = before + LARGE + after
        headers = asker.signed("POST", path, content if signed else b"")
        written = [(name.encode(), value.encode()) for name, value in headers.items()]
        _, answer = await raw(ground, "POST", path.encode(), written, content=content)
        assert b'"code"' in answer, answer

    await send()
    gc.collect()
    gc.disable()
    tracemalloc.start()
    try:
        for _ in range(REFUSED):
            await send()
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        gc.enable()
    assert kept < 2 * len(LARGE), f"{kept / len(LARGE):.1f} of {REFUSED} requests are still there"


async def test_a_sender_that_goes_away_leaves_nothing_that_stays(ground: Ground) -> None:
    asker = ground.asker("genesis/online")
    for _ in range(5):
        ground.scene.alert("genesis", 1)
        task = asyncio.create_task(asker.statements(*ground.scene.take()))
        await asyncio.sleep(0.005)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await asyncio.sleep(0.3)
    ground.hub.ordering.order()
    ground.forward(days=2)
    forget_stale(ground.hub.store, ground.hub.view, ground.clock.now)
    assert counts(ground)["staged"] == 0
    assert ground.hub.view.refresh().state.size == ground.hub.view.now.tree.size


async def test_first_acks_cosignatures_and_statements_sent_twice_at_once_are_all_answered(ground: Ground) -> None:
    """Each makes the first row of its kind: on PostgreSQL two transactions do so together."""
    ground.scene.alert("merseyside", 3)
    ground.scene.alert("bradford", 2)
    items = ground.scene.take()
    askers = [ground.asker("genesis/online")] * 4
    answers = await asyncio.gather(
        *(ground.send_ack("merseyside", 3) for _ in range(4)),
        *(ground.post_cosignature(2, ground.scene.note) for _ in range(4)),
        *(asker.statements(*items[:: (-1) ** n]) for n, asker in enumerate(askers)),
    )
    assert {answer.status_code for answer in answers} == {200, 204}


async def test_names_that_no_body_can_hold_are_refused_when_they_are_asked_for(ground: Ground) -> None:
    await ground.ask_to_join("decent")
    listed = (await ground.asker("genesis/online").get("/v1/requests")).json()["requests"]
    for name, contact in (
        ("", "x"),
        (" x", "x"),
        ("x\x1b[2J", "x"),
        ("x", "a\x00b"),
        ("x", "a\nb"),
        ("x" * 81, "x"),
        ("x", "x" * 121),
        ("e\u0301", "x"),
        ("\u202ex", "x"),
    ):
        content = {"invitation": "x", "envelope": listed[0]["envelope"], "name": name, "contact": contact}
        answer = await ground.client.post("/v1/requests", json=content)
        assert (answer.status_code, code_of(answer)) == (400, "request.malformed"), (name, contact)
    content = {"invitation": "x", "envelope": b64(b"{}"), "name": "x", "contact": "y"}
    assert code_of(await ground.client.post("/v1/requests", json=content)) == "envelope.shape"


def test_request_limits_remember_no_more_than_the_limit() -> None:
    limits = RequestLimits()
    for _ in range(1_000):
        try:
            limits.count("m:1", NOON, 10)
        except Limited:
            continue
    assert len(limits._recent["m:1"]) == 10


def test_no_table_has_a_column_about_a_reporter_or_about_when_a_statement_came() -> None:
    columns = {f"{t.name}.{c.name}" for t in HubTable.metadata.tables.values() for c in t.columns}
    columns.remove("descriptors.reporters")  # one, or more than one: as the body says it, and erased with it
    for word in ("reporter", "victim", "phone", "email", "gender", "narrative", "text", "received", "created", "plate"):
        assert not [column for column in columns if word in column], word
    times = {c for c in columns if c.endswith("_at")}
    assert times == {
        "nonces.expires_at",
        "heartbeats.started_at",
        "heartbeats.succeeded_at",
        "members_heard.heard_at",  # the last time only, as an operator needs it to see who is away
    }
