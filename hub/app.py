"""The one place that builds a hub and joins its parts."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from hub.api.acks import ack_routes
from hub.api.bodies import body_routes
from hub.api.checkpoints import checkpoint_routes, witness_routes
from hub.api.deciding import deciding_routes
from hub.api.entries import entry_routes
from hub.api.examiners import Examiners
from hub.api.hub import AgreedClock, Changed, Hub
from hub.api.joining import joining_routes
from hub.api.limits import RequestLimits
from hub.api.problems import TITLES, answer_hub_error, problem
from hub.api.roll import Roll
from hub.api.statements import statement_routes
from hub.config import HubConfig
from hub.core.errors import HubError, Misconfigured
from hub.group_commit import GroupCommit
from hub.jobs.worker import Worker
from hub.log_view import LogView
from hub.ordering import Ordering
from hub.store import log
from hub.store.engine import Store, require_durable
from hub.store.key_files import EpochFolder, load_keys
from hub.store.members import Nonce, use_nonces
from hub.store.schema import require_schema
from hub.web.app import PagesBeside, build_pages
from protocol.house.web.faults import Faults

SUBJECTS: tuple[Callable[[Hub], APIRouter], ...] = (
    statement_routes,
    entry_routes,
    checkpoint_routes,
    witness_routes,
    body_routes,
    ack_routes,
    joining_routes,
    deciding_routes,
)
"""The exchange: a router for each subject of the specification."""

NONCES_AT_ONCE = 256
"""Requests' nonces in one commit: more than threads that bring them."""


def utc_now() -> dt.datetime:
    """The clock of a real hub."""
    return dt.datetime.now(dt.UTC)


def build_hub(config: HubConfig, clock: Callable[[], dt.datetime] = utc_now) -> Hub:
    """A hub from its settings. Makes nothing: `watchword-hub init` did.

    Raises:
        Misconfigured: a key, the database or a setting is not as it must be.
    """
    keys, store = load_keys(config.keys_dir), Store(config.database)
    try:
        require_durable(store)
        require_schema(store)
        _require_begun(store)
    except Misconfigured:
        store.close()
        raise
    view, changed = LogView(store), Changed()
    ordering = Ordering(store, view, keys.log, config.guard_file, changed.notify)
    nonces = GroupCommit(partial(_take_nonces, store), NONCES_AT_ONCE)
    return Hub(
        config=config,
        store=store,
        view=view,
        ordering=ordering,
        keys=keys,
        changed=changed,
        nonces=nonces,
        limits=RequestLimits(),
        agreed=AgreedClock(),
        roll=Roll(),
        epoch_folder=EpochFolder(config.epoch_dir),
        examiners=Examiners(),
        clock=clock,
    )


def _require_begun(store: Store) -> None:
    with store.read() as session:
        if not log.has_begun(session):
            raise Misconfigured("the ceremony broke off: remove the keys, epoch keys and database, and 'init' again")


def _take_nonces(store: Store, nonces: Sequence[Nonce]) -> list[bool]:
    """Not synced: after a power loss a request could come twice within minutes, and doing it again changes nothing."""
    with store.begin(synced=False) as session:
        return use_nonces(session, nonces)


def build_app(hub: Hub, *, with_worker: bool = True) -> FastAPI:
    """The HTTP application of a hub.

    Args:
        with_worker: run the scheduled jobs too; tests with a clock of their own call them by hand.
    """

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        hub.changed.bind()
        if hub.config.sequencer:
            await asyncio.to_thread(hub.ordering.start)
        worker = Worker(hub) if with_worker else None
        if worker is not None:
            worker.start()
        try:
            yield
        finally:
            if worker is not None:
                await worker.stop()
            await hub.examiners.stop()
            hub.ordering.stop()

    app = FastAPI(
        title="Watchword hub",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    for subject in SUBJECTS:
        app.include_router(subject(hub))
    app.add_middleware(PagesBeside, pages=build_pages(hub))
    app.add_middleware(Faults, answer=_answer_fault)
    app.add_exception_handler(HubError, answer_hub_error)
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    app.add_exception_handler(HTTPException, _answer_http)
    return app


async def _answer_invalid(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    fields = sorted({str(one["loc"][-1]) for one in error.errors()})
    return problem(400, "request.malformed", ", ".join(fields))


async def _answer_http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code if error.status_code in TITLES else 400
    return problem(status, f"http.{status}")


def _answer_fault(_request: Request) -> Response:
    return problem(500, "hub.fault")
