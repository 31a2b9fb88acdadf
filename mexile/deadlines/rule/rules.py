"""A deadline's rule as a value: what it hangs on, how long it is, which way, under which law.

A rule is data and never code: the BIA's deadline was to fall from 30 to 10 days on 9 March 2026
and the night before a court vacated that. So a rule has a period and a status, and a
deadline names the version by which it was reckoned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

UNITS = ("year", "month", "calendar_day", "working_day", "business_day", "clock_day")
WORKING = ("working_day", "business_day")
DIRECTIONS = ("after", "before", "earliest", "on")
WEEKENDS = (
    "next_business_day",
    "prev_business_day",
    "working_days_only",
    "business_days_only",
    "none",
)
STATUSES = ("in_force", "proposed", "vacated", "superseded", "enjoined")
BINDING = frozenset({"in_force", "superseded"})
"""What is or was the law in its period. A proposed, vacated or enjoined rule never decides a day."""
SEVERITIES = ("fatal", "serious", "routine")
SIDES = ("last_day", "first_day", "their_day")
"""What the day is for us: the last on which to act, the first on which one may, or the day by
which an office owes us something and we ask."""

_TARGET = re.compile(r"(-?)(\d{1,3}) ?(d|wd|calendar days?|working days?)")


@dataclass(frozen=True)
class Target:
    """The day we set ourselves: so many days before the limit, or after the trigger."""

    number: int
    before_limit: bool
    working: bool


def parse_target(text: str | None) -> Target | None:
    """ "-60d" is sixty days before the limit, "5 calendar days" five after the trigger.
    Raises ValueError where it is neither."""
    if not text:
        return None
    parts = _TARGET.fullmatch(text)
    if parts is None:
        raise ValueError(text)
    return Target(int(parts[2]), bool(parts[1]), parts[3].startswith("w"))


@dataclass(frozen=True)
class Rule:
    """One version of a rule. `law` is the citation that the explanation ends with, `citation`
    all of it. `verify`: no attorney has confirmed it yet. `marker` is a number of days after
    the trigger at which a warning stands, as for a shorter rule that was struck down."""

    code: str
    trigger: str
    length: int
    unit: str
    direction: str
    weekend: str
    citation: str
    source: str
    from_on: date | None
    to_on: date | None
    status: str
    verify: bool
    label_en: str
    label_es: str
    notes_en: str = ""
    notes_es: str = ""
    law: str = ""
    severity: str = "routine"
    side: str = "last_day"
    internal_target: str | None = None
    marker: int | None = None
    marker_en: str = ""
    marker_es: str = ""
    version: int = 1
    id: int | None = None

    @property
    def fatal(self) -> bool:
        """Past this day nothing can be mended: it needs two who answer for it."""
        return self.severity == "fatal"

    @property
    def short_law(self) -> str:
        return self.law or self.citation

    def label(self, lang: str) -> str:
        return self.label_es if lang == "es" else self.label_en

    def notes(self, lang: str) -> str:
        return self.notes_es if lang == "es" else self.notes_en

    def is_binding(self, on: date) -> bool:
        """Whether this version is the law for a trigger of that day. What was superseded
        binds only where its last day is known."""
        if self.status not in BINDING or (self.status == "superseded" and self.to_on is None):
            return False
        return (self.from_on is None or self.from_on <= on) and (self.to_on is None or on <= self.to_on)


def overlap(rule: Rule, other: Rule) -> bool:
    """Whether both would bind on one and the same day."""
    if rule.code != other.code or not (_binds(rule) and _binds(other)):
        return False
    return (rule.from_on or date.min) <= (other.to_on or date.max) and (other.from_on or date.min) <= (
        rule.to_on or date.max
    )


def _binds(rule: Rule) -> bool:
    return rule.status == "in_force" or (rule.status == "superseded" and rule.to_on is not None)
