"""The second factor: six digits from the telephone (TOTP), each used once."""

from __future__ import annotations

import hashlib
import hmac
import secrets

import pyotp

from mexile.ground import clock, keyring

STEP = 30


def new_seed() -> str:
    return pyotp.random_base32()


def normalise(code: str) -> str:
    """Only what counts of a typed code: a space added must not make it a new one."""
    return "".join(char for char in code if char.isalnum()).lower()


def counter_of(seed: str, code: str, last: int) -> int | None:
    """The time step for which `code` is right and later than `last`; None when there is none."""
    typed = normalise(code)
    if not typed.isdigit() or len(typed) != 6:
        return None
    totp = pyotp.TOTP(seed)
    now = int(clock.now().timestamp()) // STEP
    for counter in (now, now - 1, now + 1):
        if counter > last and hmac.compare_digest(totp.generate_otp(counter), typed):
            return counter
    return None


def code_at(seed: str, counter: int) -> str:
    return pyotp.TOTP(seed).generate_otp(counter)


def address_for_telephone(seed: str, email: str) -> str:
    """The otpauth address that the telephone's program reads from a QR code."""
    return pyotp.TOTP(seed).provisioning_uri(name=email, issuer_name="mexile")


def new_recovery_codes(count: int = 10) -> list[str]:
    """Codes of 80 bits, in groups of four, easy to read aloud."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return [
        "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4))
        for _ in range(count)
    ]


def recovery_mac(code: str) -> bytes:
    key = keyring.index_key("recovery")
    return hmac.digest(key, normalise(code).encode(), hashlib.sha256)
