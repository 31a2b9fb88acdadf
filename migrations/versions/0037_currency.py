"""From today on gifts count in the currency in which they came; what stands in the books before counts as dollars."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    bind = op.get_bind()
    if bind.scalar(sa.text("SELECT 1 FROM ledger_line LIMIT 1")):
        table = sa.table("rule_change", sa.column("code", sa.Text()), sa.column("since", sa.Date()))
        op.bulk_insert(table, [{"code": "currency", "since": datetime.now(UTC).date()}])


def downgrade() -> None:
    op.execute("DELETE FROM rule_change WHERE code = 'currency'")
