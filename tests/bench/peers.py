"""`make bench-peers`: OpenTAXII, a server that exchanges threat reports, doing the like work beside our hub.

It is installed from PyPI by pinned versions into an environment of its own, and served as its manual says: gunicorn
with one worker, SQLite. The like work: blocks as large as an alert's body brought one in a request, or 256; and the
poll that finds nothing new. It keeps no log and verifies no signature: what it does less is in its favour.
"""

import argparse
import asyncio
import contextlib
import datetime as dt
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import httpx

from tests.bench import catch_up, submission
from tests.bench.raw import measure_machine

PINS: Final = ("opentaxii==0.9.3", "sqlalchemy==1.4.54", "gunicorn==23.0.0", "setuptools<81")
"""0.9.3 answers every request of its TAXII 2 part with an error under a newer SQLAlchemy; its TAXII 1.1 part works."""

BATCH: Final = submission.BATCH
SENDERS: Final = 4
PATIENCE_SECONDS: Final = 60.0
BLOCK: Final = "x" * 2048
HEADERS: Final = {
    "content-type": "application/xml",
    "accept": "application/xml",
    "x-taxii-content-type": "urn:taxii.mitre.org:message:xml:1.1",
    "x-taxii-accept": "urn:taxii.mitre.org:message:xml:1.1",
    "x-taxii-services": "urn:taxii.mitre.org:services:1.1",
    "x-taxii-protocol": "urn:taxii.mitre.org:protocol:http:1.0",
}
CONFIG: Final = """\
domain: "127.0.0.1:{port}"
support_basic_auth: yes
return_server_error_details: no
auth_api:
  class: opentaxii.auth.sqldb.SQLDatabaseAPI
  parameters: {{db_connection: "sqlite:///{folder}/auth.db", create_tables: yes, secret: bench}}
taxii1:
  save_raw_inbox_messages: no
  count_blocks_in_poll_responses: no
  unauthorized_status: UNAUTHORIZED
  persistence_api:
    class: opentaxii.persistence.sqldb.SQLDatabaseAPI
    parameters: {{db_connection: "sqlite:///{folder}/data.db", create_tables: yes}}
taxii2:
logging: {{opentaxii: error, root: error}}
"""
DATA: Final = """\
services:
  - {id: inbox, type: inbox, address: /services/inbox, description: inbox, destination_collection_required: yes,
     accept_all_content: yes, authentication_required: no,
     protocol_bindings: ["urn:taxii.mitre.org:protocol:http:1.0"]}
  - {id: poll, type: poll, address: /services/poll, description: poll, authentication_required: no,
     subscription_required: no, max_result_count: 100, max_result_size: 10,
     protocol_bindings: ["urn:taxii.mitre.org:protocol:http:1.0"]}
collections:
  - {name: alerts, available: true, accept_all_content: true, type: DATA_SET, service_ids: [inbox, poll]}
accounts:
  - {username: bench, password: bench, is_admin: yes}
"""
_NAMES: Final = 'xmlns:t="http://taxii.mitre.org/messages/taxii_xml_binding-1.1"'


def inbox(number: int, blocks: int) -> bytes:
    """A message that brings so many blocks."""
    one = f'<t:Content_Block><t:Content_Binding binding_id="b"/><t:Content>{BLOCK}</t:Content></t:Content_Block>'
    to = "<t:Destination_Collection_Name>alerts</t:Destination_Collection_Name>"
    return f'<t:Inbox_Message {_NAMES} message_id="{number}">{to}{one * blocks}</t:Inbox_Message>'.encode()


def poll(number: int, since: str) -> bytes:
    """A message that asks for what came since."""
    begin = f"<t:Exclusive_Begin_Timestamp>{since}</t:Exclusive_Begin_Timestamp>"
    how = '<t:Poll_Parameters allow_asynch="false"><t:Response_Type>FULL</t:Response_Type></t:Poll_Parameters>'
    named = f'message_id="{number}" collection_name="alerts"'
    return f"<t:Poll_Request {_NAMES} {named}>{begin}{how}</t:Poll_Request>".encode()


