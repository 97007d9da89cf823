"""How a node stands: in the log, with the hub, with what it sent and took back. Reads only."""

import datetime as dt

import msgspec

from node.actions.publish_anew import to_be_published_anew
from node.actions.read_inbox import deletion_of, project_name
from node.core.alarms import ALARM_WORDS
from node.log_view import LogView
from node.store.acks import acked_sizes
from node.store.alarms import alarms
from node.store.checkpoints import log_note_at_least
from node.store.engine import Store
from node.store.heartbeats import job_states
from node.store.orphans import open_orphans
from node.store.outbox import outbox_of
from protocol.at_rest import Epochs
from protocol.checkpoint import Checkpoint
from protocol.replay import members_owing
from protocol.words import fingerprint_words

CONFIRMED_LATE_AFTER = dt.timedelta(hours=6)
"""A checkpoint that the witnesses have not cosigned for so long is shown as late. Source: DESIGN §4."""


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """Something of ours on its way: waiting or sent, or refused with why."""

    identity: str
    kind: str
    state: str
    problem: str | None


class TakenBack(msgspec.Struct, frozen=True, kw_only=True):
    """A warning of ours that was taken back: confirmed deleted by `deleted_by` of `deleted_of` projects."""

    identity: str
    deleted_by: int
    deleted_of: int


class JobShown(msgspec.Struct, frozen=True, kw_only=True):
    """A job: when it last succeeded, whether that is too long ago, and its last problem."""

    job: str
    last_success: dt.datetime | None
    late: bool
    problem: str | None


class AlarmShown(msgspec.Struct, frozen=True, kw_only=True):
    """An alarm in plain words, and what to do."""

    code: str
    found_at: dt.datetime
    means: str
    do: str


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """How a node stands.

    Attributes:
        log: identity of the log, or None before it joined.
        member: its member id, or None.
        project: its name as the others see it.
        membership: `not asked`, `asked`, `active`, `suspended`, `left` or `compromised`.
        size: entries held.
        confirmed_size: of those, confirmed.
        confirmed_late: something waits for the witnesses for more than six hours.
        checkpoint_words: to compare with another project by voice.
        seen_by: witnesses that have seen the latest entry.
        witnesses: how many there are; 0: no witness.
        stopped: an upgrade is needed.
        last_sync: when a sync last succeeded, by the worker.
        outgoing: waiting, sent or refused.
        taken_back: our warnings that were taken back.
        overdue: projects that have not yet confirmed a deletion.
        orphans: our messages in the log that this node does not know.
        jobs: what the worker does.
        anew: numbers of our warnings that stand in a log before this one only: each is published anew, or runs out.
        alarms: the newest first.
    """

    log: str | None
    member: int | None = None
    project: str = ""
    membership: str = "not asked"
    size: int = 0
    confirmed_size: int = 0
    confirmed_late: bool = False
    checkpoint_words: tuple[str, ...] = ()
    seen_by: int = 0
    witnesses: int = 0
    stopped: bool = False
    last_sync: dt.datetime | None = None
    outgoing: tuple[Outgoing, ...] = ()
    taken_back: tuple[TakenBack, ...] = ()
    overdue: tuple[str, ...] = ()
    orphans: tuple[str, ...] = ()
    jobs: tuple[JobShown, ...] = ()
    anew: tuple[int, ...] = ()
    alarms: tuple[AlarmShown, ...] = ()


def read_status(store: Store, view: LogView, epochs: Epochs, now: dt.datetime) -> Status:
    """How the node stands at `now` (aware UTC)."""
    state, member = view.state, view.member
    with store.read() as session:
        jobs = tuple(
            JobShown(job=one.job, last_success=one.last_success, late=one.is_late(now), problem=one.problem)
            for one in job_states(session)
        )
        raised = tuple(
            AlarmShown(
                code=one.code, found_at=one.found_at, means=ALARM_WORDS[one.code][0], do=ALARM_WORDS[one.code][1]
            )
            for one in alarms(session)
        )
        if not view.is_pinned:
            return Status(log=None, jobs=jobs, alarms=raised)
        acked = acked_sizes(session)
        waiting = log_note_at_least(session, view.confirmed_size + 1)
        seen_by, witnesses = view.seen_by(max(state.size - 1, 0))
        return Status(
            log=view.log,
            member=view.member_id,
            project=project_name(session, state, member.id, epochs) if member is not None else "",
            membership=member.status if member is not None else _membership(view),
            size=state.size,
            confirmed_size=view.confirmed_size,
            confirmed_late=waiting is not None and now - waiting.received_at > CONFIRMED_LATE_AFTER,
            checkpoint_words=checkpoint_words(view),
            seen_by=seen_by,
            witnesses=witnesses,
            stopped=state.stopped is not None,
            last_sync=next((one.last_success for one in jobs if one.job == "sync"), None),
            outgoing=tuple(
                Outgoing(identity=one.identity, kind=one.kind, state=one.state, problem=one.problem)
                for one in outbox_of(session, "waiting", "sent", "refused")
            ),
            taken_back=_taken_back(view, acked),
            overdue=tuple(project_name(session, state, one.id, epochs) for one in members_owing(state, acked)),
            orphans=tuple(one.identity for one in open_orphans(session)),
            anew=tuple(one.id for one in to_be_published_anew(session, view.log, now)),
            jobs=jobs,
            alarms=raised,
        )


def _membership(view: LogView) -> str:
    return "asked" if view.pin.request is not None else "not asked"


def checkpoint_words(view: LogView) -> tuple[str, ...]:
    """The latest checkpoint as words that two projects read to each other; none before there is one."""
    note = view.note
    if note is None:
        return ()
    return fingerprint_words(Checkpoint(view.pin.origin, note.size, bytes.fromhex(note.root)).digest)


def _taken_back(view: LogView, acked: dict[int, int]) -> tuple[TakenBack, ...]:
    found = []
    for state, member in [(view.state, view.member), *((one.state, one.member) for one in view.old)]:
        for first, chain in state.chains.items():
            if member is not None and chain.origin == member.id and chain.cancelled is not None:
                deleted_by, deleted_of = deletion_of(view, state, chain.head, acked)
                found.append(TakenBack(identity=first, deleted_by=deleted_by, deleted_of=deleted_of))
    return tuple(found)
