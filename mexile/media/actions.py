"""What the acts around a family, its means, consents and media requests are called in the trail.

Media requests: writing one down, choosing whom to offer, the attorney's yes, what was published and what followed.
"""

from collections.abc import Mapping
from typing import Any

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, organization, trail
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

name_act("media.ask", "Wrote a media request down", "Anotó una solicitud de medios")
name_act("media.choose", "Chose a member for a request", "Eligió a una persona para una solicitud")
name_act("media.withdraw", "Took a member out of a request", "Sacó a una persona de una solicitud")
name_act("media.answer", "Answered as attorney on a request", "Respondió como abogacía a una solicitud")
name_act("media.publish", "Wrote down what was published", "Anotó lo que se publicó")
name_act("media.follow", "Wrote down what followed", "Anotó lo que siguió")
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
    made = MediaRequest(
        key_id=key_id,
        code=next_media_code(),
        by_user_id=viewer.user_id,
        at=clock.now(),
        **{name: values.get(name) or None for name in names},
    )
    db.session.add(made)
    db.session.flush()
    trail.record("media.ask", made.code, purpose=made.purpose, level=made.level)
    return made


def choose_member(*, viewer: Viewer, code: str, member_code: str) -> MediaChoice:
    """Offer the request to a member. Only one whose live consent fits purpose, audience and level can be chosen."""
    request = _open(viewer, code)
    offered = next((one for one in offered_for(viewer, request) if one.code == member_code), None)
    if offered is None:
        raise Invalid(NO_CONSENT)
    made = MediaChoice(
        request_id=request.id,
        member_id=offered.member_id,
        consent_id=offered.consent_id,
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    trail.record("media.choose", [code, member_code])
    return made


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
    made = MediaAnswer(choice_id=choice.id, answer=answer, by_user_id=viewer.user_id, at=clock.now())
    db.session.add(made)
    db.session.flush()
    trail.record("media.answer", [code, member_code], answer=answer)
    return made


def record_publication(*, viewer: Viewer, code: str, values: Mapping[str, Any]) -> MediaPublication:
    """What was published, where and on which day. A fact is written also where it should not have happened."""
    request = get_media_request(viewer, code)
    if values["published_on"] > organization.today():
        raise Invalid(Problem("published_on", "This day has not come yet.", "Este día aún no llega."))
    made = MediaPublication(
        key_id=request.key_id,
        request_id=request.id,
        published_on=values["published_on"],
        place=values["published"],
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    trail.record("media.publish", code)
    return made


def record_consequence(*, viewer: Viewer, code: str, values: Mapping[str, Any]) -> MediaConsequence:
    """What followed: for one of the request's members, sealed under their key, or for nobody in particular."""
    request = get_media_request(viewer, code)
    followed_on = values.get("followed_on") or organization.today()
    if followed_on > organization.today():
        raise Invalid(Problem("followed_on", "This day has not come yet.", "Este día aún no llega."))
    member = None
    if values.get("member"):
        choice = choice_of(viewer, request, values["member"])
        member = db.session.get_one(Member, choice.member_id)
    made = MediaConsequence(
        key_id=member.key_id if member else request.key_id,
        request_id=request.id,
        member_id=member.id if member else None,
        kind=values["kind"],
        followed_on=followed_on,
        note=values.get("note") or None,
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    trail.record("media.follow", [code, *([member.code] if member else [])], kind=made.kind)
    return made


def close_request(*, viewer: Viewer, code: str, reason: str) -> MediaClosure:
    """The request is finished. What follows can still be written down."""
    request = _open(viewer, code)
    made = MediaClosure(request_id=request.id, reason=reason, by_user_id=viewer.user_id, at=clock.now())
    db.session.add(made)
    db.session.flush()
    trail.record("media.close", code, reason=reason)
    return made


def _open(viewer: Viewer, code: str) -> MediaRequest:
    found = get_media_request(viewer, code)
    if closure_of_request(found.id):
        raise Invalid(CLOSED)
    return found
