"""The fields of statements: closed grammars, so that no field can hold words. Values are frozen.

Shapes only; which kind has which is `statement`. Source: spec/statement.md §2, §3, spec/membership.md.
"""

import datetime as dt
from typing import Annotated, Final, Literal

import msgspec

BODY_SIZES: Final = (2_048, 4_096, 8_192, 16_384)
FIGURES_TYPE: Final = "figures.v1"
FIGURES_SIZE: Final = 16_384
REGISTRAR: Final = 0
NOTICE_KINDS: Final = frozenset({"endorse", "admit", "series"})
"""Notice is counted from their day: a hub takes none of before yesterday. Source: spec/exchange.md §4."""

MAX_IN_SERIES: Final = 20
"""Alerts that one series names: more are a claim that nobody can look through field by field."""

Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
Key = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
Nonce = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
Sig = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{128}\Z")]
Day = Annotated[str, msgspec.Meta(pattern=r"^2[01][0-9]{2}-[01][0-9]-[0-3][0-9]\Z")]
MemberId = Annotated[int, msgspec.Meta(ge=1, le=65_535)]
OriginId = Annotated[int, msgspec.Meta(ge=0, le=65_535)]
Region = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z-]{1,31}\Z")]
Host = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9.-]{0,62}\Z")]
LogOrigin = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9.-]+(/[a-z0-9-]+)*\Z", max_length=100)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
Status = Literal["actual", "exercise", "test"]
Role = Literal["project", "lead", "observer"]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """One object of a statement: closed, frozen, absent fields not written."""


class Seen(_Part, frozen=True, kw_only=True):
    """A checkpoint that the signer holds. Source: spec/statement.md §3, spec/log.md."""

    root: Digest
    sig: Sig
    size: Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]


class Audience(_Part, frozen=True, kw_only=True, rename={"except_": "except"}):
    """Regions and members, minus `except_`; ascending, without repeats."""

    except_: tuple[MemberId, ...] = ()
    members: tuple[MemberId, ...] = ()
    regions: tuple[Region, ...] = ()

    def includes(self, member_id: int, region: str | None) -> bool:
        """Whether a member of that id and region is meant."""
        if member_id in self.except_:
            return False
        return member_id in self.members or (region is not None and region in self.regions)


class BodyRef(_Part, frozen=True, kw_only=True):
    """What a statement says of the body beside it; digest and size are of the stored bytes."""

    digest: Digest
    seal: Literal["figures", "open"]
    size: Literal[2048, 4096, 8192, 16384]
    type: Literal["alert.v1", "figures.v1", "member.v1", "objection.v1", "series.v1", "sighting.v1"]


class Keys(_Part, frozen=True, kw_only=True):
    """A member's public keys by use. `sign` ascends; `seal` is X25519, the others Ed25519."""

    online: Key
    seal: Key
    sign: Annotated[tuple[Key, ...], msgspec.Meta(min_length=1, max_length=8)]


class Carried(_Part, frozen=True, kw_only=True):
    """Where a member stands among those of the predecessor: `index` and the inclusion proof's hashes."""

    index: Count
    path: Annotated[tuple[Digest, ...], msgspec.Meta(max_length=16)] = ()


class MemberPart(_Part, frozen=True, kw_only=True, rename={"from_": "from"}):
    """The `member` object of membership kinds; which fields are there depends on the kind (`MEMBER_FIELDS`)."""

    carried: Carried | None = None
    from_: Count | None = None
    host: Host | None = None
    id: MemberId | None = None
    keys: Keys | None = None
    nonce: Nonce | None = None
    police: Literal["yes", "no"] | None = None
    predecessor: MemberId | None = None
    proof: Sig | None = None
    proofs: Annotated[tuple[Sig, ...], msgspec.Meta(min_length=1, max_length=9)] | None = None
    reason: Literal["safeguarding", "key_doubt", "silent", "misuse", "other", "left", "compromised"] | None = None
    region: Region | None = None
    role: Role | None = None


class CharterRegion(_Part, frozen=True, kw_only=True):
    """A police-force area: code, group, and the codes of its neighbours, ascending."""

    code: Region
    group: Region
    neighbours: tuple[Region, ...] = ()


class WitnessKey(_Part, frozen=True, kw_only=True):
    """A witness: `name` as in its cosignatures, Ed25519 `key`, `host`."""

    host: Host
    key: Key
    name: LogOrigin


class Witnesses(_Part, frozen=True, kw_only=True):
    """k of n; 0 of 0 means that a checkpoint is confirmed when published."""

    k: Annotated[int, msgspec.Meta(ge=0, le=16)]
    keys: Annotated[tuple[WitnessKey, ...], msgspec.Meta(max_length=16)] = ()


class Limits(_Part, frozen=True, kw_only=True):
    """Per member, for the hub. Cancel and Ack are exempt."""

    requests_per_minute: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
    statements_per_day: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


class Retention(_Part, frozen=True, kw_only=True):
    """Days after which a lapsed body, and a removed member's body, is erased by everyone."""

    lapsed_days: Annotated[int, msgspec.Meta(ge=0, le=365)]
    member_body_days: Annotated[int, msgspec.Meta(ge=0, le=365)]


class MembersRoot(_Part, frozen=True, kw_only=True):
    """The tree over a log's present members (`carried.members_tree`): how many, and its root."""

    root: Digest
    size: Count


class Predecessor(_Part, frozen=True, kw_only=True):
    """The last confirmed checkpoint of the log that this one succeeds, and who was present there."""

    log: Digest
    members: MembersRoot
    origin: LogOrigin
    root: Digest
    size: Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]


class Charter(_Part, frozen=True, kw_only=True):
    """Entry 0. Source: spec/membership.md §1."""

    figures_key: Key
    lease_max_days: Literal[3, 30, 90, 365]
    limits: Limits
    log_key: Key
    notice_days: Annotated[int, msgspec.Meta(ge=0, le=30)]
    officers: Annotated[tuple[Key, ...], msgspec.Meta(min_length=2, max_length=8)]
    origin: LogOrigin
    predecessor: Predecessor | None = None
    regions: Annotated[tuple[CharterRegion, ...], msgspec.Meta(min_length=1, max_length=64)]
    retention: Retention
    witnesses: Witnesses


class Statement(_Part, frozen=True, kw_only=True):
    """One statement; which fields are there depends on `kind` (`KINDS`). Source: spec/statement.md §3."""

    about: Digest | None = None
    alerts: Annotated[tuple[Digest, ...], msgspec.Meta(min_length=2, max_length=MAX_IN_SERIES)] | None = None
    audience: Audience | None = None
    body: BodyRef | None = None
    charter: Charter | None = None
    day: Day
    expires: Day | None = None
    kind: str
    log: Digest | None = None
    member: MemberPart | None = None
    nonce: Nonce
    origin: OriginId
    seen: Seen | None = None
    state: Literal["live", "paused"] | None = None
    status: Status
    supersedes: Digest | None = None

    @property
    def is_live_update(self) -> bool:
        """An update that carries a body: not a pause."""
        return self.kind == "update" and self.state == "live"

    def lease_days(self) -> int:
        """Days from `day` to `expires`."""
        assert self.expires is not None
        return (dt.date.fromisoformat(self.expires) - dt.date.fromisoformat(self.day)).days
