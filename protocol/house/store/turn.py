"""One writer of accounts and trail at a time."""

from sqlmodel import Session

TURN = 0x686F7573
"""PostgreSQL's advisory lock of whoever writes accounts or the trail: a transaction reads there before it writes."""


def take_turn(session: Session) -> None:
    """Waits for its turn, which ends with the transaction. SQLite has one writer anyway. Again: changes nothing."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")
