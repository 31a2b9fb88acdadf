"""Makers of what is known of a person. All of it is invented."""

from mexile.ground import clock, seal
from mexile.ground.db import db
from mexile.members.models.contact import MemberContact
from mexile.members.models.member import Member
from mexile.members.models.persecutor import MemberPersecutor
from mexile.members.queries.persecutors import name_index


def persecutor(make, member, *, kind="c_unknown", state_actor=False, reach="regional", name=None, by=None, **values):
    """Whom the member flees from."""
    by = by or make.user(role="caseworker")
    made = MemberPersecutor(
        key_id=member.key_id,
        member_id=member.id,
        kind=kind,
        state_actor=state_actor,
        reach=reach,
        by_user_id=by.id,
        at=clock.now(),
        **values,
    )
    made.name, made.name_bidx = name, name_index(name)
    db.session.add(made)
    db.session.flush()
    return made


def contact(make, member, *, kind="phone", value="+19155550123", by=None, days="1111111", zone="America/Denver", **values):
    """A way to reach the member, with its rules."""
    by = by or make.user(role="caseworker")
    rules = {name: values.pop(name, False) for name in ("no_voicemail", "no_content", "is_shared", "via_attorney")}
    made = MemberContact(
        key_id=member.key_id,
        member_id=member.id,
        kind=kind,
        days=days,
        zone=zone,
        by_user_id=by.id,
        at=clock.now(),
        **rules,
        **values,
    )
    made.value = value
    made.value_bidx = seal.blind("member.email" if kind == "email" else "member.phone", value) if value else None
    db.session.add(made)
    db.session.flush()
    return made


def member_with_phone_index(make, member):
    """The same member, whose number can be found by its index."""
    held = db.session.get(Member, member.id)
    held.phone_bidx = seal.blind("member.phone", held.phone)
    db.session.flush()
    return held
