"""Keep a witness's cosignature of a checkpoint that this hub published. Source: spec/exchange.md §3."""

from hub.core.errors import Conflict, Malformed
from hub.log_view import LogView
from hub.store import log
from hub.store.engine import Store
from protocol.checkpoint import open_checkpoint
from protocol.cosignature import cosignatures
from protocol.errors import ProtocolError
from protocol.note import decode_note
from protocol.statement_fields import WitnessKey
from protocol.verifier_key import COSIGNATURE, ED25519, VerifierKey


def keep_cosignature(store: Store, view: LogView, witness: WitnessKey, note: bytes) -> None:
    """Verifies the note and keeps this witness's line.

    Raises:
        Malformed: not a note of this log with a valid cosignature of this witness.
        Conflict: `cosignature.conflict`: this hub did not publish that checkpoint.
    """
    charter = view.now.state.charter
    assert charter is not None
    key = VerifierKey(witness.name, COSIGNATURE, bytes.fromhex(witness.key))
    try:
        checkpoint = open_checkpoint(note, VerifierKey(charter.origin, ED25519, bytes.fromhex(charter.log_key)))
        valid = cosignatures(note, [key])
        line = next(one.line for one in decode_note(note).signatures if one.is_by(key)) if valid else None
    except ProtocolError as error:
        raise Malformed(error.code, error.detail) from error
    if line is None:
        raise Malformed("note.unsigned", "cosignature")
    with store.begin() as session:
        published = log.checkpoint_at(session, checkpoint.size)
        if published is None or published.root != checkpoint.root:
            raise Conflict("cosignature.conflict")
        log.add_cosignature(session, checkpoint.size, witness.name, line)
        log.forget_old_cosignatures(session, witness.name, checkpoint.size)
