"""Two donors who are one are merged, and the merge can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"


def upgrade() -> None:
    op.create_table(
        "donor_merge",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("donor_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.CheckConstraint("donor_id <> merged_id", name=op.f("ck_donor_merge_two_donors")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_donor_merge_by_user_id")),
        sa.ForeignKeyConstraint(["donor_id"], ["donor.id"], name=op.f("fk_donor_merge_donor_id")),
        sa.ForeignKeyConstraint(["merged_id"], ["donor.id"], name=op.f("fk_donor_merge_merged_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_donor_merge")),
    )
    op.create_index(op.f("ix_donor_merge_donor_id"), "donor_merge", ["donor_id"], unique=False)
    op.create_index(op.f("ix_donor_merge_merged_id"), "donor_merge", ["merged_id"], unique=False)
    op.create_table(
        "donor_merge_undo",
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_donor_merge_undo_by_user_id")),
        sa.ForeignKeyConstraint(["merge_id"], ["donor_merge.id"], name=op.f("fk_donor_merge_undo_merge_id")),
        sa.PrimaryKeyConstraint("merge_id", name=op.f("pk_donor_merge_undo")),
    )


def downgrade() -> None:
    op.drop_table("donor_merge_undo")
    op.drop_index(op.f("ix_donor_merge_merged_id"), table_name="donor_merge")
    op.drop_index(op.f("ix_donor_merge_donor_id"), table_name="donor_merge")
    op.drop_table("donor_merge")
