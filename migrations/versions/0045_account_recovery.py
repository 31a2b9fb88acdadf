"""A lost second factor is asked for by one person and confirmed by another."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    op.create_table(
        "account_recovery",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], ["user_account.id"], name=op.f(f"fk_account_recovery_{name}"))
            for name in ("user_id", "by_user_id", "confirmed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_recovery")),
    )
    op.create_index(op.f("ix_account_recovery_user_id"), "account_recovery", ["user_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_account_recovery_user_id"), table_name="account_recovery")
    op.drop_table("account_recovery")
