"""Days at which a line speaks up before its day: the year to ask for asylum at 300, 330 and 350 days,
a work permit's renewal at 180, 150, 120 and 90 days before it ends."""

from __future__ import annotations

from datetime import date

ONE_YEAR = "ASYLUM_ONE_YEAR"
RENEWAL = "EAD_RENEWAL_WINDOW"
YEAR_DAYS = (300, 330, 350)
RENEWAL_DAYS = (180, 150, 120, 90)


def alarm_of(rule_code: str, trigger_on: date | None, today: date) -> int | None:
    """The last of these marks that has been reached, or None."""
    if trigger_on is None:
        return None
    if rule_code == ONE_YEAR:
        return max((mark for mark in YEAR_DAYS if (today - trigger_on).days >= mark), default=None)
    if rule_code == RENEWAL:
        return min((mark for mark in RENEWAL_DAYS if (trigger_on - today).days <= mark), default=None)
    return None
