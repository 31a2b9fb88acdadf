"""The second factor: six digits from the telephone (TOTP), each used once."""

from __future__ import annotations

import hashlib
import hmac
import secrets

import pyotp

from mexile.ground import clock, keyring
from mexile.ground.errors import Problem

STEP = 30
WRONG = Problem(
    "code",
    "This is not the code of the moment. Wait for the next one and type it; is the telephone's clock right?",
    "No es el código del momento. Espere el siguiente y escríbalo; ¿está bien la hora del teléfono?",
)


NOBODY = "A" * 32
"""The seed with which codes of an unknown person are compared, so that it takes as long."""


def new_seed() -> str:
    return pyotp.random_base32()


def normalise(code: str) -> str:
    """Only what counts of a typed code: a space added must not make it a new one."""
    return "".join(char for char in code if char.isalnum()).lower()


def counter_of(seed: str, code: str, last: int) -> int | None:
    """The time step for which `code` is right and later than `last`; None when there is none.

    A `last` that lies ahead of every code there is now was used before the clock was set back: it doesn't
    refuse the codes of the meantime. Takes as long for whatever was typed.
    """
    typed = normalise(code).encode("utf-8", "replace")
    totp = pyotp.TOTP(seed)
    now = int(clock.now().timestamp()) // STEP
    used = last if last <= now + 1 else 0
    right = [c for c in (now, now - 1, now + 1) if hmac.compare_digest(totp.generate_otp(c).encode(), typed)]
    return next((counter for counter in right if counter > used), None)


def code_at(seed: str, counter: int) -> str:
    return pyotp.TOTP(seed).generate_otp(counter)


def address_for_telephone(seed: str, email: str) -> str:
    """The otpauth address that the telephone's program reads from a QR code."""
    return pyotp.TOTP(seed).provisioning_uri(name=email, issuer_name="mexile")


def new_recovery_codes(count: int = 10) -> list[str]:
    """Codes of 80 bits, in groups of four, easy to read aloud."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return ["-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4)) for _ in range(count)]


def recovery_mac(code: str) -> bytes:
    key = keyring.index_key("recovery")
    return hmac.digest(key, normalise(code).encode("utf-8", "replace"), hashlib.sha256)
