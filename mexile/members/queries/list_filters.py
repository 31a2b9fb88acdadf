"""What a list of members can be narrowed by beside the member's own record: who walks along, where the
person is now, and what other houses know."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from mexile.access.models import UserAccount
from mexile.access.policy import SEES
from mexile.access.queries.people import holding
from mexile.ground import clock
from mexile.ground.both import Both
from mexile.ground.vocabulary import vocabulary
from mexile.members.models.assignment import Assignment
from mexile.members.models.household_place import HouseholdPlace
from mexile.members.models.member import Member

Choices = Callable[[str], list[tuple[str, str]]]


@dataclass(frozen=True)
class ListFilter:
    """One way to narrow the list. ``choices(language)`` are its codes with their words; ``where(code)`` is
    the WHERE on ``Member``."""

    label: Both
    choices: Choices
    where: Callable[[str], ColumnElement[bool]]


FILTERS: dict[str, ListFilter] = {}


def register_list_filter(name: str, label: Both, choices: Choices, where: Callable[[str], ColumnElement[bool]]) -> None:
    """A house above this one adds what it knows; ``name`` is the word in the list's address."""
    FILTERS[name] = ListFilter(label, choices, where)


def _team(_language: str) -> list[tuple[str, str]]:
    return [(code, name) for _id, code, name in holding(*SEES)]


def _walks(code: str) -> ColumnElement[bool]:
    who = select(UserAccount.id).where(UserAccount.code == code).scalar_subquery()
    return Member.id.in_(
        select(Assignment.member_id).where(
            Assignment.user_id == who,
            Assignment.to_at.is_(None) | (Assignment.to_at > clock.now()),
        )
    )


def _place_now(code: str) -> ColumnElement[bool]:
    """The newest place of the member's own; a relative's says nothing of them."""
    row = HouseholdPlace
    newest = (
        select(
            row.member_id,
            row.place,
            func.row_number()
            .over(partition_by=row.member_id, order_by=(row.since_on.desc(), row.id.desc()))
            .label("n"),
        )
        .where(row.relative_id.is_(None))
        .subquery()
    )
    return Member.id.in_(select(newest.c.member_id).where(newest.c.n == 1, newest.c.place == code))


register_list_filter("walks", Both("Who accompanies them", "Quién acompaña"), _team, _walks)
register_list_filter(
    "place",
    Both("Where they are now", "Dónde está ahora"),
    lambda lang: vocabulary("place_now").choices(lang),
    _place_now,
)
