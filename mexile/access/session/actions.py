"""Signing in and out, unlocking, confirming; all attempts are counted and in the trail."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import case, delete, select, update

from mexile.access import known_device, passwords, second_factor
from mexile.access.account.models import AccessRevocation, RecoveryCode, UserAccount
from mexile.access.letter import actions as letters
from mexile.access.session.models import Draft, UserSession
from mexile.access.session.queries import token_hash
from mexile.access.throttle import actions as slowing
from mexile.access.viewer import Viewer
from mexile.ground import clock, seal, tally, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Invalid, KeyGone, Problem, Tampered

NOT_RIGHT = Problem(
    "password",
    "This is not right. Nothing of what you typed is lost.",
    "No es correcto. No se perdió nada de lo que escribió.",
)
NOT_THE_PASSWORD = Problem(
    "password",
    "This is not the password. Nothing of what you typed is lost.",
    "No es la contraseña. No se perdió nada de lo que escribió.",
)


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


def sign_in(*, email: str, password: str, code: str, device: str, known: str = "", slowed: bool = False) -> str:
    """Open a session and return its token for the cookie. Raises Invalid when refused.

    `known` is the word of a device that somebody signed in on before; `slowed`: too much was wrong in the network
    of this one, which keeps a device that is not known waiting for its turn. Everything is worked out for
    everybody, so that neither the answer nor its time tells which part was wrong. The slow part (argon2)
    runs before the write transaction. A password whose hash is cheaper than today's cost is hashed anew:
    only now, when all is right, is it known.
    """
    email = email.strip().lower()
    before = _account(email)
    kept = before.password_hash if before else ""
    with slowing.in_turn(slowed and not known_device.name_of(before, known)):
        right = passwords.fits(kept, password)
    counter, recovery = _second_factor(before, code)
    is_in = right and (counter is not None or recovery is not None)
    dearer = passwords.hash_password(password) if is_in and passwords.is_cheap(kept) else None
    answer: Invalid | None = None
    with writing():
        user = _account(email)
        counter, recovery = _second_factor(user, code)
        right = right and user is not None and user.password_hash == kept
        token = _open(user, counter, recovery, device, known) if user and right else None
        if token is None:
            note_refused(user)
            answer = slowing.count_refused(email=email, user=user if right else None, word=known)
        elif user and dearer:
            user.password_hash = dearer
    if token is None:
        raise answer or refused()
    return token


def note_refused(user: UserAccount | None) -> None:
    """A refused try in the trail: each of the first nine of an hour, then the hundredth. Inside `writing()`."""
    times = tally.tell(f"sign_in.refused {user.code if user else ''}", 3600, each=9)
    if times:
        more: dict[str, Any] = {"times": times} if times > 9 else {}
        trail.record("sign_in.refused", user.code if user else "", **more)


def _account(email: str) -> UserAccount | None:
    """Whose address this is and whose access stands, as it is now."""
    return db.session.scalar(
        select(UserAccount)
        .outerjoin(AccessRevocation, AccessRevocation.user_id == UserAccount.id)
        .where(UserAccount.email == email, AccessRevocation.user_id.is_(None)),
        execution_options={"populate_existing": True},
    )


def _second_factor(user: UserAccount | None, code: str) -> tuple[int | None, RecoveryCode | None]:
    """The time step of a right code, or the recovery code that it is; it takes as long for nobody."""
    seed = _seed(user) if user else ""
    counter = second_factor.counter_of(seed or second_factor.NOBODY, code, user.totp_last if user else 0)
    recovery = db.session.scalar(
        select(RecoveryCode).where(
            RecoveryCode.user_id == (user.id if user else 0),
            RecoveryCode.code_mac == second_factor.recovery_mac(code),
            RecoveryCode.used_at.is_(None),
        )
    )
    return (counter if seed else None), recovery


def _seed(user: UserAccount) -> str:
    """The seed of somebody's telephone; "" where there is none, or none that opens: then codes of the
    telephone are wrong, like any other, and recovery codes work."""
    with seal.silent():
        try:
            return user.totp or ""
        except (KeyGone, Tampered):
            return ""


def _use(user: UserAccount, counter: int | None, recovery: RecoveryCode | None) -> None:
    """What opened once opens no second time."""
    if recovery is not None:
        recovery.used_at = clock.now()
        letters.tell(user, letters.RECOVERY_USED)
    elif counter is not None:
        user.totp_last = counter


def _open(user: UserAccount, counter: int | None, recovery: RecoveryCode | None, device: str, known: str) -> str | None:
    """A new session's token; None when the second factor is wrong, or is not read on this device for now."""
    if recovery is None and (counter is None or slowing.is_slowed(user, known)):
        return None
    _use(user, counter, recovery)
    return begin(user, device, recovery=recovery is not None)


