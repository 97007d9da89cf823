"""Runs the steps on the connection that `hub.store.schema` hands over: its transaction, its lock."""

from alembic import context

from hub.store.tables import HeadRow

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=HeadRow.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
