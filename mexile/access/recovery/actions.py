"""A lost second factor: one colleague asks, another confirms, and the person sets everything anew by a mailed address.

Both gave their password just now. The person is told at once and can stop it; so can whoever runs the system or
directs. Until the mailed address is used all that the person has goes on working.
"""

from __future__ import annotations

from mexile.access.account.models import AccessRevocation, UserAccount
from mexile.access.invitation.actions import end_invitations, invite
from mexile.access.letter import actions as letters
from mexile.access.recovery.models import AccountRecovery
from mexile.access.recovery.queries import confirmers, open_recovery, waiting_recovery
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Problem

OWN = Problem(
    "",
    "Nobody asks for their own account: a colleague does, who talked with you.",
    "Nadie lo pide para su propia cuenta: lo hace un colega que habló con usted.",
)
NOT_OPEN = Problem(
    "",
    "This person's access has ended, or they have not come in yet.",
    "El acceso de esta persona terminó, o todavía no ha entrado.",
)
ASKED = Problem("", "This was asked already and waits to be confirmed.", "Esto ya se pidió y espera confirmación.")
GONE = Problem(
    "",
    "Nothing waits any more: it was confirmed or used, was stopped, is older than 72 hours, or who asked may no longer ask.",
    "Ya no hay nada en espera: se confirmó o se usó, se detuvo, tiene más de 72 horas, o quien lo pidió ya no puede pedirlo.",
)
NOT_SECOND = Problem(
    "",
    "A second person confirms: neither who asked, nor whose account it is, nor somebody whose account who asked has made.",
    "Confirma una segunda persona: ni quien lo pidió, ni de quien es la cuenta, ni alguien cuya cuenta hizo quien lo pidió.",
)


def ask_recovery(*, user_id: int, by: int) -> None:
    """Raises Conflict, in words, where it can't be asked. Inside `writing()`."""
    user = db.session.get_one(UserAccount, user_id)
    if user_id == by:
        raise Conflict(OWN)
    if not user.password_hash or db.session.get(AccessRevocation, user_id) is not None:
        raise Conflict(NOT_OPEN)
    if waiting_recovery(user_id) is not None:
        raise Conflict(ASKED)
    db.session.add(AccountRecovery(user_id=user_id, by_user_id=by, at=clock.now()))
    db.session.flush()
    trail.record("user.recovery", user.code)
    letters.tell(user, letters.RECOVERY_ASKED)
    letters.tell_directors("recovery", user, [], *confirmers(by, user_id))


def confirm_recovery(*, user_id: int, by: int) -> None:
    """The second of the two; the person is invited to set everything anew. Raises Conflict. Inside `writing()`."""
    user, asked = db.session.get_one(UserAccount, user_id), waiting_recovery(user_id)
    if asked is None or db.session.get(AccessRevocation, user_id) is not None:
        raise Conflict(GONE)
    if by not in confirmers(asked.by_user_id, user_id):
        raise Conflict(NOT_SECOND)
    asked.confirmed_by, asked.confirmed_at = by, clock.now()
    db.session.flush()
    trail.record("user.recovery_confirmed", user.code)
    letters.tell_directors("recovery_confirmed", user, [])
    invite(user=user)


def end_recovery(*, user_id: int) -> None:
    """Stop what waits, or the address that was mailed and not used yet. Inside `writing()`."""
    user, asked = db.session.get_one(UserAccount, user_id), open_recovery(user_id)
    if asked is None:
        raise Conflict(GONE)
    asked.ended_at = clock.now()
    end_invitations(user_id)
    db.session.flush()
    trail.record("user.recovery_end", user.code)
