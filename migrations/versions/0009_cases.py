"""Places, cases and what hangs on them; dates that know their place, their source and who made sure of them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


KINDS = "'hearing', 'ice_checkin', 'biometrics', 'interview', 'visit', 'food_table', 'group', 'other'"
OLD_CHECKS = {
    "ck_event_kind": f"kind IN ({KINDS})",
    "ck_event_precision": "precision IN ('exact', 'day', 'month', 'unknown')",
    "ck_event_unknown_has_no_day": "(precision = 'unknown') = (\"on\" IS NULL)",
}
CHECKS = {
    "ck_event_kind": f"kind IN ({KINDS}, 'fee_due', 'filing')",
    "ck_event_precision": "precision IN ('exact', 'day', 'month', 'to_be_set', 'unknown')",
    "ck_event_unknown_has_no_day": "(precision IN ('to_be_set', 'unknown')) = (\"on\" IS NULL)",
    "ck_event_fold": "fold IS NULL OR fold IN (0, 1)",
    "ck_event_stale_days": "stale_days BETWEEN 1 AND 365",
}
COLUMNS = (
    ("fold", "INTEGER"),
    ("place_id", "INTEGER"),
    ("room", "TEXT"),
    ("case_id", "INTEGER"),
    ("proceeding_id", "INTEGER"),
    ("hearing_type", "TEXT"),
    ("source", "TEXT"),
    ("verified_at", "{moment}"),
    ("verified_by_user_id", "INTEGER"),
    ("stale_days", "INTEGER DEFAULT '7' NOT NULL"),
    ("version", "INTEGER DEFAULT '1' NOT NULL"),
)
KEYS = {
    "place_id": "place",
    "case_id": '"case"',
    "proceeding_id": "proceeding",
    "verified_by_user_id": "user_account",
}


def _widen_event() -> None:
    """More kinds of date, and what a date must know of its place, its case and its source."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    moment = "DATETIME" if is_sqlite else "TIMESTAMP WITH TIME ZONE"
    for name, kind in COLUMNS:
        op.execute(f"ALTER TABLE event ADD COLUMN {name} {kind.format(moment=moment)}")
    if is_sqlite:
        _say_anew(OLD_CHECKS, CHECKS)
    else:
        for name in OLD_CHECKS:
            op.execute(f"ALTER TABLE event DROP CONSTRAINT {name}")
        for name, check in CHECKS.items():
            op.execute(f"ALTER TABLE event ADD CONSTRAINT {name} CHECK ({check})")
        for column, table in KEYS.items():
            op.execute(
                f"ALTER TABLE event ADD CONSTRAINT fk_event_{column} FOREIGN KEY ({column}) REFERENCES {table} (id)"
            )
    op.create_index("ix_event_case_id", "event", ["case_id"], unique=False)


def _say_anew(old: dict[str, str], new: dict[str, str]) -> None:
    """SQLite can't change a constraint. Rebuilding a table that others point at would break what
    points at it, so its own text is changed, as https://www.sqlite.org/lang_altertable.html allows
    for constraints: no row changes, and every row that stands keeps to the wider ones."""
    bind = op.get_bind()
    text = bind.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'event'").scalar()
    for name, check in old.items():
        said = f"CONSTRAINT {name} CHECK ({check})"
        assert said in text, name
        text = text.replace(said, f"CONSTRAINT {name} CHECK ({new[name]})")
    more = [f"CONSTRAINT {name} CHECK ({check})" for name, check in new.items() if name not in old]
    more += [
        f"CONSTRAINT fk_event_{column} FOREIGN KEY({column}) REFERENCES {table} (id)" for column, table in KEYS.items()
    ]
    text = text[: text.rindex(")")] + ", " + ", ".join(more) + ")"
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar()
    bind.exec_driver_sql("PRAGMA writable_schema=ON")
    bind.exec_driver_sql("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = 'event'", (text,))
    bind.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema=RESET")
    assert bind.exec_driver_sql("PRAGMA integrity_check(event)").scalar() == "ok"


