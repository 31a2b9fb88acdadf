"""Stripe's balance and its payouts are copied, each movement once."""

import sqlalchemy as sa
from alembic import op

from mexile.ground.db import append_only_sql

revision = "0049"
down_revision = "0048"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "balance_transaction",
        sa.Column("stripe_id", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("fee_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("stripe_payment_intent", sa.Text(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("stripe_id", name=op.f("pk_balance_transaction")),
    )
    op.create_index(op.f("ix_balance_transaction_at"), "balance_transaction", ["at"])
    op.create_table(
        "payout",
        sa.Column("stripe_payout", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("is_automatic", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("arrives_at", MOMENT, nullable=False),
        sa.CheckConstraint("is_automatic IN (0, 1)", name=op.f("ck_payout_is_automatic")),
        sa.PrimaryKeyConstraint("stripe_payout", name=op.f("pk_payout")),
    )
    op.create_table(
        "payout_line",
        sa.Column("stripe_payout", sa.Text(), nullable=False),
        sa.Column("balance_transaction", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["balance_transaction"], ["balance_transaction.stripe_id"], name=op.f("fk_payout_line_balance_transaction")
        ),
        sa.ForeignKeyConstraint(["stripe_payout"], ["payout.stripe_payout"], name=op.f("fk_payout_line_stripe_payout")),
        sa.PrimaryKeyConstraint("stripe_payout", "balance_transaction", name=op.f("pk_payout_line")),
    )
    op.create_index(op.f("ix_payout_line_balance_transaction"), "payout_line", ["balance_transaction"])
    for table in ("balance_transaction", "payout_line"):
        for statement in append_only_sql(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    for table in ("payout_line", "payout", "balance_transaction"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in ("payout_line", "balance_transaction"):
            op.execute(f"DROP FUNCTION {table}_append_only()")
