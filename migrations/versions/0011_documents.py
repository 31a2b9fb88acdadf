"""The papers of members; the files themselves lie sealed beside the database."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note_enc", sa.LargeBinary(), nullable=True),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("format IN ('pdf', 'jpeg', 'png')", name=op.f("ck_document_format")),
        sa.CheckConstraint("language IS NULL OR length(language) = 3", name=op.f("ck_document_language")),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_document_key_id_length")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_document_by_user_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_document_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_document_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("code", name=op.f("uq_document_code")),
        sa.UniqueConstraint("rid", name=op.f("uq_document_rid")),
    )
    op.create_index("ix_document_case_id", "document", ["case_id"], unique=False)
    op.create_index("ix_document_expires_on", "document", ["expires_on"], unique=False)
    op.create_index("ix_document_member_id", "document", ["member_id"], unique=False)
    op.create_table(
        "document_void",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_document_void_by_user_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_void_document_id")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document_void")),
    )


def downgrade() -> None:
    op.drop_table("document_void")
    op.drop_index("ix_document_member_id", table_name="document")
    op.drop_index("ix_document_expires_on", table_name="document")
    op.drop_index("ix_document_case_id", table_name="document")
    op.drop_table("document")
