"""A calendar file (RFC 5545) that says when, and nothing of who or where: "Event 4F7".

It is meant for a telephone that may be taken away: no name, no place, no kind, no link. Each entry
carries its revision (SEQUENCE, LAST-MODIFIED), so that a file taken again moves what has moved and
strikes out what is no longer, in the place of standing beside it. Hours are written in UTC, which no
change of clocks can shift.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

WIDTH = 75
"""Octets of a line, without its end (RFC 5545, 3.1)."""


@dataclass(frozen=True)
class Entry:
    """One day or moment. `word` is all that it says; `sequence` grows with every change of it."""

    uid: str
    word: str
    on: date
    starts: datetime | None = None
    sequence: int = 0
    changed_at: datetime | None = None
    is_cancelled: bool = False


def calendar_file(entries: Iterable[Entry], made_at: datetime) -> str:
    """The text of the file, lines folded and ended as the format wants them.

    It is published, not sent as an invitation (RFC 5546, 3.2.1): nobody is asked to answer, and the
    organizer that the method requires names nobody.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//mexile//calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{escaped(entry.uid)}@invalid",
            f"DTSTAMP:{_moment(made_at)}",
            f"LAST-MODIFIED:{_moment(entry.changed_at or made_at)}",
            f"SEQUENCE:{entry.sequence}",
            f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}",
            "ORGANIZER:mailto:nobody@invalid",
            *_when(entry),
            f"SUMMARY:{escaped(entry.word)}",
            "CLASS:PRIVATE",
            "END:VEVENT",
        ]
    return "\r\n".join([*(folded(line) for line in lines), "END:VCALENDAR", ""])


def _when(entry: Entry) -> list[str]:
    if entry.starts is None:
        return [
            f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}",
        ]
    return [f"DTSTART:{_moment(entry.starts)}", f"DTEND:{_moment(entry.starts + timedelta(hours=1))}"]


def escaped(text: str) -> str:
    """A text as a value (RFC 5545, 3.3.11): commas, semicolons, backslashes and line breaks don't end it."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        text = text.replace(plain, written)
    return "\\n".join(text.splitlines())


def folded(line: str) -> str:
    """A line of at most 75 octets each, the next ones begun with a space; no letter is cut in two."""
    parts, width = [""], 0
    for letter in line:
        size = len(letter.encode())
        if width + size > WIDTH:
            parts.append("")
            width = 1
        parts[-1] += letter
        width += size
    return "\r\n ".join(parts)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
