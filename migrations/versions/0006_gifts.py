"""The tables of gifts."""

import sqlalchemy as sa
from alembic import op

from mexile.ground.db import append_only_sql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "donor",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name_enc", sa.LargeBinary(), nullable=True),
        sa.Column("email_enc", sa.LargeBinary(), nullable=True),
        sa.Column("email_bidx", sa.LargeBinary(length=32), nullable=True),
        sa.Column("address_enc", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("anonymous", sa.Integer(), server_default="0", nullable=False),
        sa.Column("stripe_customer", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("kind IN ('person', 'organisation')", name=op.f("ck_donor_kind")),
        sa.CheckConstraint("language IN ('en', 'es')", name=op.f("ck_donor_language")),
        sa.CheckConstraint("anonymous IN (0, 1)", name=op.f("ck_donor_anonymous")),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_donor_key_id_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_donor")),
        sa.UniqueConstraint("code", name=op.f("uq_donor_code")),
        sa.UniqueConstraint("rid", name=op.f("uq_donor_rid")),
    )
    op.create_index("ix_donor_email_bidx", "donor", ["email_bidx"], unique=False)
    op.create_table(
        "fund",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("es", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_fund")),
    )
    op.create_table(
        "receipt_book",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_receipt_book_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_book")),
    )
    op.create_table(
        "stripe_event",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("root_id", sa.Text(), nullable=False),
        sa.Column("api_version", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "root IN ('session', 'payment_intent', 'invoice', 'subscription', 'dispute', 'none')",
            name=op.f("ck_stripe_event_root"),
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_stripe_event")),
    )
    op.create_index("ix_stripe_event_received_at", "stripe_event", ["received_at"], unique=False)
    op.create_table(
        "unmatched",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("stripe_id", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "root IN ('session', 'payment_intent', 'invoice', 'subscription', 'dispute', 'none')",
            name=op.f("ck_unmatched_root"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unmatched")),
        sa.UniqueConstraint("stripe_id", name=op.f("uq_unmatched_stripe_id")),
    )
    op.create_table(
        "donor_link",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("donor_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(["donor_id"], ["donor.id"], name=op.f("fk_donor_link_donor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_donor_link")),
        sa.UniqueConstraint("rid", name=op.f("uq_donor_link_rid")),
    )
    op.create_index("ix_donor_link_donor_id", "donor_link", ["donor_id"], unique=False)
    op.create_table(
        "recurring_gift",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("donor_id", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("fund_code", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("stripe_subscription", sa.Text(), nullable=False),
        sa.Column("stripe_customer", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("language IN ('en', 'es')", name=op.f("ck_recurring_gift_language")),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_recurring_gift_amount_cents")),
        sa.ForeignKeyConstraint(["donor_id"], ["donor.id"], name=op.f("fk_recurring_gift_donor_id")),
        sa.ForeignKeyConstraint(["fund_code"], ["fund.code"], name=op.f("fk_recurring_gift_fund_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recurring_gift")),
        sa.UniqueConstraint("code", name=op.f("uq_recurring_gift_code")),
        sa.UniqueConstraint("stripe_subscription", name=op.f("uq_recurring_gift_stripe_subscription")),
    )
    op.create_index("ix_recurring_gift_donor_id", "recurring_gift", ["donor_id"], unique=False)
    op.create_table(
        "donor_link_use",
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["donor_link.id"], name=op.f("fk_donor_link_use_link_id")),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_donor_link_use")),
    )
    op.create_table(
        "gift",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("donor_id", sa.Integer(), nullable=False),
        sa.Column("recurring_gift_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("is_monthly", sa.Integer(), nullable=False),
        sa.Column("fund_code", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("description_enc", sa.LargeBinary(), nullable=True),
        sa.Column("asked_enc", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("stripe_session", sa.Text(), nullable=True),
        sa.Column("stripe_payment_intent", sa.Text(), nullable=True),
        sa.Column("stripe_invoice", sa.Text(), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("form_mark", sa.LargeBinary(length=32), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint(
            "(channel = 'in_kind') = (amount_cents IS NULL)", name=op.f("ck_gift_in_kind_has_no_amount")
        ),
        sa.CheckConstraint(
            "channel IN ('stripe_card', 'stripe_ach', 'cheque', 'cash', 'wire', 'in_kind')",
            name=op.f("ck_gift_channel"),
        ),
        sa.CheckConstraint("language IN ('en', 'es')", name=op.f("ck_gift_language")),
        sa.CheckConstraint(
            "said IS NULL OR said IN ('open', 'processing', 'declined', 'expired', 'succeeded')",
            name=op.f("ck_gift_said"),
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_gift_amount_cents")),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_gift_key_id_length")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_gift_by_user_id")),
        sa.ForeignKeyConstraint(["donor_id"], ["donor.id"], name=op.f("fk_gift_donor_id")),
        sa.ForeignKeyConstraint(["fund_code"], ["fund.code"], name=op.f("fk_gift_fund_code")),
        sa.ForeignKeyConstraint(["recurring_gift_id"], ["recurring_gift.id"], name=op.f("fk_gift_recurring_gift_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift")),
        sa.UniqueConstraint("code", name=op.f("uq_gift_code")),
        sa.UniqueConstraint("rid", name=op.f("uq_gift_rid")),
        sa.UniqueConstraint("stripe_invoice", name=op.f("uq_gift_stripe_invoice")),
        sa.UniqueConstraint("stripe_payment_intent", name=op.f("uq_gift_stripe_payment_intent")),
        sa.UniqueConstraint("stripe_session", name=op.f("uq_gift_stripe_session")),
    )
    op.create_index("ix_gift_donor_id", "gift", ["donor_id"], unique=False)
    op.create_index("ix_gift_form_mark", "gift", ["form_mark"], unique=False)
    op.create_index("ix_gift_given_on", "gift", ["given_on"], unique=False)
    op.create_index("ix_gift_recurring_gift_id", "gift", ["recurring_gift_id"], unique=False)
    op.create_table(
        "recurring_gift_end",
        sa.Column("recurring_gift_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("by IN ('donor', 'staff', 'stripe')", name=op.f("ck_recurring_gift_end_by")),
        sa.ForeignKeyConstraint(
            ["recurring_gift_id"], ["recurring_gift.id"], name=op.f("fk_recurring_gift_end_recurring_gift_id")
        ),
        sa.PrimaryKeyConstraint("recurring_gift_id", name=op.f("pk_recurring_gift_end")),
    )
    op.create_table(
        "gift_void",
        sa.Column("gift_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_gift_void_by_user_id")),
        sa.ForeignKeyConstraint(["gift_id"], ["gift.id"], name=op.f("fk_gift_void_gift_id")),
        sa.PrimaryKeyConstraint("gift_id", name=op.f("pk_gift_void")),
    )
    op.create_table(
        "ledger_line",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("gift_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("balance_transaction", sa.Text(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN kind IN ('charge', 'refund_failed', 'reinstated') THEN amount_cents > 0 ELSE amount_cents <= 0 END",
            name=op.f("ck_ledger_line_sign"),
        ),
        sa.CheckConstraint(
            "kind IN ('charge', 'fee', 'refund', 'refund_failed', 'dispute', 'dispute_fee', 'reinstated')",
            name=op.f("ck_ledger_line_kind"),
        ),
        sa.ForeignKeyConstraint(["gift_id"], ["gift.id"], name=op.f("fk_ledger_line_gift_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_line")),
        sa.UniqueConstraint("kind", "balance_transaction", name=op.f("uq_ledger_line_kind_balance_transaction")),
        sa.UniqueConstraint("kind", "source", name=op.f("uq_ledger_line_kind_source")),
    )
    op.create_index("ix_ledger_line_gift_id", "ledger_line", ["gift_id"], unique=False)
    op.create_index("ix_ledger_line_on", "ledger_line", ["on"], unique=False)
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("gift_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("language IN ('en', 'es')", name=op.f("ck_receipt_language")),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_receipt_amount_cents")),
        sa.ForeignKeyConstraint(["gift_id"], ["gift.id"], name=op.f("fk_receipt_gift_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("gift_id", "version", name=op.f("uq_receipt_gift_id_version")),
        sa.UniqueConstraint("number", name=op.f("uq_receipt_number")),
    )
    op.create_table(
        "unmatched_closure",
        sa.Column("unmatched_id", sa.Integer(), nullable=False),
        sa.Column("gift_id", sa.Integer(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["gift_id"], ["gift.id"], name=op.f("fk_unmatched_closure_gift_id")),
        sa.ForeignKeyConstraint(["unmatched_id"], ["unmatched.id"], name=op.f("fk_unmatched_closure_unmatched_id")),
        sa.PrimaryKeyConstraint("unmatched_id", name=op.f("pk_unmatched_closure")),
    )
    op.create_table(
        "receipt_void",
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("reason IN ('refunded', 'corrected', 'cancelled')", name=op.f("ck_receipt_void_reason")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name=op.f("fk_receipt_void_receipt_id")),
        sa.PrimaryKeyConstraint("receipt_id", name=op.f("pk_receipt_void")),
    )
    dialect = op.get_bind().dialect.name
    for table in ("ledger_line", "receipt"):
        for statement in append_only_sql(table, dialect):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("receipt_void")
    op.drop_table("unmatched_closure")
    op.drop_table("receipt")
    op.drop_index("ix_ledger_line_on", table_name="ledger_line")
    op.drop_index("ix_ledger_line_gift_id", table_name="ledger_line")
    op.drop_table("ledger_line")
    op.drop_table("gift_void")
    op.drop_table("recurring_gift_end")
    op.drop_index("ix_gift_recurring_gift_id", table_name="gift")
    op.drop_index("ix_gift_given_on", table_name="gift")
    op.drop_index("ix_gift_form_mark", table_name="gift")
    op.drop_index("ix_gift_donor_id", table_name="gift")
    op.drop_table("gift")
    op.drop_table("donor_link_use")
    op.drop_index("ix_recurring_gift_donor_id", table_name="recurring_gift")
    op.drop_table("recurring_gift")
    op.drop_index("ix_donor_link_donor_id", table_name="donor_link")
    op.drop_table("donor_link")
    op.drop_table("unmatched")
    op.drop_index("ix_stripe_event_received_at", table_name="stripe_event")
    op.drop_table("stripe_event")
    op.drop_table("receipt_book")
    op.drop_table("fund")
    op.drop_index("ix_donor_email_bidx", table_name="donor")
    op.drop_table("donor")
