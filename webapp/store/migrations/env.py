"""Runs the migrations on the connection that the store gives."""

from __future__ import annotations

from alembic import context

from webapp.store.taken_out import TakenOut

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=TakenOut.metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
