"""Emergency access: opening it with a reason, ending it, and looking at it afterwards."""

from sqlalchemy import select

from mexile.access.models import UserAccount
from mexile.access.policy import DIRECTOR, WORKS
from mexile.access.queries.people import with_roles
from mexile.access.viewer import Viewer
from mexile.config import config
from mexile.ground import clock, mail, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, Problem
from mexile.members.models.assignment import Assignment
from mexile.members.models.emergency import VERDICTS, EmergencyAccess, EmergencyReview
from mexile.members.models.member import Member
from mexile.members.queries.codes import next_emergency_code
from mexile.members.queries.emergency import get_emergency, may_need, review_of
from mexile.members.queries.lead import lead_of
from mexile.members.queries.visible import STANDS, visible
from mexile.members.rules.emergency import LASTS, open_now_letter, reason_problems, words_problems

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
    "Who opened it can't close it. Somebody else has to look.",
    "Quien lo abrió no puede cerrarlo. Otra persona tiene que revisarlo.",
)
REVIEWED = Problem("verdict", "Somebody has looked at this already.", "Alguien ya lo revisó.")


def open_emergency(*, viewer: Viewer, code: str, reason: str) -> EmergencyAccess:
    """Open a member whom the viewer doesn't walk with, for 60 minutes.

    The directors and whoever walks with the person are told at once. Raises Invalid, with everything
    that is wrong, when there is no such person, no need, or no reason.
    """
    problems = reason_problems(reason)
    member = db.session.scalar(select(Member).where(Member.code == code, STANDS))
    if member is None:
        problems.append(NOBODY)
    elif not may_need(viewer) or db.session.scalar(select(Member.id).where(Member.id == member.id, visible(viewer))):
        problems.append(ALREADY)
    if problems or member is None:
        raise Invalid(problems)
    now = clock.now()
    made = EmergencyAccess(
        key_id=member.key_id,
        code=next_emergency_code(),
        user_id=viewer.user_id,
        member_id=member.id,
        at=now,
        until_at=now + LASTS,
        reason=reason,
    )
    db.session.add(made)
    db.session.flush()
    trail.record("emergency.open", [made.code, member.code])
    for user_id in _who_is_told(member.id, viewer.user_id):
        mail.put("members.emergency", f"{made.code}/{user_id}", {"code": made.code, "user": user_id})
    return made


def _who_is_told(member_id: int, author_id: int) -> list[int]:
    """The directors, who leads the case, and those of the team who walk with the member now; never who opened it."""
    team = {id for id, _ in with_roles(*WORKS)}
    beside = db.session.scalars(
        select(Assignment.user_id).where(Assignment.member_id == member_id, Assignment.to_at.is_(None))
    )
    told = {id for id, _ in with_roles(DIRECTOR)} | ({*beside, lead_of(member_id)} & team)
    return sorted(told - {author_id})


@mail.renders("members.emergency")
def render_notice(body: dict) -> mail.Letter | None:
    """The letter that says no more than where to look."""
    user = db.session.get(UserAccount, body["user"])
    if user is None:
        return None
    url = f"{config().base_url}/emergencies"
    return mail.Letter(user.email, *open_now_letter(body["code"], url, user.language))


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
    if access.user_id == viewer.user_id:
        problems.append(OWN)
    if verdict not in VERDICTS:
        problems.append(Problem("verdict", "Choose one of the two.", "Elija una de las dos."))
    if problems:
        raise Invalid(problems)
    if review_of(access.id):
        raise Conflict(REVIEWED)
    made = EmergencyReview(
        access_id=access.id,
        key_id=access.key_id,
        member_id=access.member_id,
        by_user_id=viewer.user_id,
        at=clock.now(),
        verdict=verdict,
        words=words,
    )
    db.session.add(made)
    db.session.flush()
    trail.record("emergency.review", code, verdict=verdict)
    return made
