"""Emergency access: opening it with a reason, ending it, and looking at it afterwards."""

from sqlalchemy import select

from mexile.access.account.queries import reader, with_roles
from mexile.access.policy import DIRECTOR, WORKS
from mexile.access.role.queries import is_apart, others_who_may
from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.config import config
from mexile.ground import clock, mail, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, Problem
from mexile.members.assignment.models import Assignment
from mexile.members.assignment.queries import lead_of
from mexile.members.assignment.rights import STANDS, visible
from mexile.members.emergency.models import VERDICTS, EmergencyAccess, EmergencyReview
from mexile.members.emergency.queries import (
    get_emergency,
    may_need,
    next_emergency_code,
    open_code_of,
    opened_today,
    review_of,
    waiting_of,
)
from mexile.members.emergency.rules import A_DAY, LASTS, open_now_letter, reason_problems, words_problems
from mexile.members.person.models import Member
from mexile.members.person.queries import member_code_of

name_act("emergency.open", "Opened an emergency access", "Abrió un acceso de emergencia")
name_act("emergency.ask", "Asked a director for an emergency access", "Pidió a dirección un acceso de emergencia")
name_act("emergency.end", "Ended an emergency access", "Terminó un acceso de emergencia")
name_act("emergency.review", "Reviewed an emergency access", "Revisó un acceso de emergencia")


NOBODY = Problem(
    "code",
    "There is nobody with this code. It looks like ME-0412 and stands on the card and in the alert.",
    "Nadie tiene este código. Se ve como ME-0412 y está en la tarjeta y en la alerta.",
)
ALREADY = Problem(
    "code",
    "You can see this person already. Open the page; nothing has to be broken.",
    "Usted ya puede ver a esta persona. Abra su página; no hace falta romper nada.",
)
OWN = Problem(
    "verdict",
    "Who opened it can't close it, nor can an account that they made. Somebody else has to look.",
    "Quien lo abrió no puede cerrarlo, ni una cuenta que hizo. Otra persona tiene que revisarlo.",
)
NO_DIRECTOR = Problem(
    "code",
    "You opened three people today, and there is no director here who could open another. Call whoever walks with them.",
    "Hoy ya abrió a tres personas y no hay nadie de dirección que pueda abrir otra. Llame a quien acompaña a la persona.",
)
WAITS_NOT = Problem(
    "", "It doesn't wait any more: it was opened, or taken back.", "Ya no espera: se abrió, o la petición se retiró."
)
OWN_OPENING = Problem(
    "",
    "You asked for it yourself, or one of you made the other's account: another director has to open it.",
    "Usted lo pidió, o una cuenta hizo a la otra: otra persona de dirección tiene que abrirlo.",
)
REVIEWED = Problem("verdict", "Somebody has looked at this already.", "Alguien ya lo revisó.")


def one_at_a_time(code: str) -> Problem:
    return Problem(
        "code",
        f"One at a time: {code} is open still. End it first, at the top of every page.",
        f"Uno a la vez: {code} sigue abierto. Primero termínelo, arriba en cualquier página.",
    )


def waits_already(code: str) -> Problem:
    return Problem(
        "code",
        f"You asked for this person already: {code} waits for a director.",
        f"Ya pidió a esta persona: {code} espera a dirección.",
    )


def stands_theirs(code: str) -> Problem:
    return Problem(
        "",
        f"One at a time: {code} of the same person is open still.",
        f"Uno a la vez: {code} de la misma persona sigue abierto.",
    )


def open_emergency(*, viewer: Viewer, code: str, reason: str) -> EmergencyAccess:
    """Open a member to whom the viewer is not assigned, for 60 minutes. One at a time; after the third of a
    day it waits for a director to open it (``waits``).

    The directors and whoever is assigned to the person are told at once, and how many it was today. Raises
    Invalid, with everything that is wrong, when there is no such person, no need, or no reason. Inside
    `writing()`, of which there is one at a time: two at once are counted one after the other.
    """
    problems = reason_problems(reason)
    member = db.session.scalar(select(Member).where(Member.code == code, STANDS))
    if member is None:
        problems.append(NOBODY)
    elif not may_need(viewer) or db.session.scalar(select(Member.id).where(Member.id == member.id, visible(viewer))):
        problems.append(ALREADY)
    else:
        problems += _of_others(viewer, member.id)
    if problems or member is None:
        raise Invalid(problems)
    now, number = clock.now(), opened_today(viewer.user_id) + 1
    emergency = EmergencyAccess(
        key_id=member.key_id,
        code=next_emergency_code(),
        user_id=viewer.user_id,
        member_id=member.id,
        at=now,
        until_at=now + LASTS,
        waits=int(number > A_DAY),
        reason=reason,
    )
    db.session.add(emergency)
    db.session.flush()
    trail.record("emergency.ask" if emergency.waits else "emergency.open", [emergency.code, member.code], number=number)
    for user_id in _who_is_told(member.id, viewer.user_id):
        body = {"code": emergency.code, "user": user_id, "number": number}
        mail.put("members.emergency", f"{emergency.code}/{user_id}", body)
    return emergency


