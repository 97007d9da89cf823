"""Steps 9 and 10: bodies that are ours to read, the newest first, checked on arrival. Source: spec/sync.md §6.

Only what replay says is ours is asked for; what comes is worth nothing until its digest is the signed one.
"""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Container, Sequence
from typing import Final

import msgspec

from node.core.arrival import check_arrival
from node.core.back_off import is_due
from node.core.in_force import has_lapsed
from node.exchange.answers import MAX_BATCH, BodyAnswer, HubRefused
from node.exchange.desk import Desk
from node.exchange.erasing import is_to_be_erased
from node.old_logs import Placed
from node.store.alarms import raise_alarm
from node.store.inbox import Arrived, Missing, count_missing, held_identities, keep_body, missing_bodies
from node.store.mirror import entry_at
from node.store.old_logs import place_of
from protocol.bodies import check_stored
from protocol.envelope import decode_envelope
from protocol.errors import BodyInvalid
from protocol.replay import Link, may_read
from protocol.statement import parse_statement

TRIES_BEFORE_ALARM: Final = 5
"""A body may be a round late: the hub and we need not see the same cosignatures at the same moment."""

_LONGEST_PAUSE: Final = dt.timedelta(hours=1)


class Wanted(msgspec.Struct, frozen=True):
    """A body to ask for: its statement's identity, and that statement as replay has it."""

    identity: str
    link: Link

    @property
    def digest(self) -> str:
        """Of its body."""
        assert self.link.body is not None
        return self.link.body.digest


class Asked(msgspec.Struct, frozen=True):
    """The newest bodies that were wanted, and what the hub answered: worth nothing before step 10."""

    wanted: Sequence[Wanted]
    answers: Sequence[BodyAnswer]


async def ask_for_bodies(desk: Desk, but: Container[str] = ()) -> Asked:
    """Step 9: asks for up to 256 of what is ours to read and not here; writes nothing.

    Args:
        but: identities that were asked for in this round.

    Raises:
        NodeError, AnswerInvalid: as the client.
    """
    wanted = [one for one in await asyncio.to_thread(wanted_bodies, desk) if one.identity not in but][:MAX_BATCH]
    answers = await desk.client.bodies([one.digest for one in wanted]) if wanted else []
    return Asked(wanted, answers)


async def fetch_bodies(desk: Desk, first: Awaitable[Asked]) -> tuple[int, list[str]]:
    """Steps 9 and 10, in groups of 256.

    Args:
        first: what `ask_for_bodies` brings, perhaps since a while. Refused, it is asked for again: since then this node
            may have followed its own new key.

    Returns:
        How many were kept, and codes of what was wrong with others.

    Raises:
        NodeError, AnswerInvalid: as the client; what was kept before stays.
    """
    try:
        asked = await first
    except HubRefused:
        asked = await ask_for_bodies(desk)
    kept, problems, seen = 0, list[str](), set[str]()
    while True:
        found = await asyncio.to_thread(_take, desk, asked) if asked.wanted else []
        problems += found
        kept += len(asked.wanted) - len(found)
        seen |= {one.identity for one in asked.wanted}
        if len(asked.wanted) < MAX_BATCH:
            return kept, problems
        asked = await ask_for_bodies(desk, seen)


def wanted_bodies(desk: Desk) -> list[Wanted]:
    """What replay says is ours to read, is in force and is not here; the newest first."""
    member, state, confirmed = desk.view.member_id, desk.view.state, desk.view.confirmed_size
    number = len(desk.view.old)
    if member is None or state.stopped is not None:
        return []
    with desk.store.read() as session:
        held, missing = held_identities(session), missing_bodies(session)
    wanted = [
        Wanted(identity, link)
        for identity, link in state.links.items()
        if (link.origin != member or link.kind == "series")  # what we said of others' warnings is kept with theirs
        and identity not in held
        and may_read(state, member, link, confirmed, desk.today.isoformat())
        and not has_lapsed(state, link, desk.today)
        and not is_to_be_erased(desk, Placed(link=link, state=state, place=place_of(number, link.index), old=False))
        and _is_due(missing.get(identity), desk.now())
    ]
    return sorted(wanted, key=lambda one: -one.link.index)


