"""Makers of custody: alerts and the line, detentions, bonds, supervision."""

from datetime import date, timedelta

from mexile.cases.place.actions import seed_places
from mexile.cases.place.models import Place
from mexile.custody.alert.models import Alert, AlertAnswer, AlertNotice, CallLine
from mexile.custody.alert.queries import next_alert_code
from mexile.custody.bond.models import Bond
from mexile.custody.bond.queries import next_bond_code
from mexile.custody.detention.models import Detention, DetentionEnd, DetentionStay
from mexile.custody.detention.queries import next_detention_code
from mexile.custody.presence.models import Presence
from mexile.custody.supervision.models import Supervision
from mexile.ground import clock, keyring
from mexile.ground.db import db


def in_line(make, user=None, *, phone="+19155550123") -> CallLine:
    """Somebody stands at the end of the line."""
    user = user or make.user(role="attorney")
    last = db.session.scalar(db.select(db.func.max(CallLine.position))) or 0
    made = CallLine(key_id=user.key_id, user_id=user.id, position=last + 1, from_at=clock.now(), phone=phone)
    db.session.add(made)
    db.session.flush()
    return made


def alert(make, *, member=None, by=None, told=(), held_by=None, ago=timedelta(0), **values) -> Alert:
    """Somebody said that someone was detained."""
    by, at = by or make.user(role="volunteer"), clock.now() - ago
    made = Alert(
        key_id=member.key_id if member else keyring.new_key(),
        code=next_alert_code(),
        member_id=member.id if member else None,
        by_user_id=by.id,
        at=at,
        **values,
    )
    db.session.add(made)
    db.session.flush()
    for step, user in enumerate(told):
        db.session.add(AlertNotice(alert_id=made.id, step=step, user_id=user.id, at=at))
    if held_by:
        db.session.add(AlertAnswer(alert_id=made.id, user_id=held_by.id, at=at))
    db.session.flush()
    return made


def place_called(make, code) -> Place:
    """One of the places that come with the program: PL-0005 is El Paso (5th), PL-0006 Otero (10th)."""
    seed_places()
    db.session.flush()
    return db.session.scalars(db.select(Place).where(Place.code == code)).one()


def detention(
    make, member=None, *, from_on=date(2026, 3, 2), stays=(), ended=None, how="bond", by=None, **values
) -> Detention:
    """Somebody is held since a day; `stays`: (place code, day) in order."""
    member, by = member or make.member(), by or make.user(role="attorney")
    made = Detention(
        key_id=member.key_id,
        code=next_detention_code(),
        member_id=member.id,
        from_on=from_on,
        held_by=values.pop("held_by", "ice"),
        by_user_id=by.id,
        at=clock.now(),
        **values,
    )
    db.session.add(made)
    db.session.flush()
    for code, on in stays:
        place = place_called(make, code)
        db.session.add(
            DetentionStay(detention_id=made.id, place_id=place.id, from_on=on, by_user_id=by.id, at=clock.now())
        )
    if ended:
        db.session.add(DetentionEnd(detention_id=made.id, on=ended, how=how, by_user_id=by.id, at=clock.now()))
    db.session.flush()
    return made


def bond(make, member=None, *, asked_on=date(2026, 3, 10), **values) -> Bond:
    """A bond was asked for."""
    member = member or make.member()
    made = Bond(key_id=member.key_id, code=next_bond_code(), member_id=member.id, asked_on=asked_on, **values)
    db.session.add(made)
    db.session.flush()
    return made


def supervision(
    make, member=None, *, kind="isap", every="month", monitor="ankle", from_on=date(2026, 4, 1), to_on=None
):
    """A member reports to an office."""
    member = member or make.member()
    made = Supervision(member_id=member.id, kind=kind, every=every, monitor=monitor, from_on=from_on, to_on=to_on)
    db.session.add(made)
    db.session.flush()
    return made


def presence(make, event, *, entered=None, minutes=60, by=None) -> Presence:
    """They went in."""
    at = entered or clock.now()
    made = Presence(
        event_id=event.id,
        entered_at=at,
        expected_out_at=at + timedelta(minutes=minutes),
        by_user_id=(by or make.user()).id,
        at=at,
    )
    db.session.add(made)
    db.session.flush()
    return made
