"""The first tables.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

from hub.migrations.house import make_house

revision = "0001"
down_revision = None

PLACE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Makes every table of the first version."""
    make_house()
    _make_log()
    _make_members()
    _make_bodies()
    _make_linking()
    _make_figures()


def _make_log() -> None:
    """The log, its checkpoints and who witnessed them; what waits to be ordered; Acks."""
    op.create_table(
        "entries",
        sa.Column("idx", PLACE, autoincrement=False, nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("idx", name="pk_entries"),
    )
    op.create_table(
        "head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("halted", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_head"),
    )
    op.create_table(
        "checkpoints",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("size", name="pk_checkpoints"),
    )
    op.create_table(
        "cosignatures",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("witness", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("size", "witness", name="pk_cosignatures"),
    )
    op.create_table(
        "staged",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("origin", sa.Integer(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=True),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("idx", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("staged_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staged"),
    )
    op.create_index("ix_staged_batch", "staged", ["batch"], unique=False)
    op.create_index("ix_staged_done", "staged", ["done"], unique=False)
    op.create_table(
        "statement_counts",
        sa.Column("origin", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("origin", "day", name="pk_statement_counts"),
    )
    op.create_table(
        "acks",
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("member", name="pk_acks"),
    )


def _make_members() -> None:
    """Who asks, joins, was heard and is reminded."""
    op.create_table(
        "invitations",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name="pk_invitations"),
    )
    op.create_table(
        "requests",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_requests"),
    )
    op.create_table(
        "old_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_old_members"),
    )
    op.create_table(
        "members_heard",
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clock_seconds", sa.Integer(), nullable=True),
        sa.Column("software", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("member", name="pk_members_heard"),
    )
    op.create_table(
        "reminders",
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("member", name="pk_reminders"),
    )
    op.create_table(
        "nonces",
        sa.Column("keyid", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("keyid", "nonce", name="pk_nonces"),
    )
    op.create_index("ix_nonces_expires_at", "nonces", ["expires_at"], unique=False)
    op.create_table(
        "heartbeats",
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("job", name="pk_heartbeats"),
    )


def _make_bodies() -> None:
    """Bodies, and what is found of them."""
    op.create_table(
        "bodies",
        sa.Column("idx", PLACE, autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("indexed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("idx", name="pk_bodies"),
    )
    if op.get_bind().dialect.name == "postgresql":  # it is sealed: nothing can be made smaller
        op.execute("ALTER TABLE bodies ALTER COLUMN content SET STORAGE EXTERNAL")
        # One of the smallest size, beside its row, would be two chunks and two index entries: twice the work.
        op.execute("ALTER TABLE bodies SET (toast_tuple_target = 2600)")
    op.create_index("ix_bodies_epoch", "bodies", ["epoch"], unique=False)
    op.create_index("ix_bodies_indexed", "bodies", ["indexed"], unique=False)
    op.create_table(
        "descriptors",
        sa.Column("idx", PLACE, autoincrement=False, nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("origin", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("force", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("police", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reporters", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("incidents", sa.String(), nullable=False),
        sa.Column("methods", sa.String(), nullable=False),
        sa.Column("same_event_as", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("compared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["idx"], ["bodies.idx"], name="fk_descriptors_idx", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("idx", name="pk_descriptors"),
        sa.UniqueConstraint("identity", name="uq_descriptors_identity"),
    )
    op.create_index("ix_descriptors_epoch", "descriptors", ["epoch"], unique=False)
    op.create_index("ix_descriptors_compared", "descriptors", ["compared"], unique=False)
    op.create_table(
        "descriptor_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("police", sa.Boolean(), nullable=False),
        sa.Column("idx", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["idx"], ["descriptors.idx"], name="fk_descriptor_keys_idx", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "police", "idx", name="pk_descriptor_keys"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_descriptor_keys_idx", "descriptor_keys", ["idx"], unique=False)


def _make_linking() -> None:
    """What may be of one person, what was decided, who looked."""
    op.create_table(
        "suggestions",
        sa.Column("earlier", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("later", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("strength", sa.String(), nullable=False),
        sa.Column("police", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["earlier"], ["descriptors.idx"], name="fk_suggestions_earlier", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["later"], ["descriptors.idx"], name="fk_suggestions_later", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("earlier", "later", name="pk_suggestions"),
    )
    op.create_index("ix_suggestions_later", "suggestions", ["later"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("alerts", sa.String(), nullable=False),
        sa.Column("undoes", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_table(
        "looks_at_alerts",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("alert", sa.String(), nullable=False),
        sa.Column("origin", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_looks_at_alerts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_looks_at_alerts_origin", "looks_at_alerts", ["origin"], unique=False)
    op.create_table(
        "counted_series",
        sa.Column("series", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("series", name="pk_counted_series"),
    )
    op.create_table(
        "skin_counts",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("skin", sa.String(), nullable=False),
        sa.Column("suggested", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Integer(), nullable=False),
        sa.Column("disagreed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", "skin", name="pk_skin_counts"),
    )


def _make_figures() -> None:
    """Counts, releases and what schemes declared."""
    op.create_table(
        "tallies",
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("split", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("live", sa.BigInteger(), nullable=False),
        sa.Column("lapsed", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("quarter", "split", "value", name="pk_tallies"),
    )
    op.create_table(
        "same_events",
        sa.Column("idx", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("earlier", sa.String(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["idx"], ["bodies.idx"], name="fk_same_events_idx", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("idx", "earlier", name="pk_same_events"),
    )
    op.create_index("ix_same_events_earlier", "same_events", ["earlier"], unique=False)
    op.create_table(
        "lapsed_chains",
        sa.Column("chain", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("chain", name="pk_lapsed_chains"),
    )
    op.create_table(
        "first_quarters",
        sa.Column("quarter", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("quarter", name="pk_first_quarters"),
    )
    op.create_table(
        "release_requests",
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("quarter", name="pk_release_requests"),
    )
    op.create_table(
        "releases",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_releases"),
        sa.UniqueConstraint("quarter", name="uq_releases_quarter"),
    )
    op.create_table(
        "release_windows",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("window", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["releases.number"], name="fk_release_windows_number"),
        sa.PrimaryKeyConstraint("series", "window", "place", name="pk_release_windows"),
    )
    op.create_table(
        "declared_totals",
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("scheme", "year", name="pk_declared_totals"),
    )
