"""Signing in and out, unlocking, confirming; all attempts are counted and in the trail."""

from __future__ import annotations

import secrets

from sqlalchemy import delete, select, update

from mexile.access import passwords, second_factor
from mexile.access.models import AccessRevocation, Draft, RecoveryCode, UserAccount, UserSession
from mexile.access.queries.session import token_hash
from mexile.access.viewer import Viewer
from mexile.ground import clock, seal, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Invalid, Problem


def refused() -> Invalid:
    """One sentence for every reason: it must not tell whether the person exists."""
    return Invalid(
        Problem(
            "email",
            "This e-mail, password and code don't go together. Nothing was opened. "
            "The code changes every 30 seconds and works once.",
            "Este correo, contraseña y código no coinciden. No se abrió nada. "
            "El código cambia cada 30 segundos y sirve una sola vez.",
        )
    )


def sign_in(*, email: str, password: str, code: str, device: str) -> str:
    """Open a session and return its token for the cookie. Raises Invalid when refused.

    The slow part (argon2) runs before the write transaction. A password whose hash is cheaper than
    today's cost is hashed anew: only now is it known.
    """
    found = db.session.scalar(
        select(UserAccount)
        .outerjoin(AccessRevocation, AccessRevocation.user_id == UserAccount.id)
        .where(UserAccount.email == email.strip().lower(), AccessRevocation.user_id.is_(None))
    )
    right = passwords.fits(found.password_hash if found else None, password)
    old = found.password_hash if found else ""
    dearer = passwords.hash_password(password) if right and passwords.is_cheap(old) else None
    with writing():
        counter = recovery = None
        if found is not None and right:
            db.session.refresh(found)
            counter, recovery = _second_factor(found, code)
        if found is None or not right or (counter is None and recovery is None):
            trail.record("sign_in.refused", found.code if found else "")
            token = None
        else:
            token = _open(found, counter, recovery, device)
            if dearer and found.password_hash == old:
                found.password_hash = dearer
    if token is None:
        raise refused()
    return token


def _second_factor(user: UserAccount, code: str) -> tuple[int | None, RecoveryCode | None]:
    with seal.silent():
        counter = second_factor.counter_of(user.totp or "", code, user.totp_last)
    if counter is not None:
        return counter, None
    mac = second_factor.recovery_mac(code)
    return None, db.session.scalar(
        select(RecoveryCode).where(
            RecoveryCode.user_id == user.id,
            RecoveryCode.code_mac == mac,
            RecoveryCode.used_at.is_(None),
        )
    )


def _open(
    user: UserAccount, counter: int | None, recovery: RecoveryCode | None, device: str
) -> str:
    now, token = clock.now(), secrets.token_urlsafe(32)
    if counter is not None:
        user.totp_last = counter
    if recovery is not None:
        recovery.used_at = now
    db.session.add(
        UserSession(
            token_hash=token_hash(token),
            user_id=user.id,
            started_at=now,
            last_seen_at=now,
            second_factor_at=now,
            confirmed_at=now,
            device=device[:80],
        )
    )
    db.session.flush()
    who = trail.actor.set(trail.Actor(user.id, "self"))
    trail.record("sign_in", user.code, recovery=recovery is not None)
    trail.actor.reset(who)
    return token


def confirm(*, viewer: Viewer, password: str, code: str = "") -> None:
    """The password again (and a code, when the second factor is older than 15 minutes).

    Unlocks the page and opens exports for five minutes. Raises Invalid when refused.
    """
    user = db.session.get_one(UserAccount, viewer.user_id)
    right = passwords.fits(user.password_hash, password)
    with writing():
        values = {"confirmed_at": clock.now(), "last_seen_at": clock.now()}
        if right and code:
            db.session.refresh(user)
            counter, recovery = _second_factor(user, code)
            right = counter is not None or recovery is not None
            values["second_factor_at"] = clock.now()
            if counter is not None:
                user.totp_last = counter
            if recovery is not None:
                recovery.used_at = clock.now()
        trail.record("session.confirm" if right else "session.refused", viewer.code)
        if right:
            db.session.execute(
                update(UserSession).where(UserSession.id == viewer.session_id).values(**values)
            )
            db.session.flush()
    if not right:
        raise Invalid(
            Problem(
                "password",
                "This is not right. Nothing of what you typed is lost.",
                "No es correcto. No se perdió nada de lo que escribió.",
            )
        )


def unlock(*, viewer: Viewer, password: str) -> None:
    """Open the locked page with the password alone; exports still ask again."""
    user = db.session.get_one(UserAccount, viewer.user_id)
    right = passwords.fits(user.password_hash, password)
    with writing():
        trail.record("session.unlock" if right else "session.refused", viewer.code)
        if right:
            db.session.execute(
                update(UserSession)
                .where(UserSession.id == viewer.session_id)
                .values(last_seen_at=clock.now())
            )
    if not right:
        raise Invalid(
            Problem(
                "password",
                "This is not the password. Nothing of what you typed is lost.",
                "No es la contraseña. No se perdió nada de lo que escribió.",
            )
        )


def end_session(*, viewer: Viewer, session_id: int) -> None:
    """End one of the viewer's own sessions."""
    db.session.execute(
        update(UserSession)
        .where(UserSession.id == session_id, UserSession.user_id == viewer.user_id)
        .values(ended_at=clock.now())
    )
    trail.record("session.end", viewer.code)


def keep_draft(*, viewer: Viewer, path: str, body: str, held: bool = False) -> None:
    """Keep what was typed on `path`, sealed, in place of what was kept before."""
    drop_draft(viewer=viewer, path=path, held=held)
    db.session.add(
        Draft(
            key_id=viewer.key_id,
            user_id=viewer.user_id,
            path=path,
            at=clock.now(),
            held=int(held),
            body=body,
        )
    )
    db.session.flush()


def drop_draft(*, viewer: Viewer, path: str, held: bool = False) -> None:
    db.session.execute(
        delete(Draft).where(
            Draft.user_id == viewer.user_id, Draft.path == path, Draft.held == int(held)
        )
    )


def draft_of(viewer: Viewer, path: str, held: bool = False) -> str | None:
    """What the viewer typed on `path` and did not save."""
    found = db.session.scalar(
        select(Draft).where(
            Draft.user_id == viewer.user_id, Draft.path == path, Draft.held == int(held)
        )
    )
    return found.body if found else None


def choose_language(*, viewer: Viewer, language: str) -> None:
    """The viewer's pages speak `language` from now on."""
    db.session.execute(
        update(UserAccount).where(UserAccount.id == viewer.user_id).values(language=language)
    )
    trail.record("user.language", viewer.code, language=language)
