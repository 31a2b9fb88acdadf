"""Receipts keep all that they say; a gift keeps the name that was typed and has no donor until it is paid."""

import sqlalchemy as sa
from alembic import op

from mexile.ground.db import append_only_sql

revision = "0033"
down_revision = "0032"

BEFORE = ("refunded", "corrected", "cancelled", "disputed")


def upgrade() -> None:
    op.add_column("donor", sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column("gift", sa.Column("name_enc", sa.LargeBinary(), nullable=True))
    op.add_column("gift", sa.Column("address_enc", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("gift") as gift:
        gift.alter_column("donor_id", existing_type=sa.Integer(), nullable=True)
    op.create_table(
        "receipt_text",
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("said_enc", sa.LargeBinary(), nullable=False),
        sa.Column("is_later", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_receipt_text_key_id_length")),
        sa.CheckConstraint("is_later IN (0, 1)", name=op.f("ck_receipt_text_is_later")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name=op.f("fk_receipt_text_receipt_id")),
        sa.PrimaryKeyConstraint("receipt_id", name=op.f("pk_receipt_text")),
        sa.UniqueConstraint("rid", name=op.f("uq_receipt_text_rid")),
    )
    for statement in append_only_sql("receipt_text", op.get_bind().dialect.name):
        op.execute(statement)
    op.create_table(
        "donor_question",
        sa.Column("gift_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["gift_id"], ["gift.id"], name=op.f("fk_donor_question_gift_id")),
        sa.PrimaryKeyConstraint("gift_id", name=op.f("pk_donor_question")),
    )
    op.create_table(
        "donor_answer",
        sa.Column("gift_id", sa.Integer(), nullable=False),
        sa.Column("is_same", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("is_same IN (0, 1)", name=op.f("ck_donor_answer_is_same")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_donor_answer_by_user_id")),
        sa.ForeignKeyConstraint(["gift_id"], ["gift.id"], name=op.f("fk_donor_answer_gift_id")),
        sa.PrimaryKeyConstraint("gift_id", name=op.f("pk_donor_answer")),
    )
    _reasons((*BEFORE, "reissued"))


def downgrade() -> None:
    op.execute("UPDATE receipt_void SET reason = 'corrected' WHERE reason = 'reissued'")
    _reasons(BEFORE)
    op.drop_table("donor_answer")
    op.drop_table("donor_question")
    op.drop_table("receipt_text")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION receipt_text_append_only()")
    op.execute("DELETE FROM gift WHERE donor_id IS NULL")  # begun on the giving page and not paid
    with op.batch_alter_table("gift") as gift:
        gift.alter_column("donor_id", existing_type=sa.Integer(), nullable=False)
        gift.drop_column("address_enc")
        gift.drop_column("name_enc")
    with op.batch_alter_table("donor") as donor:
        donor.drop_column("version")


def _reasons(reasons: tuple[str, ...]) -> None:
    with op.batch_alter_table("receipt_void") as void:
        void.drop_constraint(op.f("ck_receipt_void_reason"), type_="check")
        void.create_check_constraint(op.f("ck_receipt_void_reason"), f"reason IN {reasons}")
