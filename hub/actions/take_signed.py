"""Take what an officer has signed: staged like any other statement, and ordered by the running hub."""

import datetime as dt
import secrets
import time
from collections.abc import Callable
from typing import Final

import msgspec

from hub.actions.operators_trail import note_statement
from hub.actions.submit import Submission, stage
from hub.core.errors import Busy
from hub.core.offered import Offered
from hub.core.values import Result
from hub.log_view import LogView
from hub.store import members
from hub.store.engine import Store
from protocol.at_rest import Epochs
from protocol.replay import Entry

PATIENCE_SECONDS: Final = 20
"""How long an officer waits for the running hub."""


class Registry(msgspec.Struct, frozen=True):
    """What taking needs.

    Attributes:
        take_turn: orders what waits if no other process does: `Ordering.tick`.
        by: the operator who brings it; None: an officer at the machine's command line, whose signature says it.
    """

    store: Store
    view: LogView
    take_turn: Callable[[], None]
    epochs: Epochs
    now: dt.datetime
    by: str | None


def take_signed(registry: Registry, envelope: bytes, body: bytes | None) -> Result:
    """Stages one statement and waits for it to be ordered; of an admission, the request is forgotten.

    Raises:
        Busy: `hub.busy`: no hub runs that orders statements.
        Halted: signing has stopped.
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    entry = Entry(envelope)
    if registry.by is not None:
        note_statement(registry.store, "bring", entry.statement, by=registry.by, now=registry.now)
    submission = Submission(registry.store, registry.view, registry.epochs, registry.now)
    submission.check(Offered(entry, body))
    batch = secrets.token_hex(16)
    if submission.is_left and not submission.brings_back:
        charter = registry.view.now.state.charter
        assert charter is not None
        stage(registry.store, {batch: submission}, charter.limits.statements_per_day, registry.now.date())
        if not submission.is_settled:
            _wait(registry, submission, batch)
    result = submission.results[0]
    if result.index is not None and entry.statement.kind == "admit" and entry.statement.about is not None:
        with registry.store.begin() as session:
            members.forget_candidate(session, entry.statement.about)
    return result


def _wait(registry: Registry, submission: Submission, batch: str) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not submission.settle(batch):
        registry.take_turn()
        if time.monotonic() > give_up:
            raise Busy("hub.busy", "no hub is running that orders statements")
        time.sleep(0.05)
    registry.view.refresh()
