"""The state of a log: frozen values in persistent maps, so that applying an entry costs no copy of the rest.

Source: spec/replay.md §6, §7.
"""

from typing import Any, Final, Literal

import msgspec
from immutables import Map

from protocol import canonical
from protocol.statement_fields import Audience, BodyRef, Charter, Keys

MemberStatus = Literal["active", "suspended", "left", "compromised"]


class KeyRecord(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A key that stands or stood in the log.

    Attributes:
        public: 64 hex digits.
        member: its owner's id; 0 for an officer of the registrar.
        use: `officer`, `sign` or `online`.
        retired: the index of the rotation that ended it, or None.
    """

    public: str
    member: int
    use: Literal["officer", "sign", "online"]
    retired: int | None = None


class Member(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A member as the log has it.

    Attributes:
        admitted: index of its first `admit`.
        removed: index of the entry by which it left or was revoked, or None; `removed_on` that entry's `day`.
        since: of a compromised member: the index from which nothing of it holds, else None.
        owes: the greatest index at which a body that it may hold was gone, or None: its Ack must have seen past it.
        carried: it came over from the log that this one succeeds, with the keys that it had there.
        request: digest of its admission request.
        body: identity of the `admit` whose body names it now.
    """

    id: int
    role: str
    region: str | None
    host: str
    police: bool
    keys: Keys
    status: MemberStatus
    admitted: int
    removed: int | None = None
    removed_on: str | None = None
    since: int | None = None
    owes: int | None = None
    predecessor: int | None = None
    carried: bool = False
    request: str
    body: str

    @property
    def present(self) -> bool:
        """Active or suspended: neither left nor revoked."""
        return self.removed is None


class Link(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A valid statement that has, or stands in a chain of, bodies.

    Attributes:
        kind: alert, update, sighting, admit, object, series or figures.
        index: its place in the log.
        chain: identity of the first alert of its chain (sighting: of the chain that it is about; objection to a series:
            of that series; others: its own).
        audience: None means every member; of figures: nobody, for no member reads them.
        gone: index from which its body is gone, or None.
        why: superseded, paused, cancelled, replaced, objected or compromised, once gone.
    """

    kind: str
    origin: int
    index: int
    chain: str
    body: BodyRef | None
    audience: Audience | None
    expires: str | None
    day: str
    status: str
    gone: int | None = None
    why: str | None = None


class Chain(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An alert and what followed it: `head` is the last link, `cancelled` the index of its Cancel."""

    origin: int
    head: str
    status: str
    cancelled: int | None = None
    sightings: tuple[str, ...] = ()
    series: tuple[str, ...] = ()


class Series(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What somebody says that alerts may be of each other; its statement stands in `links`.

    Attributes:
        alerts: first alerts of the chains named, ascending.
        concerned: the origins of these, ascending: who may agree, object and undo.
        at_once: one of them was danger now when this was said: others are told without a wait.
        agreed: (member, index) of those concerned who stand by it, the signer among them if concerned.
        state: what needs no clock; whether others are told is `reading.is_told`.
        ended: index of what ended it (disagreed or undone), or None.
        objection: identity of the objection that ended it, or None.
    """

    alerts: tuple[str, ...]
    concerned: tuple[int, ...]
    at_once: bool
    agreed: tuple[tuple[int, int], ...] = ()
    state: Literal["proposed", "agreed", "disagreed", "undone"] = "proposed"
    ended: int | None = None
    objection: str | None = None


class Endorsement(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One project's word for a candidate: the `day` and index at which it was given."""

    day: str
    index: int


_EMPTY: Final[Map[Any, Any]] = Map()


class State(msgspec.Struct, frozen=True, kw_only=True):
    """All that a log's entries 0 … `size` - 1 mean.

    Attributes:
        size: entries applied; the index of the next.
        log: identity of the charter, or None before it.
        critical: key id of the first officer who signed an unknown critical entry, or None.
        stopped: index of the entry by which a second officer did, or None.
        statements: identity → index of every valid statement.
        keys: key id → record, of every key ever.
        links, chains, series: by identity.
        figures: (origin, day) → identity of the latest figures that this origin said on that day.
        bodies: digest → identity of its statement.
        cancels: (origin, target) → index of the first Cancel.
        gone: index → digests of the bodies that its entry made gone.
        endorsements: request digest → member id → endorsement, until admitted.
        pending: what one officer has asked for → that officer's key id.
    """

    size: int = 0
    log: str | None = None
    charter: Charter | None = None
    critical: str | None = None
    stopped: int | None = None
    statements: Map[str, int] = _EMPTY
    keys: Map[str, KeyRecord] = _EMPTY
    members: Map[int, Member] = _EMPTY
    links: Map[str, Link] = _EMPTY
    chains: Map[str, Chain] = _EMPTY
    series: Map[str, Series] = _EMPTY
    figures: Map[tuple[int, str], str] = _EMPTY
    bodies: Map[str, str] = _EMPTY
    cancels: Map[tuple[int, str], int] = _EMPTY
    gone: Map[int, tuple[str, ...]] = _EMPTY
    endorsements: Map[str, Map[int, Endorsement]] = _EMPTY
    pending: Map[tuple[str, int, str, int], str] = _EMPTY

    def present_projects(self) -> frozenset[int]:
        """Ids of the projects that have neither left nor been revoked, suspended ones among them."""
        return frozenset(m.id for m in self.members.values() if m.role == "project" and m.present)

    def active_projects(self) -> frozenset[int]:
        """Ids of the projects that may speak now."""
        return frozenset(m.id for m in self.members.values() if m.role == "project" and m.status == "active")

    def gone_since(self, earlier: "State") -> list[str]:
        """Digests of the bodies that entries `earlier.size` … `size` - 1 made gone."""
        return [digest for index in range(earlier.size, self.size) for digest in self.gone.get(index, ())]

    def serialise(self) -> bytes:
        """The one serialisation: equal states have equal bytes. Source: spec/replay.md §7."""
        return canonical.encode({name: _plain(getattr(self, name)) for name in self.__struct_fields__})


def _plain(value: object) -> object:
    if isinstance(value, Map):
        return {_name(key): _plain(inner) for key, inner in value.items()}
    return value


def _name(key: object) -> str:
    return ":".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
