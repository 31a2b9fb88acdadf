"""Media requests: writing one down, choosing whom to offer, the attorney's yes, what was published and what followed."""

from collections.abc import Mapping
from typing import Any

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, organization, trail
from mexile.ground.dates import not_in_the_future
from mexile.ground.db import db
from mexile.ground.errors import Invalid, Problem
from mexile.media.models import (
    MediaAnswer,
    MediaChoice,
    MediaClosure,
    MediaConsequence,
    MediaPublication,
    MediaRequest,
    MediaWithdrawal,
)
from mexile.media.queries import choice_of, closure_of_request, fitting, get_media_request, next_media_code, offered_for
from mexile.media.rules import request_problems
from mexile.members.person.models import Member

name_act("media.ask", "Recorded a media request", "Anotó una solicitud de medios")
name_act("media.choose", "Chose a member for a request", "Eligió a una persona para una solicitud")
name_act("media.withdraw", "Took a member out of a request", "Sacó a una persona de una solicitud")
name_act("media.answer", "Answered as attorney on a request", "Respondió como abogacía a una solicitud")
name_act("media.publish", "Recorded what was published", "Anotó lo que se publicó")
name_act("media.follow", "Recorded what followed", "Anotó lo que siguió")
name_act("media.close", "Finished a media request", "Terminó una solicitud de medios")


NO_CONSENT = Problem(
    "member",
    "Nobody is chosen without a live consent that fits this request.",
    "No se elige a nadie sin un consentimiento vigente que corresponda a esta solicitud.",
)
CLOSED = Problem("", "This request is finished.", "Esta solicitud está terminada.")


def write_request(*, viewer: Viewer, key_id: bytes, values: Mapping[str, Any]) -> MediaRequest:
    """Somebody asks for one of us. ``key_id``: a new data key, made before the transaction began."""
    today = organization.today()
    values = {**values, "asked_on": values.get("asked_on") or today}
    if problems := request_problems(values, today):
        raise Invalid(problems)
    names = ("outlet_kind", "outlet", "asker", "contact", "wanted", "purpose", "audience", "level", "asked_on", "by_on")
    request = MediaRequest(
        key_id=key_id,
        code=next_media_code(),
        by_user_id=viewer.user_id,
        at=clock.now(),
        **{name: values.get(name) or None for name in names},
    )
    db.session.add(request)
    db.session.flush()
    trail.record("media.ask", request.code, purpose=request.purpose, level=request.level)
    return request


def choose_member(*, viewer: Viewer, code: str, member_code: str) -> MediaChoice:
    """Offer the request to a member. Only one whose live consent fits purpose, audience and level can be chosen."""
    request = _open(viewer, code)
    offered = next((offer for offer in offered_for(viewer, request) if offer.code == member_code), None)
    if offered is None:
        raise Invalid(NO_CONSENT)
    choice = MediaChoice(
        request_id=request.id,
        member_id=offered.member_id,
        consent_id=offered.consent_id,
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(choice)
    db.session.flush()
    trail.record("media.choose", [code, member_code])
    return choice


def withdraw_member(*, viewer: Viewer, code: str, member_code: str) -> None:
    """The member stepped back, or was chosen by mistake."""
    choice = choice_of(viewer, get_media_request(viewer, code), member_code)
    db.session.add(MediaWithdrawal(choice_id=choice.id, by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    trail.record("media.withdraw", [code, member_code])


def answer_choice(*, viewer: Viewer, code: str, member_code: str, answer: str) -> MediaAnswer:
    """The attorney's yes or no. A yes needs the consent to be live still."""
    request = _open(viewer, code)
    choice = choice_of(viewer, request, member_code)
    if answer == "yes" and not fitting(request, [choice.member_id]):
        raise Invalid(NO_CONSENT)
    media_answer = MediaAnswer(choice_id=choice.id, answer=answer, by_user_id=viewer.user_id, at=clock.now())
    db.session.add(media_answer)
    db.session.flush()
    trail.record("media.answer", [code, member_code], answer=answer)
    return media_answer


def record_publication(*, viewer: Viewer, code: str, values: Mapping[str, Any]) -> MediaPublication:
    """What was published, where and on which day. A fact is written also where it should not have happened."""
    request = get_media_request(viewer, code)
    if problems := not_in_the_future("published_on", values["published_on"], organization.today()):
        raise Invalid(problems)
    publication = MediaPublication(
        key_id=request.key_id,
        request_id=request.id,
        published_on=values["published_on"],
        place=values["published"],
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(publication)
    db.session.flush()
    trail.record("media.publish", code)
    return publication


def record_consequence(*, viewer: Viewer, code: str, values: Mapping[str, Any]) -> MediaConsequence:
    """What followed: for one of the request's members, sealed under their key, or for nobody in particular."""
    request = get_media_request(viewer, code)
    followed_on = values.get("followed_on") or organization.today()
    if problems := not_in_the_future("followed_on", followed_on, organization.today()):
        raise Invalid(problems)
    member = None
    if values.get("member"):
        choice = choice_of(viewer, request, values["member"])
        member = db.session.get_one(Member, choice.member_id)
    consequence = MediaConsequence(
        key_id=member.key_id if member else request.key_id,
        request_id=request.id,
        member_id=member.id if member else None,
        kind=values["kind"],
        followed_on=followed_on,
        note=values.get("note") or None,
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(consequence)
    db.session.flush()
    trail.record("media.follow", [code, *([member.code] if member else [])], kind=consequence.kind)
    return consequence


def close_request(*, viewer: Viewer, code: str, reason: str) -> MediaClosure:
    """The request is finished. What follows can still be written down."""
    request = _open(viewer, code)
    closure = MediaClosure(request_id=request.id, reason=reason, by_user_id=viewer.user_id, at=clock.now())
    db.session.add(closure)
    db.session.flush()
    trail.record("media.close", code, reason=reason)
    return closure


def _open(viewer: Viewer, code: str) -> MediaRequest:
    request = get_media_request(viewer, code)
    if closure_of_request(request.id):
        raise Invalid(CLOSED)
    return request
