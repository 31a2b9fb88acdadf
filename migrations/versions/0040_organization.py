"""American spelling in the tables, as on screen: organization."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"

TEXTS = ("legal_name", "short_name", "ein", "address", "sentence_en", "sentence_es", "mail_from", "zone")
COLUMNS = ("id", *TEXTS, "fiscal_year_month", "languages", "invented", "version")


def upgrade() -> None:
    _rename("organisation", "organization")


def downgrade() -> None:
    _rename("organization", "organisation")


def _rename(before: str, after: str) -> None:
    op.create_table(
        after,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("fiscal_year_month", sa.Integer(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("invented", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("fiscal_year_month BETWEEN 1 AND 12", name=op.f(f"ck_{after}_fiscal_year_month")),
        sa.CheckConstraint("id = 1", name=op.f(f"ck_{after}_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{after}")),
    )
    names = ", ".join(COLUMNS)
    op.execute(f"INSERT INTO {after} ({names}) SELECT {names} FROM {before}")  # noqa: S608 - our own words
    op.drop_table(before)
    with op.batch_alter_table("donor") as donor:
        donor.drop_constraint(op.f("ck_donor_kind"), type_="check")
    op.execute(f"UPDATE donor SET kind = '{after}' WHERE kind = '{before}'")  # noqa: S608
    with op.batch_alter_table("donor") as donor:
        donor.create_check_constraint(op.f("ck_donor_kind"), f"kind IN ('person', '{after}')")
