"""The tables of what is known of a person: persecutors, details, contacts, entries, plans, pauses, places."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
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


def downgrade() -> None:
    op.drop_index("ix_member_persecutor_name_bidx", table_name="member_persecutor")
    op.drop_index("ix_member_persecutor_member_id", table_name="member_persecutor")
    op.drop_index("ix_member_persecutor_kind", table_name="member_persecutor")
    op.drop_table("member_persecutor")
