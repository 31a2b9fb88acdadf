"""The tables of services."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "service_type",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("es", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words_en", sa.Text(), nullable=False),
        sa.Column("words_es", sa.Text(), nullable=False),
        sa.CheckConstraint("mode IN ('in_person', 'phone', 'video', 'message')", name=op.f("ck_service_type_mode")),
        sa.CheckConstraint(
            "unit IN ('hours', 'units', 'usd', 'people', 'nights', 'pages')",
            name=op.f("ck_service_type_unit"),
        ),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name=op.f("ck_service_type_minutes")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_service_type")),
    )
    op.create_table(
        "service",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("type_code", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.Column("note_enc", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("mode IN ('in_person', 'phone', 'video', 'message')", name=op.f("ck_service_mode")),
        sa.CheckConstraint("unit <> 'usd' OR amount_cents IS NOT NULL", name=op.f("ck_service_dollars_have_amount")),
        sa.CheckConstraint(
            "unit IN ('hours', 'units', 'usd', 'people', 'nights', 'pages')", name=op.f("ck_service_unit")
        ),
        sa.CheckConstraint("amount_cents IS NULL OR amount_cents >= 0", name=op.f("ck_service_amount")),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name=op.f("ck_service_minutes")),
        sa.CheckConstraint("note_enc IS NULL OR key_id IS NOT NULL", name=op.f("ck_service_note_has_key")),
        sa.CheckConstraint("others >= 0", name=op.f("ck_service_others")),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_service_quantity")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_service_by_user_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_service_event_id")),
        sa.ForeignKeyConstraint(["type_code"], ["service_type.code"], name=op.f("fk_service_type_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
        sa.UniqueConstraint("code", name=op.f("uq_service_code")),
        sa.UniqueConstraint("id", "on", "type_code", name=op.f("uq_service_id_on_type_code")),
        sa.UniqueConstraint("rid", name=op.f("uq_service_rid")),
    )
    op.create_index("ix_service_by_user_id_logged_at", "service", ["by_user_id", "logged_at"], unique=False)
    op.create_index("ix_service_event_id", "service", ["event_id"], unique=False)
    op.create_index("ix_service_on_id", "service", ["on", "id"], unique=False)
    op.create_index(
        "ix_service_type_code_on",
        "service",
        ["type_code", "on", "id", "minutes", "quantity", "amount_cents"],
        unique=False,
    )
    op.create_table(
        "service_person",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("type_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_service_person_member_id")),
        sa.ForeignKeyConstraint(
            ["service_id", "on", "type_code"],
            ["service.id", "service.on", "service.type_code"],
            name="fk_service_person_act",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("service_id", "member_id", name=op.f("pk_service_person")),
    )
    op.create_index(
        "ix_service_person_member_id_on",
        "service_person",
        ["member_id", "on", "type_code", "service_id"],
        unique=False,
    )
    op.create_index(
        "ix_service_person_on_type",
        "service_person",
        ["on", "type_code", "member_id", "service_id"],
        unique=False,
    )
    op.create_index(
        "ix_service_person_type_on",
        "service_person",
        ["type_code", "on", "member_id", "service_id"],
        unique=False,
    )
    op.create_table(
        "service_void",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_service_void_by_user_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_void_service_id")),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_service_void")),
    )


def downgrade() -> None:
    op.drop_table("service_void")
    op.drop_index("ix_service_person_type_on", table_name="service_person")
    op.drop_index("ix_service_person_on_type", table_name="service_person")
    op.drop_index("ix_service_person_member_id_on", table_name="service_person")
    op.drop_table("service_person")
    op.drop_index("ix_service_type_code_on", table_name="service")
    op.drop_index("ix_service_on_id", table_name="service")
    op.drop_index("ix_service_event_id", table_name="service")
    op.drop_index("ix_service_by_user_id_logged_at", table_name="service")
    op.drop_table("service")
    op.drop_table("service_type")
