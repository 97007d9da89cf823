"""This node's copy of the log, for a lost hub to be rebuilt from. Source: spec/rebuild.md §1.

It holds what the hub held: entries, and the redacted bodies that are live. Nothing of any record.
"""

from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.log_view import LogView
from node.store.checkpoints import witness_notes
from node.store.inbox import held_identities, received_body
from node.store.mirror import entries_from
from node.store.releases import read_composed, statements_made
from protocol.at_rest import SealBroken
from protocol.bodies import encode_body
from protocol.house.core.errors import NotFound, Refused
from protocol.log_copy import LogCopy


def copy_log(desk: CaseDesk, view: LogView) -> LogCopy:
    """The entries under our latest checkpoint, and the live bodies that we hold.

    Raises:
        Refused: `refused.not_synced`: there is no checkpoint here yet.
    """
    if view.note is None:
        raise Refused("not_synced", "this node has not synced yet: there is no checkpoint")
    with desk.store.read() as session:
        entries = tuple(entries_from(session, 0)[: view.note.size])
        found = _received(session, desk) | _own(session, desk)
        cosigned = tuple(held.note for held in witness_notes(session))
    live = {}
    for identity, stored in found.items():
        link = view.state.links.get(identity)
        if link is not None and link.gone is None and link.body is not None:
            live[link.body.digest] = stored
    return LogCopy(note=view.note.note, entries=entries, bodies=live, cosigned=cosigned)


def _received(session: Session, desk: CaseDesk) -> dict[str, bytes]:
    found = {}
    for identity in held_identities(session):
        received = received_body(session, identity, desk.vault.epochs)
        if received is not None:
            found[identity] = encode_body(received.body)  # its one encoding: the bytes that were received
    return found


def _own(session: Session, desk: CaseDesk) -> dict[str, bytes]:
    """Our own warnings, sealed with their records; one whose record was erased is not live either."""
    found = {}
    for made in statements_made(session):
        if made.kind in ("alert", "update"):
            try:
                found[made.identity] = read_composed(session, desk.vault, made.release_id).stored
            except (NotFound, SealBroken):
                continue
    return found
