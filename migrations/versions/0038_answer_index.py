"""An inquiry keeps no index of the number at which it is answered: nothing was found by it."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.drop_index("ix_inquiry_answer_bidx", table_name="inquiry")
    op.drop_column("inquiry", "answer_bidx")


def downgrade() -> None:
    op.add_column("inquiry", sa.Column("answer_bidx", sa.LargeBinary(length=32), nullable=True))
    op.create_index("ix_inquiry_answer_bidx", "inquiry", ["answer_bidx"], unique=False)
