"""The tables of cases."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "deadline",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("rule_code", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("internal_on", sa.Date(), nullable=True),
        sa.Column("fatal", sa.Boolean(), nullable=False),
        sa.Column("owner_user_id", sa.Integer(), nullable=True),
        sa.Column("why_en", sa.Text(), nullable=False),
        sa.Column("why_es", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "internal_on IS NULL OR internal_on <= due_on", name=op.f("ck_deadline_target_before_limit")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_deadline_member_id")),
        sa.ForeignKeyConstraint(["owner_user_id"], ["user_account.id"], name=op.f("fk_deadline_owner_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.UniqueConstraint("code", name=op.f("uq_deadline_code")),
    )
    op.create_index("ix_deadline_due_on", "deadline", ["due_on"], unique=False)
    op.create_index("ix_deadline_member_id_due_on", "deadline", ["member_id", "due_on"], unique=False)
    op.create_index("ix_deadline_owner_user_id_due_on", "deadline", ["owner_user_id", "due_on"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("owner_user_id", sa.Integer(), nullable=True),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("at IS NULL OR precision = 'exact'", name=op.f("ck_event_hour_needs_exact_day")),
        sa.CheckConstraint(
            "kind IN ('hearing', 'ice_checkin', 'biometrics', 'interview', 'visit', 'food_table', 'group', 'other')",
            name=op.f("ck_event_kind"),
        ),
        sa.CheckConstraint("mode IN ('in_person', 'phone', 'video', 'message')", name=op.f("ck_event_mode")),
        sa.CheckConstraint("precision IN ('exact', 'day', 'month', 'unknown')", name=op.f("ck_event_precision")),
        sa.CheckConstraint("(precision = 'unknown') = (\"on\" IS NULL)", name=op.f("ck_event_unknown_has_no_day")),
        sa.ForeignKeyConstraint(["owner_user_id"], ["user_account.id"], name=op.f("fk_event_owner_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("code", name=op.f("uq_event_code")),
        sa.UniqueConstraint("rid", name=op.f("uq_event_rid")),
    )
    op.create_index("ix_event_on_at", "event", ["on", "at"], unique=False)
    op.create_index("ix_event_owner_user_id_on", "event", ["owner_user_id", "on"], unique=False)
    op.create_table(
        "deadline_closure",
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_deadline_closure_by_user_id")),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name=op.f("fk_deadline_closure_deadline_id")),
        sa.PrimaryKeyConstraint("deadline_id", name=op.f("pk_deadline_closure")),
    )
    op.create_table(
        "event_companion",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('accompanier', 'driver', 'interpreter', 'observer', 'childcare')",
            name=op.f("ck_event_companion_role"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_companion_event_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_event_companion_user_id")),
        sa.PrimaryKeyConstraint("event_id", "user_id", name=op.f("pk_event_companion")),
    )
    op.create_index("ix_event_companion_user_id_event_id", "event_companion", ["user_id", "event_id"], unique=False)
    op.create_table(
        "event_outcome",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_event_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('done', 'continued', 'no_show', 'detained', 'cancelled')",
            name=op.f("ck_event_outcome_outcome"),
        ),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_event_outcome_by_user_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_outcome_event_id")),
        sa.ForeignKeyConstraint(["next_event_id"], ["event.id"], name=op.f("fk_event_outcome_next_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_outcome")),
    )
    op.create_index("ix_event_outcome_event_id", "event_outcome", ["event_id"], unique=False)
    op.create_table(
        "event_person",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_person_event_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_event_person_member_id")),
        sa.PrimaryKeyConstraint("event_id", "member_id", name=op.f("pk_event_person")),
    )
    op.create_index("ix_event_person_member_id_event_id", "event_person", ["member_id", "event_id"], unique=False)
    op.create_table(
        "event_outcome_void",
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_event_outcome_void_by_user_id")),
        sa.ForeignKeyConstraint(["outcome_id"], ["event_outcome.id"], name=op.f("fk_event_outcome_void_outcome_id")),
        sa.PrimaryKeyConstraint("outcome_id", name=op.f("pk_event_outcome_void")),
    )


def downgrade() -> None:
    op.drop_table("event_outcome_void")
    op.drop_index("ix_event_person_member_id_event_id", table_name="event_person")
    op.drop_table("event_person")
    op.drop_index("ix_event_outcome_event_id", table_name="event_outcome")
    op.drop_table("event_outcome")
    op.drop_index("ix_event_companion_user_id_event_id", table_name="event_companion")
    op.drop_table("event_companion")
    op.drop_table("deadline_closure")
    op.drop_index("ix_event_owner_user_id_on", table_name="event")
    op.drop_index("ix_event_on_at", table_name="event")
    op.drop_table("event")
    op.drop_index("ix_deadline_owner_user_id_due_on", table_name="deadline")
    op.drop_index("ix_deadline_member_id_due_on", table_name="deadline")
    op.drop_index("ix_deadline_due_on", table_name="deadline")
    op.drop_table("deadline")
