"""What this house tells the list of members: who has a date that comes up."""

from datetime import timedelta

from sqlalchemy import ColumnElement, exists, not_

from mexile.cases.models.deadline import Deadline
from mexile.cases.queries.deadlines import is_closed_deadline
from mexile.ground import organization
from mexile.ground.both import Both
from mexile.members.models.member import Member
from mexile.members.queries.list_filters import register_list_filter

WORDS = {
    "en": [("late", "past due"), ("14", "within 14 days"), ("60", "within 60 days")],
    "es": [("late", "vencido"), ("14", "en 14 días"), ("60", "en 60 días")],
}


def _comes_up(code: str) -> ColumnElement[bool]:
    """The member has an open deadline by then; what is past due counts until an attorney closes it."""
    today = organization.today()
    limit = today - timedelta(days=1) if code == "late" else today + timedelta(days=int(code))
    return exists().where(Deadline.member_id == Member.id, Deadline.due_on <= limit, not_(is_closed_deadline()))


register_list_filter(
    "deadline", Both("Deadline", "Plazo"), lambda lang: WORDS["es" if lang == "es" else "en"], _comes_up
)
