"""The room that is left: open cases of each attorney, and how many they can answer for."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from mexile.access.account.queries import with_roles
from mexile.access.policy import ATTORNEY
from mexile.access.viewer import Viewer
from mexile.cases.case.queries import open_cases_of_attorneys
from mexile.ground.db import db
from mexile.inquiries.decision.models import AttorneyCapacity


@dataclass(frozen=True)
class Room:
    """One attorney: ``capacity`` None where nobody said it yet."""

    user_id: int
    name: str
    open_cases: int
    capacity: int | None

    @property
    def left(self) -> int | None:
        return None if self.capacity is None else self.capacity - self.open_cases


def rooms(viewer: Viewer) -> Sequence[Room]:
    """Every attorney with open cases and capacity, by name. Three queries."""
    newest = select(func.max(AttorneyCapacity.id)).group_by(AttorneyCapacity.user_id)
    rows = db.session.execute(
        select(AttorneyCapacity.user_id, AttorneyCapacity.cases).where(AttorneyCapacity.id.in_(newest))
    )
    capacity = {user_id: cases for user_id, cases in rows}
    open_cases = open_cases_of_attorneys()
    return [Room(id, name, open_cases.get(id, 0), capacity.get(id)) for id, name in with_roles(ATTORNEY)]
