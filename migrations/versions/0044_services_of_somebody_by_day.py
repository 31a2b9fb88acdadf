"""Whom somebody logged for in the last two weeks is found by an index of its own."""

from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    op.create_index("ix_service_by_user_id_on", "service", ["by_user_id", "on"])


def downgrade() -> None:
    op.drop_index("ix_service_by_user_id_on", "service")
