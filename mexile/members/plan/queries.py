"""The emergency plan of a member."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from mexile.ground.db import db
from mexile.members.person.models import Member
from mexile.members.plan.models import EmergencyChild, EmergencyPlan


@dataclass(frozen=True)
class Plan:
    """What to do when the person is taken: the plan, and who collects which children."""

    plan: EmergencyPlan
    children: Sequence[EmergencyChild]


def plan_of(member: Member) -> Plan | None:
    """The plan of a member whom the viewer may know of."""
    held = db.session.get(EmergencyPlan, member.id)
    if held is None:
        return None
    children = db.session.scalars(
        select(EmergencyChild).where(EmergencyChild.member_id == member.id).order_by(EmergencyChild.place)
    ).all()
    return Plan(held, children)
