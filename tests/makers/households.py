"""Makers of families, means and consents in full. All of it is invented."""

from datetime import date

from mexile.ground import clock
from mexile.ground.db import db
from mexile.members.models.household_place import HouseholdPlace
from mexile.members.models.relation import Relation
from mexile.members.models.relative import Relative
from mexile.members.queries.codes import next_relative_code


def relative(make, member, *, household=None, called="Luz", role="child", by=None, **values) -> Relative:
    """Somebody of the member's family without a record, in the household (a new one where none is given)."""
    household = household or make.household(member)
    by = by or make.user(role="intake")
    made = Relative(
        key_id=member.key_id,
        code=next_relative_code(),
        member_id=member.id,
        household_id=household.id,
        called=called,
        role=role,
        from_on=values.pop("from_on", date(2025, 1, 15)),
        by_user_id=by.id,
        at=clock.now(),
        **values,
    )
    db.session.add(made)
    db.session.flush()
    return made


def household_place(make, member, *, relative=None, place="in_juarez", since_on=date(2025, 1, 15), by=None, **values) -> HouseholdPlace:
    """Where the member, or the relative, is from a day on."""
    by = by or make.user(role="intake")
    values.setdefault("in_danger", "unknown")
    values.setdefault("contact", "unknown")
    made = HouseholdPlace(
        key_id=member.key_id,
        member_id=member.id,
        relative_id=relative.id if relative else None,
        place=place,
        since_on=since_on,
        by_user_id=by.id,
        at=clock.now(),
        **values,
    )
    db.session.add(made)
    db.session.flush()
    return made


def relation(make, first, kind, second, *, by=None) -> Relation:
    """``first`` is ``kind`` ("parent") of ``second``; each a member or a relative."""
    by = by or make.user(role="intake")
    one, other = _sides(first), _sides(second)
    made = Relation(
        kind=kind,
        member_id=one[0],
        relative_id=one[1],
        other_member_id=other[0],
        other_relative_id=other[1],
        by_user_id=by.id,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def _sides(person) -> tuple[int, int | None]:
    return (person.member_id, person.id) if isinstance(person, Relative) else (person.id, None)
