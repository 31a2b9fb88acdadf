"""The few errors that the houses raise, and `Problem`, an error as a value.

Rules return `list[Problem]`, all of them at once; actions raise one of the
named errors; the web turns those into 404, 409 and 422.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Problem:
    """Something a person has to mend: where it is, and what is wrong, in both languages."""

    place: str
    en: str
    es: str

    def text(self, lang: str) -> str:
        return self.es if lang == "es" else self.en

    def __str__(self) -> str:
        return f"{self.place}: {self.en}" if self.place else self.en


class MexileError(Exception):
    """The root of the errors that the program raises on purpose."""


class NotHere(MexileError):
    """The record does not exist, or not for this viewer: the two look alike (404)."""


class Merged(NotHere):
    """The record lives on in another one, which this viewer may know of (its address leads there)."""

    def __init__(self, code: str, kept: str):
        super().__init__(code)
        self.code, self.kept = code, kept


class Removed(NotHere):
    """The person was removed at their request; only who sees everybody is told so."""

    def __init__(self, code: str, at: datetime):
        super().__init__(code)
        self.code, self.at = code, at


class Conflict(MexileError):
    """Somebody else changed the record first, or its state forbids the act (409)."""

    def __init__(self, problem: Problem):
        super().__init__(str(problem))
        self.problem = problem


class Invalid(MexileError):
    """What was given can't be taken; `problems` says why, all at once (422)."""

    def __init__(self, problems: Problem | Iterable[Problem]):
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))


class Tampered(MexileError):
    """A sealed value doesn't open under its own place: damaged, moved or of another key."""


class KeyGone(MexileError):
    """The key of this record is not in this keyring, or doesn't open."""


class KeyErased(KeyGone):
    """The key was erased on purpose, with the person: there is nothing to be opened."""


class KeyringBroken(MexileError):
    """The keyring is gone, empty or another database's: nothing new is sealed under it (503)."""

    def __init__(self, problem: Problem):
        super().__init__(str(problem))
        self.problem = problem


class OpenTransaction(MexileError):
    """The outside world was called, or a second write begun, inside a write transaction."""


class Busy(MexileError):
    """Others write, and it wasn't this one's turn within the time it may wait (503)."""
