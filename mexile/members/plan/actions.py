"""Saving an emergency plan: the whole form at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, seal, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, Problem
from mexile.members.person.actions import STALE
from mexile.members.person.models import Member
from mexile.members.person.queries import consent_of, get_member
from mexile.members.person.rules import CONSENT_PURPOSE, needs_consent
from mexile.members.plan.models import EmergencyChild, EmergencyPlan

name_act("plan.save", "Saved an emergency plan", "Guardó un plan de emergencia")


SEALED = ("attorney", "attorney_phone", "medicine", "keys", "tell", "tell_not")
OF_A_CHILD = ("child", "school", "collector", "collector_phone")


def save_plan(
    *, viewer: Viewer, code: str, version: int, values: Mapping[str, Any], children: Sequence[Mapping[str, Any]]
) -> EmergencyPlan:
    """Keep the plan as the form says it. ``version`` is the one that was shown, 0 where there was none.

    Raises Invalid before the person consented, Conflict when somebody else saved it since.
    """
    member = get_member(viewer, code)
    if consent_of(member.id, CONSENT_PURPOSE) is None:
        raise Invalid(needs_consent("attorney"))
    held = db.session.get(EmergencyPlan, member.id, populate_existing=True)
    if (held.version if held else 0) != version:
        raise Conflict(STALE)
    plan = held or EmergencyPlan(member_id=member.id, key_id=member.key_id)
    for name in SEALED:
        if name in values:
            setattr(plan, name, values[name])
    if "tell_consulate" in values:
        plan.tell_consulate = values["tell_consulate"]
    plan.by_user_id, plan.at = viewer.user_id, clock.now()
    db.session.add(plan)
    _replace_children(member, children)
    db.session.flush()
    trail.record("plan.save", code, children=len(children))
    return plan


def _replace_children(member: Member, children: Sequence[Mapping[str, Any]]) -> None:
    """The children as the form says them. Where a word of one is damaged none is written anew."""
    held = db.session.scalars(
        select(EmergencyChild).where(EmergencyChild.member_id == member.id).order_by(EmergencyChild.place)
    ).all()
    words = [{name: seal.looked_at(row, name) for name in OF_A_CHILD} for row in held]
    if any(
        getattr(row, f"{name}_enc") and word[name] is None
        for row, word in zip(held, words, strict=True)
        for name in word
    ):
        if [{name: child.get(name) or None for name in OF_A_CHILD} for child in children] != words:
            raise Invalid(Problem("child", *seal.UNREADABLE))
        return
    db.session.execute(delete(EmergencyChild).where(EmergencyChild.member_id == member.id))
    for place, child in enumerate(children):
        row = EmergencyChild(member_id=member.id, key_id=member.key_id, place=place)
        for name in OF_A_CHILD:
            setattr(row, name, child.get(name))
        db.session.add(row)
