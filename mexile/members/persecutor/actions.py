"""Whom a member flees from: writing one down, taking one away."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere
from mexile.ground.vocabulary import vocabulary
from mexile.members.persecutor.models import MemberPersecutor
from mexile.members.persecutor.queries import name_index
from mexile.members.person.queries import consent_of, get_member
from mexile.members.person.rules import CONSENT_PURPOSE, needs_consent

name_act("persecutor.add", "Recorded whom a member flees from", "Anotó de quién huye una persona")
name_act("persecutor.remove", "Took away a persecutor", "Quitó a un agente persecutor")


def add_persecutor(*, viewer: Viewer, code: str, values: Mapping[str, Any]) -> MemberPersecutor:
    """Write one persecutor down. What is not said of the state and the reach is taken from the vocabulary.

    Raises Invalid for a name or a note before the person consented.
    """
    member = get_member(viewer, code)
    if consent_of(member.id, CONSENT_PURPOSE) is None and (values.get("name") or values.get("note")):
        raise Invalid(needs_consent("name" if values.get("name") else "note"))
    kind = vocabulary("persecutor")[values["kind"]]
    is_state = values.get("state_actor")
    persecutor = MemberPersecutor(
        member_id=member.id,
        key_id=member.key_id,
        kind=kind.code,
        state_actor=kind.more["state_actor"] if is_state is None else is_state,
        reach=values.get("reach") or kind.more["reach"],
        collusion=values.get("collusion") or None,
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    persecutor.name, persecutor.name_bidx, persecutor.note = (
        values.get("name"),
        name_index(values.get("name")),
        values.get("note"),
    )
    db.session.add(persecutor)
    db.session.flush()
    trail.record("persecutor.add", code, kind=persecutor.kind)
    return persecutor


def remove_persecutor(*, viewer: Viewer, code: str, persecutor_id: int) -> None:
    """Take away what was written by mistake."""
    member = get_member(viewer, code)
    held = db.session.scalar(
        select(MemberPersecutor).where(MemberPersecutor.id == persecutor_id, MemberPersecutor.member_id == member.id)
    )
    if held is None:
        raise NotHere(code)
    kind = held.kind
    db.session.delete(held)
    db.session.flush()
    trail.record("persecutor.remove", code, kind=kind)
