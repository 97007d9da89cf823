"""Runs the steps on the connection that `hub.store.schema` hands over: its transaction, its lock."""

from alembic import context

from hub.store.tables import HeadRow
from protocol.house.store.schema import HOUSE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=[HOUSE, HeadRow.metadata],
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
