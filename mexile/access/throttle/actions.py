"""Slowing who guesses, account by account, without a lock that a stranger could put before it.

Two counts, both under an HMAC and in the database:

- of every refused try, by the mail address that was typed, known here or not. Past it the answer says "too
  many tries": the same to a wrong address, a wrong password and a wrong code, so that it tells nothing. It
  refuses nobody: whoever has everything right comes in.
- of wrong codes after the right password, by account and device. Past it codes of the telephone are refused
  there. Only somebody who has the password can fill it, and only for the devices that are not known: the
  owner's own count apart, and recovery codes, which nobody can guess, are never refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from mexile.access import known_device, rate
from mexile.access.account.models import UserAccount
from mexile.access.letter import actions as letters
from mexile.ground.errors import Invalid, Problem

QUARTER, DAY = 900, 86_400
LIMITS = ((QUARTER, 10), (DAY, 30))
"""(seconds, wrong codes): thirty a day are a chance of one in ten thousand."""
TYPED = 10
"""Refused tries with one mail address in a quarter of an hour, before the answer says so."""
IN_A_SESSION = 10
"""Wrong passwords within one session and hour, before it ends."""


_turn = Lock()


class Slowed(Invalid):
    """Too many tries; `seconds` until they are read again."""

    def __init__(self, problem: Problem, seconds: int = QUARTER):
        super().__init__(problem)
        self.seconds = seconds


class Unread(Slowed):
    """A try that was not even read: somebody else's of the same network was being worked out."""

    def __init__(self) -> None:
        super().__init__(
            Problem(
                "email",
                "Many wrong tries come from your network just now, so they are read one at a time, and yours was not "
                "read. Sign in again.",
                "En este momento llegan muchos intentos equivocados de su red; se leen uno por uno y el suyo no se leyó. "
                "Entre de nuevo.",
            ),
            seconds=1,
        )


def too_many() -> Slowed:
    """One sentence for whoever typed the address, known or not."""
    return Slowed(
        Problem(
            "email",
            "Too many wrong tries with this e-mail. Nothing was opened. Wait fifteen minutes, or sign in on a device "
            "that you have signed in on before, or use one of your recovery codes.",
            "Demasiados intentos equivocados con este correo. No se abrió nada. Espere quince minutos, entre desde un "
            "aparato en el que ya haya entrado, o use uno de sus códigos de recuperación.",
        )
    )


def is_slowed(user: UserAccount, word: str) -> bool:
    """Whether codes of the telephone are refused on this device for now. Inside `writing()`."""
    who = _who(user, word)
    return any(rate.so_far("sign_in.code", who, seconds) >= most for seconds, most in LIMITS)


def count_refused(*, email: str, user: UserAccount | None, word: str) -> Invalid | None:
    """Count a refused try; `user` is who it was when the password was right. Returns what to answer when
    there were too many. The same statements run for everybody. Inside `writing()`."""
    who = _who(user, word)
    counts = [rate.count("sign_in.code", who, seconds) for seconds, _ in LIMITS]
    if user is not None and any(count == most for count, (_, most) in zip(counts, LIMITS, strict=True)):
        letters.tell(user, letters.WRONG_CODES)
    return too_many() if rate.count("sign_in.email", email, QUARTER) > TYPED else None


@contextmanager
def in_turn(slowed: bool) -> Iterator[None]:
    """Working out passwords for a network where too many were wrong: one at a time, so that who floods the door
    takes no more than that. Raises Unread while another one is at it."""
    if not slowed:
        yield
        return
    if not _turn.acquire(blocking=False):
        raise Unread()
    try:
        yield
    finally:
        _turn.release()


def session_is_over(session_id: int) -> bool:
    """Count a wrong password within a session; whether it was one too many. Inside `writing()`."""
    return rate.count("session.refused", str(session_id), 3600) >= IN_A_SESSION


def _who(user: UserAccount | None, word: str) -> str:
    return f"{user.id}|{known_device.name_of(user, word)}" if user else "nobody"
