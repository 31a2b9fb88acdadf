"""Making people of the staff, giving and ending roles, ending access."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from mexile.access import passwords, second_factor
from mexile.access.models import AccessRevocation, RecoveryCode, UserAccount, UserRole, UserSession
from mexile.access.roles import ADMINISTRATOR, ROLES
from mexile.ground import clock, keyring, trail
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, Problem


@dataclass(frozen=True)
class Secrets:
    """Shown once, when an account is made."""

    code: str
    password: str
    totp_address: str
    totp_seed: str
    recovery_codes: tuple[str, ...]


def problems_of_account(*, name: str, email: str, roles: list[str], password: str) -> list[Problem]:
    """What is wrong with a new account, all at once."""
    found = passwords.problems_of(password)
    if not name.strip():
        found.append(Problem("name", "Write the person's name.", "Escriba el nombre de la persona."))
    if "@" not in email or email.strip() != email:
        found.append(Problem("email", "Write a mail address.", "Escriba un correo electrónico."))
    if not roles:
        found.append(Problem("role", "Give at least one role.", "Dé al menos un rol."))
    for role in roles:
        if role not in ROLES:
            known = ", ".join(ROLES)
            found.append(
                Problem("role", f"{role} is no role. The roles are {known}.", f"{role} no es un rol. Los roles son {known}.")
            )
    taken = db.session.scalar(select(UserAccount.id).where(UserAccount.email == email.lower()))
    if taken:
        found.append(
            Problem("email", "Somebody has this mail address already.", "Alguien ya tiene este correo.")
        )
    return found


def add_user(
    *,
    name: str,
    email: str,
    roles: list[str],
    password: str,
    language: str = "en",
    key_id: bytes | None = None,
    seed: str | None = None,
) -> Secrets:
    """Make an account with its second factor and recovery codes. Inside `writing()`."""
    problems = problems_of_account(name=name, email=email, roles=roles, password=password)
    if problems:
        raise Invalid(problems)
    seed = seed or second_factor.new_seed()
    user = UserAccount(
        key_id=key_id or keyring.new_key(),
        code=next_code("U", UserAccount.code, 2),
        name=name.strip(),
        email=email.lower(),
        language=language,
        password_hash=passwords.hash_password(password),
        totp=seed,
    )
    db.session.add(user)
    db.session.flush()
    for role in sorted(set(roles)):
        db.session.add(UserRole(user_id=user.id, role=role, from_at=clock.now()))
    codes = second_factor.new_recovery_codes()
    for code in codes:
        db.session.add(RecoveryCode(user_id=user.id, code_mac=second_factor.recovery_mac(code)))
    db.session.flush()
    trail.record("user.add", user.code, roles=sorted(set(roles)))
    return Secrets(
        user.code, password, second_factor.address_for_telephone(seed, email), seed, tuple(codes)
    )


def end_access(*, user_id: int, by: int, reason: str) -> None:
    """End somebody's access at once: her next request is a stranger's.

    Raises Conflict for oneself and for the last administrator: nobody would be left to
    open the door again.
    """
    user = db.session.get_one(UserAccount, user_id)
    if user_id == by:
        raise Conflict(
            Problem("", "Nobody ends their own access. Ask a colleague.", "Nadie termina su propio acceso. Pida a un colega.")
        )
    if _is_last_administrator(user_id):
        raise Conflict(last_administrator())
    if db.session.get(AccessRevocation, user_id) is not None:
        return
    db.session.add(AccessRevocation(user_id=user_id, by_user_id=by, at=clock.now(), reason=reason))
    db.session.execute(
        update(UserSession)
        .where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
    db.session.flush()
    trail.record("user.end", user.code)


def last_administrator() -> Problem:
    return Problem(
        "",
        "This is the last administrator. Make somebody else administrator first.",
        "Es la última persona de administración. Primero nombre a otra.",
    )


def _is_last_administrator(user_id: int) -> bool:
    holders = set(
        db.session.scalars(
            select(UserRole.user_id)
            .outerjoin(AccessRevocation, AccessRevocation.user_id == UserRole.user_id)
            .where(
                UserRole.role == ADMINISTRATOR,
                UserRole.to_at.is_(None),
                AccessRevocation.user_id.is_(None),
            )
        )
    )
    return holders == {user_id}


def _role(user_id: int, role: str) -> UserRole | None:
    return db.session.scalar(
        select(UserRole).where(
            UserRole.user_id == user_id, UserRole.role == role, UserRole.to_at.is_(None)
        )
    )


def give_role(*, user_id: int, role: str) -> None:
    """Give a role. Beside administrator, one that sees members waits for a director."""
    user = db.session.get_one(UserAccount, user_id)
    if _role(user_id, role) is None:
        db.session.add(UserRole(user_id=user_id, role=role, from_at=clock.now()))
        db.session.flush()
        trail.record("user.role", user.code, given=role)


def end_role(*, user_id: int, role: str) -> None:
    """End a role at once. Raises Conflict for the last administrator's."""
    user = db.session.get_one(UserAccount, user_id)
    held = _role(user_id, role)
    if held is None:
        return
    if role == ADMINISTRATOR and _is_last_administrator(user_id):
        raise Conflict(last_administrator())
    held.to_at = clock.now()
    db.session.flush()
    trail.record("user.role", user.code, ended=role)


def confirm_role(*, user_id: int, role: str, by: int) -> None:
    """A director lets an administrator work in a role that sees members as well.
    Raises Conflict when she would confirm her own."""
    user = db.session.get_one(UserAccount, user_id)
    held = _role(user_id, role)
    if held is None or held.confirmed_by is not None:
        return
    if user_id == by:
        raise Conflict(
            Problem("", "Nobody confirms their own role. Ask another director.", "Nadie confirma su propio rol. Pida a otra persona de dirección.")
        )
    held.confirmed_by = by
    db.session.flush()
    trail.record("user.role", user.code, confirmed=role)
