"""Making people of the staff, giving and ending roles, ending access."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select, update

from mexile.access import passwords, second_factor
from mexile.access.models import AccessRevocation, RecoveryCode, UserAccount, UserRole, UserSession
from mexile.access.roles import ROLES
from mexile.ground import clock, keyring, trail
from mexile.ground.db import db
from mexile.ground.errors import Invalid, Problem


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
    number = (db.session.scalar(select(func.max(UserAccount.id))) or 0) + 1
    seed = seed or second_factor.new_seed()
    user = UserAccount(
        key_id=key_id or keyring.new_key(),
        code=f"U-{number:02d}",
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
    """End somebody's access at once: her next request is a stranger's."""
    user = db.session.get_one(UserAccount, user_id)
    db.session.add(AccessRevocation(user_id=user_id, by_user_id=by, at=clock.now(), reason=reason))
    db.session.execute(
        update(UserSession)
        .where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
    trail.record("user.end", user.code)
