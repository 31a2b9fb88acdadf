"""The tables of members."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("code", name=op.f("uq_household_code")),
        sa.UniqueConstraint("rid", name=op.f("uq_household_rid")),
    )
    op.create_table(
        "import_file",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("length(sha256) = 32", name=op.f("ck_import_file_sha256_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
        sa.UniqueConstraint("sha256", name=op.f("uq_import_file_sha256")),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("alias_enc", sa.LargeBinary(), nullable=True),
        sa.Column("legal_name_enc", sa.LargeBinary(), nullable=True),
        sa.Column("surnames_enc", sa.LargeBinary(), nullable=True),
        sa.Column("preferred_name_enc", sa.LargeBinary(), nullable=True),
        sa.Column("birth_date_enc", sa.LargeBinary(), nullable=True),
        sa.Column("phone_enc", sa.LargeBinary(), nullable=True),
        sa.Column("phone_bidx", sa.LargeBinary(length=32), nullable=True),
        sa.Column("email_enc", sa.LargeBinary(), nullable=True),
        sa.Column("address_enc", sa.LargeBinary(), nullable=True),
        sa.Column("safe_note_enc", sa.LargeBinary(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("pronoun", sa.Text(), nullable=True),
        sa.Column("gender", sa.Text(), nullable=True),
        sa.Column("nationality", sa.Text(), nullable=True),
        sa.Column("origin_state", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("profile", sa.Text(), nullable=True),
        sa.Column("safe_contact", sa.Text(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("name_seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("birth_year IS NULL OR birth_year BETWEEN 1890 AND 2100", name=op.f("ck_member_birth_year")),
        sa.CheckConstraint("language IS NULL OR length(language) = 3", name=op.f("ck_member_language")),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_member_key_id_length")),
        sa.CheckConstraint("nationality IS NULL OR length(nationality) = 2", name=op.f("ck_member_nationality")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("code", name=op.f("uq_member_code")),
        sa.UniqueConstraint("rid", name=op.f("uq_member_rid")),
    )
    op.create_index("ix_member_name_seq", "member", ["name_seq"], unique=False)
    op.create_index("ix_member_phone_bidx", "member", ["phone_bidx"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_from", sa.Text(), nullable=False),
        sa.Column("reason_to", sa.Text(), nullable=True),
        sa.CheckConstraint("to_at IS NULL OR to_at >= from_at", name=op.f("ck_assignment_moments")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_assignment_member_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_assignment_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index("ix_assignment_user_id", "assignment", ["user_id", "member_id"], unique=False)
    op.create_index(
        "uq_assignment_open",
        "assignment",
        ["member_id", "user_id"],
        unique=True,
        sqlite_where=sa.text("to_at IS NULL"),
        postgresql_where=sa.text("to_at IS NULL"),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_consent_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_consent_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index("ix_consent_member_id", "consent", ["member_id"], unique=False)
    op.create_table(
        "household_membership",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "role IN ('head', 'partner', 'child', 'parent', 'sibling', 'other')",
            name=op.f("ck_household_membership_role"),
        ),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_household_membership_days")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_household_membership_household_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_household_membership_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_membership")),
    )
    op.create_index("ix_household_membership_member_id", "household_membership", ["member_id"], unique=False)
    op.create_index(
        "uq_household_membership_head",
        "household_membership",
        ["household_id"],
        unique=True,
        sqlite_where=sa.text("to_on IS NULL AND role = 'head'"),
        postgresql_where=sa.text("to_on IS NULL AND role = 'head'"),
    )
    op.create_index(
        "uq_household_membership_open",
        "household_membership",
        ["household_id", "member_id"],
        unique=True,
        sqlite_where=sa.text("to_on IS NULL"),
        postgresql_where=sa.text("to_on IS NULL"),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("into", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("name_enc", sa.LargeBinary(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint(
            "\"into\" IS NULL OR \"into\" IN ('arrivals', 'members')", name=op.f("ck_import_batch_into")
        ),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_import_batch_key_id_length")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_import_batch_by_user_id")),
        sa.ForeignKeyConstraint(["file_id"], ["import_file.id"], name=op.f("fk_import_batch_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("code", name=op.f("uq_import_batch_code")),
        sa.UniqueConstraint("rid", name=op.f("uq_import_batch_rid")),
    )
    op.create_index("ix_import_batch_at", "import_batch", ["at"], unique=False)
    op.create_index("ix_import_batch_file_id", "import_batch", ["file_id"], unique=False)
    op.create_table(
        "import_mapping",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("into", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("\"into\" IN ('arrivals', 'members')", name=op.f("ck_import_mapping_into")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_import_mapping_by_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
        sa.UniqueConstraint("name", name=op.f("uq_import_mapping_name")),
    )
    op.create_table(
        "member_closure",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_member_closure_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_closure_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_closure")),
    )
    op.create_index("ix_member_closure_member_id", "member_closure", ["member_id"], unique=False)
    op.create_table(
        "arrival_party",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("arrival_date", sa.Date(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("destination", sa.Text(), nullable=True),
        sa.Column("said_enc", sa.LargeBinary(), nullable=True),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("country IS NULL OR length(country) = 2", name=op.f("ck_arrival_party_country")),
        sa.CheckConstraint("destination IS NULL OR length(destination) = 2", name=op.f("ck_arrival_party_destination")),
        sa.CheckConstraint("language IS NULL OR length(language) = 3", name=op.f("ck_arrival_party_language")),
        sa.CheckConstraint("people >= 1", name=op.f("ck_arrival_party_people")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_arrival_party_batch_id")),
        sa.ForeignKeyConstraint(["file_id"], ["import_file.id"], name=op.f("fk_arrival_party_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival_party")),
        sa.UniqueConstraint("rid", name=op.f("uq_arrival_party_rid")),
    )
    op.create_index("ix_arrival_party_arrival_date", "arrival_party", ["arrival_date", "id"], unique=False)
    op.create_index("ix_arrival_party_batch_id", "arrival_party", ["batch_id"], unique=False)
    op.create_index("uq_arrival_party_row", "arrival_party", ["file_id", "row_number"], unique=True)
    op.create_table(
        "import_change",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("into", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before_enc", sa.LargeBinary(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("\"into\" IN ('arrivals', 'members')", name=op.f("ck_import_change_into")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_change_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_change")),
        sa.UniqueConstraint("rid", name=op.f("uq_import_change_rid")),
    )
    op.create_index("ix_import_change_batch_id", "import_change", ["batch_id"], unique=False)
    op.create_table(
        "import_check",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdicts", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("findings_enc", sa.LargeBinary(), nullable=True),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_check_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_import_check")),
        sa.UniqueConstraint("rid", name=op.f("uq_import_check_rid")),
    )
    op.create_table(
        "import_commit",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_commit_batch_id")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_import_commit_by_user_id")),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_import_commit")),
    )
    op.create_table(
        "import_progress",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("step IN ('check', 'commit', 'undo')", name=op.f("ck_import_progress_step")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_progress_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_import_progress")),
    )
    op.create_table(
        "import_undo",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("restored", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_undo_batch_id")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_import_undo_by_user_id")),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_import_undo")),
    )
    op.create_table(
        "import_upload",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("content_enc", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_upload_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_import_upload")),
    )
    op.create_table(
        "imported_member",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_imported_member_batch_id")),
        sa.ForeignKeyConstraint(["file_id"], ["import_file.id"], name=op.f("fk_imported_member_file_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_imported_member_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_member")),
    )
    op.create_index("ix_imported_member_batch_id", "imported_member", ["batch_id"], unique=False)
    op.create_index("ix_imported_member_member_id", "imported_member", ["member_id"], unique=False)
    op.create_index("uq_imported_member_row", "imported_member", ["file_id", "row_number"], unique=True)
    op.create_table(
        "member_reopening",
        sa.Column("closure_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_member_reopening_by_user_id")),
        sa.ForeignKeyConstraint(["closure_id"], ["member_closure.id"], name=op.f("fk_member_reopening_closure_id")),
        sa.PrimaryKeyConstraint("closure_id", name=op.f("pk_member_reopening")),
    )


def downgrade() -> None:
    op.drop_table("member_reopening")
    op.drop_index("uq_imported_member_row", table_name="imported_member")
    op.drop_index("ix_imported_member_member_id", table_name="imported_member")
    op.drop_index("ix_imported_member_batch_id", table_name="imported_member")
    op.drop_table("imported_member")
    op.drop_table("import_upload")
    op.drop_table("import_undo")
    op.drop_table("import_progress")
    op.drop_table("import_commit")
    op.drop_table("import_check")
    op.drop_index("ix_import_change_batch_id", table_name="import_change")
    op.drop_table("import_change")
    op.drop_index("uq_arrival_party_row", table_name="arrival_party")
    op.drop_index("ix_arrival_party_batch_id", table_name="arrival_party")
    op.drop_index("ix_arrival_party_arrival_date", table_name="arrival_party")
    op.drop_table("arrival_party")
    op.drop_index("ix_member_closure_member_id", table_name="member_closure")
    op.drop_table("member_closure")
    op.drop_table("import_mapping")
    op.drop_index("ix_import_batch_file_id", table_name="import_batch")
    op.drop_index("ix_import_batch_at", table_name="import_batch")
    op.drop_table("import_batch")
    op.drop_index(
        "uq_household_membership_open",
        table_name="household_membership",
        sqlite_where=sa.text("to_on IS NULL"),
        postgresql_where=sa.text("to_on IS NULL"),
    )
    op.drop_index(
        "uq_household_membership_head",
        table_name="household_membership",
        sqlite_where=sa.text("to_on IS NULL AND role = 'head'"),
        postgresql_where=sa.text("to_on IS NULL AND role = 'head'"),
    )
    op.drop_index("ix_household_membership_member_id", table_name="household_membership")
    op.drop_table("household_membership")
    op.drop_index("ix_consent_member_id", table_name="consent")
    op.drop_table("consent")
    op.drop_index(
        "uq_assignment_open",
        table_name="assignment",
        sqlite_where=sa.text("to_at IS NULL"),
        postgresql_where=sa.text("to_at IS NULL"),
    )
    op.drop_index("ix_assignment_user_id", table_name="assignment")
    op.drop_table("assignment")
    op.drop_index("ix_member_phone_bidx", table_name="member")
    op.drop_index("ix_member_name_seq", table_name="member")
    op.drop_table("member")
    op.drop_table("import_file")
    op.drop_table("household")
