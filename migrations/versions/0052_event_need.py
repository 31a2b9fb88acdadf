"""How many of each role a date needs, and who said no."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"

ROLES = "role IN ('accompanier', 'driver', 'interpreter', 'observer', 'childcare')"
REASONS = "reason IS NULL OR reason IN ('working', 'away', 'ill', 'too_far', 'another_date', 'other')"


def upgrade() -> None:
    op.create_table(
        "event_need",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.CheckConstraint(ROLES, name=op.f("ck_event_need_role")),
        sa.CheckConstraint("seats BETWEEN 1 AND 20", name=op.f("ck_event_need_seats")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_need_event_id")),
        sa.PrimaryKeyConstraint("event_id", "role", name=op.f("pk_event_need")),
    )
    op.create_table(
        "companion_refusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(ROLES, name=op.f("ck_companion_refusal_role")),
        sa.CheckConstraint(REASONS, name=op.f("ck_companion_refusal_reason")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_companion_refusal_event_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_companion_refusal_user_id")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_companion_refusal_by_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_companion_refusal")),
    )
    op.create_index("ix_companion_refusal_event_id", "companion_refusal", ["event_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_companion_refusal_event_id", table_name="companion_refusal")
    op.drop_table("companion_refusal")
    op.drop_table("event_need")
