"""What the hub may answer, each decoded strictly: any bytes in → a value or our error. And how it says no.

Shapes only: that a receipt proves anything, or that a body is the one asked for, is checked where it is used.
Source: spec/exchange.md.

    HouseError
    ├── Refused
    │   └── HubRefused     the hub says no: `problem` is its code
    └── Unavailable
        └── HubBusy        not now: `retry_after_seconds`
    ProtocolError
    └── AnswerInvalid      answer.*: not what exchange.md says an answer is
"""

from typing import Annotated, Final, Literal, TypeVar

import msgspec

from node.core.errors import Unavailable
from protocol import canonical
from protocol.body_fields import MAX_REASONS, Relation, SeriesReason
from protocol.errors import ProtocolError
from protocol.house.core.errors import Refused
from protocol.statement_fields import MAX_IN_SERIES, Count, Day, Digest

MAX_BATCH: Final = 256
"""Statements, and digests, in one request. Source: spec/exchange.md §4, §5."""

MAX_ENTRIES_TOLD: Final = 8
"""Entries that come with a checkpoint. Source: spec/exchange.md §3."""

_T = TypeVar("_T")
_Code = Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}\.[a-z_]{1,40}\Z")]
_Word = Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}\Z")]
_Text = Annotated[str, msgspec.Meta(max_length=65_536)]
_Hashes = Annotated[tuple[bytes, ...], msgspec.Meta(max_length=128)]


LONGEST_NUMBER: Final = 9
"""Digits of a `Retry-After` that are read: thirty years. Python refuses to read thousands."""


class AnswerInvalid(ProtocolError):
    """The hub's answer is not what the specification says. Nothing of it is used."""

    family = "answer"


class HubRefused(Refused):
    """The hub says no, and no waiting will help. `problem` is its code (spec/exchange.md §2)."""

    family = "hub"

    def __init__(self, problem: str, status: int) -> None:
        super().__init__("refused", f"the hub refuses this: {problem}")
        self.problem = problem
        self.status = status


class HubBusy(Unavailable):
    """The hub answers that it cannot now. `retry_after_seconds` is what it asks for, or None."""

    def __init__(self, problem: str, retry_after_seconds: int | None) -> None:
        super().__init__("busy", f"the hub cannot do this now: {problem}")
        self.problem = problem
        self.retry_after_seconds = retry_after_seconds


class _Answer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One object of an answer: closed."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """RFC 9457, which permits members that we do not know."""

    code: _Code
    status: int = 0


class TokenAnswer(_Answer, frozen=True, kw_only=True):
    """A read token; `expires_at` in POSIX seconds by the hub's clock."""

    token: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_.=-]{1,1000}\Z")]
    expires_at: Count


class CheckpointAnswer(_Answer, frozen=True, kw_only=True):
    """A checkpoint's note, and the entries after those that the reader has, up to it."""

    note: _Text
    entries: Annotated[tuple[bytes, ...], msgspec.Meta(max_length=MAX_ENTRIES_TOLD)]


class ProofAnswer(_Answer, frozen=True, kw_only=True):
    """A consistency proof: 32-byte hashes."""

    hashes: _Hashes


class CosignedAnswer(_Answer, frozen=True, kw_only=True):
    """Signed notes as text."""

    notes: Annotated[tuple[_Text, ...], msgspec.Meta(max_length=256)]


class Receipt(_Answer, frozen=True, kw_only=True):
    """Entries `first` … `first + count - 1`, the new ones in their order, stand in `checkpoint`: a range proof."""

    first: Count
    count: Annotated[int, msgspec.Meta(ge=1, le=MAX_BATCH)]
    checkpoint: _Text
    proof: _Hashes


class Result(_Answer, frozen=True, kw_only=True):
    """What became of one statement: an index (`identity` is there), or a code."""

    identity: Digest | None = None
    index: Count | None = None
    code: _Code | None = None
    detail: Annotated[str, msgspec.Meta(max_length=400)] = ""

    def __post_init__(self) -> None:
        if (self.index is None) == (self.code is None) or (self.index is not None and self.identity is None):
            raise ValueError("neither an index nor a code, or both")


class SubmissionAnswer(_Answer, frozen=True, kw_only=True):
    """One result for each statement, in order; a receipt if anything was new."""

    results: Annotated[tuple[Result, ...], msgspec.Meta(min_length=1, max_length=MAX_BATCH)]
    receipt: Receipt | None = None