def _narrow_event() -> None:
    raise NotImplementedError("a backup is the way back from here")


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
        "judge",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("appointed_on", sa.Date(), nullable=True),
        sa.Column("administration", sa.Text(), nullable=True),
        sa.Column("background", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_judge_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judge")),
        sa.UniqueConstraint("code", name=op.f("uq_judge_code")),
    )
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
        "case_delegation",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("to_at IS NULL OR to_at >= from_at", name=op.f("ck_case_delegation_moments")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_case_delegation_by_user_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_delegation_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_case_delegation_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_delegation")),
    )
    op.create_index(
        "uq_case_delegation_open",
        "case_delegation",
        ["case_id", "user_id"],
        unique=True,
        sqlite_where=sa.text("to_at IS NULL"),
        postgresql_where=sa.text("to_at IS NULL"),
    )
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
        "case_theory",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("grounds_enc", sa.LargeBinary(), nullable=True),
        sa.Column("social_group_enc", sa.LargeBinary(), nullable=True),
        sa.Column("nexus_enc", sa.LargeBinary(), nullable=True),
        sa.Column("persecutors_enc", sa.LargeBinary(), nullable=True),
        sa.Column("relocation_enc", sa.LargeBinary(), nullable=True),
        sa.Column("relocation_words_enc", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_case_theory_key_id_length")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_theory_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_case_theory_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_theory")),
        sa.UniqueConstraint("case_id", name=op.f("uq_case_theory_case_id")),
        sa.UniqueConstraint("rid", name=op.f("uq_case_theory_rid")),
    )
    op.create_index("ix_case_theory_member_id", "case_theory", ["member_id"], unique=False)
    op.create_table(
        "mpp",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("placed_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("asked_of", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name=op.f("ck_mpp_answer_has_day")),
        sa.CheckConstraint("answer IS NULL OR asked_on IS NOT NULL", name=op.f("ck_mpp_asked_before_answer")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_mpp_by_user_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_mpp_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_mpp_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mpp")),
    )
    op.create_index("ix_mpp_case_id", "mpp", ["case_id"], unique=False)
    op.create_index("ix_mpp_member_id", "mpp", ["member_id"], unique=False)
    op.create_table(
        "proceeding",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("judge_id", sa.Integer(), nullable=True),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_proceeding_case_id")),
        sa.ForeignKeyConstraint(["judge_id"], ["judge.id"], name=op.f("fk_proceeding_judge_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_proceeding_member_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_proceeding_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceeding")),
        sa.UniqueConstraint("code", name=op.f("uq_proceeding_code")),
    )
    op.create_index("ix_proceeding_case_id", "proceeding", ["case_id"], unique=False)
    op.create_index("ix_proceeding_member_id", "proceeding", ["member_id"], unique=False)
    op.create_table(
        "case_reopening",
        sa.Column("closure_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_case_reopening_by_user_id")),
        sa.ForeignKeyConstraint(["closure_id"], ["case_closure.id"], name=op.f("fk_case_reopening_closure_id")),
        sa.PrimaryKeyConstraint("closure_id", name=op.f("pk_case_reopening")),
    )
    op.create_table(
        "proceeding_decision",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("proceeding_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_proceeding_decision_by_user_id")),
        sa.ForeignKeyConstraint(
            ["proceeding_id"], ["proceeding.id"], name=op.f("fk_proceeding_decision_proceeding_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceeding_decision")),
    )
    op.create_index("ix_proceeding_decision_proceeding_id", "proceeding_decision", ["proceeding_id"], unique=False)
    op.create_table(
        "event_check",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("was_on", sa.Date(), nullable=True),
        sa.Column("was_at", sa.Time(), nullable=True),
        sa.Column("was_zone", sa.Text(), nullable=True),
        sa.Column("was_precision", sa.Text(), nullable=True),
        sa.Column("was_place", sa.Text(), nullable=True),
        sa.CheckConstraint("answer IN ('same', 'changed', 'edited')", name=op.f("ck_event_check_answer")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_event_check_by_user_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_check_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_check")),
    )
    op.create_index("ix_event_check_event_id", "event_check", ["event_id"], unique=False)
    op.create_table(
        "outcome_sheet",
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("clock_cause", sa.Text(), nullable=True),
        sa.Column("interpreter", sa.Text(), nullable=True),
        sa.Column("attorney", sa.Text(), nullable=True),
        sa.Column("enforcement_seen", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "attorney IS NULL OR attorney IN ('ours', 'other', 'none')", name=op.f("ck_outcome_sheet_attorney")
        ),
        sa.CheckConstraint(
            "clock_cause IS NULL OR clock_cause IN ('applicant', 'government', 'court', 'neutral')",
            name=op.f("ck_outcome_sheet_clock_cause"),
        ),
        sa.CheckConstraint(
            "interpreter IS NULL OR interpreter IN ('in_room', 'phone', 'none', 'not_needed')",
            name=op.f("ck_outcome_sheet_interpreter"),
        ),
        sa.ForeignKeyConstraint(["outcome_id"], ["event_outcome.id"], name=op.f("fk_outcome_sheet_outcome_id")),
        sa.PrimaryKeyConstraint("outcome_id", name=op.f("pk_outcome_sheet")),
    )

    _widen_event()


def downgrade() -> None:

    _narrow_event()

    op.drop_table("outcome_sheet")
    op.drop_index("ix_event_check_event_id", table_name="event_check")
    op.drop_table("event_check")
    op.drop_index("ix_proceeding_decision_proceeding_id", table_name="proceeding_decision")
    op.drop_table("proceeding_decision")
    op.drop_table("case_reopening")
    op.drop_index("ix_proceeding_member_id", table_name="proceeding")
    op.drop_index("ix_proceeding_case_id", table_name="proceeding")
    op.drop_table("proceeding")
    op.drop_index("ix_mpp_member_id", table_name="mpp")
    op.drop_index("ix_mpp_case_id", table_name="mpp")
    op.drop_table("mpp")
    op.drop_index("ix_case_theory_member_id", table_name="case_theory")
    op.drop_table("case_theory")
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
    op.drop_index(
        "uq_case_delegation_open",
        table_name="case_delegation",
        sqlite_where=sa.text("to_at IS NULL"),
        postgresql_where=sa.text("to_at IS NULL"),
    )
    op.drop_table("case_delegation")
    op.drop_index("ix_case_closure_case_id", table_name="case_closure")
    op.drop_table("case_closure")
    op.drop_table("judge")
    op.drop_index("ix_case_posture", table_name="case")
    op.drop_index("ix_case_member_id", table_name="case")
    op.drop_index("ix_case_attorney_user_id", table_name="case")
    op.drop_table("case")
    op.drop_index("ix_place_kind", table_name="place")
    op.drop_table("place")
