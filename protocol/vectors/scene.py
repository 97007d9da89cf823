"""A small fictional log, built entry by entry from fixed seeds: what vectors and tests tell their stories with.

Every key is the SHA-256 of its name, every nonce counts up: the same calls always give the same bytes.
"""

import base64
import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from protocol import canonical
from protocol.bodies import Body, encode_body, new_body_ref
from protocol.body_fields import AlertBody, MemberBody, ObjectionBody, SightingBody
from protocol.carried import carried_proof
from protocol.envelope import REQUEST_TYPE, STATEMENT_TYPE, identity_of, pae, sign_envelope
from protocol.figures import seal_figures
from protocol.replay import Outcome, State, apply, members_carried, predecessor_of
from protocol.request import AdmissionRequest, rotation_message
from protocol.statement import encode_statement
from protocol.statement_fields import (
    Audience,
    Charter,
    CharterRegion,
    Limits,
    MemberPart,
    Retention,
    Seen,
    Statement,
    Witnesses,
    WitnessKey,
)
from protocol.vectors.named_keys import key_of, member_keys, public, seal_key, signing_key
from protocol.vectors.plausible_bodies import alert_body, figures_body, salt, series_body

ORIGIN = "log.example.org/watchword"
DAY = dt.date(2026, 11, 2)
REGIONS = (
    CharterRegion(code="greater-manchester", group="north-west", neighbours=("merseyside", "west-yorkshire")),
    CharterRegion(code="merseyside", group="north-west", neighbours=("greater-manchester",)),
    CharterRegion(code="west-yorkshire", group="yorkshire", neighbours=("greater-manchester",)),
)


