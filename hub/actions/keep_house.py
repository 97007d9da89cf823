"""What the hub does each night and each few minutes: erase what has lapsed, change epoch keys, forget what is stale.

Running any of it twice changes nothing.
"""

import datetime as dt
import secrets
from pathlib import Path

from hub.actions.erase_bodies import erase_bodies
from hub.core.lapsed import has_lapsed, is_past
from hub.core.sealed_bodies import place_of
from hub.log_view import LogView
from hub.store import bodies, key_files, members, staging
from hub.store.engine import Store
from protocol.at_rest import NONCE_BYTES, Epochs, Sealed
from protocol.envelope import decode_envelope
from protocol.house.store import audit
from protocol.house.store.schema import house_sealed_tables
from protocol.house.store.sealed import rewrap_all
from protocol.house.store.turn import take_turn
from protocol.keys import key_id
from protocol.replay import Link, State
from protocol.request import parse_request

REWRAP_PAGE = 500
"""Bodies re-wrapped in one transaction: a fraction of a second of the writer's time."""


def erase_lapsed(store: Store, view: LogView, today: dt.date) -> int:
    """Erases bodies whose lease ran out `lapsed_days` ago, of removed members, and any that is gone and still here.

    Returns:
        How many were erased.
    """
    state = view.now.state
    if state.charter is None:
        return 0
    with store.begin() as session:
        kept = [digest for digest in bodies.all_digests(session) if digest in state.bodies]
        due = [digest for digest in kept if is_due(state, state.links[state.bodies[digest]], today)]
        erase_bodies(session, state, due)
    store.checkpoint_wal()  # always: a reader may have stopped the one after an erasure
    return len(due)


def is_due(state: State, link: Link, today: dt.date) -> bool:
    """Whether a body is to be erased today: gone, lapsed long enough, or the entry of a member removed long enough."""
    charter = state.charter
    assert charter is not None
    if link.gone is not None:
        return True
    if link.kind == "admit":
        member = next(m for m in state.members.values() if m.body == link.chain)
        if member.removed_on is None:
            return False
        return is_past(dt.date.fromisoformat(member.removed_on), charter.retention.member_body_days, today)
    return has_lapsed(state, link, today)


def change_epoch(store: Store, folder: Path, now: dt.datetime, keep_days: int) -> list[int]:
    """Makes today's epoch key if there is none yet, re-wraps every key at rest, destroys old epoch keys.

    A crash between the steps: the next night goes on where this one stopped; no body is without a key that exists,
    because an epoch key is destroyed only once nothing is wrapped by it.

    Returns:
        The numbers of the epoch keys destroyed.
    """
    age = now - key_files.current_epoch_made_at(folder)
    if not dt.timedelta(0) <= age < dt.timedelta(days=1):  # one of the future: the clock had jumped, and is put right
        key_files.make_epoch(folder, now.date(), secrets.token_bytes(32))
    epochs = key_files.load_epochs(folder)
    _rewrap_bodies(store, epochs)
    _rewrap_accounts(store, epochs, now)
    store.checkpoint_wal()
    return key_files.destroy_old_epochs(folder, now, keep_days)


def _rewrap_bodies(store: Store, epochs: Epochs) -> None:
    """Staged ones first: one that is ordered meanwhile is found among the others."""
    for kept in (staging, bodies):
        rest = None
        while rest is None or rest:
            with store.begin() as session:
                rest = kept.bodies_of_other_epochs(session, epochs.current, REWRAP_PAGE)
                for number, body in rest.items():
                    sealed = Sealed(body.content, body.wrapped_key, body.epoch)
                    sealed = epochs.rewrap(sealed, place_of(body.digest), secrets.token_bytes(NONCE_BYTES))
                    kept.keep_rewrapped(session, number, sealed)


def _rewrap_accounts(store: Store, epochs: Epochs, now: dt.datetime) -> None:
    """Of accounts, what does not open (altered, or its epoch key lost) is noted in the trail, and stops nothing."""
    with store.begin() as session:
        take_turn(session)
        _, broken = rewrap_all(session, house_sealed_tables(), epochs, secrets.token_bytes)
        for place in broken:
            if not audit.was_done(session, "seal_broken", place):
                audit.note(session, person=None, verb="seal_broken", subject=place, now=now)


def forget_stale(store: Store, view: LogView, now: dt.datetime) -> None:
    """Drops nonces, results, counts and invitations past their time, and requests of those who are members now.

    An admission forgets the request itself; a crash just before that leaves a name and a contact behind.
    """
    with store.begin() as session:
        for candidate in members.candidates(session):
            request = parse_request(decode_envelope(candidate.envelope).payload)
            if key_id(bytes.fromhex(request.keys.sign[0])) in view.now.state.keys:
                members.forget_candidate(session, candidate.digest)
        members.forget_nonces(session, now)
        members.forget_invitations(session, now.date())
        staging.forget_stale(session, now.date())
