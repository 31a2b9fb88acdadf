"""Removing a person at their request: asked by one, confirmed by another, done after seventy-two hours.

A legal hold stops it. What is done when the time has come: ``erasure``.
"""

from __future__ import annotations

from datetime import timedelta

from mexile.access.role.queries import is_apart, others_who_may
from mexile.access.roles import ATTORNEY, DIRECTOR
from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, queue, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, NotHere, Problem
from mexile.members.person.queries import get_member
from mexile.members.removal.models import (
    EraseCancellation,
    EraseConfirmation,
    EraseRequest,
    LegalHold,
    LegalHoldRelease,
)
from mexile.members.removal.queries import Request, standing_holds, standing_request

name_act("member.erase_request", "Passed on a request to be removed", "Transmitió una petición de retiro")
name_act("member.erase_confirm", "Confirmed a removal", "Confirmó un retiro")
name_act("member.erase_cancel", "Called off a removal", "Canceló un retiro")
name_act("member.hold", "Placed a legal hold", "Puso una retención legal")
name_act("member.hold_release", "Lifted a legal hold", "Levantó una retención legal")


WAIT = timedelta(hours=72)

# ---- asking -------------------------------------------------------------------


def ask_to_erase(*, viewer: Viewer, code: str, reason: str) -> EraseRequest:
    """Pass on that the person wants to be removed. Nothing happens until somebody else confirms."""
    member = get_member(viewer, code)
    if standing_request(member.id):
        raise Conflict(ASKED)
    request = EraseRequest(member_id=member.id, by_user_id=viewer.user_id, at=clock.now(), reason=reason)
    db.session.add(request)
    db.session.flush()
    trail.record("member.erase_request", code, reason=reason)
    return request


def confirm_erase(*, viewer: Viewer, code: str) -> EraseConfirmation:
    """A second person confirms; from now on it can be called off for seventy-two hours. An account that the one
    made of the other is no second person. Who is alone may confirm after waiting as long once before."""
    member = get_member(viewer, code)
    asked = standing_request(member.id)
    if asked is None:
        raise Conflict(NOT_ASKED)
    if asked.due_at is not None:
        raise Conflict(CONFIRMED)
    if not is_apart(asked.by_user_id, viewer.user_id):
        _alone(asked)
    if standing_holds(member.id):
        raise Conflict(HELD)
    now = clock.now()
    confirmation = EraseConfirmation(request_id=asked.id, by_user_id=viewer.user_id, at=now, due_at=now + WAIT)
    db.session.add(confirmation)
    db.session.flush()
    queue.put("erase", str(asked.id), {"request": asked.id}, run_at=confirmation.due_at)
    trail.record("member.erase_confirm", code)
    return confirmation


def _alone(asked: Request) -> None:
    """Raises Conflict unless nobody else could confirm and everybody had time to notice."""
    if others_who_may(asked.by_user_id, ATTORNEY, DIRECTOR):
        raise Conflict(TWO_PEOPLE)
    if asked.at > clock.now() - WAIT:
        raise Conflict(ALONE)


def cancel_erase(*, viewer: Viewer, code: str) -> None:
    """Call a removal off, before or after it was confirmed, as long as it was not done."""
    member = get_member(viewer, code)
    asked = standing_request(member.id)
    if asked is None:
        raise Conflict(NOT_ASKED)
    db.session.add(EraseCancellation(request_id=asked.id, by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    trail.record("member.erase_cancel", code)


ASKED = Problem("", "This was asked already.", "Esto ya se pidió.")
NOT_ASKED = Problem("", "Nobody asked for this, or it was called off.", "Nadie lo pidió, o se canceló.")
CONFIRMED = Problem("", "This was confirmed already.", "Esto ya se confirmó.")
TWO_PEOPLE = Problem(
    "",
    "You passed the request on yourself, or you and who did aren't two, since one made the other's account: somebody "
    "else has to confirm it.",
    "Usted transmitió la petición, o no cuenta como otra persona porque una cuenta hizo a la otra: alguien más tiene "
    "que confirmarla.",
)
ALONE = Problem(
    "",
    "There is nobody else here who could confirm it. You may do it yourself 72 hours after it was asked; 72 more pass "
    "before anything is removed.",
    "Aquí no hay nadie más que pueda confirmarlo. Usted puede hacerlo 72 horas después de la petición; pasarán otras "
    "72 antes de que se borre algo.",
)
HELD = Problem(
    "",
    "A legal hold stands: the law obliges us to keep this record for now.",
    "Hay una retención legal: por ahora la ley nos obliga a conservar este registro.",
)


# ---- the hold -----------------------------------------------------------------


def hold_member(*, viewer: Viewer, code: str, reason: str) -> LegalHold:
    """Nothing of this person is erased until the hold is lifted."""
    member = get_member(viewer, code)
    hold = LegalHold(member_id=member.id, by_user_id=viewer.user_id, at=clock.now(), reason=reason)
    db.session.add(hold)
    db.session.flush()
    trail.record("member.hold", code, reason=reason)
    return hold


def release_hold(*, viewer: Viewer, code: str, hold_id: int) -> None:
    member = get_member(viewer, code)
    if hold_id not in {hold.id for hold in standing_holds(member.id)}:
        raise NotHere(code)
    db.session.add(LegalHoldRelease(hold_id=hold_id, by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    trail.record("member.hold_release", code)