def _is_due(missing: Missing | None, now: dt.datetime) -> bool:
    if missing is None:
        return True
    pause = min(_LONGEST_PAUSE, dt.timedelta(seconds=2 ** min(missing.tries, 12)))
    return is_due(missing.last_tried_at + pause, now)


def _take(desk: Desk, asked: Asked) -> list[str]:
    """Step 10: keeps what is good, in one transaction; codes of what was wrong with the others.

    A crash before it is written: the same are asked for again.
    """
    answered = list(zip(asked.wanted, asked.answers, strict=True))
    good, invalid = _checked(desk, [(one, answer.stored) for one, answer in answered if answer.stored is not None])
    if good:
        with desk.store.begin() as session:
            now, epochs = desk.now(), desk.epochs()  # within it: a key that goes waits for the transaction, or is gone
            for arrived in good:
                keep_body(session, arrived, received_at=now, epochs=epochs)
    problems = [_note_missing(desk, one, "body.invalid", at_once=False) for one in invalid]
    return problems + [_say_missing(desk, one, answer) for one, answer in answered if answer.stored is None]


def _say_missing(desk: Desk, wanted: Wanted, answer: BodyAnswer) -> str:
    """Why a body did not come."""
    if answer.gone is not None and answer.gone >= desk.view.state.size:
        return "body.gone_ahead"  # the entry that says so is not in our mirror yet: the next round brings it
    if answer.gone is not None:
        return _note_missing(desk, wanted, "body.false_gone", at_once=True)
    if _is_by_clock(desk, wanted):
        return _note_missing(desk, wanted, "body.not_yet", at_once=False, alarms=False)
    return _note_missing(desk, wanted, "body.withheld", at_once=False)


def _is_by_clock(desk: Desk, wanted: Wanted) -> bool:
    """Whether only a clock says that it is ours by now: a lead's series that nobody has agreed to yet."""
    series = desk.view.state.series.get(wanted.link.chain)
    member = desk.view.member_id
    return (
        wanted.link.kind == "series"
        and series is not None
        and series.state == "proposed"
        and member not in series.concerned
    )


def _checked(desk: Desk, came: Sequence[tuple[Wanted, bytes]]) -> tuple[list[Arrived], list[Wanted]]:
    """Those that are what their statements say, with what the check on arrival found, and those that are not."""
    good, invalid = list[Arrived](), list[Wanted]()
    with desk.store.read() as session:
        entries = [entry_at(session, one.link.index) for one, _ in came]
    for (one, stored), entry in zip(came, entries, strict=True):
        link = one.link
        assert link.body is not None and entry is not None
        nonce = parse_statement(decode_envelope(entry).payload).nonce
        try:
            body = check_stored(stored, link.body, desk.view.log, link.origin, nonce)
        except BodyInvalid:
            invalid.append(one)
            continue
        good.append(
            Arrived(
                identity=one.identity,
                digest=one.digest,
                type=link.body.type,
                place=place_of(len(desk.view.old), link.index),
                stored=stored,
                arrival=check_arrival(body, link.day),
            )
        )
    return good, invalid


def _note_missing(desk: Desk, wanted: Wanted, code: str, *, at_once: bool, alarms: bool = True) -> str:
    """Counts it; the log says that it is ours to read, so after repeated tries somebody must hear of it."""
    note = desk.view.note
    with desk.store.begin() as session:
        tries = count_missing(session, wanted.identity, desk.now())
        if alarms and (at_once or tries >= TRIES_BEFORE_ALARM):
            raise_alarm(
                session,
                code,
                wanted.identity,
                desk.now(),
                index=wanted.link.index,
                note=None if note is None else note.note,
                entry=entry_at(session, wanted.link.index),
            )
    return code
