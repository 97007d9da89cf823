"""Statements: what every member may see, for ever; which kind has which fields, and reading them strictly.

Does not verify (`envelope`) and does not know what the log means (`replay`). Source: spec/statement.md.
"""

import datetime as dt
import itertools
import re
from operator import attrgetter
from typing import Final

import msgspec

from protocol import canonical
from protocol.envelope import MAX_PAYLOAD_BYTES, STATEMENT_TYPE, identity_of
from protocol.errors import StatementInvalid
from protocol.statement_fields import (
    FIGURES_SIZE,
    FIGURES_TYPE,
    REGISTRAR,
    Audience,
    BodyRef,
    Charter,
    Keys,
    MemberPart,
    Statement,
)

LEASE_DAYS: Final = (3, 30, 90, 365)
"""Danger now; thrown objects and nuisance; other; serious. Source: DESIGN §4."""

RESERVED_KINDS: Final = frozenset({"snapshot", "letter", "evaluators", "anchor"})
_NAMES_RESERVED: Final = re.compile(b'"(?:%b)"' % "|".join(sorted(RESERVED_KINDS)).encode())


class Kind(msgspec.Struct, frozen=True):
    """What a kind must have beside the common fields, its body's type, and whether officers sign it."""

    must: frozenset[str]
    body_type: str | None = None
    by_officer: bool = False
    member_must: frozenset[str] = frozenset()
    member_may: frozenset[str] = frozenset()


_REQUEST_FIELDS: Final = frozenset({"host", "keys", "nonce", "police", "role"})

KINDS: Final[dict[str, Kind]] = {
    "charter": Kind(frozenset({"charter"}), by_officer=True),
    "admit": Kind(
        frozenset({"about", "member", "body"}),
        "member.v1",
        True,
        _REQUEST_FIELDS | {"id", "proof"},
        frozenset({"region", "predecessor", "carried"}),
    ),
    "suspend": Kind(frozenset({"member"}), None, True, frozenset({"id", "reason"})),
    "resume": Kind(frozenset({"member"}), None, True, frozenset({"id"})),
    "revoke": Kind(frozenset({"member"}), None, True, frozenset({"id", "reason"}), frozenset({"from_"})),
    "rotate": Kind(frozenset({"member"}), member_must=frozenset({"keys"}), member_may=frozenset({"proofs"})),
    "leave": Kind(frozenset()),
    "endorse": Kind(frozenset({"about"})),
    "object": Kind(frozenset({"about", "body"}), "objection.v1"),
    "alert": Kind(frozenset({"audience", "expires", "body"}), "alert.v1"),
    "update": Kind(frozenset({"supersedes", "state", "audience", "expires", "body"}), "alert.v1"),
    "cancel": Kind(frozenset({"supersedes"})),
    "sighting": Kind(frozenset({"about", "audience", "body"}), "sighting.v1"),
    "series": Kind(frozenset({"alerts", "body"}), "series.v1"),
    "figures": Kind(frozenset({"body"}), "figures.v1"),
}
"""Source: spec/statement.md §4. The row of `update` is of a live one; a paused one has `supersedes` and `state`."""

_PAUSED: Final = Kind(frozenset({"supersedes", "state"}))
_OPTIONAL: Final = ("about", "alerts", "audience", "body", "charter", "expires", "member", "state", "supersedes")
_OPTIONAL_OF: Final = attrgetter(*_OPTIONAL)
_PRESENT: Final = {kind.must: [field in kind.must for field in _OPTIONAL] for kind in (*KINDS.values(), _PAUSED)}
"""Which of `_OPTIONAL` stand in a statement of a kind, in order: compared at once, it says in a third of the time that
nothing is amiss. What is amiss is looked for field by field."""

_MEMBER_FIELDS: Final = tuple(MemberPart.__struct_fields__)
_PRACTICE_KINDS: Final = frozenset({"alert", "update", "cancel", "sighting"})
_SUSPEND_REASONS: Final = frozenset({"safeguarding", "key_doubt", "silent", "misuse", "other"})


def statement_identity(payload: bytes) -> str:
    """The identity of a statement: SHA-256 of its PAE in hex. Source: spec/statement.md §5."""
    return identity_of(STATEMENT_TYPE, payload)


def encode_statement(statement: Statement) -> bytes:
    """The payload of a statement.

    Raises:
        RuntimeError: the statement is not of its kind's grammar: a caller's bug.
    """
    payload = canonical.encode(statement)
    try:
        parse_statement(payload)
    except StatementInvalid as error:
        raise RuntimeError(f"built a statement that no reader accepts: {error}") from error
    return payload


def reserved_kind(payload: bytes) -> str | None:
    """The reserved kind that a payload claims, or None. Looks at `kind` only: the rest has no grammar yet.

    Raises:
        StatementInvalid: `statement.duplicate_key`; with two kinds, readers could disagree which one it is.
    """
    if not _NAMES_RESERVED.search(payload) or not payload.isascii():
        return None
    try:
        kind = msgspec.json.decode(payload, type=_OnlyKind).kind
    except (msgspec.MsgspecError, RecursionError):
        return None
    if kind not in RESERVED_KINDS:
        return None
    canonical.reject_duplicate_keys(payload, StatementInvalid)
    return kind


class _OnlyKind(msgspec.Struct, frozen=True):
    kind: str


