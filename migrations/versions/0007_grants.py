"""The tables of grants."""

import sqlalchemy as sa
from alembic import op

from mexile.ground.db import append_only_sql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "funder",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("fiscal_year_month", sa.Integer(), nullable=False),
        sa.CheckConstraint("fiscal_year_month BETWEEN 1 AND 12", name=op.f("ck_funder_fiscal_year_month")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funder")),
        sa.UniqueConstraint("code", name=op.f("uq_funder_code")),
    )
    op.create_table(
        "grant_award",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("funder_id", sa.Integer(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("title_es", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("restricted", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_grant_award_amount")),
        sa.CheckConstraint("restricted IN (0, 1)", name=op.f("ck_grant_award_restricted")),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_grant_award_period")),
        sa.ForeignKeyConstraint(["funder_id"], ["funder.id"], name=op.f("fk_grant_award_funder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_award")),
        sa.UniqueConstraint("code", name=op.f("uq_grant_award_code")),
    )
    op.create_index(op.f("ix_grant_award_funder_id"), "grant_award", ["funder_id"], unique=False)
    op.create_index("ix_grant_award_to_on", "grant_award", ["to_on"], unique=False)
    op.create_table(
        "due_report",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("report_name", sa.Text(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint("period_to >= period_from", name=op.f("ck_due_report_period")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant_award.id"], name=op.f("fk_due_report_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_report")),
        sa.UniqueConstraint(
            "grant_id",
            "report_name",
            "period_from",
            "period_to",
            name=op.f("uq_due_report_grant_id_report_name_period_from_period_to"),
        ),
    )
    op.create_index("ix_due_report_due_on", "due_report", ["due_on"], unique=False)
    op.create_table(
        "grant_service_type",
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("type_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["grant_id"], ["grant_award.id"], name=op.f("fk_grant_service_type_grant_id")),
        sa.ForeignKeyConstraint(["type_code"], ["service_type.code"], name=op.f("fk_grant_service_type_type_code")),
        sa.PrimaryKeyConstraint("grant_id", "type_code", name=op.f("pk_grant_service_type")),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("es", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("type_codes", sa.Text(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "measure IN ('people', 'households', 'acts', 'units', 'minutes', 'money', 'unnamed')",
            name=op.f("ck_indicator_measure"),
        ),
        sa.CheckConstraint("target > 0", name=op.f("ck_indicator_target")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant_award.id"], name=op.f("fk_indicator_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
    )
    op.create_index(op.f("ix_indicator_grant_id"), "indicator", ["grant_id"], unique=False)
    op.create_table(
        "report_submission",
        sa.Column("due_report_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_report_submission_by_user_id")),
        sa.ForeignKeyConstraint(["due_report_id"], ["due_report.id"], name=op.f("fk_report_submission_due_report_id")),
        sa.PrimaryKeyConstraint("due_report_id", name=op.f("pk_report_submission")),
    )
    dialect = op.get_bind().dialect.name
    for table in ("report_submission",):
        for statement in append_only_sql(table, dialect):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("report_submission")
    op.drop_index(op.f("ix_indicator_grant_id"), table_name="indicator")
    op.drop_table("indicator")
    op.drop_table("grant_service_type")
    op.drop_index("ix_due_report_due_on", table_name="due_report")
    op.drop_table("due_report")
    op.drop_index("ix_grant_award_to_on", table_name="grant_award")
    op.drop_index(op.f("ix_grant_award_funder_id"), table_name="grant_award")
    op.drop_table("grant_award")
    op.drop_table("funder")
