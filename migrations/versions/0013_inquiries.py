"""Inquiries: who asked, what was talked about, what was decided, names for conflict checks, counts."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "inquiry_count",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("span", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("heard_of_us", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("talked", sa.Integer(), nullable=False),
        sa.Column("in_juarez", sa.Integer(), nullable=False),
        sa.CheckConstraint("span IN ('month', 'year')", name=op.f("ck_inquiry_count_span")),
        sa.CheckConstraint(
            "number > 0 AND in_juarez <= talked AND talked <= number", name=op.f("ck_inquiry_count_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_count")),
    )
    op.create_index(
        "uq_inquiry_count_cell",
        "inquiry_count",
        ["span", "first_on", "country", "state", "heard_of_us", "decision"],
        unique=True,
    )
    op.create_table(
        "attorney_capacity",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cases BETWEEN 0 AND 1000", name=op.f("ck_attorney_capacity_cases")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_attorney_capacity_by_user_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_attorney_capacity_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attorney_capacity")),
    )
    op.create_index("ix_attorney_capacity_user_id", "attorney_capacity", ["user_id", "id"], unique=False)
    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("alias_enc", sa.LargeBinary(), nullable=True),
        sa.Column("answer_enc", sa.LargeBinary(), nullable=True),
        sa.Column("answer_bidx", sa.LargeBinary(length=32), nullable=True),
        sa.Column("note_enc", sa.LargeBinary(), nullable=True),
        sa.Column("safe_contact", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("profile", sa.Text(), nullable=True),
        sa.Column("urgency", sa.Text(), nullable=True),
        sa.Column("heard_of_us", sa.Text(), nullable=True),
        sa.Column("consent_version", sa.Text(), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answers_user_id", sa.Integer(), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arrival_party_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("(consent_on IS NULL) = (consent_version IS NULL)", name=op.f("ck_inquiry_consent")),
        sa.CheckConstraint("country IS NULL OR length(country) = 2", name=op.f("ck_inquiry_country")),
        sa.CheckConstraint("language IS NULL OR length(language) = 3", name=op.f("ck_inquiry_language")),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_inquiry_key_id_length")),
        sa.ForeignKeyConstraint(["answers_user_id"], ["user_account.id"], name=op.f("fk_inquiry_answers_user_id")),
        sa.ForeignKeyConstraint(["arrival_party_id"], ["arrival_party.id"], name=op.f("fk_inquiry_arrival_party_id")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_inquiry_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_inquiry_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
        sa.UniqueConstraint("code", name=op.f("uq_inquiry_code")),
        sa.UniqueConstraint("rid", name=op.f("uq_inquiry_rid")),
    )
    op.create_index("ix_inquiry_answer_bidx", "inquiry", ["answer_bidx"], unique=False)
    op.create_index("ix_inquiry_answer_due_on", "inquiry", ["answer_due_on", "id"], unique=False)
    op.create_index("ix_inquiry_answers_user_id", "inquiry", ["answers_user_id"], unique=False)
    op.create_index("ix_inquiry_member_id", "inquiry", ["member_id"], unique=False)
    op.create_table(
        "conflict_check",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("is_possible", sa.Boolean(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_conflict_check_by_user_id")),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_conflict_check_inquiry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_check")),
    )
    op.create_index("ix_conflict_check_inquiry_id", "conflict_check", ["inquiry_id"], unique=False)
    op.create_table(
        "inquiry_conversation",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("interpreter_enc", sa.LargeBinary(), nullable=True),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.Column("likely_bp", sa.Integer(), nullable=True),
        sa.Column("likely_of", sa.Text(), nullable=True),
        sa.Column("likely_source", sa.Text(), nullable=True),
        sa.Column("likely_words_enc", sa.LargeBinary(), nullable=True),
        sa.Column("note_enc", sa.LargeBinary(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint(
            "place IN ('office', 'juarez', 'safe_place', 'phone')", name=op.f("ck_inquiry_conversation_place")
        ),
        sa.CheckConstraint(
            "wish IS NULL OR wish IN ('go_on', 'wait', 'stay', 'other_country', 'thinking')",
            name=op.f("ck_inquiry_conversation_wish"),
        ),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_inquiry_conversation_key_id_length")),
        sa.CheckConstraint(
            "likely_bp IS NULL OR (likely_of IS NOT NULL AND likely_source IS NOT NULL)",
            name=op.f("ck_inquiry_conversation_likely_source"),
        ),
        sa.CheckConstraint(
            "likely_bp IS NULL OR likely_bp BETWEEN 0 AND 10000", name=op.f("ck_inquiry_conversation_likely_bp")
        ),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_inquiry_conversation_by_user_id")),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_inquiry_conversation_inquiry_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_inquiry_conversation_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_conversation")),
        sa.UniqueConstraint("rid", name=op.f("uq_inquiry_conversation_rid")),
    )
    op.create_index(
        "ix_inquiry_conversation_inquiry_id", "inquiry_conversation", ["inquiry_id", "held_on"], unique=False
    )
    op.create_index("ix_inquiry_conversation_member_id", "inquiry_conversation", ["member_id"], unique=False)
    op.create_table(
        "named_person",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("persecutor", sa.Text(), nullable=True),
        sa.Column("name_enc", sa.LargeBinary(), nullable=True),
        sa.Column("name_bidx", sa.LargeBinary(length=32), nullable=True),
        sa.Column("phone_enc", sa.LargeBinary(), nullable=True),
        sa.Column("phone_bidx", sa.LargeBinary(length=32), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("kind IN ('self', 'relative', 'persecutor', 'adverse')", name=op.f("ck_named_person_kind")),
        sa.CheckConstraint("inquiry_id IS NOT NULL OR member_id IS NOT NULL", name=op.f("ck_named_person_owner")),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_named_person_key_id_length")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_named_person_by_user_id")),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_named_person_inquiry_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_named_person_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_person")),
        sa.UniqueConstraint("rid", name=op.f("uq_named_person_rid")),
    )
    op.create_index("ix_named_person_inquiry_id", "named_person", ["inquiry_id"], unique=False)
    op.create_index("ix_named_person_member_id", "named_person", ["member_id"], unique=False)
    op.create_index("ix_named_person_name_bidx", "named_person", ["name_bidx"], unique=False)
    op.create_index("ix_named_person_phone_bidx", "named_person", ["phone_bidx"], unique=False)
    op.create_table(
        "conversation_told",
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_conversation_told_by_user_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["inquiry_conversation.id"], name=op.f("fk_conversation_told_conversation_id")
        ),
        sa.PrimaryKeyConstraint("conversation_id", "what", name=op.f("pk_conversation_told")),
    )
    op.create_table(
        "inquiry_decision",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("check_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision <> 'open_again' OR corrects_id IS NOT NULL", name=op.f("ck_inquiry_decision_open_again")
        ),
        sa.CheckConstraint(
            "decision IN ('represent', 'accompany', 'refer', 'cannot', 'stayed', 'elsewhere', 'lost', 'open_again')",
            name=op.f("ck_inquiry_decision_decision"),
        ),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_inquiry_decision_by_user_id")),
        sa.ForeignKeyConstraint(["check_id"], ["conflict_check.id"], name=op.f("fk_inquiry_decision_check_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["inquiry_decision.id"], name=op.f("fk_inquiry_decision_corrects_id")),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_inquiry_decision_inquiry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_decision")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_inquiry_decision_corrects_id")),
    )
    op.create_index("ix_inquiry_decision_inquiry_id", "inquiry_decision", ["inquiry_id"], unique=False)
    op.create_index(
        "uq_inquiry_decision_first",
        "inquiry_decision",
        ["inquiry_id"],
        unique=True,
        sqlite_where=sa.text("corrects_id IS NULL"),
        postgresql_where=sa.text("corrects_id IS NULL"),
    )
    op.create_table(
        "inquiry_answer",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("words_enc", sa.LargeBinary(), nullable=True),
        sa.Column("elsewhere_enc", sa.LargeBinary(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_inquiry_answer_key_id_length")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_inquiry_answer_by_user_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["inquiry_decision.id"], name=op.f("fk_inquiry_answer_decision_id")),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_inquiry_answer_inquiry_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_inquiry_answer_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_answer")),
        sa.UniqueConstraint("rid", name=op.f("uq_inquiry_answer_rid")),
    )
    op.create_index("ix_inquiry_answer_decision_id", "inquiry_answer", ["decision_id"], unique=False)
    op.create_index("ix_inquiry_answer_inquiry_id", "inquiry_answer", ["inquiry_id"], unique=False)
    op.create_index("ix_inquiry_answer_member_id", "inquiry_answer", ["member_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_inquiry_answer_member_id", table_name="inquiry_answer")
    op.drop_index("ix_inquiry_answer_inquiry_id", table_name="inquiry_answer")
    op.drop_index("ix_inquiry_answer_decision_id", table_name="inquiry_answer")
    op.drop_table("inquiry_answer")
    op.drop_index(
        "uq_inquiry_decision_first",
        table_name="inquiry_decision",
        sqlite_where=sa.text("corrects_id IS NULL"),
        postgresql_where=sa.text("corrects_id IS NULL"),
    )
    op.drop_index("ix_inquiry_decision_inquiry_id", table_name="inquiry_decision")
    op.drop_table("inquiry_decision")
    op.drop_table("conversation_told")
    op.drop_index("ix_named_person_phone_bidx", table_name="named_person")
    op.drop_index("ix_named_person_name_bidx", table_name="named_person")
    op.drop_index("ix_named_person_member_id", table_name="named_person")
    op.drop_index("ix_named_person_inquiry_id", table_name="named_person")
    op.drop_table("named_person")
    op.drop_index("ix_inquiry_conversation_member_id", table_name="inquiry_conversation")
    op.drop_index("ix_inquiry_conversation_inquiry_id", table_name="inquiry_conversation")
    op.drop_table("inquiry_conversation")
    op.drop_index("ix_conflict_check_inquiry_id", table_name="conflict_check")
    op.drop_table("conflict_check")
    op.drop_index("ix_inquiry_member_id", table_name="inquiry")
    op.drop_index("ix_inquiry_answers_user_id", table_name="inquiry")
    op.drop_index("ix_inquiry_answer_due_on", table_name="inquiry")
    op.drop_index("ix_inquiry_answer_bidx", table_name="inquiry")
    op.drop_table("inquiry")
    op.drop_index("ix_attorney_capacity_user_id", table_name="attorney_capacity")
    op.drop_table("attorney_capacity")
    op.drop_index("uq_inquiry_count_cell", table_name="inquiry_count")
    op.drop_table("inquiry_count")
