"""The alarms of the installation itself, for those who can mend it."""

from __future__ import annotations

from typing import Any

from mexile.access.policy import ADMINISTRATOR, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.ground import belonging
from mexile.web.page import panel


@panel("today_first", "access/_alarm.html", order=1)
@panel("people", "access/_alarm.html")
def alarm(viewer: Viewer) -> dict[str, Any] | None:
    """What an administrator or director must hear of: keys that don't open."""
    if not viewer.is_any(DIRECTOR, ADMINISTRATOR):
        return None
    unopened = belonging.unopened()
    return {"problems": [belonging.cannot_open(unopened)]} if unopened else None
