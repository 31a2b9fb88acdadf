"""Places lived after the first threat: writing one down, taking one away; and taking in a list of municipalities."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, organization, seal, trail
from mexile.ground.dates import day_of
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere
from mexile.ground.rough import parts
from mexile.members.detail.models import Municipality
from mexile.members.person.queries import consent_of, get_member
from mexile.members.person.rules import CONSENT_PURPOSE, needs_consent
from mexile.members.place_lived.models import MemberPlaceLived
from mexile.members.place_lived.queries import period_of, places_lived
from mexile.members.place_lived.rules import Period, period_problems

name_act("place.add", "Recorded where a member lived", "Anotó dónde vivió una persona")
name_act("place.remove", "Took away a place lived", "Quitó un lugar donde vivió")
name_act("municipality.lay", "Brought a list of municipalities", "Trajo una lista de municipios")


def add_place_lived(*, viewer: Viewer, code: str, values: Mapping[str, Any]) -> MemberPlaceLived:
    """Write down where a person lived, from when to when, what happened and how they were found.

    Raises Invalid where it can't be, overlaps with another place, or the person hasn't consented yet.
    """
    member = get_member(viewer, code)
    born = day_of(seal.looked_at(member, "birth_date"))
    period = Period(values["state"], values.get("from_on"), values.get("to_on"))
    others = [period_of(row) for row in places_lived(member)]
    problems = period_problems(period, others, organization.today(), born)
    if consent_of(member.id, CONSENT_PURPOSE) is None:
        problems.append(needs_consent("state"))
    if problems:
        raise Invalid(problems)
    (from_on, from_precision), (to_on, to_precision) = parts(period.begin), parts(period.end)
    place = MemberPlaceLived(
        member_id=member.id,
        key_id=member.key_id,
        state=period.state,
        from_on=from_on,
        from_precision=from_precision,
        to_on=to_on,
        to_precision=to_precision,
        by_user_id=viewer.user_id,
        at=clock.now(),
        town=values.get("town"),
        happened=values.get("happened"),
        found=values.get("found"),
    )
    db.session.add(place)
    db.session.flush()
    trail.record("place.add", code, state=place.state)
    return place


def remove_place_lived(*, viewer: Viewer, code: str, place_id: int) -> None:
    """Take away what was written by mistake."""
    member = get_member(viewer, code)
    held = db.session.scalar(
        select(MemberPlaceLived).where(MemberPlaceLived.id == place_id, MemberPlaceLived.member_id == member.id)
    )
    if held is None:
        raise NotHere(code)
    state = held.state
    db.session.delete(held)
    db.session.flush()
    trail.record("place.remove", code, state=state)


def seed_municipalities(rows: Sequence[tuple[str, str, str]]) -> None:
    """The list is this one from now on. What was typed of a person stays as it was typed."""
    today = organization.today()
    db.session.execute(delete(Municipality))
    db.session.execute(
        insert(Municipality),
        [{"code": code, "state": state, "name": name, "imported_on": today} for code, state, name in rows],
    )
    trail.record("municipality.lay", rows=len(rows))
