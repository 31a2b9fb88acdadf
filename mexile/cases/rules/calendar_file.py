"""A calendar file (RFC 5545) that says when, and nothing of who or where: "Event 4F7".

It is meant for a telephone that may be taken away: no name, no place, no kind, no link.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True)
class Entry:
    """One day or moment. `word` is all that it says."""

    uid: str
    word: str
    on: date
    starts: datetime | None = None


def calendar_file(entries: Iterable[Entry], made_at: datetime) -> str:
    """The text of the file, lines ended as the format wants them."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//mexile//calendar//EN", "CALSCALE:GREGORIAN"]
    for entry in entries:
        lines += ["BEGIN:VEVENT", f"UID:{entry.uid}@invalid", f"DTSTAMP:{_moment(made_at)}"]
        if entry.starts is None:
            lines += [
                f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
                f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}",
            ]
        else:
            lines += [f"DTSTART:{_moment(entry.starts)}", f"DTEND:{_moment(entry.starts + timedelta(hours=1))}"]
        lines += [f"SUMMARY:{entry.word}", "CLASS:PRIVATE", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
