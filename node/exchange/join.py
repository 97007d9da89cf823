"""Joining a log, and vouching for others.

The charter is believed because a person compared its words with the registrar, not because the hub sent it.
Source: spec/membership.md §1 to §4, spec/exchange.md §7.
"""

import asyncio
from pathlib import Path
from typing import Literal

import msgspec
from nacl.utils import random

from node.core.errors import Misconfigured
from node.exchange.answers import Candidate
from node.exchange.client import HubClient
from node.exchange.desk import Desk
from node.exchange.speaking import say
from node.store.mirror import PinnedLog, append_entries, mirror_size, pin_log
from protocol.envelope import REQUEST_TYPE, decode_envelope
from protocol.errors import ProtocolError, StatementInvalid
from protocol.house.core.errors import NotFound, Refused
from protocol.keys import require_valid_point
from protocol.replay import State, apply
from protocol.request import AdmissionRequest, parse_request, request_digest, require_type
from protocol.statement_fields import Charter, Digest, MemberId, Role
from protocol.words import fingerprint_words


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """The file that the registrar hands over.

    Attributes:
        invitation: the code that lets one request in.
        log: identity of the charter, 64 hex digits.
        hub: its address, for the person who writes the settings; "" if not said.
    """

    invitation: str
    log: Digest
    hub: str = ""


class CharterOffered(msgspec.Struct, frozen=True, kw_only=True):
    """A charter as the hub sent it: well-formed and signed by an officer whom it names itself, and no more.

    Attributes:
        envelope: as received.
        log: its identity.
        charter: what it says.
        words: to be compared by voice before it is pinned.
    """

    envelope: bytes
    log: str
    charter: Charter
    words: tuple[str, ...]


class Asker(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who asks to join, as far as it can be verified.

    Attributes:
        candidate: as the hub relays it: `name` and `contact` are the candidate's own words.
        request: signed with its first `sign` key.
        words: of the digest: ring the candidate and compare them before you endorse.
        endorsed_by: members whose endorsement stands.
    """

    candidate: Candidate
    request: AdmissionRequest
    words: tuple[str, ...]
    endorsed_by: tuple[int, ...]


def read_invitation(path: Path) -> Invitation:
    """Reads an invitation file (JSON).

    Raises:
        Misconfigured: `config.invitation`.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Invitation)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Misconfigured("invitation", f"the invitation file {path.name} cannot be read") from error


async def fetch_charter(client: HubClient) -> CharterOffered:
    """The charter that the hub offers.

    Raises:
        StatementInvalid, SignatureInvalid, …: it is none. NodeError, AnswerInvalid: as the client.
    """
    envelope = await client.charter()
    state, outcome = apply(State(), 0, envelope)
    if state.log is None or state.charter is None:
        raise StatementInvalid("grammar", outcome.code)
    words = await asyncio.to_thread(fingerprint_words, bytes.fromhex(state.log))
    return CharterOffered(envelope=envelope, log=state.log, charter=state.charter, words=words)


def pin_charter(desk: Desk, offered: CharterOffered, expected_log: str) -> None:
    """Pins the charter that a person has compared: from here on this node obeys this log and no other.

    Args:
        desk: the node's.
        offered: from the hub.
        expected_log: identity, from the invitation.

    Raises:
        Refused: `refused.other_charter`: the hub offers another; `refused.other_log`: another one is pinned.
    """
    if offered.log != expected_log:
        raise Refused("other_charter", "the hub offers another charter than the invitation names: ring the registrar")
    pinned = PinnedLog(
        log=offered.log,
        origin=offered.charter.origin,
        log_key=offered.charter.log_key,
        pinned_at=desk.now(),
    )
    with desk.store.begin() as session:
        pin_log(session, pinned)
        if mirror_size(session) == 0:
            append_entries(session, 0, [offered.envelope])
    desk.view.refresh()


