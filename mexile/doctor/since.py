"""How long ago something was, in both languages."""

from __future__ import annotations

from datetime import datetime

from mexile.ground import clock

_UNITS = ((86_400, "day", "día"), (3_600, "hour", "hora"), (60, "minute", "minuto"))


def since(at: datetime) -> tuple[str, str]:
    """("5 hours ago", "hace 5 horas")."""
    seconds = (clock.now() - at).total_seconds()
    for size, en, es in _UNITS:
        if seconds >= size:
            count = int(seconds // size)
            more = "" if count == 1 else "s"
            return f"{count} {en}{more} ago", f"hace {count} {es}{more}"
    return "just now", "hace un momento"
