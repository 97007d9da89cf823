"""The day that a statement says of itself, from its bytes in the log."""

from protocol.envelope import decode_envelope
from protocol.statement import parse_statement


def stated_day(envelope: bytes) -> str:
    """ISO 8601, of the statement in an entry of the log: it was verified when it was taken.

    Raises:
        ProtocolError: it is no statement in an envelope.
    """
    return parse_statement(decode_envelope(envelope).payload).day
