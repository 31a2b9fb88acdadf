"""What households live on until somebody may work, and which are without, worst first.

The earliest day of a work permit comes from the cases' house, by a hook.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.ground import organization
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.ground.hook import Hook
from mexile.members.assignment.rights import visible
from mexile.members.household.models import HouseholdMembership
from mexile.members.household.queries import stands
from mexile.members.means.models import Means, MeansPromise, MeansPromiseEnd
from mexile.members.means.rules import Gap, Promise, gap, worst_first
from mexile.members.name.queries import NAME_COLUMNS, name_of
from mexile.members.person.models import Member
from mexile.members.status.queries import is_closed


@dataclass(frozen=True)
class SeenMeans:
    """What stands of one household: the newest answer, the promises, the day of the permit and the gap.
    ``by_clock`` says that the clock of a case knows the day."""

    means: Means | None
    promises: Sequence[MeansPromise]
    permit_on: date | None
    by_clock: bool
    gap: Gap | None


@dataclass(frozen=True)
class Without:
    """One household without means, by the person of it whom the viewer knows best: its head where she may."""

    code: str
    name: str
    people: int
    gap: Gap
    host_kind: str | None
    asked_on: date | None


def means_of(viewer: Viewer, household_id: int) -> SeenMeans:
    """What stands of a household that the viewer may know of. What a member told whom the viewer may not
    know of counts in the gap and is shown without its words."""
    today = organization.today()
    newest = _newest([household_id]).get(household_id)
    promises = _promises([household_id]).get(household_id, [])
    members = _members([household_id]).get(household_id, [])
    clock = _earliest(permit_days(members), members)
    return _seen(newest, promises, clock, today)


def _seen(means: Means | None, promises: Sequence[MeansPromise], clock: date | None, today: date) -> SeenMeans:
    permit_on = clock or (means.permit_on if means else None)
    missing = gap(
        today,
        asked_on=means.asked_on if means else today,
        roof_until=_roof_until(means),
        weeks_covered=means.weeks_covered if means else None,
        promises=[Promise(promise.kind, promise.from_on, promise.until_on) for promise in promises],
        permit_on=permit_on,
    )
    return SeenMeans(means, promises, permit_on, clock is not None, missing)


def _roof_until(means: Means | None) -> date | None:
    """The last day under a roof. Where nobody receives them there was none on the day before they told us."""
    if means is None:
        return None
    if means.roof_until is None and means.host_kind == "nobody":
        return means.asked_on - timedelta(days=1)
    return means.roof_until


def _newest(household_ids: Iterable[int]) -> dict[int, Means]:
    rows = db.session.scalars(
        select(Means).where(Means.household_id.in_(list(household_ids))).order_by(Means.asked_on, Means.id)
    )
    return {row.household_id: row for row in rows}


def _promises(household_ids: Iterable[int]) -> dict[int, list[MeansPromise]]:
    promises: dict[int, list[MeansPromise]] = defaultdict(list)
    rows = db.session.scalars(
        select(MeansPromise)
        .outerjoin(MeansPromiseEnd, MeansPromiseEnd.promise_id == MeansPromise.id)
        .where(MeansPromise.household_id.in_(list(household_ids)), MeansPromiseEnd.promise_id.is_(None))
        .order_by(MeansPromise.until_on, MeansPromise.id)
    )
    for row in rows:
        promises[row.household_id].append(row)
    return promises


def _members(household_ids: Iterable[int]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = defaultdict(list)
    rows = db.session.execute(
        select(HouseholdMembership.household_id, HouseholdMembership.member_id).where(
            HouseholdMembership.household_id.in_(list(household_ids)), stands(HouseholdMembership)
        )
    )
    for household_id, member_id in rows:
        members[household_id].append(member_id)
    return members


def _earliest(days: dict[int, date], member_ids: Iterable[int]) -> date | None:
    return min((days[id] for id in member_ids if id in days), default=None)


def without_means(viewer: Viewer) -> tuple[list[Without], int]:
    """Households with a gap, worst first, and how many open ones were never asked. Only those in which the
    viewer may know of somebody; a fixed number of queries."""
    today = organization.today()
    rows = db.session.execute(
        select(
            HouseholdMembership.household_id,
            Member.code,
            Member.id,
            *NAME_COLUMNS,
        )
        .join(Member, Member.id == HouseholdMembership.member_id)
        .where(stands(HouseholdMembership), visible(viewer), ~is_closed())
        .order_by(HouseholdMembership.role == "head", HouseholdMembership.id.desc())
    ).all()
    shown = {row.household_id: row for row in rows}
    newest, promises, members = _newest(shown), _promises(shown), _members(shown)
    days = permit_days(id for ids in members.values() for id in ids)
    gaps: list[tuple[Any, SeenMeans, Gap]] = []
    for household_id, row in shown.items():
        seen = _seen(
            newest.get(household_id),
            promises.get(household_id, []),
            _earliest(days, members[household_id]),
            today,
        )
        if seen.gap is not None and not seen.gap.is_none:
            gaps.append((row, seen, seen.gap))
    gaps.sort(key=lambda line: worst_first(line[2], today))
    lines = [_line(viewer, row, seen, len(members[row.household_id])) for row, seen, _ in gaps]
    return lines, sum(1 for id in shown if id not in newest and id not in promises)


def _line(viewer: Viewer, row: Any, seen: SeenMeans, people: int) -> Without:
    means = seen.means
    assert seen.gap is not None
    return Without(
        row.code,
        name_of(row, viewer).full,
        max(people, means.eaters or 0) if means else people,
        seen.gap,
        means.host_kind if means else None,
        means.asked_on if means else None,
    )


def get_promise(viewer: Viewer, code: str, promise_id: int) -> MeansPromise:
    """A promise to a household in which this member is, told by somebody whom the viewer may know of."""
    here = select(HouseholdMembership.household_id).join(Member, Member.id == HouseholdMembership.member_id)
    promise = db.session.scalar(
        select(MeansPromise)
        .join(Member, Member.id == MeansPromise.member_id)
        .where(
            MeansPromise.id == promise_id,
            visible(viewer),
            MeansPromise.household_id.in_(
                here.where(Member.code == code, visible(viewer), stands(HouseholdMembership))
            ),
        )
    )
    if promise is None or db.session.get(MeansPromiseEnd, promise_id) is not None:
        raise NotHere(code)
    return promise


def told_by_visible(viewer: Viewer, member_ids: Iterable[int]) -> set[int]:
    """Which of these members the viewer may know of: only their words are opened."""
    return set(db.session.scalars(select(Member.id).where(Member.id.in_(list(member_ids)), visible(viewer))))


earliest_permits: Hook[[list[int]], dict[int, date]] = Hook("the earliest day of a work permit")
"""``earliest_permits(member_ids)``: the day of each member whose clock knows one, in a fixed number of queries."""


def permit_days(member_ids: Iterable[int]) -> dict[int, date]:
    """The earliest day of each of these members, as far as a clock knows it."""
    ids = sorted(set(member_ids))
    return earliest_permits(ids) if ids else {}