def begin(user: UserAccount, device: str, **how: Any) -> str:
    """A new session of somebody who proved who they are, and how (for the trail); returns its token. Inside
    `writing()`."""
    now, token = clock.now(), secrets.token_urlsafe(32)
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
    trail.record("sign_in", user.code, **how)
    trail.actor.reset(who)
    return token


def device_token(token: str) -> str:
    """The token of the cookie for the device on which this session was opened."""
    return known_device.new_token(
        db.session.scalars(
            select(UserAccount)
            .join(UserSession, UserSession.user_id == UserAccount.id)
            .where(UserSession.token_hash == token_hash(token))
        ).one()
    )


def confirm(*, viewer: Viewer, password: str, code: str = "") -> None:
    """The password again (and a code, when the second factor is older than 15 minutes).

    Unlocks the page and opens exports for five minutes. Raises Invalid when refused.
    """
    user = db.session.get_one(UserAccount, viewer.user_id)
    right = passwords.fits(user.password_hash, password)
    with writing():
        values = {"confirmed_at": clock.now()}
        if code:
            db.session.refresh(user)
            counter, recovery = _second_factor(user, code)
            right = right and (counter is not None or recovery is not None)
            values["second_factor_at"] = clock.now()
            if right:
                _use(user, counter, recovery)
        is_over = answer(viewer, user, "session.confirm", right, values)
    refuse(right, is_over, NOT_RIGHT)


def unlock(*, viewer: Viewer, password: str) -> None:
    """Open the locked page with the password alone; exports still ask again."""
    user = db.session.get_one(UserAccount, viewer.user_id)
    right = passwords.fits(user.password_hash, password)
    with writing():
        is_over = answer(viewer, user, "session.unlock", right, {})
    refuse(right, is_over, NOT_THE_PASSWORD)


def answer(viewer: Viewer, user: UserAccount, act: str, right: bool, values: Mapping[str, object]) -> bool:
    """Write down how a try within a session went; whether the session is over now. Inside `writing()`.

    A session begun before the clock was set back begins now: its ten hours must not be eleven.
    """
    trail.record(act if right else "session.refused", viewer.code)
    is_over = not right and slowing.session_is_over(viewer.session_id)
    now = clock.now()
    if right:
        begun = case((UserSession.started_at > now, now), else_=UserSession.started_at)
        values = {**values, "last_seen_at": now, "started_at": begun}
    elif is_over:
        values = {"ended_at": now}
        letters.tell(user, letters.SESSION_ENDED)
    if right or is_over:
        db.session.execute(update(UserSession).where(UserSession.id == viewer.session_id).values(**values))
        db.session.flush()
    return is_over


def refuse(right: bool, is_over: bool, problem: Problem) -> None:
    """Raise Invalid with `problem` where it was wrong, Slowed where it was one time too many."""
    if is_over:
        raise slowing.Slowed(
            Problem(
                "password",
                "Too many wrong passwords: you are signed out. What you typed is kept until you sign in again.",
                "Demasiadas contraseñas equivocadas: su sesión se cerró. Lo que escribió se conserva hasta que entre.",
            )
        )
    if not right:
        raise Invalid(problem)


def end_session(*, viewer: Viewer, session_id: int) -> None:
    """End one of the viewer's own sessions."""
    db.session.execute(
        update(UserSession)
        .where(UserSession.id == session_id, UserSession.user_id == viewer.user_id)
        .values(ended_at=clock.now())
    )
    trail.record("session.end", viewer.code)


def end_others(*, viewer: Viewer) -> None:
    """End all of the viewer's sessions but this one. Inside `writing()`."""
    db.session.execute(
        update(UserSession)
        .where(
            UserSession.user_id == viewer.user_id, UserSession.ended_at.is_(None), UserSession.id != viewer.session_id
        )
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
        delete(Draft).where(Draft.user_id == viewer.user_id, Draft.path == path, Draft.held == int(held))
    )


def draft_of(viewer: Viewer, path: str, held: bool = False) -> str | None:
    """What the viewer typed on `path` and did not save."""
    draft = db.session.scalar(
        select(Draft).where(Draft.user_id == viewer.user_id, Draft.path == path, Draft.held == int(held))
    )
    return draft.body if draft else None


def choose_language(*, viewer: Viewer, language: str) -> None:
    """The viewer's pages speak `language` from now on."""
    db.session.execute(update(UserAccount).where(UserAccount.id == viewer.user_id).values(language=language))
    trail.record("user.language", viewer.code, language=language)
