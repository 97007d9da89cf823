"""A hub's log made up in memory, and what its database would hold of it: nothing is signed, and nothing is verified.

Sealed bodies with what is found of them, members' names and figures, series, proposals, Acks, and the entries of
withdrawals. Some members are far behind.
"""

import hashlib
import random
from collections.abc import Iterator
from functools import partial
from typing import Final

from immutables import Map
from msgspec.structs import replace

from hub.core.sealed_bodies import seal_body
from hub.core.values import Seal
from hub.store import bodies
from hub.store.engine import Store
from hub.store.inserts import insert_rows
from hub.store.linking_tables import SuggestionRow
from hub.store.tables import AckRow, EntryRow
from protocol.at_rest import SEAL_RANDOMNESS, Epochs
from protocol.bodies import encode_body
from protocol.body_fields import MemberBody
from protocol.figures import seal_figures
from protocol.replay import Chain, Link, Member, Series, State
from protocol.statement_fields import Audience, BodyRef
from protocol.vectors.named_keys import member_keys
from protocol.vectors.plausible_bodies import figures_body, salt, series_body
from tests.bench.hub_filling import CHUNK
from tests.bench.hub_rows import Row, rows

WITHDRAWN_OF: Final = 50
"""One warning of so many is taken back."""

SERIES_OF: Final = 100
PROPOSED_OF: Final = 50
"""Of so many warnings there is one series, one proposal."""

BEHIND: Final = {3: 0.0, 7: 0.6, 11: 0.99}
"""Members whose last Ack saw only so much of the withdrawals."""

EXPIRES: Final = "2027-06-01"
FIGURES_DAY: Final = "2026-11-01"
FIGURES_OF: Final = "2026-Q4"


