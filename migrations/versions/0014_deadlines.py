"""Deadlines that know their rule and its version, their history, closings, clocks and proposals to reckon anew."""

import sqlalchemy as sa
from alembic import op

from mexile.ground.db import append_only_sql

revision = "0014"
down_revision = "0013"

OLD_COLUMNS = "id, code, member_id, rule_code, due_on, internal_on, fatal, owner_user_id, why_en, why_es"
APPEND_ONLY = ("deadline_rule", "deadline_rule_review", "deadline_past")


def _old_columns() -> list[sa.Column]:
    return [
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
    ]


def _old_constraints() -> list[sa.Constraint]:
    return [
        sa.CheckConstraint(
            "internal_on IS NULL OR internal_on <= due_on", name=op.f("ck_deadline_target_before_limit")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_deadline_member_id")),
        sa.ForeignKeyConstraint(["owner_user_id"], ["user_account.id"], name=op.f("fk_deadline_owner_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.UniqueConstraint("code", name=op.f("uq_deadline_code")),
    ]


def _old_indexes() -> None:
    op.create_index("ix_deadline_due_on", "deadline", ["due_on"], unique=False)
    op.create_index("ix_deadline_member_id_due_on", "deadline", ["member_id", "due_on"], unique=False)
    op.create_index("ix_deadline_owner_user_id_due_on", "deadline", ["owner_user_id", "due_on"], unique=False)


def _put_aside() -> None:
    """Both tables are made anew: nothing else points at them yet."""
    for table in ("deadline_closure", "deadline"):
        op.execute(f"CREATE TABLE {table}_before AS SELECT * FROM {table}")  # noqa: S608
        op.drop_table(table)


def _go_on_counting(table: str) -> None:
    """PostgreSQL's counter starts behind the rows that were put back."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table} HAVING max(id) IS NOT NULL"  # noqa: S608
        )


def _deadlines_anew() -> None:
    """By which rule, from which day, with what; both who answer for it."""
    op.create_table(
        "deadline",
        *_old_columns(),
        sa.Column("severity", sa.Text(), server_default="routine", nullable=False),
        sa.Column("side", sa.Text(), server_default="last_day", nullable=False),
        sa.Column("trigger_on", sa.Date(), nullable=True),
        sa.Column("computed_on", sa.Date(), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=True),
        sa.Column("inputs", sa.Text(), server_default="{}", nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("second_owner_user_id", sa.Integer(), nullable=True),
        sa.Column("set_by_user_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
        *_old_constraints(),
        sa.CheckConstraint("severity IN ('fatal', 'serious', 'routine')", name=op.f("ck_deadline_severity")),
        sa.CheckConstraint("side IN ('last_day', 'first_day', 'their_day')", name=op.f("ck_deadline_side")),
        sa.ForeignKeyConstraint(["rule_id"], ["deadline_rule.id"], name=op.f("fk_deadline_rule_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_deadline_case_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_deadline_event_id")),
        sa.ForeignKeyConstraint(
            ["second_owner_user_id"], ["user_account.id"], name=op.f("fk_deadline_second_owner_user_id")
        ),
        sa.ForeignKeyConstraint(["set_by_user_id"], ["user_account.id"], name=op.f("fk_deadline_set_by_user_id")),
    )
    op.execute(
        f"INSERT INTO deadline ({OLD_COLUMNS}, severity) "  # noqa: S608
        f"SELECT {OLD_COLUMNS}, CASE WHEN fatal THEN 'fatal' ELSE 'routine' END FROM deadline_before"
    )
    op.drop_table("deadline_before")
    _go_on_counting("deadline")
    _old_indexes()
    for column in ("event_id", "rule_code", "second_owner_user_id"):
        op.create_index(f"ix_deadline_{column}", "deadline", [column], unique=False)


def _closures_anew() -> None:
    """A closure can be taken back and made again, so it has a number of its own, a reason from a
    list and a sealed note. What was closed before was done."""
    op.create_table(
        "deadline_closure",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note_enc", sa.LargeBinary(), nullable=True),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint(
            "reason IN ('done', 'waived', 'missed', 'set_aside')", name=op.f("ck_deadline_closure_reason")
        ),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_deadline_closure_by_user_id")),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name=op.f("fk_deadline_closure_deadline_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_deadline_closure_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_closure")),
        sa.UniqueConstraint("rid", name=op.f("uq_deadline_closure_rid")),
    )
    op.create_index("ix_deadline_closure_deadline_id", "deadline_closure", ["deadline_id"], unique=False)
    # Nothing is sealed under these: sixteen bytes of chance that no other row has.
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    chance = "randomblob(16)" if is_sqlite else "decode(md5(random()::text || old.deadline_id), 'hex')"
    op.execute(
        "INSERT INTO deadline_closure (key_id, deadline_id, member_id, by_user_id, at, reason, rid) "  # noqa: S608
        f"SELECT member.key_id, old.deadline_id, member.id, old.by_user_id, old.at, 'done', {chance} "
        "FROM deadline_closure_before old JOIN deadline ON deadline.id = old.deadline_id "
        "JOIN member ON member.id = deadline.member_id".replace("::", r"\:\:")
    )
    op.drop_table("deadline_closure_before")


def upgrade() -> None:
    _put_aside()
    op.create_table(
        "closing",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("es", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_closing_by_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing")),
    )
    op.create_index("ix_closing_on", "closing", ["on"], unique=False)
    op.create_table(
        "closing_revocation",
        sa.Column("closing_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_closing_revocation_by_user_id")),
        sa.ForeignKeyConstraint(["closing_id"], ["closing.id"], name=op.f("fk_closing_revocation_closing_id")),
        sa.PrimaryKeyConstraint("closing_id", name=op.f("pk_closing_revocation")),
    )
    op.create_table(
        "deadline_rule",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("weekend", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("internal_target", sa.Text(), nullable=True),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("verify", sa.Boolean(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("label_es", sa.Text(), nullable=False),
        sa.Column("notes_en", sa.Text(), nullable=False),
        sa.Column("notes_es", sa.Text(), nullable=False),
        sa.Column("marker", sa.Integer(), nullable=True),
        sa.Column("marker_en", sa.Text(), nullable=False),
        sa.Column("marker_es", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "direction IN ('after', 'before', 'earliest', 'on')", name=op.f("ck_deadline_rule_direction")
        ),
        sa.CheckConstraint("severity IN ('fatal', 'serious', 'routine')", name=op.f("ck_deadline_rule_severity")),
        sa.CheckConstraint("side IN ('last_day', 'first_day', 'their_day')", name=op.f("ck_deadline_rule_side")),
        sa.CheckConstraint(
            "status IN ('in_force', 'proposed', 'vacated', 'superseded', 'enjoined')",
            name=op.f("ck_deadline_rule_status"),
        ),
        sa.CheckConstraint(
            "unit IN ('year', 'month', 'calendar_day', 'working_day', 'business_day', 'clock_day')",
            name=op.f("ck_deadline_rule_unit"),
        ),
        sa.CheckConstraint(
            "weekend IN ('next_business_day', 'prev_business_day', 'working_days_only', 'business_days_only', 'none')",
            name=op.f("ck_deadline_rule_weekend"),
        ),
        sa.CheckConstraint("length >= 0", name=op.f("ck_deadline_rule_length")),
        sa.CheckConstraint("to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name=op.f("ck_deadline_rule_days")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_deadline_rule_by_user_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["deadline_rule.id"], name=op.f("fk_deadline_rule_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_rule")),
    )
    op.create_index("uq_deadline_rule_code_version", "deadline_rule", ["code", "version"], unique=True)
    op.create_index("uq_deadline_rule_replaces_id", "deadline_rule", ["replaces_id"], unique=True)
    op.create_table(
        "deadline_rule_review",
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_deadline_rule_review_by_user_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["deadline_rule.id"], name=op.f("fk_deadline_rule_review_rule_id")),
        sa.PrimaryKeyConstraint("rule_id", name=op.f("pk_deadline_rule_review")),
    )
    _deadlines_anew()
    _closures_anew()
    op.create_table(
        "deadline_past",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("internal_on", sa.Date(), nullable=True),
        sa.Column("trigger_on", sa.Date(), nullable=True),
        sa.Column("computed_on", sa.Date(), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=True),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("owner_user_id", sa.Integer(), nullable=True),
        sa.Column("second_owner_user_id", sa.Integer(), nullable=True),
        sa.Column("why_en", sa.Text(), nullable=False),
        sa.Column("why_es", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_deadline_past_by_user_id")),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name=op.f("fk_deadline_past_deadline_id")),
        sa.ForeignKeyConstraint(["owner_user_id"], ["user_account.id"], name=op.f("fk_deadline_past_owner_user_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["deadline_rule.id"], name=op.f("fk_deadline_past_rule_id")),
        sa.ForeignKeyConstraint(
            ["second_owner_user_id"], ["user_account.id"], name=op.f("fk_deadline_past_second_owner_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_past")),
    )
    op.create_index("ix_deadline_past_deadline_id", "deadline_past", ["deadline_id"], unique=False)
    op.create_table(
        "deadline_reopening",
        sa.Column("closure_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_deadline_reopening_by_user_id")),
        sa.ForeignKeyConstraint(["closure_id"], ["deadline_closure.id"], name=op.f("fk_deadline_reopening_closure_id")),
        sa.PrimaryKeyConstraint("closure_id", name=op.f("pk_deadline_reopening")),
    )
    op.create_table(
        "recompute",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("cause IN ('rule', 'closing', 'trigger', 'clock', 'all')", name=op.f("ck_recompute_cause")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_recompute_by_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recompute")),
        sa.UniqueConstraint("code", name=op.f("uq_recompute_code")),
    )
    op.create_table(
        "recompute_line",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("recompute_id", sa.Integer(), nullable=False),
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("old_due_on", sa.Date(), nullable=False),
        sa.Column("old_internal_on", sa.Date(), nullable=True),
        sa.Column("old_rule_id", sa.Integer(), nullable=True),
        sa.Column("old_trigger_on", sa.Date(), nullable=True),
        sa.Column("new_due_on", sa.Date(), nullable=True),
        sa.Column("new_internal_on", sa.Date(), nullable=True),
        sa.Column("new_computed_on", sa.Date(), nullable=True),
        sa.Column("new_trigger_on", sa.Date(), nullable=True),
        sa.Column("new_rule_id", sa.Integer(), nullable=True),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("why_en", sa.Text(), nullable=False),
        sa.Column("why_es", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name=op.f("fk_recompute_line_deadline_id")),
        sa.ForeignKeyConstraint(["new_rule_id"], ["deadline_rule.id"], name=op.f("fk_recompute_line_new_rule_id")),
        sa.ForeignKeyConstraint(["old_rule_id"], ["deadline_rule.id"], name=op.f("fk_recompute_line_old_rule_id")),
        sa.ForeignKeyConstraint(["recompute_id"], ["recompute.id"], name=op.f("fk_recompute_line_recompute_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recompute_line")),
    )
    op.create_index("ix_recompute_line_recompute_id", "recompute_line", ["recompute_id"], unique=False)
    op.create_table(
        "recompute_answer",
        sa.Column("recompute_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer IN ('confirmed', 'discarded')", name=op.f("ck_recompute_answer_answer")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_recompute_answer_by_user_id")),
        sa.ForeignKeyConstraint(["recompute_id"], ["recompute.id"], name=op.f("fk_recompute_answer_recompute_id")),
        sa.PrimaryKeyConstraint("recompute_id", name=op.f("pk_recompute_answer")),
    )
    op.create_table(
        "clock_segment",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "cause IN ('filing', 'applicant', 'government', 'court', 'neutral', 'denial')",
            name=op.f("ck_clock_segment_cause"),
        ),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_clock_segment_days")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_clock_segment_by_user_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_clock_segment_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_clock_segment_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_segment")),
    )
    op.create_index("ix_clock_segment_member_id_from_on", "clock_segment", ["member_id", "from_on"], unique=False)
    op.create_table(
        "clock_segment_void",
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_clock_segment_void_by_user_id")),
        sa.ForeignKeyConstraint(["segment_id"], ["clock_segment.id"], name=op.f("fk_clock_segment_void_segment_id")),
        sa.PrimaryKeyConstraint("segment_id", name=op.f("pk_clock_segment_void")),
    )
    op.create_table(
        "work_permit",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= issued_on", name=op.f("ck_work_permit_days")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_work_permit_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_work_permit_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_permit")),
    )
    op.create_index("ix_work_permit_member_id_ends_on", "work_permit", ["member_id", "ends_on"], unique=False)
    op.create_table(
        "one_year_exception",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("evidence_enc", sa.LargeBinary(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_one_year_exception_key_id_length")),
        sa.CheckConstraint("until_on IS NULL OR until_on >= since_on", name=op.f("ck_one_year_exception_days")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_one_year_exception_by_user_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_one_year_exception_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_year_exception")),
        sa.UniqueConstraint("rid", name=op.f("uq_one_year_exception_rid")),
    )
    op.create_index("ix_one_year_exception_member_id", "one_year_exception", ["member_id"], unique=False)
    op.create_table(
        "one_year_exception_answer",
        sa.Column("exception_id", sa.Integer(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"], ["user_account.id"], name=op.f("fk_one_year_exception_answer_by_user_id")
        ),
        sa.ForeignKeyConstraint(
            ["exception_id"], ["one_year_exception.id"], name=op.f("fk_one_year_exception_answer_exception_id")
        ),
        sa.PrimaryKeyConstraint("exception_id", name=op.f("pk_one_year_exception_answer")),
    )
    for table in APPEND_ONLY:
        for statement in append_only_sql(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("one_year_exception_answer")
    op.drop_table("one_year_exception")
    op.drop_table("work_permit")
    op.drop_table("clock_segment_void")
    op.drop_table("clock_segment")
    op.drop_table("recompute_answer")
    op.drop_table("recompute_line")
    op.drop_table("recompute")
    op.drop_table("deadline_reopening")
    op.drop_table("deadline_past")
    op.execute(
        "DELETE FROM deadline_closure WHERE id NOT IN (SELECT max(id) FROM deadline_closure GROUP BY deadline_id)"
    )
    _put_aside()
    op.create_table("deadline", *_old_columns(), *_old_constraints())
    op.execute(f"INSERT INTO deadline ({OLD_COLUMNS}) SELECT {OLD_COLUMNS} FROM deadline_before")  # noqa: S608
    op.drop_table("deadline_before")
    _go_on_counting("deadline")
    _old_indexes()
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
    op.execute(
        "INSERT INTO deadline_closure (deadline_id, by_user_id, at, reason) "
        "SELECT deadline_id, by_user_id, at, reason FROM deadline_closure_before"
    )
    op.drop_table("deadline_closure_before")
    op.drop_table("deadline_rule_review")
    op.drop_table("deadline_rule")
    op.drop_table("closing_revocation")
    op.drop_table("closing")
