"""What those who walk along are told: where they meet the person, and a note. Sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "event_note",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("meeting_point_enc", sa.LargeBinary(), nullable=True),
        sa.Column("note_enc", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_event_note_key_id_length")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_note_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_note")),
        sa.UniqueConstraint("rid", name=op.f("uq_event_note_rid")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_note_event_id")),
    )


def downgrade() -> None:
    op.drop_table("event_note")
