"""After the third emergency access of a day a director opens the next: until then it waits."""

from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.execute("ALTER TABLE emergency_access ADD COLUMN waits INTEGER DEFAULT '0' NOT NULL")
    op.execute("ALTER TABLE emergency_access ADD COLUMN opened_by_user_id INTEGER")


def downgrade() -> None:
    with op.batch_alter_table("emergency_access") as table:
        table.drop_column("opened_by_user_id")
        table.drop_column("waits")
