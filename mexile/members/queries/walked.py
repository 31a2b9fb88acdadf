"""Whom a volunteer meets: the people of dates to which she said yes, until the time of the date is over.
The cases' house knows the dates, and says here how to ask it."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select

_asked: list[Callable[[Any, Any, Any], Select[int]]] = []


def register_walked(ids: Callable[[Any, Any, Any], Select[int]]) -> None:
    """``ids(user_id, today, month)`` gives the members as a subquery of ids; ``month`` is the first day of
    today's. All three may be bind parameters."""
    _asked[:] = [ids]


def walked_ids(user_id: Any, today: Any, month: Any) -> Select[int]:
    return _asked[0](user_id, today, month)
