"""The one place that builds a node's exchange and joins its parts. Nothing is global; nothing is made at start."""

import asyncio
import contextlib
import datetime as dt
import signal
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import uvicorn
from fastapi import FastAPI

from node.actions.open_database import open_database
from node.config import NodeConfig
from node.exchange.client import Http, HubClient, open_http
from node.exchange.desk import Desk
from node.exchange.sync import Sync
from node.jobs.leader import Leadership
from node.jobs.node_jobs import node_jobs
from node.jobs.worker import Worker, late_jobs
from node.keyring import Keyring
from node.log_view import LogView
from node.store.alarms import count_alarms
from node.store.epoch_keys import load_epochs
from node.store.erasures import ErasureList
from node.store.heartbeats import job_states
from node.web.app import add_pages
from node.web.site import Site
from protocol.house.web.rendering import Renderer


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A node, built.

    Attributes:
        config: its settings.
        desk: what every step of the exchange works with.
        sync: its rounds.
        http: to be closed at the end.
    """

    config: NodeConfig
    desk: Desk
    sync: Sync
    http: Http

    async def close(self) -> None:
        """Closes connections and the database."""
        await self.http.aclose()
        self.desk.store.close()


def utc_now() -> dt.datetime:
    """The clock of this machine, aware UTC."""
    return dt.datetime.now(dt.UTC)


def build_node(config: NodeConfig, *, http: Http | None = None, now: Callable[[], dt.datetime] = utc_now) -> Node:
    """Builds a node from its settings.

    Args:
        config: of this node.
        http: another way to the hub, for tests.
        now: another clock, for tests; aware UTC.

    Raises:
        Misconfigured: no database, no keys, no epoch key, or a mirror that was altered.
    """
    store, keyring = open_database(config, now()), Keyring.load(config.keys_dir)
    load_epochs(config.epoch_dir)
    view, http = LogView(store), http or open_http()
    client = HubClient(http, config.hub_url, keyring, view, now=now, timeout_seconds=config.request_timeout_seconds)
    desk = Desk(
        store=store,
        view=view,
        keyring=keyring,
        epochs=lambda: load_epochs(config.epoch_dir),
        erasures=ErasureList(config.epoch_dir),
        client=client,
        now=now,
    )
    return Node(config=config, desk=desk, sync=Sync(desk), http=http)


def build_worker(node: Node, leadership: Leadership) -> Worker:
    """What the node does by itself."""
    jobs = node_jobs(node.config, node.desk, node.sync)
    worker = Worker(node.desk.store, jobs, leadership, node.desk.now)
    node.desk.store.on_to_send = lambda: worker.hurry("publish")
    return worker


def build_app(node: Node, leadership: Leadership) -> FastAPI:
    """The pages, and the health page: numbers and times only, nothing of any record."""
    app = FastAPI(title="Watchword node", openapi_url=None, docs_url=None, redoc_url=None)
    add_pages(
        app,
        Site(
            config=node.config,
            exchange=node.desk,
            renderer=Renderer("node.web", project=node.config.name),
            now=node.desk.now,
        ),
    )

    @app.get("/health")
    def health() -> dict[str, Any]:
        """Whether everything runs, when the last sync succeeded, how long the log is, how many alarms there are."""
        store, now = node.desk.store, node.desk.now()
        late = [state.job for state in late_jobs(store, now)]
        with store.read() as session:
            alarms = count_alarms(session)
            synced = next((state.last_success for state in job_states(session) if state.job == "sync"), None)
        return {
            "ok": not late and alarms == 0,
            "leads": leadership.held,
            "last_sync": None if synced is None else synced.isoformat(timespec="seconds"),
            "size": node.desk.view.state.size,
            "alarms": alarms,
            "late_jobs": late,
        }

    return app


class _Page(uvicorn.Server):
    """Serves the pages and leaves signals to `serve`."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Takes none."""
        yield


async def serve(node: Node, *, host: str, port: int) -> None:
    """Runs worker and pages until SIGINT or SIGTERM; drains before it ends.

    Args:
        node: built; it is closed at the end.
        host: of the pages.
        port: of the pages; 0: none.
    """
    stop, leadership = asyncio.Event(), Leadership(node.config.database)
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    worker = asyncio.create_task(build_worker(node, leadership).run(stop))
    worker.add_done_callback(lambda _: stop.set())
    page = _Page(
        uvicorn.Config(
            build_app(node, leadership),
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            server_header=False,
        )
    )
    serving = asyncio.create_task(page.serve()) if port else None
    try:
        await stop.wait()
        await worker
    finally:
        page.should_exit = True
        if serving is not None:
            await serving
        await node.close()