def root(entries: Sequence[bytes]) -> bytes:
    """RFC 6962 §2.1, as it is written there; `log` computes the same by other means."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = 1 << (len(entries) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root(entries[:k]) + root(entries[k:])).digest()


class Scene:
    """A log that grows: `entries`, how replay judged each (`outcomes`), and `bodies` by digest."""

    def __init__(self, *, notice_days: int = 0, lease_max_days: int = 365, after: "Scene | None" = None) -> None:
        self._origin: str = ORIGIN if after is None else f"{after._origin}-again"
        self._log_key = "log" if after is None else "log-again"
        self.state = State()
        self.entries: list[bytes] = []
        self.outcomes: list[Outcome] = []
        self.bodies: dict[str, bytes] = {}
        self._made = 0
        self._request_nonces: dict[str, str] = {}
        self.day = DAY
        self.append(
            self.charter_envelope(
                notice_days=notice_days,
                lease_max_days=lease_max_days,
                predecessor=None if after is None else predecessor_of(after.state, root(after.entries)),
            )
        )

    @property
    def log(self) -> str:
        """The log's identity."""
        assert self.state.log is not None
        return self.state.log

    @property
    def figures_key(self) -> str:
        """The charter's."""
        assert self.state.charter is not None
        return self.state.charter.figures_key

    def charter_envelope(self, *, notice_days: int, lease_max_days: int, **over: Any) -> bytes:
        """Entry 0, signed by the first officer."""
        fields: dict[str, Any] = {
            "figures_key": seal_key("figures"),
            "lease_max_days": lease_max_days,
            "limits": Limits(requests_per_minute=600, statements_per_day=200),
            "log_key": public(self._log_key),
            "notice_days": notice_days,
            "officers": tuple(sorted(public(f"officer{i}") for i in range(3))),
            "origin": self._origin,
            "regions": REGIONS,
            "retention": Retention(lapsed_days=7, member_body_days=7),
            "witnesses": Witnesses(
                k=2,
                keys=tuple(
                    WitnessKey(host=f"w{i}.example.org", key=public(f"witness{i}"), name=f"w{i}.example.org/witness")
                    for i in range(3)
                ),
            ),
        }
        statement = Statement(
            kind="charter",
            nonce=self.nonce(),
            origin=0,
            day=self.day.isoformat(),
            status="actual",
            charter=Charter(**(fields | over)),
        )
        return self.sign(statement, "officer0")

    def nonce(self) -> str:
        """The next nonce: counts up."""
        self._made += 1
        return hashlib.sha256(f"nonce:{self._made}".encode()).hexdigest()[:32]

    def seen(self) -> Seen:
        """The checkpoint of the log as it stands."""
        size, top = len(self.entries), root(self.entries)
        note = f"{self._origin}\n{size}\n{base64.b64encode(top).decode()}\n".encode()
        return Seen(root=top.hex(), sig=signing_key(self._log_key).sign(note).signature.hex(), size=size)

    def statement(self, kind: str, origin: int, **fields: Any) -> Statement:
        """A statement of this log, not yet signed."""
        common: dict[str, Any] = {
            "log": self.log,
            "nonce": self.nonce(),
            "day": self.day.isoformat(),
            "status": "actual",
            "seen": self.seen(),
        }
        statement = Statement(kind=kind, origin=origin, **(common | fields))
        return self.with_proofs(statement) if kind == "rotate" else statement

    def keys_held(self, member_id: int) -> set[str]:
        """The `sign` and `online` keys that a member has in the log now."""
        member = self.state.members.get(member_id)
        return set() if member is None else {*member.keys.sign, member.keys.online}

    def with_proofs(self, statement: Statement) -> Statement:
        """A rotation with the signatures of its new keys; of a key that has no name here, one that is none."""
        part = statement.member
        assert part is not None and part.keys is not None
        new = sorted({*part.keys.sign, part.keys.online} - self.keys_held(statement.origin))
        message = rotation_message(part.keys, self.log, statement.origin)
        held = [key_of(key) for key in new]
        proofs = tuple("00" * 64 if key is None else key.sign(message).signature.hex() for key in held)
        return replace(statement, member=replace(part, proofs=proofs or None))

    def with_body(self, statement: Statement, body: Body) -> Statement:
        """The statement with this body beside it."""
        stored = encode_body(body)
        ref = new_body_ref(body, stored, self.log, statement.origin, statement.nonce)
        self.bodies[ref.digest] = stored
        return replace(statement, body=ref)

    def sign(self, statement: Statement, key: str) -> bytes:
        """The envelope of a statement under the key of that name."""
        return sign_envelope(encode_statement(statement), STATEMENT_TYPE, signing_key(key))

    def append(self, entry: bytes) -> str:
        """Puts an entry at the end of the log; its identity, or "" where there is none."""
        self.state, outcome = apply(self.state, len(self.entries), entry)
        self.entries.append(entry)
        self.outcomes.append(outcome)
        return outcome.identity or ""

    def say(self, key: str, kind: str, origin: int, **fields: Any) -> str:
        """Builds, signs and appends a statement without a body."""
        return self.append(self.sign(self.statement(kind, origin, **fields), key))

    def request(self, name: str, **over: Any) -> AdmissionRequest:
        """What `name` asks for; the same at each call."""
        fields: dict[str, Any] = {
            "host": f"{name}.example.org",
            "keys": member_keys(name),
            "log": self.log,
            "nonce": hashlib.sha256(f"request:{name}".encode()).hexdigest()[:32],
            "police": "no",
            "role": "project",
            "region": "west-yorkshire",
        }
        fields |= over
        return AdmissionRequest(**{name: value for name, value in fields.items() if value is not None})

    def request_digest(self, request: AdmissionRequest) -> str:
        """What endorsements of this request are about."""
        return identity_of(REQUEST_TYPE, canonical.encode(request))

    def admit_statement(self, name: str, member_id: int, request: AdmissionRequest | None = None) -> Statement:
        """The registrar's `admit` of what `name` asked for."""
        request = request or self.request(name)
        message = pae(REQUEST_TYPE, canonical.encode(request))
        first = next(n for n in (f"{name}/sign{i}" for i in range(8)) if public(n) == request.keys.sign[0])
        member = MemberPart(
            id=member_id,
            host=request.host,
            keys=request.keys,
            nonce=request.nonce,
            police=request.police,
            predecessor=request.predecessor,
            region=request.region,
            role=request.role,
            proof=signing_key(first).sign(message).signature.hex(),
        )
        statement = self.statement("admit", 0, member=member, about=self.request_digest(request))
        body = MemberBody(
            type="member.v1", salt=salt(name), name=f"{name} project", contact=f"office@{name}.example.org"
        )
        return self.with_body(statement, body)

    def admit(self, name: str, member_id: int, *, endorsed_by: dict[str, int] | None = None, **over: Any) -> str:
        """Endorses (by `{name: id}`) and admits `name`."""
        request = self.request(name, **over)
        for endorser, endorser_id in (endorsed_by or {}).items():
            self.say(f"{endorser}/sign0", "endorse", endorser_id, about=self.request_digest(request))
        return self.append(self.sign(self.admit_statement(name, member_id, request), "officer0"))

    def carry(self, old: "Scene", name: str, member_id: int) -> str:
        """Admits a member of the log that this one succeeds, as it was there."""
        return self.append(self.sign(self.carry_statement(old, name, member_id), "officer0"))

    def carry_statement(self, old: "Scene", name: str, member_id: int) -> Statement:
        """The registrar's `admit` of a member of the log that this one succeeds."""
        there = members_carried(old.state)
        index = next(at for at, member in enumerate(there) if member.id == member_id)
        was = there[index]
        request = self.request(name, host=was.host, keys=was.keys, police=was.police, region=was.region, role=was.role)
        statement = self.admit_statement(name, member_id, request)
        assert statement.member is not None
        return replace(statement, member=replace(statement.member, carried=carried_proof(there, index)))

    def alert(self, name: str, origin: int, *, days: int = 90, **over: Any) -> str:
        """An alert of `name` to Merseyside, or as given in `over`."""
        return self.append(self.sign(self.alert_statement(origin, days=days, **over), f"{name}/sign0"))

    def alert_statement(self, origin: int, *, days: int = 90, body: AlertBody | None = None, **over: Any) -> Statement:
        """An alert, or with `kind="update"` its update, not yet signed."""
        fields: dict[str, Any] = {
            "kind": "alert",
            "audience": Audience(regions=("merseyside",)),
            "expires": (self.day + dt.timedelta(days=days)).isoformat(),
        }
        fields |= over
        statement = self.statement(fields.pop("kind"), origin, **fields)
        return self.with_body(statement, body or alert_body(salt=salt(statement.nonce)))

    def update(self, name: str, origin: int, supersedes: str, **over: Any) -> str:
        """A live update with a new body."""
        return self.alert(name, origin, kind="update", supersedes=supersedes, state="live", **over)

    def pause(self, name: str, origin: int, supersedes: str) -> str:
        """A paused update."""
        return self.say(f"{name}/sign0", "update", origin, supersedes=supersedes, state="paused")

    def cancel(self, name: str, origin: int, target: str, *, key: str | None = None) -> str:
        """A Cancel of the chain that begins with `target`."""
        return self.say(key or f"{name}/sign0", "cancel", origin, supersedes=target)

    def sighting(self, name: str, origin: int, about: str) -> str:
        """We know of this too."""
        statement = self.statement("sighting", origin, about=about, audience=Audience(regions=("west-yorkshire",)))
        reason = SightingBody(
            type="sighting.v1", salt=salt(statement.nonce), sighting="known_here", reason="own_report"
        )
        return self.append(self.sign(self.with_body(statement, reason), f"{name}/sign0"))

    def series(self, name: str, origin: int, alerts: Sequence[str], **over: Any) -> str:
        """That these alerts may be about one person."""
        statement = self.statement("series", origin, alerts=tuple(sorted(alerts)))
        body = series_body(salt=salt(statement.nonce), **over)
        return self.append(self.sign(self.with_body(statement, body), f"{name}/sign0"))

    def figures_statement(self, origin: int, **over: Any) -> Statement:
        """Figures of a quarter, sealed, not yet signed."""
        statement = self.statement("figures", origin)
        body = figures_body(salt=salt(statement.nonce), **over)
        stored = seal_figures(body, self.figures_key, hashlib.sha256(statement.nonce.encode()).digest())
        ref = new_body_ref(body, stored, self.log, origin, statement.nonce)
        self.bodies[ref.digest] = stored
        return replace(statement, body=ref)

    def figures(self, name: str, origin: int, **over: Any) -> str:
        """Figures of a quarter."""
        return self.append(self.sign(self.figures_statement(origin, **over), f"{name}/sign0"))

    def objection(self, name: str, origin: int, about: str, reason: str = "not_known_to_us") -> str:
        """An objection to a request or a series."""
        statement = self.statement("object", origin, about=about)
        body = ObjectionBody(type="objection.v1", salt=salt(statement.nonce), reason=reason)
        return self.append(self.sign(self.with_body(statement, body), f"{name}/sign0"))

    def officers(self, kind: str, member_id: int, count: int = 2, **member: Any) -> str:
        """`count` officers ask for the same."""
        made = ""
        for number in range(count):
            made = self.say(f"officer{number}", kind, 0, member=MemberPart(id=member_id, **member))
        return made


def three_projects(**over: Any) -> Scene:
    """Genesis (1) and Bradford (2) in West Yorkshire, Merseyside (3): admitted one by one."""
    scene = Scene(**over)
    scene.admit("genesis", 1)
    scene.admit("bradford", 2, endorsed_by={"genesis": 1})
    scene.admit("merseyside", 3, endorsed_by={"genesis": 1, "bradford": 2}, region="merseyside")
    return scene


def successor(old: Scene, **over: Any) -> Scene:
    """A log that succeeds `old`; Genesis (1) and Bradford (2) have come over, Merseyside (3) not yet."""
    scene = Scene(after=old, **over)
    scene.carry(old, "genesis", 1)
    scene.carry(old, "bradford", 2)
    return scene
