"""From which day a way of counting holds: one small table, written when an installation takes it over.

What was written before keeps what was written; the pages and files whose figures changed say the day.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from sqlalchemy import Date, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, db
from mexile.ground.privacy import PUBLIC


class RuleChange(Base):
    """`code` is a term of the vocabulary of the same name, which says the rule in words."""

    __tablename__ = "rule_change"

    code: Mapped[str] = mapped_column(Text, primary_key=True, info=PUBLIC)
    since: Mapped[date] = mapped_column(Date, info=PUBLIC)


def rule_changes(codes: Container[str]) -> list[tuple[str, date]]:
    """(code, day) of these rules, as far as this installation took them over on a day, in their order."""
    rows = db.session.execute(select(RuleChange.code, RuleChange.since).order_by(RuleChange.since, RuleChange.code))
    return [(code, since) for code, since in rows if code in codes]
