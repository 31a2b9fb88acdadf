"""Makers of what is known of a person. All of it is invented."""

from datetime import date

from mexile.ground import clock, seal
from mexile.ground.db import db
from mexile.members.contact.models import MemberContact
from mexile.members.contact.queries import phone_index
from mexile.members.detail.models import MemberANumber, MemberDetail, MemberLanguage, MemberName
from mexile.members.detail.queries import a_number_index
from mexile.members.entry.models import MemberEntry
from mexile.members.persecutor.models import MemberPersecutor
from mexile.members.persecutor.queries import name_index
from mexile.members.person.models import Member
from mexile.members.place_lived.models import MemberPlaceLived
from mexile.members.plan.models import EmergencyChild, EmergencyPlan
from mexile.members.status.models import MemberPause


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


def contact(
    make, member, *, kind="phone", value="+19155550123", by=None, days="1111111", zone="America/Denver", **values
):
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
    made.value_bidx = (seal.blind("member.email", value) if kind == "email" else phone_index(value)) if value else None
    db.session.add(made)
    db.session.flush()
    return made


def member_with_phone_index(make, member):
    """The same member, whose number can be found by its index."""
    held = db.session.get(Member, member.id)
    held.phone_bidx = phone_index(held.phone)
    db.session.flush()
    return held


def entry(make, member, *, manner="visa_bcc", on=date(2024, 3, 12), precision=None, by=None):
    """A time the member came in."""
    by = by or make.user(role="caseworker")
    precision = precision or ("day" if on else "unknown")
    made = MemberEntry(member_id=member.id, manner=manner, on=on, precision=precision, by_user_id=by.id, at=clock.now())
    db.session.add(made)
    db.session.flush()
    return made


def place_lived(make, member, *, state="MX-GRO", begin=date(2020, 1, 5), end=date(2021, 6, 1), by=None, **values):
    """A place the member lived in after the first threat."""
    by = by or make.user(role="caseworker")
    made = MemberPlaceLived(
        member_id=member.id,
        key_id=member.key_id,
        state=state,
        from_on=begin,
        from_precision="day" if begin else "unknown",
        to_on=end,
        to_precision="day" if end else "unknown",
        by_user_id=by.id,
        at=clock.now(),
        **values,
    )
    db.session.add(made)
    db.session.flush()
    return made


def emergency_plan(make, member, *, children=(), by=None, **values):
    """What to do when the member is taken; ``children``: (child, who collects, telephone)."""
    by = by or make.user(role="caseworker")
    made = EmergencyPlan(member_id=member.id, key_id=member.key_id, by_user_id=by.id, at=clock.now(), **values)
    db.session.add(made)
    for place, (child, collector, phone) in enumerate(children):
        row = EmergencyChild(member_id=member.id, key_id=member.key_id, place=place)
        row.child, row.collector, row.collector_phone = child, collector, phone
        db.session.add(row)
    db.session.flush()
    return made


def member_detail(make, member, *, names=(), a_numbers=(), languages=(), municipality=None, by=None, **values):
    """What else is known of the member; ``languages``: (code, variant)."""
    by = by or make.user(role="caseworker")
    made = MemberDetail(member_id=member.id, key_id=member.key_id, by_user_id=by.id, at=clock.now(), **values)
    made.municipality = municipality
    db.session.add(made)
    for name in names:
        row = MemberName(member_id=member.id, key_id=member.key_id)
        row.name = name
        db.session.add(row)
    for number in a_numbers:
        row = MemberANumber(member_id=member.id, key_id=member.key_id)
        row.number, row.number_bidx = number, a_number_index(number)
        db.session.add(row)
    for place, (language, variant) in enumerate(languages):
        row = MemberLanguage(
            member_id=member.id, key_id=member.key_id, place=place, language=language, needs_interpreter=True
        )
        row.variant = variant
        db.session.add(row)
    db.session.flush()
    return made


def pause(make, member, *, reason="their_wish", by=None, until_on=None):
    """The member is paused."""
    by = by or make.user(role="caseworker")
    made = MemberPause(member_id=member.id, by_user_id=by.id, at=clock.now(), reason=reason, until_on=until_on)
    db.session.add(made)
    db.session.flush()
    return made
