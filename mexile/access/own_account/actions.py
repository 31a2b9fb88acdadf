"""What people do with their own account: another password, another second factor, other recovery codes.

Each is told to the person by mail; the password ends every other session.

Single-letter keys: each person switches them off and on for herself (WCAG 2.1.4).
"""

from __future__ import annotations

from sqlalchemy import delete, update

from mexile.access import passwords, second_factor
from mexile.access.account.models import RecoveryCode, UserAccount
from mexile.access.letter import actions as letters
from mexile.access.session.models import UserSession
from mexile.access.viewer import Viewer
from mexile.ground import clock, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Invalid, Problem

SAME = Problem(
    "password", "This is the password you have. Choose another.", "Es la contraseña que ya tiene. Elija otra."
)


def change_password(*, viewer: Viewer, password: str) -> None:
    """Another password, and every other session of the person ends. Raises Invalid."""
    user = db.session.get_one(UserAccount, viewer.user_id)
    problems = passwords.problems_of(password)
    if not problems and passwords.fits(user.password_hash, password):
        problems = [SAME]
    if problems:
        raise Invalid(problems)
    hashed = passwords.hash_password(password)
    with writing():
        db.session.refresh(user)
        user.password_hash = hashed
        end_sessions(user.id, but=viewer.session_id)
        _changed(user, "user.password", letters.PASSWORD)


def change_second_factor(*, viewer: Viewer, seed: str, code: str) -> None:
    """Another telephone, once it shows a right code; every other session ends. Raises Invalid."""
    counter = second_factor.counter_of(seed, code, 0)
    if counter is None:
        raise Invalid(second_factor.WRONG)
    user = db.session.get_one(UserAccount, viewer.user_id)
    with writing():
        db.session.refresh(user)
        user.totp, user.totp_last = seed, counter
        end_sessions(user.id, but=viewer.session_id)
        _changed(user, "user.second_factor", letters.SECOND_FACTOR)


def new_recovery_codes(*, viewer: Viewer) -> tuple[str, ...]:
    """Ten new codes, shown once; those before are worth nothing. Inside `writing()`."""
    user = db.session.get_one(UserAccount, viewer.user_id)
    codes = replace_recovery_codes(user)
    _changed(user, "user.recovery_codes", letters.RECOVERY_CODES)
    return codes


def replace_recovery_codes(user: UserAccount) -> tuple[str, ...]:
    """Inside `writing()`."""
    codes = tuple(second_factor.new_recovery_codes())
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None)))
    db.session.add_all(RecoveryCode(user_id=user.id, code_mac=second_factor.recovery_mac(code)) for code in codes)
    db.session.flush()
    return codes


def end_sessions(user_id: int, *, but: int = 0) -> None:
    """End the sessions of a person, all or all but one. Inside `writing()`."""
    db.session.execute(
        update(UserSession)
        .where(UserSession.user_id == user_id, UserSession.ended_at.is_(None), UserSession.id != but)
        .values(ended_at=clock.now())
    )


def _changed(user: UserAccount, act: str, what: str) -> None:
    db.session.flush()
    trail.record(act, user.code)
    letters.tell(user, what)


def set_single_keys(*, viewer: Viewer, on: bool) -> None:
    """Inside `writing()`."""
    db.session.execute(
        update(UserAccount)
        .where(UserAccount.id == viewer.user_id)
        .values(shortcuts=int(on))
        .execution_options(synchronize_session=False)
    )
    trail.record("user.keys", viewer.code, on=on)
