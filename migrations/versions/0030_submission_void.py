"""That a report was sent can be taken back, by a row; so a report may be sent more than once."""

import sqlalchemy as sa
from alembic import op

from mexile.ground.db import append_only_sql

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.execute("CREATE TABLE report_submission_before AS SELECT due_report_id, by_user_id, at FROM report_submission")
    op.drop_table("report_submission")
    op.create_table(
        "report_submission",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("due_report_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_report_submission_by_user_id")),
        sa.ForeignKeyConstraint(["due_report_id"], ["due_report.id"], name=op.f("fk_report_submission_due_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_submission")),
    )
    op.create_index(op.f("ix_report_submission_due_report_id"), "report_submission", ["due_report_id"], unique=False)
    op.execute(
        "INSERT INTO report_submission (due_report_id, by_user_id, at) "
        "SELECT due_report_id, by_user_id, at FROM report_submission_before ORDER BY at, due_report_id"
    )
    op.drop_table("report_submission_before")
    op.create_table(
        "report_submission_void",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_report_submission_void_by_user_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["report_submission.id"], name=op.f("fk_report_submission_void_submission_id")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_report_submission_void")),
    )
    for table in ("report_submission", "report_submission_void"):
        for statement in append_only_sql(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("report_submission_void")
    op.execute(
        "CREATE TABLE report_submission_before AS "
        "SELECT due_report_id, min(by_user_id) AS by_user_id, min(at) AS at FROM report_submission GROUP BY due_report_id"
    )
    op.drop_index(op.f("ix_report_submission_due_report_id"), table_name="report_submission")
    op.drop_table("report_submission")
    op.create_table(
        "report_submission",
        sa.Column("due_report_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_report_submission_by_user_id")),
        sa.ForeignKeyConstraint(["due_report_id"], ["due_report.id"], name=op.f("fk_report_submission_due_report_id")),
        sa.PrimaryKeyConstraint("due_report_id", name=op.f("pk_report_submission")),
    )
    op.execute("INSERT INTO report_submission SELECT due_report_id, by_user_id, at FROM report_submission_before")
    op.drop_table("report_submission_before")
    for statement in append_only_sql("report_submission", op.get_bind().dialect.name):
        op.execute(statement)
