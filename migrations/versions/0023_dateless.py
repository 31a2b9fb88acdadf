"""The docket counts the dates of which only the month is known without reading all that ever were."""

from alembic import op

revision = "0023"
down_revision = "0021"


def upgrade() -> None:
    op.execute("CREATE INDEX ix_event_month ON event (precision) WHERE precision = 'month'")


def downgrade() -> None:
    op.drop_index("ix_event_month", table_name="event")
