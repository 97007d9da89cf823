"""A node that was away follows the log of a hub in another process, all verified and stored. And nothing is new."""

import asyncio
import datetime as dt
import secrets
import statistics
import time
from pathlib import Path
from typing import Any

import httpx
import msgspec

from node.app import utc_now
from protocol.bodies import encode_body, new_body_ref
from protocol.envelope import decode_envelope
from protocol.statement_fields import Audience, Seen
from protocol.vectors.plausible_bodies import alert_body, salt
from tests.bench.joined import three_joined
from tests.bench.serving import Loopback, serving
from tests.federation.network import Federation
from tests.federation.project import URL, Node

PAIRS = 128
LEASE = dt.timedelta(days=90)
ROUNDS = 20


class CaughtUp(msgspec.Struct, frozen=True):
    """Entries a second, and the median of a whole round when nothing is new, at `size` entries."""

    entries: float
    size: int
    nothing_new_ms: float


def measure(folder: Path, entries: int) -> CaughtUp:
    """On a federation of its own; clocks are real from when the hub is served."""
    return asyncio.run(_measure(folder, entries))


async def _measure(folder: Path, entries: int) -> CaughtUp:
    async with three_joined(folder) as fed:
        fed.merseyside.link.cut = True
        await _grow(fed, entries)
    with serving(fed.hub_config, folder) as hub:
        again = Federation(folder, 1)
        again.make_nodes()
        node = again.merseyside
        way = Loopback(hub.url)
        node.desk.client._http = httpx.AsyncClient(transport=way, base_url=URL)
        node.desk.client._now = utc_now
        began = time.perf_counter()
        report = await node.sync()
        rate = report.added / (time.perf_counter() - began)
        assert report.added >= entries and report.received == PAIRS and not report.troubles, report
        quiet = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            await node.sync()
            quiet.append(time.perf_counter() - began)
        await way.aclose()
        again.close()
    return CaughtUp(rate, report.size, 1e3 * statistics.median(quiet))


async def _grow(fed: Federation, entries: int) -> None:
    """Alerts, and Cancels of those of the batch before; each batch has seen another checkpoint.

    As in life few are in force at once.
    """
    node, live = fed.genesis, list[str]()
    for _ in range(1 + -(-entries // (2 * PAIRS))):
        await fed.bradford.sync()
        seen = fed.bradford.view.seen()
        batch: list[tuple[bytes, bytes | None]] = [
            (_signed(node, "cancel", secrets.token_hex(16), seen=seen, supersedes=identity), None) for identity in live
        ]
        alerts = [_alert(node, secrets.token_hex(16), seen) for _ in range(PAIRS)]
        live = [decode_envelope(envelope).identity for envelope, _ in alerts]
        answer = await node.desk.client.submit([*batch, *alerts])
        assert all(result.index is not None for result in answer.results), answer.results[:3]


def _alert(node: Node, nonce: str, seen: Seen | None) -> tuple[bytes, bytes]:
    """Its envelope and its body."""
    body = alert_body(salt=salt(nonce))
    stored = encode_body(body)
    fields = {
        "audience": Audience(regions=("merseyside",)),
        "expires": (node.clock().date() + LEASE).isoformat(),
        "body": new_body_ref(body, stored, node.view.log, node.id, nonce),
    }
    return _signed(node, "alert", nonce, seen=seen, **fields), stored


def _signed(node: Node, kind: str, nonce: str, **fields: Any) -> bytes:
    signed: bytes = node.keyring.sign_statement(node.statement(kind, nonce=nonce, **fields))
    return signed
