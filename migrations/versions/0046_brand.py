"""The organization's mark and two colors."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"

COLUMNS = ("color", "title_color", "mark_digest")


def upgrade() -> None:
    op.create_table(
        "organization_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_organization_mark_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization_mark")),
    )
    for name in COLUMNS:
        op.add_column("organization", sa.Column(name, sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("organization", name)
    op.drop_table("organization_mark")
