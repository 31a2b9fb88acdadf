"""A donor has a note of the staff, and an organization somebody to speak to."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"


def upgrade() -> None:
    op.add_column("donor", sa.Column("contact_enc", sa.LargeBinary(), nullable=True))
    op.add_column("donor", sa.Column("note_enc", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("donor", "note_enc")
    op.drop_column("donor", "contact_enc")
