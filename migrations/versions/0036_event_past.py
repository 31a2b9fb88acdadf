"""A date remembers whose it was, for the calendars in which it still stands."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "event_past",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("fold", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_past_event_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_event_past_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_past")),
    )
    op.create_index("ix_event_past_event_id", "event_past", ["event_id"])
    op.create_index("ix_event_past_user_id", "event_past", ["user_id"])


def downgrade() -> None:
    op.drop_table("event_past")
