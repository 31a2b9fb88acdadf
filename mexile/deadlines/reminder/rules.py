"""Days at which a line speaks up before its day: the year to ask for asylum at 300, 330 and 350 days,
a work permit's renewal at 180, 150, 120 and 90 days before it ends.
"""

from __future__ import annotations

from datetime import date, timedelta

ONE_YEAR = "ASYLUM_ONE_YEAR"
RENEWAL = "EAD_RENEWAL_WINDOW"
YEAR_DAYS = (300, 330, 350)
RENEWAL_DAYS = (180, 150, 120, 90)
LETTER_DAYS = 14
"""A letter about a mark leaves on its day, or so many days later at most, if nothing was sent then."""


def alarm_of(rule_code: str, trigger_on: date | None, today: date) -> int | None:
    """The last of these marks that has been reached, or None."""
    if trigger_on is None:
        return None
    if rule_code == ONE_YEAR:
        return max((mark for mark in YEAR_DAYS if (today - trigger_on).days >= mark), default=None)
    if rule_code == RENEWAL:
        return min((mark for mark in RENEWAL_DAYS if (trigger_on - today).days <= mark), default=None)
    return None


def mark_of_letter(rule_code: str, trigger_on: date | None, today: date) -> int | None:
    """The mark about which a letter leaves today: one that was reached in the last two weeks."""
    mark = alarm_of(rule_code, trigger_on, today)
    if mark is None or alarm_of(rule_code, trigger_on, today - timedelta(days=LETTER_DAYS)) == mark:
        return None
    return mark


def reminder_letter(code: str, url: str, language: str) -> tuple[str, str]:
    """Subject and text of a letter about a day that comes closer: neither whose, nor which."""
    if language == "es":
        return "mexile: se acerca un día", f"Se acerca un día. Por favor, revíselo en mexile: {code}\n\n{url}\n"
    return "mexile: a day comes closer", f"A day comes closer. Please look at it in mexile: {code}\n\n{url}\n"
