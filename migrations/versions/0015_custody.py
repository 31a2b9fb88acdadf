"""Emergency access, custody, the alert and who is in line for it, ready to go, not out yet."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who_enc", sa.LargeBinary(), nullable=True),
        sa.Column("last_seen_enc", sa.LargeBinary(), nullable=True),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_alert_key_id_length")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_alert_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_alert_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("code", name=op.f("uq_alert_code")),
        sa.UniqueConstraint("rid", name=op.f("uq_alert_rid")),
    )
    op.create_index("ix_alert_member_id", "alert", ["member_id"], unique=False)
    op.create_table(
        "bond",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.Column("payer", sa.Text(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("stated_enc", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint(
            "decision IS NULL OR decision IN ('granted', 'denied', 'no_jurisdiction', 'withdrawn')",
            name=op.f("ck_bond_decision"),
        ),
        sa.CheckConstraint(
            "payer IS NULL OR payer IN ('family', 'sponsor', 'us', 'bond_fund', 'mixed')", name=op.f("ck_bond_payer")
        ),
        sa.CheckConstraint(
            "posted_on IS NULL OR (decision = 'granted' AND posted_on >= decided_on)",
            name=op.f("ck_bond_posted_when_granted"),
        ),
        sa.CheckConstraint("(decision IS NULL) = (decided_on IS NULL)", name=op.f("ck_bond_decision_has_its_day")),
        sa.CheckConstraint("amount_cents IS NULL OR amount_cents > 0", name=op.f("ck_bond_amount")),
        sa.CheckConstraint("decided_on IS NULL OR decided_on >= asked_on", name=op.f("ck_bond_decided_after_asked")),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_bond_key_id_length")),
        sa.CheckConstraint(
            "returned_on IS NULL OR (posted_on IS NOT NULL AND returned_on >= posted_on)",
            name=op.f("ck_bond_returned_after_posted"),
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_bond_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bond")),
        sa.UniqueConstraint("code", name=op.f("uq_bond_code")),
        sa.UniqueConstraint("rid", name=op.f("uq_bond_rid")),
    )
    op.create_index("ix_bond_member_id", "bond", ["member_id"], unique=False)
    op.create_table(
        "call_line",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("phone_enc", sa.LargeBinary(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_call_line_key_id_length")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_call_line_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_line")),
        sa.UniqueConstraint("rid", name=op.f("uq_call_line_rid")),
    )
    op.create_index(
        "uq_call_line_user",
        "call_line",
        ["user_id"],
        unique=True,
        sqlite_where=sa.text("to_at IS NULL"),
        postgresql_where=sa.text("to_at IS NULL"),
    )
    op.create_table(
        "emergency_access",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_enc", sa.LargeBinary(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_emergency_access_key_id_length")),
        sa.CheckConstraint("until_at > at", name=op.f("ck_emergency_access_moments")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_emergency_access_member_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_emergency_access_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_access")),
        sa.UniqueConstraint("code", name=op.f("uq_emergency_access_code")),
        sa.UniqueConstraint("rid", name=op.f("uq_emergency_access_rid")),
    )
    op.create_index("ix_emergency_access_member_id", "emergency_access", ["member_id"], unique=False)
    op.create_index("ix_emergency_access_user_id_until_at", "emergency_access", ["user_id", "until_at"], unique=False)
    op.create_table(
        "supervision",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("every", sa.Text(), nullable=False),
        sa.Column("monitor", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "every IN ('week', 'two_weeks', 'month', 'quarter', 'half_year', 'year', 'when_told')",
            name=op.f("ck_supervision_every"),
        ),
        sa.CheckConstraint("kind IN ('ice', 'isap', 'osup', 'parole', 'other')", name=op.f("ck_supervision_kind")),
        sa.CheckConstraint(
            "monitor IN ('none', 'ankle', 'wrist', 'phone_app', 'phone_call')", name=op.f("ck_supervision_monitor")
        ),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_supervision_days")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_supervision_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision")),
    )
    op.create_index("ix_supervision_member_id", "supervision", ["member_id"], unique=False)
    op.create_table(
        "alert_answer",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_answer_alert_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_alert_answer_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_answer")),
    )
    op.create_index(
        "uq_alert_answer_held",
        "alert_answer",
        ["alert_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "alert_check",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer IN ('done', 'not_needed', 'not_yet')", name=op.f("ck_alert_check_answer")),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_check_alert_id")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_alert_check_by_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_check")),
    )
    op.create_index("ix_alert_check_alert_id_item", "alert_check", ["alert_id", "item"], unique=False)
    op.create_table(
        "alert_notice",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_notice_alert_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_alert_notice_user_id")),
        sa.PrimaryKeyConstraint("alert_id", "step", name=op.f("pk_alert_notice")),
    )
    op.create_index("ix_alert_notice_user_id", "alert_notice", ["user_id"], unique=False)
    op.create_table(
        "alert_resolution",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('found', 'released', 'mistake')", name=op.f("ck_alert_resolution_kind")),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_resolution_alert_id")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_alert_resolution_by_user_id")),
        sa.PrimaryKeyConstraint("alert_id", name=op.f("pk_alert_resolution")),
    )
    op.create_table(
        "detention",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("held_by", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note_enc", sa.LargeBinary(), nullable=True),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint(
            "held_by IN ('unknown', 'ice', 'cbp', 'hospital', 'criminal')", name=op.f("ck_detention_held_by")
        ),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_detention_key_id_length")),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_detention_alert_id")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_detention_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_detention_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_detention")),
        sa.UniqueConstraint("code", name=op.f("uq_detention_code")),
        sa.UniqueConstraint("rid", name=op.f("uq_detention_rid")),
    )
    op.create_index("ix_detention_member_id", "detention", ["member_id"], unique=False)
    op.create_table(
        "emergency_review",
        sa.Column("access_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("words_enc", sa.LargeBinary(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("verdict IN ('justified', 'unjustified')", name=op.f("ck_emergency_review_verdict")),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_emergency_review_key_id_length")),
        sa.ForeignKeyConstraint(["access_id"], ["emergency_access.id"], name=op.f("fk_emergency_review_access_id")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_emergency_review_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_emergency_review_member_id")),
        sa.PrimaryKeyConstraint("access_id", name=op.f("pk_emergency_review")),
        sa.UniqueConstraint("rid", name=op.f("uq_emergency_review_rid")),
    )
    op.create_index("ix_emergency_review_member_id", "emergency_review", ["member_id"], unique=False)
    op.create_table(
        "locator_try",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("alert_id", sa.Integer(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("result IN ('found', 'not_found', 'not_working')", name=op.f("ck_locator_try_result")),
        sa.CheckConstraint("member_id IS NOT NULL OR alert_id IS NOT NULL", name=op.f("ck_locator_try_of_somebody")),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_locator_try_alert_id")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_locator_try_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_locator_try_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locator_try")),
    )
    op.create_index("ix_locator_try_alert_id", "locator_try", ["alert_id"], unique=False)
    op.create_index("ix_locator_try_member_id", "locator_try", ["member_id"], unique=False)
    op.create_table(
        "detention_end",
        sa.Column("detention_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "how IN ('bond', 'parole', 'ror', 'atd', 'osup', 'removed', 'returned', 'unknown')",
            name=op.f("ck_detention_end_how"),
        ),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_detention_end_by_user_id")),
        sa.ForeignKeyConstraint(["detention_id"], ["detention.id"], name=op.f("fk_detention_end_detention_id")),
        sa.PrimaryKeyConstraint("detention_id", name=op.f("pk_detention_end")),
    )
    op.create_table(
        "detention_stay",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("detention_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_detention_stay_by_user_id")),
        sa.ForeignKeyConstraint(["detention_id"], ["detention.id"], name=op.f("fk_detention_stay_detention_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_detention_stay_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_detention_stay")),
    )
    op.create_index("ix_detention_stay_place_id", "detention_stay", ["place_id"], unique=False)
    op.create_index("uq_detention_stay_day", "detention_stay", ["detention_id", "from_on"], unique=True)
    op.create_table(
        "detention_void",
        sa.Column("detention_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_detention_void_by_user_id")),
        sa.ForeignKeyConstraint(["detention_id"], ["detention.id"], name=op.f("fk_detention_void_detention_id")),
        sa.PrimaryKeyConstraint("detention_id", name=op.f("pk_detention_void")),
    )
    op.create_table(
        "presence",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expected_out_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("expected_out_at > entered_at", name=op.f("ck_presence_moments")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_presence_by_user_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_presence_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence")),
    )
    op.create_index("ix_presence_event_id", "presence", ["event_id"], unique=False)
    op.create_table(
        "readiness",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(answer = 'not_needed') = (reason IS NOT NULL)", name=op.f("ck_readiness_not_needed_has_a_reason")
        ),
        sa.CheckConstraint("answer IN ('yes', 'not_needed', 'not_yet')", name=op.f("ck_readiness_answer")),
        sa.CheckConstraint(
            "item IN ('attorney', 'address', 'caregiver', 'interpreter', 'ride')", name=op.f("ck_readiness_item")
        ),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_readiness_by_user_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_readiness_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readiness")),
    )
    op.create_index("ix_readiness_event_id_item", "readiness", ["event_id", "item"], unique=False)
    op.create_table(
        "presence_notice",
        sa.Column("presence_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["presence_id"], ["presence.id"], name=op.f("fk_presence_notice_presence_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_presence_notice_user_id")),
        sa.PrimaryKeyConstraint("presence_id", "step", name=op.f("pk_presence_notice")),
    )
    op.create_table(
        "presence_out",
        sa.Column("presence_id", sa.Integer(), nullable=False),
        sa.Column("out_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_presence_out_by_user_id")),
        sa.ForeignKeyConstraint(["presence_id"], ["presence.id"], name=op.f("fk_presence_out_presence_id")),
        sa.PrimaryKeyConstraint("presence_id", name=op.f("pk_presence_out")),
    )


def downgrade() -> None:
    op.drop_table("presence_out")
    op.drop_table("presence_notice")
    op.drop_index("ix_readiness_event_id_item", table_name="readiness")
    op.drop_table("readiness")
    op.drop_index("ix_presence_event_id", table_name="presence")
    op.drop_table("presence")
    op.drop_table("detention_void")
    op.drop_index("uq_detention_stay_day", table_name="detention_stay")
    op.drop_index("ix_detention_stay_place_id", table_name="detention_stay")
    op.drop_table("detention_stay")
    op.drop_table("detention_end")
    op.drop_index("ix_locator_try_member_id", table_name="locator_try")
    op.drop_index("ix_locator_try_alert_id", table_name="locator_try")
    op.drop_table("locator_try")
    op.drop_index("ix_emergency_review_member_id", table_name="emergency_review")
    op.drop_table("emergency_review")
    op.drop_index("ix_detention_member_id", table_name="detention")
    op.drop_table("detention")
    op.drop_table("alert_resolution")
    op.drop_index("ix_alert_notice_user_id", table_name="alert_notice")
    op.drop_table("alert_notice")
    op.drop_index("ix_alert_check_alert_id_item", table_name="alert_check")
    op.drop_table("alert_check")
    op.drop_index(
        "uq_alert_answer_held",
        table_name="alert_answer",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_table("alert_answer")
    op.drop_index("ix_supervision_member_id", table_name="supervision")
    op.drop_table("supervision")
    op.drop_index("ix_emergency_access_user_id_until_at", table_name="emergency_access")
    op.drop_index("ix_emergency_access_member_id", table_name="emergency_access")
    op.drop_table("emergency_access")
    op.drop_index(
        "uq_call_line_user",
        table_name="call_line",
        sqlite_where=sa.text("to_at IS NULL"),
        postgresql_where=sa.text("to_at IS NULL"),
    )
    op.drop_table("call_line")
    op.drop_index("ix_bond_member_id", table_name="bond")
    op.drop_table("bond")
    op.drop_index("ix_alert_member_id", table_name="alert")
    op.drop_table("alert")
