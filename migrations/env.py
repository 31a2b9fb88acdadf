"""Alembic's door: runs on the connection that `mexile.ground.schema` hands over."""

from alembic import context

from mexile.ground.db import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
