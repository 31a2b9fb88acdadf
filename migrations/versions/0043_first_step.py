"""First steps can wait for later, and an organization says whether it is exempt under section 501(c)(3)."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    op.create_table(
        "first_step_delay",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_first_step_delay_by_user_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_first_step_delay")),
    )
    op.add_column("organization", sa.Column("is_exempt", sa.Integer(), server_default=sa.text("0"), nullable=False))
    # Until now every receipt of an organization with a tax number said so.
    op.execute("UPDATE organization SET is_exempt = 1 WHERE ein <> ''")


def downgrade() -> None:
    op.drop_column("organization", "is_exempt")
    op.drop_table("first_step_delay")
