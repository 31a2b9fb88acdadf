"""An edition for release is kept whole, and that a report was sent names the edition."""

import sqlalchemy as sa
from alembic import op

from mexile.ground.db import append_only_sql

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    op.create_table(
        "report_edition_content",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("report_file", sa.Text(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["report_edition.id"], name=op.f("fk_report_edition_content_edition_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_report_edition_content")),
    )
    op.create_table(
        "report_submission_edition",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["report_edition.id"], name=op.f("fk_report_submission_edition_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["report_submission.id"], name=op.f("fk_report_submission_edition_submission_id")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_report_submission_edition")),
    )
    op.create_index(
        op.f("ix_report_submission_edition_edition_id"), "report_submission_edition", ["edition_id"], unique=False
    )
    for table in ("report_edition_content", "report_submission_edition"):
        for statement in append_only_sql(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_report_submission_edition_edition_id"), table_name="report_submission_edition")
    op.drop_table("report_submission_edition")
    op.drop_table("report_edition_content")
