"""The status of a person, and from which to which one can go.

inquiry -> consulted -> member <-> paused -> closed -> erased. Nothing identifying is written before consent,
closing needs a reason, and what was removed at the person's request is brought back by nobody.
"""

from dataclasses import dataclass
from datetime import date, datetime

NEXT = {
    "inquiry": frozenset({"consulted", "closed"}),
    "consulted": frozenset({"member", "closed"}),
    "member": frozenset({"paused", "closed", "erased"}),
    "paused": frozenset({"member", "closed", "erased"}),
    "closed": frozenset({"member", "erased"}),
    "erased": frozenset(),
}
"""Status -> what can come after it. An inquiry that becomes nothing is not kept; its count is."""


@dataclass(frozen=True)
class Status:
    """A status with the record behind it: since when, why, and until when a pause was meant."""

    word: str
    since: datetime | None = None
    reason: str | None = None
    until_on: date | None = None

    def may_become(self, word: str) -> bool:
        return word in NEXT[self.word]
