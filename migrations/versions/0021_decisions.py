"""An outcome says what was decided; a decision of a proceeding can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.execute("ALTER TABLE outcome_sheet ADD COLUMN decision TEXT")
    with op.batch_alter_table("proceeding_decision") as decision:
        decision.add_column(sa.Column("event_id", sa.Integer(), nullable=True))
        decision.create_foreign_key("fk_proceeding_decision_event_id", "event", ["event_id"], ["id"])
    op.create_table(
        "proceeding_decision_void",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"], ["user_account.id"], name=op.f("fk_proceeding_decision_void_by_user_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["proceeding_decision.id"],
            name=op.f("fk_proceeding_decision_void_decision_id"),
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_proceeding_decision_void")),
    )


def downgrade() -> None:
    op.drop_table("proceeding_decision_void")
    with op.batch_alter_table("proceeding_decision") as decision:
        decision.drop_constraint("fk_proceeding_decision_event_id", type_="foreignkey")
        decision.drop_column("event_id")
    with op.batch_alter_table("outcome_sheet") as sheet:
        sheet.drop_column("decision")