class MadeLog:
    """The maps of its state, which grow while rows of the database are written."""

    def __init__(self, count: int, members: int) -> None:
        """`count`: of warnings; `members`: the last of them is a lead, the others are projects."""
        self.count = count
        self.members = {number: _member(number, is_lead=number == members) for number in range(1, members + 1)}
        self.live: list[tuple[int, str, bool]] = []
        self._links, self._chains, self._bodies = dict[str, Link](), dict[str, Chain](), dict[str, str]()
        self._series, self._figures = dict[str, Series](), dict[tuple[int, str], str]()
        self._gone = dict[int, tuple[str, ...]]()

    @property
    def size(self) -> int:
        """How many entries it has."""
        return self.count + len(self._gone)

    @property
    def read_by_police(self) -> tuple[str, str]:
        """The newest two warnings that police may read, by their first alerts."""
        one, other, *_ = (chain for _, chain, police in reversed(self.live) if police)
        return one, other

    @property
    def series_read_by_police(self) -> str:
        """A series of the lead of which police may read all warnings, once the rest is written."""
        read = {chain for _, chain, police in self.live if police}
        return next(name for name, series in self._series.items() if read.issuperset(series.alerts))

    def state(self, begun: State) -> State:
        """Its state; it begins as that log."""
        owing = {number: replace(member, owes=self.size - 1) for number, member in self.members.items()}
        return replace(
            begun,
            size=self.size,
            members=Map(owing),
            links=Map(self._links),
            chains=Map(self._chains),
            bodies=Map(self._bodies),
            series=Map(self._series),
            figures=Map(self._figures),
            gone=Map(self._gone),
        )

    def warnings(self) -> Iterator[Row]:
        """Those that stand; the others, too, are put into the log."""
        for row in rows(self.count, members=len(self.members)):
            one, gone = row.described, None
            if one.idx % WITHDRAWN_OF == WITHDRAWN_OF - 1:
                gone = self.size
                self._gone[gone] = (row.digest,)
            self._add_link(
                Link(
                    kind="alert",
                    origin=one.origin,
                    index=one.idx,
                    chain=one.identity,
                    body=BodyRef(digest=row.digest, seal="open", size=2048, type="alert.v1"),
                    audience=None if one.idx % 3 else Audience(regions=tuple(sorted({one.force, "merseyside"}))),
                    expires=EXPIRES,
                    day=one.day,
                    status="actual",
                    gone=gone,
                    why=None if gone is None else "cancelled",
                )
            )
            self._chains[one.identity] = Chain(origin=one.origin, head=one.identity, status="actual", cancelled=gone)
            if gone is None:
                self.live.append((one.idx, one.identity, one.police))
                yield row

    def write_rest(self, store: Store, epochs: Epochs, figures_key: str, withdrawal: bytes) -> None:
        """Writes all but the warnings.

        Args:
            withdrawal: an envelope that stands for each of those that took a warning back.
        """
        dice = random.Random(2)
        others = (*self._names(), *self._counts(figures_key), *self._said())
        made = {
            self.size + place: self._body(self.size + place, other, epochs, dice) for place, other in enumerate(others)
        }
        acks: list[dict[str, object]] = [
            {"member": number, "size": self.count + int(len(self._gone) * BEHIND.get(number, 1)), "envelope": b""}
            for number in self.members
            if BEHIND.get(number, 1)
        ]
        entries: list[dict[str, object]] = [
            {"idx": index, "leaf": bytes(32), "envelope": withdrawal} for index in self._gone
        ]
        for start in range(self.size, self.size + len(made), CHUNK):
            with store.begin() as session:
                bodies.add_bodies(session, {at: made[at] for at in range(start, start + CHUNK) if at in made})
        for table, rows_of_it in ((SuggestionRow, self._proposed(dice)), (AckRow, acks), (EntryRow, entries)):
            for start in range(0, len(rows_of_it), CHUNK):
                with store.begin() as session:
                    insert_rows(session, table, rows_of_it[start : start + CHUNK])

    def _names(self) -> Iterator[tuple[str, bytes, str, int]]:
        for number, member in self.members.items():
            body = MemberBody(type="member.v1", salt=salt(member.host), name=f"Project {number}", contact=member.host)
            yield member.body, encode_body(body), "admit", 0

    def _counts(self, figures_key: str) -> Iterator[tuple[str, bytes, str, int]]:
        for number, member in self.members.items():
            if member.role == "project":
                body = figures_body(salt=salt(f"figures {number}"), quarter=FIGURES_OF)
                identity = _digest(f"figures {number}")
                self._figures[number, FIGURES_DAY] = identity
                yield identity, seal_figures(body, figures_key, bytes.fromhex(identity)), "figures", number

    def _said(self) -> Iterator[tuple[str, bytes, str, int]]:
        """Each series names two warnings that stand next to each other."""
        lead = len(self.members)
        for start in range(0, len(self.live) - 1, SERIES_OF):
            named = sorted(chain for _, chain, _ in self.live[start : start + 2])
            identity = _digest(f"series {start}")
            concerned = tuple(sorted({self._chains[chain].origin for chain in named}))
            self._series[identity] = Series(alerts=tuple(named), concerned=concerned, at_once=False)
            for chain in named:
                self._chains[chain] = replace(self._chains[chain], series=(identity,))
            yield identity, encode_body(series_body(salt=salt(identity))), "series", lead

    def _body(self, index: int, other: tuple[str, bytes, str, int], epochs: Epochs, dice: random.Random) -> Seal:
        identity, stored, kind, origin = other
        digest = _digest(f"body {identity}")
        seal, named = ("figures", "figures.v1") if kind == "figures" else ("open", f"{kind}.v1")
        ref = BodyRef(digest=digest, seal=seal, size=len(stored), type=named)  # type: ignore[arg-type]
        self._add_link(
            Link(
                kind=kind,
                origin=origin,
                index=index,
                chain=identity,
                body=ref,
                audience=None,
                expires=None,
                day=FIGURES_DAY,
                status="actual",
            ),
        )
        return partial(seal_body, epochs, digest, stored, dice.randbytes(SEAL_RANDOMNESS))

    def _add_link(self, link: Link) -> None:
        assert link.body is not None
        self._links[link.chain] = link
        self._bodies[link.body.digest] = link.chain

    def _proposed(self, dice: random.Random) -> list[dict[str, object]]:
        pairs = {tuple(sorted(dice.sample(range(len(self.live)), 2))) for _ in range(self.count // PROPOSED_OF)}
        return [
            {
                "earlier": self.live[one][0],
                "later": self.live[other][0],
                "strength": "some",
                "police": self.live[one][2] and self.live[other][2],
            }
            for one, other in sorted(pairs)
        ]


def _member(number: int, *, is_lead: bool) -> Member:
    name = f"project{number}"
    return Member(
        id=number,
        role="lead" if is_lead else "project",
        region=None if is_lead else "west-yorkshire",
        host=f"{name}.example.org",
        police=False,
        keys=member_keys(name),
        status="active",
        admitted=0,
        request=_digest(f"request {name}"),
        body=_digest(f"admit {name}"),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
