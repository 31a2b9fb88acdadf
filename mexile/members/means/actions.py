"""What a household lives on: what they told us, what was promised to them, and a promise that no longer holds."""

from collections.abc import Mapping
from typing import Any

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, organization, trail
from mexile.ground.dates import not_in_the_future
from mexile.ground.db import db
from mexile.ground.errors import Invalid, Problem
from mexile.members.household.actions import make_household
from mexile.members.household.queries import households_of
from mexile.members.means.models import Means, MeansPromise, MeansPromiseEnd
from mexile.members.means.queries import get_promise
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member

name_act("means.tell", "Recorded what a household lives on", "Anotó de qué vive un hogar")
name_act("means.promise", "Recorded a promise of support", "Anotó una promesa de apoyo")
name_act("means.promise_end", "Ended a promise of support", "Terminó una promesa de apoyo")


MEANS = ("host_kind", "host", "roof_until", "eaters", "weeks_covered", "permit_on", "permit_source", "note")


def tell_means(*, viewer: Viewer, code: str, values: Mapping[str, Any]) -> Means:
    """What this member told today of the means of the household. What was told before stays with its day."""
    member = get_member(viewer, code)
    today = organization.today()
    asked_on = values.get("asked_on") or today
    problems = not_in_the_future("asked_on", asked_on, today)
    if bool(values.get("permit_on")) != bool(values.get("permit_source")):
        problems.append(
            Problem(
                "permit_source",
                "A day of the permit needs its source, and a source its day.",
                "La fecha del permiso necesita su fuente, y la fuente su fecha.",
            )
        )
    if problems:
        raise Invalid(problems)
    means = Means(
        key_id=member.key_id,
        household_id=_household_id(viewer, member),
        member_id=member.id,
        asked_on=asked_on,
        by_user_id=viewer.user_id,
        at=clock.now(),
        **{name: _kept(values.get(name)) for name in MEANS},
    )
    db.session.add(means)
    db.session.flush()
    trail.record("means.tell", code)
    return means


def _kept(value: Any) -> Any:
    return None if value == "" else value


def promise_support(*, viewer: Viewer, code: str, values: Mapping[str, Any]) -> MeansPromise:
    """Somebody promised the household support until a day."""
    member = get_member(viewer, code)
    from_on = values.get("from_on") or organization.today()
    if values["until_on"] < from_on:
        raise Invalid(
            Problem("until_on", "The promise would end before it begins.", "La promesa terminaría antes de empezar.")
        )
    promise = MeansPromise(
        key_id=member.key_id,
        household_id=_household_id(viewer, member),
        member_id=member.id,
        kind=values["kind"],
        who=values["who"],
        what=values.get("what") or None,
        from_on=from_on,
        until_on=values["until_on"],
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(promise)
    db.session.flush()
    trail.record("means.promise", code, kind=promise.kind)
    return promise


def end_promise(*, viewer: Viewer, code: str, promise_id: int) -> None:
    """The promise no longer holds."""
    promise = get_promise(viewer, code, promise_id)
    db.session.add(MeansPromiseEnd(promise_id=promise.id, by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    trail.record("means.promise_end", code, kind=promise.kind)


def _household_id(viewer: Viewer, member: Member) -> int:
    held = households_of(viewer, member.id)
    return held[0].id if held else make_household(viewer=viewer, code=member.code).id