class JoinAs(msgspec.Struct, frozen=True, kw_only=True):
    """What a node asks to be. `nonce`: 32 hex digits, where the request must come out the same every time."""

    host: str
    region: str | None
    role: Role = "project"
    police: Literal["yes", "no"] = "no"
    predecessor: MemberId | None = None
    nonce: str | None = None


async def ask_to_join(desk: Desk, invitation: str, wanted: JoinAs, name: str, contact: str) -> str:
    """Sends the admission request, the same one at every call; its digest.

    It is kept before it is sent: an invitation counts once, and a lost answer must not make another request.

    Raises:
        Refused: `refused.region`: the charter has no such region; `HubRefused`; `refused.digest`: the hub has taken
            another request than ours.
        NodeError, AnswerInvalid: as the client.
    """
    codes = {region.code for region in desk.view.charter.regions}
    if wanted.region is not None and wanted.region not in codes:
        raise Refused("region", f"the charter has no region {wanted.region!r}; it has: {', '.join(sorted(codes))}")
    envelope = await asyncio.to_thread(_own_request, desk, wanted)
    digest = decode_envelope(envelope).identity
    if await desk.client.ask_to_join(invitation, envelope, name, contact) != digest:
        raise Refused("digest", "the hub has taken another request than ours: ring the registrar")
    return digest


def _own_request(desk: Desk, wanted: JoinAs) -> bytes:
    pin = desk.view.pin
    if pin.request_envelope is not None:
        return pin.request_envelope
    request = AdmissionRequest(
        host=wanted.host,
        keys=desk.keyring.public,
        log=pin.log,
        nonce=wanted.nonce or random(16).hex(),
        police=wanted.police,
        predecessor=wanted.predecessor,
        region=wanted.region if wanted.role == "project" else None,
        role=wanted.role,
    )
    envelope = desk.keyring.sign_request(request)
    asked = msgspec.structs.replace(
        pin, request=request_digest(decode_envelope(envelope).payload), request_envelope=envelope
    )
    parse_request(decode_envelope(envelope).payload)
    with desk.store.begin() as session:
        pin_log(session, asked)
    desk.view.refresh()
    return envelope


async def askers(desk: Desk) -> list[Asker]:
    """Who asks to join, each verified; those that do not verify are left out.

    Raises:
        NodeError, AnswerInvalid: as the client.
    """
    found = []
    for candidate in await desk.client.candidates():
        try:
            request = _verified_request(desk, candidate)
        except ProtocolError:
            continue
        words = await asyncio.to_thread(fingerprint_words, bytes.fromhex(candidate.digest))
        given = desk.view.state.endorsements.get(candidate.digest)
        by = tuple(sorted(given)) if given is not None else ()
        found.append(Asker(candidate=candidate, request=request, words=words, endorsed_by=by))
    return found


def _verified_request(desk: Desk, candidate: Candidate) -> AdmissionRequest:
    envelope = decode_envelope(candidate.envelope)
    require_type(envelope, REQUEST_TYPE)
    request = parse_request(envelope.payload)
    for key in (*request.keys.sign, request.keys.online):
        require_valid_point(bytes.fromhex(key), "keys")
    envelope.verify(bytes.fromhex(request.keys.sign[0]))
    if envelope.identity != candidate.digest or request.log != desk.view.log:
        raise StatementInvalid("grammar", "digest")
    return request


async def endorse(desk: Desk, digest: str) -> Asker:
    """Vouches for a candidate whose words a person has compared with it; in the outbox.

    Raises:
        NotFound: `not_found.request`: nobody asks under that digest.
        Refused: as `say`. NodeError, AnswerInvalid: as the client.
    """
    asker = next((one for one in await askers(desk) if one.candidate.digest == digest), None)
    if asker is None:
        raise NotFound("request", "nobody asks to join under that digest")

    def queue() -> None:
        with desk.store.begin() as session:
            say(desk, session, "endorse", about=digest)

    await asyncio.to_thread(queue)
    return asker
