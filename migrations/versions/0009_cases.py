"""Places, cases and what hangs on them; dates that know their place, their source and who made sure of them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:

    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_es", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("circuit", sa.Integer(), nullable=True),
        sa.Column("office_code", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("circuit IS NULL OR circuit BETWEEN 1 AND 12", name=op.f("ck_place_circuit")),
        sa.CheckConstraint("length(country) = 2", name=op.f("ck_place_country")),
        sa.CheckConstraint("state IS NULL OR length(state) = 2", name=op.f("ck_place_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("code", name=op.f("uq_place_code")),
        sa.UniqueConstraint("name", name=op.f("uq_place_name")),
    )
    op.create_index("ix_place_kind", "place", ["kind"], unique=False)
    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("posture", sa.Text(), nullable=False),
        sa.Column("forum", sa.Text(), nullable=True),
        sa.Column("attorney_user_id", sa.Integer(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_case_key_id_length")),
        sa.ForeignKeyConstraint(["attorney_user_id"], ["user_account.id"], name=op.f("fk_case_attorney_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_case_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("code", name=op.f("uq_case_code")),
        sa.UniqueConstraint("rid", name=op.f("uq_case_rid")),
    )
    op.create_index("ix_case_attorney_user_id", "case", ["attorney_user_id"], unique=False)
    op.create_index("ix_case_member_id", "case", ["member_id"], unique=False)
    op.create_index("ix_case_posture", "case", ["posture"], unique=False)
    op.create_table(
        "case_closure",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_case_closure_by_user_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_closure_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_closure")),
    )
    op.create_index("ix_case_closure_case_id", "case_closure", ["case_id"], unique=False)
    op.create_table(
        "case_person",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("role IN ('lead', 'derivative')", name=op.f("ck_case_person_role")),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_case_person_days")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_person_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_case_person_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_person")),
    )
    op.create_index("ix_case_person_member_id_case_id", "case_person", ["member_id", "case_id"], unique=False)
    op.create_index(
        "uq_case_person_lead",
        "case_person",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("to_on IS NULL AND role = 'lead'"),
        postgresql_where=sa.text("to_on IS NULL AND role = 'lead'"),
    )
    op.create_index(
        "uq_case_person_open",
        "case_person",
        ["case_id", "member_id"],
        unique=True,
        sqlite_where=sa.text("to_on IS NULL"),
        postgresql_where=sa.text("to_on IS NULL"),
    )
    op.create_table(
        "case_relief",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("relief", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_relief_case_id")),
        sa.PrimaryKeyConstraint("case_id", "relief", name=op.f("pk_case_relief")),
    )
    op.create_table(
        "case_reopening",
        sa.Column("closure_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_case_reopening_by_user_id")),
        sa.ForeignKeyConstraint(["closure_id"], ["case_closure.id"], name=op.f("fk_case_reopening_closure_id")),
        sa.PrimaryKeyConstraint("closure_id", name=op.f("pk_case_reopening")),
    )


def downgrade() -> None:

    op.drop_table("case_reopening")
    op.drop_table("case_relief")
    op.drop_index(
        "uq_case_person_open",
        table_name="case_person",
        sqlite_where=sa.text("to_on IS NULL"),
        postgresql_where=sa.text("to_on IS NULL"),
    )
    op.drop_index(
        "uq_case_person_lead",
        table_name="case_person",
        sqlite_where=sa.text("to_on IS NULL AND role = 'lead'"),
        postgresql_where=sa.text("to_on IS NULL AND role = 'lead'"),
    )
    op.drop_index("ix_case_person_member_id_case_id", table_name="case_person")
    op.drop_table("case_person")
    op.drop_index("ix_case_closure_case_id", table_name="case_closure")
    op.drop_table("case_closure")
    op.drop_index("ix_case_posture", table_name="case")
    op.drop_index("ix_case_member_id", table_name="case")
    op.drop_index("ix_case_attorney_user_id", table_name="case")
    op.drop_table("case")
    op.drop_index("ix_place_kind", table_name="place")
    op.drop_table("place")
