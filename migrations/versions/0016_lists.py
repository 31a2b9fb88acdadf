"""Duplicates and merge, removal, saved views, the register of exports."""

import sqlalchemy as sa
from alembic import op

from mexile.ground.db import append_only_sql

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "erase_request",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_erase_request_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_erase_request_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erase_request")),
    )
    op.create_index("ix_erase_request_member_id", "erase_request", ["member_id"], unique=False)
    op.create_table(
        "export",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.CheckConstraint("left_out >= 0", name=op.f("ck_export_left_out")),
        sa.CheckConstraint("rows >= 0", name=op.f("ck_export_rows")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_export_by_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
        sa.UniqueConstraint("code", name=op.f("uq_export_code")),
    )
    op.create_index("ix_export_by_user_id", "export", ["by_user_id"], unique=False)
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_legal_hold_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_legal_hold_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_index("ix_legal_hold_member_id", "legal_hold", ["member_id"], unique=False)
    op.create_table(
        "member_merge",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("households", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("stayed", sa.Integer(), nullable=False),
        sa.Column("log_enc", sa.LargeBinary(), nullable=True),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("households IN ('kept', 'both', 'move')", name=op.f("ck_member_merge_households")),
        sa.CheckConstraint("member_id <> merged_id", name=op.f("ck_member_merge_two_records")),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_member_merge_key_id_length")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_member_merge_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_merge_member_id")),
        sa.ForeignKeyConstraint(["merged_id"], ["member.id"], name=op.f("fk_member_merge_merged_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_merge")),
        sa.UniqueConstraint("rid", name=op.f("uq_member_merge_rid")),
    )
    op.create_index("ix_member_merge_member_id", "member_merge", ["member_id"], unique=False)
    op.create_index("ix_member_merge_merged_id", "member_merge", ["merged_id"], unique=False)
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("shared", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("shared IN (0, 1)", name=op.f("ck_saved_view_shared")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_saved_view_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    op.create_index("uq_saved_view_user_id_title", "saved_view", ["user_id", "title"], unique=True)
    op.create_table(
        "erase_cancellation",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_erase_cancellation_by_user_id")),
        sa.ForeignKeyConstraint(["request_id"], ["erase_request.id"], name=op.f("fk_erase_cancellation_request_id")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_erase_cancellation")),
    )
    op.create_table(
        "erase_confirmation",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_erase_confirmation_by_user_id")),
        sa.ForeignKeyConstraint(["request_id"], ["erase_request.id"], name=op.f("fk_erase_confirmation_request_id")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_erase_confirmation")),
    )
    op.create_table(
        "export_member",
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["export_id"], ["export.id"], name=op.f("fk_export_member_export_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_export_member_member_id")),
        sa.PrimaryKeyConstraint("export_id", "member_id", name=op.f("pk_export_member")),
    )
    op.create_index("ix_export_member_member_id", "export_member", ["member_id"], unique=False)
    op.create_table(
        "legal_hold_release",
        sa.Column("hold_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_legal_hold_release_by_user_id")),
        sa.ForeignKeyConstraint(["hold_id"], ["legal_hold.id"], name=op.f("fk_legal_hold_release_hold_id")),
        sa.PrimaryKeyConstraint("hold_id", name=op.f("pk_legal_hold_release")),
    )
    op.create_table(
        "member_erasure",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("keys", sa.Integer(), nullable=False),
        sa.Column("cells", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_erasure_member_id")),
        sa.ForeignKeyConstraint(["request_id"], ["erase_request.id"], name=op.f("fk_member_erasure_request_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member_erasure")),
    )
    op.create_table(
        "member_merge_undo",
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_member_merge_undo_by_user_id")),
        sa.ForeignKeyConstraint(["merge_id"], ["member_merge.id"], name=op.f("fk_member_merge_undo_merge_id")),
        sa.PrimaryKeyConstraint("merge_id", name=op.f("pk_member_merge_undo")),
    )
    dialect = op.get_bind().dialect.name
    for table in ("export", "export_member"):
        for statement in append_only_sql(table, dialect):
            op.execute(statement)


def downgrade() -> None:
    for table in (
        "member_merge_undo",
        "member_erasure",
        "legal_hold_release",
        "export_member",
        "erase_confirmation",
        "erase_cancellation",
        "saved_view",
        "member_merge",
        "legal_hold",
        "export",
        "erase_request",
    ):
        op.drop_table(table)
