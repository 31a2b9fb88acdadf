"""Of two who change what stands about MPP, the second is asked."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.execute("ALTER TABLE mpp ADD COLUMN version INTEGER DEFAULT 1 NOT NULL")


def downgrade() -> None:
    with op.batch_alter_table("mpp") as mpp:
        mpp.drop_column("version")
