"""A gift knows what its donor got in exchange, and its fair value."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    with op.batch_alter_table("gift") as gift:
        gift.add_column(sa.Column("benefit_enc", sa.LargeBinary(), nullable=True))
        gift.add_column(sa.Column("benefit_cents", sa.Integer(), nullable=True))
        gift.create_check_constraint(
            op.f("ck_gift_benefit_has_value"), "(benefit_enc IS NULL) = (benefit_cents IS NULL)"
        )
        gift.create_check_constraint(
            op.f("ck_gift_benefit"), "benefit_cents > 0 AND (amount_cents IS NULL OR benefit_cents <= amount_cents)"
        )


def downgrade() -> None:
    with op.batch_alter_table("gift") as gift:
        gift.drop_constraint(op.f("ck_gift_benefit"), type_="check")
        gift.drop_constraint(op.f("ck_gift_benefit_has_value"), type_="check")
        gift.drop_column("benefit_cents")
        gift.drop_column("benefit_enc")
