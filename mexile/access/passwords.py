"""Passwords: argon2id, twelve characters or more, none of the ones everybody uses."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from mexile.ground.errors import Problem

LEAST = 12
_COMMON = {
    "password", "contrasena", "123456", "qwerty", "letmein", "welcome", "bienvenido", "mexile",
    "iloveyou", "teamo", "administrator", "administrador", "abc123", "111111", "000000",
}  # fmt: skip

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_nobody = ""


def weaken() -> None:
    """The weakest legal cost, for tests and the demo only; production refuses it."""
    global _hasher, _nobody
    _hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    _nobody = ""


def strengthen() -> None:
    """The cost that production runs with: 19 MiB, two passes."""
    global _hasher, _nobody
    _hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
    _nobody = ""


def hash_password(password: str) -> str:
    return _hasher.hash(password.encode("utf-8", "replace"))


def fits(password_hash: str | None, password: str) -> bool:
    """Whether the password is right. Takes as long for an unknown person, or one who has none yet (""),
    as for a known one."""
    global _nobody
    _nobody = _nobody or _hasher.hash(secrets.token_hex(16))
    try:
        _hasher.verify(password_hash or _nobody, password.encode("utf-8", "replace"))
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)


def is_cheap(password_hash: str) -> bool:
    """Whether it was hashed at a lower cost than today's: then it is hashed anew when it is next typed.
    A higher cost is left as it is."""
    then = extract_parameters(password_hash)
    return then.time_cost < _hasher.time_cost or then.memory_cost < _hasher.memory_cost


def problems_of(password: str) -> list[Problem]:
    """Why this password can't be chosen."""
    problems = []
    if len(password) < LEAST:
        problems.append(
            Problem(
                "password",
                f"Use at least {LEAST} characters. Four words that don't belong together are good.",
                f"Use al menos {LEAST} caracteres. Cuatro palabras sin relación son buena idea.",
            )
        )
    bare = "".join(char for char in password.lower() if char.isalnum())
    if any(bare == word * (len(bare) // len(word)) for word in _COMMON if len(bare) >= len(word)) or len(set(bare)) < 4:
        problems.append(
            Problem(
                "password",
                "This password is one of the first that a thief tries. Choose another.",
                "Es una de las primeras que prueba un ladrón. Elija otra.",
            )
        )
    return problems
