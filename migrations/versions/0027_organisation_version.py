"""Of two who change the organization, the second is asked."""

from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.execute("ALTER TABLE organisation ADD COLUMN version INTEGER DEFAULT 1 NOT NULL")


def downgrade() -> None:
    with op.batch_alter_table("organisation") as organisation:
        organisation.drop_column("version")