def parse_statement(payload: bytes) -> Statement:
    """Reads a verified payload of version 1.

    Args:
        payload: any bytes.

    Returns:
        A statement that has exactly what its kind must have.

    Raises:
        StatementInvalid: named after the rule broken (spec/statement.md §1).
    """
    if len(payload) > MAX_PAYLOAD_BYTES:
        raise StatementInvalid("oversize")
    statement = canonical.decode(payload, Statement, StatementInvalid)
    kind = KINDS.get(statement.kind)
    if kind is None:
        raise StatementInvalid("unknown_kind", "kind")
    _require_fields(statement, _PAUSED if statement.state == "paused" and statement.kind == "update" else kind)
    if statement.member is not None:
        _require_member_fields(statement.member, kind)
        _check_member(statement)
    _check_values(statement, kind)
    canonical.require_canonical(payload, statement, StatementInvalid)
    return statement


def _require_fields(statement: Statement, kind: Kind) -> None:
    is_charter = statement.kind == "charter"
    present = [value is not None for value in _OPTIONAL_OF(statement)]
    if present == _PRESENT[kind.must] and statement.log is not None and statement.seen is not None and not is_charter:
        return
    for field in ("log", "seen"):
        _must_be(getattr(statement, field), field, not is_charter)
    for field in _OPTIONAL:
        _must_be(getattr(statement, field), field, field in kind.must)


def _must_be(value: object, field: str, present: bool) -> None:
    if present and value is None:
        raise StatementInvalid("missing_field", field)
    if not present and value is not None:
        raise StatementInvalid("forbidden_field", field)


def _require_member_fields(member: MemberPart, kind: Kind) -> None:
    for field in _MEMBER_FIELDS:
        if field not in kind.member_may:
            _must_be(getattr(member, field), f"member.{field.rstrip('_')}", field in kind.member_must)


def _check_member(statement: Statement) -> None:
    member = statement.member
    assert member is not None
    if member.keys is not None:
        require_keys(member.keys, "member.keys")
    if statement.kind == "admit":
        _must_be(member.region, "member.region", member.role == "project")
        if member.carried is not None:
            _must_be(member.predecessor, "member.predecessor", False)
    if statement.kind == "suspend" and member.reason not in _SUSPEND_REASONS:
        raise StatementInvalid("grammar", "member.reason")
    if statement.kind == "revoke":
        if member.reason not in ("left", "compromised"):
            raise StatementInvalid("grammar", "member.reason")
        _must_be(member.from_, "member.from", member.reason == "compromised")


def require_keys(keys: Keys, field: str) -> None:
    """`sign` ascends, and no key stands twice."""
    require_ascending(keys.sign, f"{field}.sign")
    if len({*keys.sign, keys.online, keys.seal}) != len(keys.sign) + 2:
        raise StatementInvalid("grammar", field)


def require_ascending(values: tuple[int, ...] | tuple[str, ...], field: str) -> None:
    """Refuses a list that is not strictly ascending."""
    if len(values) > 1 and any(a >= b for a, b in itertools.pairwise(values)):  # type: ignore[operator]
        raise StatementInvalid("grammar", field)


def _check_values(statement: Statement, kind: Kind) -> None:
    _real_date(statement.day, "day")
    if statement.status != "actual" and statement.kind not in _PRACTICE_KINDS:
        raise StatementInvalid("grammar", "status")
    if (statement.origin == REGISTRAR) != kind.by_officer:
        raise StatementInvalid("grammar", "origin")
    if statement.expires is not None:
        _real_date(statement.expires, "expires")
        if statement.lease_days() not in LEASE_DAYS:
            raise StatementInvalid("grammar", "expires")
    if statement.body is not None:
        _check_body_ref(statement.body, kind)
    if statement.alerts is not None:
        require_ascending(statement.alerts, "alerts")
    if statement.audience is not None:
        _check_audience(statement.audience)
    if statement.charter is not None:
        _check_charter(statement.charter)


def _check_body_ref(ref: BodyRef, kind: Kind) -> None:
    """Only figures are sealed, and all of them have one size: it tells nothing of what they count."""
    if ref.type != kind.body_type:
        raise StatementInvalid("grammar", "body.type")
    sealed = ref.type == FIGURES_TYPE
    if ref.seal != ("figures" if sealed else "open"):
        raise StatementInvalid("grammar", "body.seal")
    if sealed and ref.size != FIGURES_SIZE:
        raise StatementInvalid("grammar", "body.size")


def _real_date(text: str, field: str) -> None:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        raise StatementInvalid("grammar", field) from None


def _check_audience(audience: Audience) -> None:
    for field, values in (("except", audience.except_), ("members", audience.members), ("regions", audience.regions)):
        require_ascending(values, f"audience.{field}")
    if not audience.members and not audience.regions:
        raise StatementInvalid("grammar", "audience")


def _check_charter(charter: Charter) -> None:
    require_ascending(charter.officers, "charter.officers")
    codes = tuple(region.code for region in charter.regions)
    require_ascending(codes, "charter.regions")
    for region in charter.regions:
        require_ascending(region.neighbours, "charter.regions.neighbours")
        if region.code in region.neighbours or not set(region.neighbours) <= set(codes):
            raise StatementInvalid("grammar", "charter.regions.neighbours")
    if charter.predecessor is not None and charter.predecessor.origin == charter.origin:
        raise StatementInvalid("grammar", "charter.predecessor.origin")
    witnesses = charter.witnesses.keys
    for values in ([w.key for w in witnesses], [w.host for w in witnesses], [w.name for w in witnesses]):
        if len(set(values)) != len(values):
            raise StatementInvalid("grammar", "charter.witnesses")
    if charter.witnesses.k > len(witnesses):
        raise StatementInvalid("grammar", "charter.witnesses.k")
