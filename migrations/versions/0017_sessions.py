"""A session keeps what its search has shown until the minute is over."""

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


def downgrade() -> None:
    op.drop_index("ix_user_session_searched_since", table_name="user_session")
    op.drop_column("user_session", "searched_detail")
    op.drop_column("user_session", "searched_rids")
    op.drop_column("user_session", "searched_since")
