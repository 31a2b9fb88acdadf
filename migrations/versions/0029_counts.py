"""Each kind of service says how many units one act is; from today on, and the table of such changes says so."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

CHANGES = ("quantity", "award", "hours", "age")


def upgrade() -> None:
    table = op.create_table(
        "rule_change",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_rule_change")),
    )
    today = datetime.now(UTC).date()
    op.bulk_insert(table, [{"code": code, "since": today} for code in CHANGES])
    # Said in one statement: a table to which others point can't be made anew.
    op.execute(
        "ALTER TABLE service_type ADD COLUMN counts TEXT DEFAULT 'act' NOT NULL "
        "CONSTRAINT ck_service_type_counts CHECK (counts IN ('act', 'person', 'household', 'given'))"
    )
    op.execute("UPDATE service_type SET counts = 'given' WHERE unit IN ('units', 'nights', 'pages')")
    op.execute("UPDATE service_type SET counts = 'person' WHERE unit = 'people' OR code IN ('food', 'clothing')")
    op.execute("UPDATE service_type SET counts = 'household' WHERE code = 'safety_plan'")


def downgrade() -> None:
    op.execute("ALTER TABLE service_type DROP COLUMN counts")
    op.drop_table("rule_change")
