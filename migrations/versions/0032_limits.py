"""A donor who leaves ends the session; a gift that is begun knows the mark of its network, for declined cards."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.add_column("donor_link_use", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("gift", sa.Column("network_mark", sa.LargeBinary(length=32), nullable=True))
    op.create_index("ix_gift_network_mark", "gift", ["network_mark"])


def downgrade() -> None:
    op.drop_index("ix_gift_network_mark", "gift")
    op.drop_column("gift", "network_mark")
    op.drop_column("donor_link_use", "ended_at")
