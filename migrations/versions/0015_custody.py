"""Emergency access, custody, the alert and who is in line for it, ready to go, not out yet."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
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


def downgrade() -> None:
    op.drop_index("ix_emergency_review_member_id", table_name="emergency_review")
    op.drop_table("emergency_review")
    op.drop_index("ix_emergency_access_user_id_until_at", table_name="emergency_access")
    op.drop_index("ix_emergency_access_member_id", table_name="emergency_access")
    op.drop_table("emergency_access")