def _of_others(viewer: Viewer, member_id: int) -> list[Problem]:
    """What of the viewer's own other accesses stands against one more."""
    if code := open_code_of(viewer.user_id):
        return [one_at_a_time(code)]
    if code := waiting_of(viewer.user_id, member_id):
        return [waits_already(code)]
    if opened_today(viewer.user_id) >= A_DAY and not others_who_may(viewer.user_id, DIRECTOR):
        return [NO_DIRECTOR]
    return []


def open_for(*, viewer: Viewer, code: str) -> EmergencyAccess:
    """A director opens what somebody asked for after the third of a day; the hour runs from now, and who
    asked is told. Raises Conflict when it doesn't wait, is one's own, or another of theirs stands open."""
    access = get_emergency(viewer, code)
    if not access.waits or access.ended_at is not None:
        raise Conflict(WAITS_NOT)
    if not is_apart(access.user_id, viewer.user_id):
        raise Conflict(OWN_OPENING)
    if standing := open_code_of(access.user_id):
        raise Conflict(stands_theirs(standing))
    now = clock.now()
    access.waits, access.opened_by_user_id, access.at, access.until_at = 0, viewer.user_id, now, now + LASTS
    db.session.flush()
    trail.record("emergency.open", [code, member_code_of(access.member_id)])
    body = {"code": code, "user": access.user_id, "is_own": True}
    mail.put("members.emergency", f"{code}/{access.user_id}", body)
    return access


def _who_is_told(member_id: int, author_id: int) -> list[int]:
    """The directors, who leads the case, and those of the team who are assigned to the member now; never who opened it."""
    team = {id for id, _ in with_roles(*WORKS)}
    beside = db.session.scalars(
        select(Assignment.user_id).where(Assignment.member_id == member_id, Assignment.to_at.is_(None))
    )
    told = {id for id, _ in with_roles(DIRECTOR)} | ({*beside, lead_of(member_id)} & team)
    return sorted(told - {author_id})


@mail.renders("members.emergency")
def render_notice(body: dict) -> mail.Letter | None:
    """The letter that says no more than where to look."""
    user = reader(body["user"])
    if user is None:
        return None
    url = f"{config().base_url}{'/' if body.get('is_own') else '/emergencies'}"
    return mail.Letter(user.email, *open_now_letter(body["code"], url, user.language, body.get("number")))


def end_emergency(*, viewer: Viewer, code: str) -> EmergencyAccess:
    """It is over before its hour. Ending what is over already changes nothing."""
    access = get_emergency(viewer, code)
    if access.ended_at is None and access.until_at > clock.now():
        access.ended_at = clock.now()
        db.session.flush()
        trail.record("emergency.end", code)
    return access


def review_emergency(*, viewer: Viewer, code: str, verdict: str, words: str) -> EmergencyReview:
    """Say whether it was justified. Raises Invalid when it is one's own or nothing is said,
    Conflict when somebody did it already."""
    access = get_emergency(viewer, code)
    problems = words_problems(words)
    if not is_apart(access.user_id, viewer.user_id):
        problems.append(OWN)
    if verdict not in VERDICTS:
        problems.append(Problem("verdict", "Choose one of the two.", "Elija una de las dos."))
    if problems:
        raise Invalid(problems)
    if review_of(access.id):
        raise Conflict(REVIEWED)
    review = EmergencyReview(
        access_id=access.id,
        key_id=access.key_id,
        member_id=access.member_id,
        by_user_id=viewer.user_id,
        at=clock.now(),
        verdict=verdict,
        words=words,
    )
    db.session.add(review)
    db.session.flush()
    trail.record("emergency.review", code, verdict=verdict)
    return review
