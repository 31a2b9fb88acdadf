"""A session keeps what its search has shown until the minute is over; a grant's target can be taken out."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("user_session", sa.Column("searched_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("user_session", sa.Column("searched_rids", sa.LargeBinary(), nullable=True))
    op.add_column("user_session", sa.Column("searched_detail", sa.Text(), nullable=True))
    op.create_index(
        "ix_user_session_searched_since",
        "user_session",
        ["searched_since"],
        unique=False,
        sqlite_where=sa.text("searched_since IS NOT NULL"),
        postgresql_where=sa.text("searched_since IS NOT NULL"),
    )
    op.create_table(
        "indicator_removal",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_indicator_removal_by_user_id")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_removal_indicator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_removal")),
    )
    op.create_index("ix_indicator_removal_indicator_id", "indicator_removal", ["indicator_id"], unique=False)
    op.create_table(
        "indicator_return",
        sa.Column("removal_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_indicator_return_by_user_id")),
        sa.ForeignKeyConstraint(["removal_id"], ["indicator_removal.id"], name=op.f("fk_indicator_return_removal_id")),
        sa.PrimaryKeyConstraint("removal_id", name=op.f("pk_indicator_return")),
    )


def downgrade() -> None:
    op.drop_table("indicator_return")
    op.drop_index("ix_indicator_removal_indicator_id", table_name="indicator_removal")
    op.drop_table("indicator_removal")
    op.drop_index("ix_user_session_searched_since", table_name="user_session")
    op.drop_column("user_session", "searched_detail")
    op.drop_column("user_session", "searched_rids")
    op.drop_column("user_session", "searched_since")