class BodyAnswer(_Answer, frozen=True, kw_only=True, rename={"stored": "bytes"}):
    """One body: its stored bytes, or the index at which it was gone, or refused: exactly one of the three."""

    digest: Digest
    stored: bytes | None = None
    gone: Count | None = None
    refused: Literal[True] | None = None

    def __post_init__(self) -> None:
        if sum(value is not None for value in (self.stored, self.gone, self.refused)) != 1:
            raise ValueError("not exactly one of bytes, gone, refused")


class BodiesAnswer(_Answer, frozen=True, kw_only=True):
    """One answer for each digest, in order."""

    bodies: Annotated[tuple[BodyAnswer, ...], msgspec.Meta(min_length=1, max_length=MAX_BATCH)]


class AcksAnswer(_Answer, frozen=True, kw_only=True):
    """The latest Ack of each member, as envelopes; and the hub's mark of them, 0 if it has none."""

    envelopes: Annotated[tuple[bytes, ...], msgspec.Meta(max_length=65_536)]
    mark: Count = 0


class Candidate(_Answer, frozen=True, kw_only=True):
    """Who asks to join: nothing of it is verified. `name` and `contact` are the candidate's own words."""

    digest: Digest
    envelope: bytes
    name: Annotated[str, msgspec.Meta(max_length=80)]
    contact: Annotated[str, msgspec.Meta(max_length=120)]


class RequestsAnswer(_Answer, frozen=True, kw_only=True):
    """Those who ask to join."""

    requests: Annotated[tuple[Candidate, ...], msgspec.Meta(max_length=1_000)]


class RequestTaken(_Answer, frozen=True, kw_only=True):
    """The hub has the request; its digest as the hub computed it."""

    digest: Digest


class LookTold(_Answer, frozen=True, kw_only=True):
    """Somebody at the hub looked at a warning: which, on what day, in which role, and why, as a code."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
    alert: Digest
    day: Day
    role: _Word
    reason: _Word


class LooksAnswer(_Answer, frozen=True, kw_only=True):
    """Looks at warnings of the asker, the oldest first."""

    looks: Annotated[tuple[LookTold, ...], msgspec.Meta(max_length=256)]


class ReminderAnswer(_Answer, frozen=True, kw_only=True):
    """The day on which the hub's operator last asked for what is not confirmed yet, or None."""

    asked_on: Day | None = None


class DecisionTold(_Answer, frozen=True, kw_only=True):
    """What a lead decided on the hub's pages: a series to say, or (`undo`) one of its own to take back."""

    id: Count
    alerts: Annotated[tuple[Digest, ...], msgspec.Meta(min_length=2, max_length=MAX_IN_SERIES)] | None = None
    relation: Relation | None = None
    reasons: Annotated[tuple[SeriesReason, ...], msgspec.Meta(min_length=1, max_length=MAX_REASONS)] | None = None
    undo: Digest | None = None

    def __post_init__(self) -> None:
        if {value is None for value in (self.alerts, self.relation, self.reasons)} != {self.undo is not None}:
            raise ValueError("neither what is to be said nor what is to be undone, or both")


class DecisionsAnswer(_Answer, frozen=True, kw_only=True):
    """What waits for a lead's signature, the oldest first."""

    decisions: Annotated[tuple[DecisionTold, ...], msgspec.Meta(max_length=64)]


def decode_answer(data: bytes, kind: type[_T]) -> _T:
    """An answer of that kind.

    Raises:
        AnswerInvalid: `answer.not_json`, `answer.duplicate_key`, `answer.unknown_field`, `answer.missing_field`,
            `answer.wrong_type`, `answer.grammar`.
    """
    return canonical.decode(data, kind, AnswerInvalid)


def problem_of(status: int, data: bytes, retry_after: str | None) -> HubRefused | HubBusy:
    """The error that a refusal stands for. One without a readable code is `hub.unexplained`.

    Args:
        status: of the answer, not 2xx.
        data: its bytes.
        retry_after: the header, as received.
    """
    try:
        code = decode_answer(data, Problem).code
    except AnswerInvalid:
        code = "hub.unexplained"
    if status == 429 or status >= 500:
        said = retry_after or ""
        seconds = int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST_NUMBER else None
        return HubBusy(code, None if seconds is None else min(seconds, 86_400))
    return HubRefused(code, status)
