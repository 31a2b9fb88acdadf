"""Makers of media and advocacy requests. All of it is invented."""

from mexile.ground import clock, keyring
from mexile.ground.db import db
from mexile.media.models import MediaAnswer, MediaChoice, MediaClosure, MediaConsequence, MediaPublication, MediaRequest
from mexile.media.queries import next_media_code


def media_request(
    make,
    *,
    outlet="El Ejemplo",
    purpose="media_name",
    audience="press",
    level="first_name",
    by_on=None,
    by=None,
    **values,
) -> MediaRequest:
    """Somebody asks for one of us."""
    by = by or make.user(role="director")
    made = MediaRequest(
        key_id=keyring.new_key(),
        code=next_media_code(),
        outlet_kind=values.pop("outlet_kind", "press"),
        outlet=outlet,
        wanted=values.pop("wanted", "A conversation of an hour"),
        purpose=purpose,
        audience=audience,
        level=level,
        asked_on=values.pop("asked_on", clock.today()),
        by_on=by_on,
        by_user_id=by.id,
        at=clock.now(),
        **values,
    )
    db.session.add(made)
    db.session.flush()
    return made


def media_choice(make, request, member, *, consent=None, answer=None, by=None) -> MediaChoice:
    """The member was chosen, under a consent made for it where none is given; ``answer``: the attorney's."""
    by = by or make.user(role="attorney")
    consent = consent or make.consent_in_full(member, purpose=request.purpose, audience=request.audience, by=by)
    made = MediaChoice(
        request_id=request.id, member_id=member.id, consent_id=consent.id, by_user_id=by.id, at=clock.now()
    )
    db.session.add(made)
    db.session.flush()
    if answer:
        db.session.add(MediaAnswer(choice_id=made.id, answer=answer, by_user_id=by.id, at=clock.now()))
        db.session.flush()
    return made


def media_publication(make, request, *, place="Portada, «Salir»", on=None, by=None) -> MediaPublication:
    by = by or make.user(role="director")
    made = MediaPublication(
        key_id=request.key_id,
        request_id=request.id,
        published_on=on or clock.today(),
        place=place,
        by_user_id=by.id,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def media_consequence(make, request, *, member=None, kind="support", note=None, by=None) -> MediaConsequence:
    by = by or make.user(role="director")
    made = MediaConsequence(
        key_id=member.key_id if member else request.key_id,
        request_id=request.id,
        member_id=member.id if member else None,
        kind=kind,
        followed_on=clock.today(),
        note=note,
        by_user_id=by.id,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def media_closure(make, request, *, reason="done", by=None) -> MediaClosure:
    by = by or make.user(role="director")
    made = MediaClosure(request_id=request.id, reason=reason, by_user_id=by.id, at=clock.now())
    db.session.add(made)
    db.session.flush()
    return made
