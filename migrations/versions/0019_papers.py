"""A paper stands with the event or the consent that it shows."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "document_link",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("consent_id", sa.Integer(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(event_id IS NULL) <> (consent_id IS NULL)", name=op.f("ck_document_link_one_end")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_document_link_by_user_id")),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_document_link_consent_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_link_document_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_document_link_event_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_document_link_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_link")),
    )
    op.create_index("ix_document_link_document_id", "document_link", ["document_id"], unique=False)
    op.create_index("ix_document_link_member_id", "document_link", ["member_id"], unique=False)
    op.create_index("uq_document_link_consent_id", "document_link", ["consent_id", "document_id"], unique=True)
    op.create_index("uq_document_link_event_id", "document_link", ["event_id", "document_id"], unique=True)


def downgrade() -> None:
    op.drop_table("document_link")
