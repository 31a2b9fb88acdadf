"""Disputes are kept with their last day; a receipt can be void because a bank took the gift back."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

BEFORE = ("refunded", "corrected", "cancelled")


def upgrade() -> None:
    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("stripe_dispute", sa.Text(), nullable=False),
        sa.Column("stripe_payment_intent", sa.Text(), nullable=False),
        sa.Column("gift_id", sa.Integer(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["gift_id"], ["gift.id"], name=op.f("fk_dispute_gift_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.UniqueConstraint("stripe_dispute", name=op.f("uq_dispute_stripe_dispute")),
    )
    op.create_index("ix_dispute_gift_id", "dispute", ["gift_id"], unique=False)
    _reasons((*BEFORE, "disputed"))


def downgrade() -> None:
    op.execute("UPDATE receipt_void SET reason = 'refunded' WHERE reason = 'disputed'")
    _reasons(BEFORE)
    op.drop_index("ix_dispute_gift_id", table_name="dispute")
    op.drop_table("dispute")


def _reasons(reasons: tuple[str, ...]) -> None:
    with op.batch_alter_table("receipt_void") as void:
        void.drop_constraint(op.f("ck_receipt_void_reason"), type_="check")
        void.create_check_constraint(op.f("ck_receipt_void_reason"), f"reason IN {reasons}")
