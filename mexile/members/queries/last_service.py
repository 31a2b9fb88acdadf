"""The day of a member's last service. The services' house knows it and says here how to ask."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, literal

from mexile.members.models.member import Member

_asked: list[Callable[[Any], ColumnElement[date]]] = []


def register_last_service(subquery: Callable[[Any], ColumnElement[date]]) -> None:
    """``subquery(member_id)`` gives the scalar subquery for the newest day of a service that counts."""
    _asked[:] = [subquery]


def last_service_on() -> ColumnElement[date]:
    """The column for a select on ``Member``; NULL where nobody registered how to ask."""
    return _asked[0](Member.id) if _asked else literal(None, Date)