@contextlib.contextmanager
def opentaxii(folder: Path) -> Iterator[str]:
    """Installs, sets up and serves it; its address."""
    home = folder / "venv"
    venv.create(home, with_pip=True)
    subprocess.run([home / "bin" / "pip", "install", "--quiet", *PINS], check=True, stderr=subprocess.DEVNULL)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "config.yml").write_text(CONFIG.format(port=port, folder=folder))
    (folder / "data.yml").write_text(DATA)
    environment = os.environ | {"OPENTAXII_CONFIG": str(folder / "config.yml")}
    with (folder / "taxii.log").open("wb") as log:
        made = [str(home / "bin" / "opentaxii-sync-data"), str(folder / "data.yml")]
        subprocess.run(made, check=True, env=environment, stdout=log, stderr=log)
        command = [str(home / "bin" / "gunicorn"), "opentaxii.http:app", "-w", "1", "-b", f"127.0.0.1:{port}"]
        served = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _until_up(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            served.terminate()
            served.wait(timeout=PATIENCE_SECONDS)


def _until_up(port: int) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError("OpenTAXII did not start")


async def _peer(url: str, singles: int, batches: int) -> dict[str, float]:
    async with httpx.AsyncClient(base_url=url, headers=HEADERS, timeout=PATIENCE_SECONDS) as client:

        async def bring(blocks: int, count: int) -> None:
            for number in range(count):
                answer = await client.post("/services/inbox", content=inbox(number, blocks))
                assert 'status_type="SUCCESS"' in answer.text, answer.text[:300]

        await bring(1, 5)
        began = time.perf_counter()
        await asyncio.gather(*(bring(1, singles // SENDERS) for _ in range(SENDERS)))
        one_each = (singles // SENDERS) * SENDERS / (time.perf_counter() - began)
        began = time.perf_counter()
        await bring(BATCH, batches)
        together = BATCH * batches / (time.perf_counter() - began)
        now, times = dt.datetime.now(dt.UTC).isoformat(), []
        for number in range(20):
            began = time.perf_counter()
            answer = await client.post("/services/poll", content=poll(number, now))
            times.append(time.perf_counter() - began)
            assert "Poll_Response" in answer.text and "Content_Block" not in answer.text, answer.text[:300]
    return {"single": one_each, "batch": together, "nothing_new_ms": 1e3 * statistics.median(times)}


def main() -> int:
    """Measures both and prints them side by side."""
    arguments = argparse.ArgumentParser(prog="make bench-peers")
    arguments.add_argument("--json", action="store_true", help="print one object as the last line")
    arguments.add_argument("--quick", action="store_true", help="small sizes: figures that mean nothing")
    wanted = arguments.parse_args()
    singles, batches, entries = (40, 1, 1_024) if wanted.quick else (800, 4, 10_240)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        machine = measure_machine(folder)
        (folder / "hub").mkdir()
        ours = submission.measure(f"sqlite:///{folder / 'hub' / 'hub.db'}", folder / "hub", batches, singles)
        caught = catch_up.measure(folder / "catch-up", entries)
        with opentaxii(folder) as url:
            theirs = asyncio.run(_peer(url, singles, batches))
    figures: dict[str, float | str] = {
        "machine": machine.name,
        "durability": "both SQLite; ours WAL synchronous=FULL, theirs as it comes (rollback journal, synchronous=FULL)",
        "peer": ", ".join(PINS[:3]),
        "ours_single_per_second": ours.singles,
        "peer_single_per_second": theirs["single"],
        "single_ours_over_peer": ours.singles / theirs["single"],
        "ours_batches_of_256_per_second": ours.alerts,
        "peer_batches_of_256_per_second": theirs["batch"],
        "batches_ours_over_peer": ours.alerts / theirs["batch"],
        "ours_nothing_new_round_ms": caught.nothing_new_ms,
        "peer_nothing_new_poll_ms": theirs["nothing_new_ms"],
        "nothing_new_peer_over_ours": theirs["nothing_new_ms"] / caught.nothing_new_ms,
    }
    for name, value in figures.items():
        print(f"{name:40} {value if isinstance(value, str) else f'{value:,.3g}'}")
    if wanted.json:
        print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
