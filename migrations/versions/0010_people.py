"""The tables of what is known of a person: persecutors, details, contacts, entries, plans, pauses, places."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "municipality",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("imported_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(code) = 5", name=op.f("ck_municipality_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_municipality")),
    )
    op.create_index("ix_municipality_state", "municipality", ["state", "name"], unique=False)
    op.create_table(
        "emergency_child",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("child_enc", sa.LargeBinary(), nullable=True),
        sa.Column("school_enc", sa.LargeBinary(), nullable=True),
        sa.Column("collector_enc", sa.LargeBinary(), nullable=True),
        sa.Column("collector_phone_enc", sa.LargeBinary(), nullable=True),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_emergency_child_key_id_length")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_emergency_child_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_child")),
        sa.UniqueConstraint("rid", name=op.f("uq_emergency_child_rid")),
    )
    op.create_index("ix_emergency_child_member_id", "emergency_child", ["member_id", "place"], unique=False)
    op.create_table(
        "emergency_plan",
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("attorney_enc", sa.LargeBinary(), nullable=True),
        sa.Column("attorney_phone_enc", sa.LargeBinary(), nullable=True),
        sa.Column("medicine_enc", sa.LargeBinary(), nullable=True),
        sa.Column("keys_enc", sa.LargeBinary(), nullable=True),
        sa.Column("tell_enc", sa.LargeBinary(), nullable=True),
        sa.Column("tell_not_enc", sa.LargeBinary(), nullable=True),
        sa.Column("tell_consulate", sa.Boolean(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_emergency_plan_key_id_length")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_emergency_plan_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_emergency_plan_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_emergency_plan")),
        sa.UniqueConstraint("rid", name=op.f("uq_emergency_plan_rid")),
    )
    op.create_table(
        "member_a_number",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number_enc", sa.LargeBinary(), nullable=True),
        sa.Column("number_bidx", sa.LargeBinary(length=32), nullable=True),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_member_a_number_key_id_length")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_a_number_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_a_number")),
        sa.UniqueConstraint("rid", name=op.f("uq_member_a_number_rid")),
    )
    op.create_index("ix_member_a_number_number_bidx", "member_a_number", ["number_bidx"], unique=False)
    op.create_index("uq_member_a_number", "member_a_number", ["member_id", "number_bidx"], unique=True)
    op.create_table(
        "member_contact",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value_enc", sa.LargeBinary(), nullable=True),
        sa.Column("value_bidx", sa.LargeBinary(length=32), nullable=True),
        sa.Column("through_enc", sa.LargeBinary(), nullable=True),
        sa.Column("code_name_enc", sa.LargeBinary(), nullable=True),
        sa.Column("note_enc", sa.LargeBinary(), nullable=True),
        sa.Column("no_voicemail", sa.Boolean(), nullable=False),
        sa.Column("no_content", sa.Boolean(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("via_attorney", sa.Boolean(), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("from_at", sa.Time(), nullable=True),
        sa.Column("to_at", sa.Time(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint(
            "kind IN ('phone', 'signal', 'whatsapp', 'email', 'through')", name=op.f("ck_member_contact_kind")
        ),
        sa.CheckConstraint("(from_at IS NULL) = (to_at IS NULL)", name=op.f("ck_member_contact_hours")),
        sa.CheckConstraint("length(days) = 7", name=op.f("ck_member_contact_days")),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_member_contact_key_id_length")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_member_contact_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_contact_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_contact")),
        sa.UniqueConstraint("rid", name=op.f("uq_member_contact_rid")),
    )
    op.create_index("ix_member_contact_member_id", "member_contact", ["member_id"], unique=False)
    op.create_index("ix_member_contact_value_bidx", "member_contact", ["value_bidx"], unique=False)
    op.create_table(
        "member_contact_rule",
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_contact_rule_member_id")),
        sa.PrimaryKeyConstraint("member_id", "rule", name=op.f("pk_member_contact_rule")),
    )
    op.create_table(
        "member_detail",
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("born_precision", sa.Text(), nullable=True),
        sa.Column("municipality_enc", sa.LargeBinary(), nullable=True),
        sa.Column("municipality_code_enc", sa.LargeBinary(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint(
            "born_precision IN ('day', 'month', 'year', 'about', 'unknown')",
            name=op.f("ck_member_detail_born_precision"),
        ),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_member_detail_key_id_length")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_member_detail_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_detail_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member_detail")),
        sa.UniqueConstraint("rid", name=op.f("uq_member_detail_rid")),
    )
    op.create_table(
        "member_entry",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("manner", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "precision IN ('day', 'month', 'year', 'about', 'unknown')", name=op.f("ck_member_entry_precision")
        ),
        sa.CheckConstraint(
            "(precision = 'unknown') = (\"on\" IS NULL)", name=op.f("ck_member_entry_unknown_has_no_day")
        ),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_member_entry_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_entry_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_entry")),
    )
    op.create_index("ix_member_entry_member_id", "member_entry", ["member_id", "on"], unique=False)
    op.create_table(
        "member_harm",
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("harm", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_harm_member_id")),
        sa.PrimaryKeyConstraint("member_id", "harm", name=op.f("pk_member_harm")),
    )
    op.create_table(
        "member_language",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("needs_interpreter", sa.Boolean(), nullable=False),
        sa.Column("variant_enc", sa.LargeBinary(), nullable=True),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_member_language_key_id_length")),
        sa.CheckConstraint("length(language) = 3", name=op.f("ck_member_language_language")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_language_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_language")),
        sa.UniqueConstraint("rid", name=op.f("uq_member_language_rid")),
    )
    op.create_index("uq_member_language", "member_language", ["member_id", "language"], unique=True)
    op.create_table(
        "member_name",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name_enc", sa.LargeBinary(), nullable=True),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_member_name_key_id_length")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_name_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_name")),
        sa.UniqueConstraint("rid", name=op.f("uq_member_name_rid")),
    )
    op.create_index("ix_member_name_member_id", "member_name", ["member_id"], unique=False)
    op.create_table(
        "member_nationality",
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.CheckConstraint("length(country) = 2", name=op.f("ck_member_nationality_country")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_nationality_member_id")),
        sa.PrimaryKeyConstraint("member_id", "country", name=op.f("pk_member_nationality")),
    )
    op.create_table(
        "member_pause",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_member_pause_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_pause_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_pause")),
    )
    op.create_index("ix_member_pause_member_id", "member_pause", ["member_id"], unique=False)
    op.create_table(
        "member_persecutor",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state_actor", sa.Boolean(), nullable=False),
        sa.Column("reach", sa.Text(), nullable=False),
        sa.Column("collusion", sa.Text(), nullable=True),
        sa.Column("name_enc", sa.LargeBinary(), nullable=True),
        sa.Column("name_bidx", sa.LargeBinary(length=32), nullable=True),
        sa.Column("note_enc", sa.LargeBinary(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_member_persecutor_key_id_length")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_member_persecutor_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_persecutor_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_persecutor")),
        sa.UniqueConstraint("rid", name=op.f("uq_member_persecutor_rid")),
    )
    op.create_index("ix_member_persecutor_kind", "member_persecutor", ["kind"], unique=False)
    op.create_index("ix_member_persecutor_member_id", "member_persecutor", ["member_id"], unique=False)
    op.create_index("ix_member_persecutor_name_bidx", "member_persecutor", ["name_bidx"], unique=False)
    op.create_table(
        "member_place_lived",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("from_precision", sa.Text(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("to_precision", sa.Text(), nullable=False),
        sa.Column("town_enc", sa.LargeBinary(), nullable=True),
        sa.Column("happened_enc", sa.LargeBinary(), nullable=True),
        sa.Column("found_enc", sa.LargeBinary(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint(
            "(from_precision = 'unknown') = (from_on IS NULL)", name=op.f("ck_member_place_lived_from_unknown")
        ),
        sa.CheckConstraint(
            "(to_precision = 'unknown') = (to_on IS NULL)", name=op.f("ck_member_place_lived_to_unknown")
        ),
        sa.CheckConstraint(
            "from_precision IN ('day', 'month', 'year', 'about', 'unknown')",
            name=op.f("ck_member_place_lived_from_precision"),
        ),
        sa.CheckConstraint(
            "to_precision IN ('day', 'month', 'year', 'about', 'unknown')",
            name=op.f("ck_member_place_lived_to_precision"),
        ),
        sa.CheckConstraint(
            "from_on IS NULL OR to_on IS NULL OR from_on <= to_on", name=op.f("ck_member_place_lived_order")
        ),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_member_place_lived_key_id_length")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_member_place_lived_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_place_lived_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_place_lived")),
        sa.UniqueConstraint("rid", name=op.f("uq_member_place_lived_rid")),
    )
    op.create_index("ix_member_place_lived_member_id", "member_place_lived", ["member_id", "from_on"], unique=False)
    op.create_table(
        "member_profile",
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_profile_member_id")),
        sa.PrimaryKeyConstraint("member_id", "profile", name=op.f("pk_member_profile")),
    )
    op.create_table(
        "member_resumption",
        sa.Column("pause_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_member_resumption_by_user_id")),
        sa.ForeignKeyConstraint(["pause_id"], ["member_pause.id"], name=op.f("fk_member_resumption_pause_id")),
        sa.PrimaryKeyConstraint("pause_id", name=op.f("pk_member_resumption")),
    )


def downgrade() -> None:
    op.drop_table("member_resumption")
    op.drop_table("member_profile")
    op.drop_index("ix_member_place_lived_member_id", table_name="member_place_lived")
    op.drop_table("member_place_lived")
    op.drop_index("ix_member_persecutor_name_bidx", table_name="member_persecutor")
    op.drop_index("ix_member_persecutor_member_id", table_name="member_persecutor")
    op.drop_index("ix_member_persecutor_kind", table_name="member_persecutor")
    op.drop_table("member_persecutor")
    op.drop_index("ix_member_pause_member_id", table_name="member_pause")
    op.drop_table("member_pause")
    op.drop_table("member_nationality")
    op.drop_index("ix_member_name_member_id", table_name="member_name")
    op.drop_table("member_name")
    op.drop_index("uq_member_language", table_name="member_language")
    op.drop_table("member_language")
    op.drop_table("member_harm")
    op.drop_index("ix_member_entry_member_id", table_name="member_entry")
    op.drop_table("member_entry")
    op.drop_table("member_detail")
    op.drop_table("member_contact_rule")
    op.drop_index("ix_member_contact_value_bidx", table_name="member_contact")
    op.drop_index("ix_member_contact_member_id", table_name="member_contact")
    op.drop_table("member_contact")
    op.drop_index("uq_member_a_number", table_name="member_a_number")
    op.drop_index("ix_member_a_number_number_bidx", table_name="member_a_number")
    op.drop_table("member_a_number")
    op.drop_table("emergency_plan")
    op.drop_index("ix_emergency_child_member_id", table_name="emergency_child")
    op.drop_table("emergency_child")
    op.drop_index("ix_municipality_state", table_name="municipality")
    op.drop_table("municipality")
