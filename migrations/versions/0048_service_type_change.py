"""Types of service are changed by people, with their history, and retired instead of deleted."""

import sqlalchemy as sa
from alembic import op

from mexile.ground.db import append_only_sql

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    op.add_column("service_type", sa.Column("retired_on", sa.Date(), nullable=True))
    op.add_column("service_type", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.create_table(
        "service_type_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("type_code", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["type_code"], ["service_type.code"], name=op.f("fk_service_type_change_type_code")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_service_type_change_by_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_type_change")),
    )
    op.create_index("ix_service_type_change_type_code", "service_type_change", ["type_code", "id"])
    for statement in append_only_sql("service_type_change", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("service_type_change")
    op.drop_column("service_type", "version")
    op.drop_column("service_type", "retired_on")
