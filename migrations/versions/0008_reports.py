"""The tables of reports."""

import sqlalchemy as sa
from alembic import op

from mexile.ground.db import append_only_sql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "report_edition",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("report_name", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("audience IN ('internal', 'release')", name=op.f("ck_report_edition_audience")),
        sa.CheckConstraint("language IN ('en', 'es')", name=op.f("ck_report_edition_language")),
        sa.CheckConstraint("length(sha256) = 32", name=op.f("ck_report_edition_sha256_length")),
        sa.CheckConstraint("period_to >= period_from", name=op.f("ck_report_edition_period")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_report_edition_by_user_id")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant_award.id"], name=op.f("fk_report_edition_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_edition")),
        sa.UniqueConstraint("code", name=op.f("uq_report_edition_code")),
        sa.UniqueConstraint("rid", name=op.f("uq_report_edition_rid")),
    )
    op.create_index("ix_report_edition_at", "report_edition", ["at"], unique=False)
    dialect = op.get_bind().dialect.name
    for table in ("report_edition",):
        for statement in append_only_sql(table, dialect):
            op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_report_edition_at", table_name="report_edition")
    op.drop_table("report_edition")
