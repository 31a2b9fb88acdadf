"""A ledger line knows what it came to in the balance's own currency."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.add_column("ledger_line", sa.Column("settled_cents", sa.Integer(), nullable=True))
    op.add_column("ledger_line", sa.Column("settled_currency", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("ledger_line", "settled_currency")
    op.drop_column("ledger_line", "settled_cents")
