"""The tables of families: relatives, places, relations, means to live, consent in full, media requests."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "means",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("host_kind", sa.Text(), nullable=True),
        sa.Column("host_enc", sa.LargeBinary(), nullable=True),
        sa.Column("roof_until", sa.Date(), nullable=True),
        sa.Column("eaters", sa.Integer(), nullable=True),
        sa.Column("weeks_covered", sa.Integer(), nullable=True),
        sa.Column("permit_on", sa.Date(), nullable=True),
        sa.Column("permit_source", sa.Text(), nullable=True),
        sa.Column("note_enc", sa.LargeBinary(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint(
            "host_kind IS NULL OR host_kind IN ('relative', 'friend', 'community', 'shelter', 'own', 'nobody')",
            name=op.f("ck_means_host_kind"),
        ),
        sa.CheckConstraint("(permit_on IS NULL) = (permit_source IS NULL)", name=op.f("ck_means_permit_has_source")),
        sa.CheckConstraint("eaters IS NULL OR eaters BETWEEN 1 AND 60", name=op.f("ck_means_eaters")),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_means_key_id_length")),
        sa.CheckConstraint(
            "weeks_covered IS NULL OR weeks_covered BETWEEN 0 AND 520", name=op.f("ck_means_weeks_covered")
        ),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_means_by_user_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_means_household_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_means_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_means")),
        sa.UniqueConstraint("rid", name=op.f("uq_means_rid")),
    )
    op.create_index("ix_means_household_id", "means", ["household_id", "asked_on"], unique=False)
    op.create_index("ix_means_member_id", "means", ["member_id"], unique=False)
    op.create_table(
        "means_promise",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("who_enc", sa.LargeBinary(), nullable=False),
        sa.Column("what_enc", sa.LargeBinary(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("kind IN ('roof', 'living', 'both', 'other')", name=op.f("ck_means_promise_kind")),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_means_promise_key_id_length")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_means_promise_days")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_means_promise_by_user_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_means_promise_household_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_means_promise_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_means_promise")),
        sa.UniqueConstraint("rid", name=op.f("uq_means_promise_rid")),
    )
    op.create_index("ix_means_promise_household_id", "means_promise", ["household_id"], unique=False)
    op.create_index("ix_means_promise_member_id", "means_promise", ["member_id"], unique=False)
    op.create_table(
        "media_request",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("outlet_kind", sa.Text(), nullable=False),
        sa.Column("outlet_enc", sa.LargeBinary(), nullable=False),
        sa.Column("asker_enc", sa.LargeBinary(), nullable=True),
        sa.Column("contact_enc", sa.LargeBinary(), nullable=True),
        sa.Column("wanted_enc", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("by_on", sa.Date(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint(
            "level IN ('anonymous', 'initials', 'first_name', 'named')", name=op.f("ck_media_request_level")
        ),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_media_request_key_id_length")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_media_request_by_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_request")),
        sa.UniqueConstraint("code", name=op.f("uq_media_request_code")),
        sa.UniqueConstraint("rid", name=op.f("uq_media_request_rid")),
    )
    op.create_index("ix_media_request_by_on", "media_request", ["by_on"], unique=False)
    op.create_table(
        "relative",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("called_enc", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("role IN ('partner', 'child', 'parent', 'sibling', 'other')", name=op.f("ck_relative_role")),
        sa.CheckConstraint(
            "birth_year IS NULL OR birth_year BETWEEN 1890 AND 2100", name=op.f("ck_relative_birth_year")
        ),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_relative_key_id_length")),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_relative_days")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_relative_by_user_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_relative_household_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_relative_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relative")),
        sa.UniqueConstraint("code", name=op.f("uq_relative_code")),
        sa.UniqueConstraint("rid", name=op.f("uq_relative_rid")),
    )
    op.create_index("ix_relative_household_id", "relative", ["household_id"], unique=False)
    op.create_index("ix_relative_member_id", "relative", ["member_id"], unique=False)
    op.create_table(
        "consent_revocation",
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_consent_revocation_by_user_id")),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_consent_revocation_consent_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_consent_revocation_member_id")),
        sa.PrimaryKeyConstraint("consent_id", name=op.f("pk_consent_revocation")),
    )
    op.create_index("ix_consent_revocation_member_id", "consent_revocation", ["member_id"], unique=False)
    op.create_table(
        "consent_terms",
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("obtained_by_user_id", sa.Integer(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("renews_consent_id", sa.Integer(), nullable=True),
        sa.Column("guardian_enc", sa.LargeBinary(), nullable=True),
        sa.Column("witness_enc", sa.LargeBinary(), nullable=True),
        sa.Column("withheld_enc", sa.LargeBinary(), nullable=True),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("evidence IN ('paper', 'audio', 'witness')", name=op.f("ck_consent_terms_evidence")),
        sa.CheckConstraint(
            "level IN ('anonymous', 'initials', 'first_name', 'named')", name=op.f("ck_consent_terms_level")
        ),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_consent_terms_key_id_length")),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_consent_terms_consent_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_consent_terms_member_id")),
        sa.ForeignKeyConstraint(
            ["obtained_by_user_id"], ["user_account.id"], name=op.f("fk_consent_terms_obtained_by_user_id")
        ),
        sa.ForeignKeyConstraint(["renews_consent_id"], ["consent.id"], name=op.f("fk_consent_terms_renews_consent_id")),
        sa.PrimaryKeyConstraint("consent_id", name=op.f("pk_consent_terms")),
        sa.UniqueConstraint("rid", name=op.f("uq_consent_terms_rid")),
    )
    op.create_index("ix_consent_terms_member_id", "consent_terms", ["member_id"], unique=False)
    op.create_table(
        "household_place",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("relative_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("in_danger", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("note_enc", sa.LargeBinary(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint(
            "contact IN ('yes', 'through_member', 'no', 'unknown')", name=op.f("ck_household_place_contact")
        ),
        sa.CheckConstraint("in_danger IN ('yes', 'no', 'unknown')", name=op.f("ck_household_place_in_danger")),
        sa.CheckConstraint(
            "place IN ('with_us', 'in_juarez', 'in_mexico', 'detained', 'elsewhere', 'unknown')",
            name=op.f("ck_household_place_place"),
        ),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_household_place_key_id_length")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_household_place_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_household_place_member_id")),
        sa.ForeignKeyConstraint(["relative_id"], ["relative.id"], name=op.f("fk_household_place_relative_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_place")),
        sa.UniqueConstraint("rid", name=op.f("uq_household_place_rid")),
    )
    op.create_index("ix_household_place_member_id", "household_place", ["member_id", "since_on"], unique=False)
    op.create_table(
        "means_promise_end",
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_means_promise_end_by_user_id")),
        sa.ForeignKeyConstraint(["promise_id"], ["means_promise.id"], name=op.f("fk_means_promise_end_promise_id")),
        sa.PrimaryKeyConstraint("promise_id", name=op.f("pk_means_promise_end")),
    )
    op.create_table(
        "media_choice",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_media_choice_by_user_id")),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_media_choice_consent_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_media_choice_member_id")),
        sa.ForeignKeyConstraint(["request_id"], ["media_request.id"], name=op.f("fk_media_choice_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_choice")),
    )
    op.create_index("ix_media_choice_member_id", "media_choice", ["member_id"], unique=False)
    op.create_index("ix_media_choice_request_id", "media_choice", ["request_id"], unique=False)
    op.create_table(
        "media_closure",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_media_closure_by_user_id")),
        sa.ForeignKeyConstraint(["request_id"], ["media_request.id"], name=op.f("fk_media_closure_request_id")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_media_closure")),
    )
    op.create_table(
        "media_consequence",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("followed_on", sa.Date(), nullable=False),
        sa.Column("note_enc", sa.LargeBinary(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_media_consequence_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_media_consequence_member_id")),
        sa.ForeignKeyConstraint(["request_id"], ["media_request.id"], name=op.f("fk_media_consequence_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_consequence")),
        sa.UniqueConstraint("rid", name=op.f("uq_media_consequence_rid")),
    )
    op.create_index("ix_media_consequence_member_id", "media_consequence", ["member_id"], unique=False)
    op.create_index("ix_media_consequence_request_id", "media_consequence", ["request_id"], unique=False)
    op.create_table(
        "media_publication",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("place_enc", sa.LargeBinary(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_media_publication_by_user_id")),
        sa.ForeignKeyConstraint(["request_id"], ["media_request.id"], name=op.f("fk_media_publication_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_publication")),
        sa.UniqueConstraint("rid", name=op.f("uq_media_publication_rid")),
    )
    op.create_index("ix_media_publication_request_id", "media_publication", ["request_id"], unique=False)
    op.create_table(
        "relation",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("relative_id", sa.Integer(), nullable=True),
        sa.Column("other_member_id", sa.Integer(), nullable=False),
        sa.Column("other_relative_id", sa.Integer(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('partner', 'parent', 'sibling', 'grandparent', 'guardian', 'other')",
            name=op.f("ck_relation_kind"),
        ),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_relation_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_relation_member_id")),
        sa.ForeignKeyConstraint(["other_member_id"], ["member.id"], name=op.f("fk_relation_other_member_id")),
        sa.ForeignKeyConstraint(["other_relative_id"], ["relative.id"], name=op.f("fk_relation_other_relative_id")),
        sa.ForeignKeyConstraint(["relative_id"], ["relative.id"], name=op.f("fk_relation_relative_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
    )
    op.create_index("ix_relation_member_id", "relation", ["member_id"], unique=False)
    op.create_index("ix_relation_other_member_id", "relation", ["other_member_id"], unique=False)
    op.create_table(
        "media_answer",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("choice_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer IN ('yes', 'no')", name=op.f("ck_media_answer_answer")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_media_answer_by_user_id")),
        sa.ForeignKeyConstraint(["choice_id"], ["media_choice.id"], name=op.f("fk_media_answer_choice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_answer")),
    )
    op.create_index("ix_media_answer_choice_id", "media_answer", ["choice_id"], unique=False)
    op.create_table(
        "media_withdrawal",
        sa.Column("choice_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_media_withdrawal_by_user_id")),
        sa.ForeignKeyConstraint(["choice_id"], ["media_choice.id"], name=op.f("fk_media_withdrawal_choice_id")),
        sa.PrimaryKeyConstraint("choice_id", name=op.f("pk_media_withdrawal")),
    )
    op.create_table(
        "relation_end",
        sa.Column("relation_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_relation_end_by_user_id")),
        sa.ForeignKeyConstraint(["relation_id"], ["relation.id"], name=op.f("fk_relation_end_relation_id")),
        sa.PrimaryKeyConstraint("relation_id", name=op.f("pk_relation_end")),
    )


def downgrade() -> None:
    op.drop_table("relation_end")
    op.drop_table("media_withdrawal")
    op.drop_index("ix_media_answer_choice_id", table_name="media_answer")
    op.drop_table("media_answer")
    op.drop_index("ix_relation_other_member_id", table_name="relation")
    op.drop_index("ix_relation_member_id", table_name="relation")
    op.drop_table("relation")
    op.drop_index("ix_media_publication_request_id", table_name="media_publication")
    op.drop_table("media_publication")
    op.drop_index("ix_media_consequence_request_id", table_name="media_consequence")
    op.drop_index("ix_media_consequence_member_id", table_name="media_consequence")
    op.drop_table("media_consequence")
    op.drop_table("media_closure")
    op.drop_index("ix_media_choice_request_id", table_name="media_choice")
    op.drop_index("ix_media_choice_member_id", table_name="media_choice")
    op.drop_table("media_choice")
    op.drop_table("means_promise_end")
    op.drop_index("ix_household_place_member_id", table_name="household_place")
    op.drop_table("household_place")
    op.drop_index("ix_consent_terms_member_id", table_name="consent_terms")
    op.drop_table("consent_terms")
    op.drop_index("ix_consent_revocation_member_id", table_name="consent_revocation")
    op.drop_table("consent_revocation")
    op.drop_index("ix_relative_member_id", table_name="relative")
    op.drop_index("ix_relative_household_id", table_name="relative")
    op.drop_table("relative")
    op.drop_index("ix_media_request_by_on", table_name="media_request")
    op.drop_table("media_request")
    op.drop_index("ix_means_promise_member_id", table_name="means_promise")
    op.drop_index("ix_means_promise_household_id", table_name="means_promise")
    op.drop_table("means_promise")
    op.drop_index("ix_means_member_id", table_name="means")
    op.drop_index("ix_means_household_id", table_name="means")
    op.drop_table("means")
