"""The invitation that begins everything has no account yet: the first director's is made by it."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    with op.batch_alter_table("invitation") as invitation:
        invitation.alter_column("user_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM invitation WHERE user_id IS NULL")
    with op.batch_alter_table("invitation") as invitation:
        invitation.alter_column("user_id", existing_type=sa.Integer(), nullable=False)
