"""What gifts have to say on Today: disputes with their last day, and trouble with Stripe."""

from typing import Any

from mexile.access.roles import ADMINISTRATOR, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.gifts.queries.disputes import open_disputes
from mexile.ground import queue
from mexile.web.page import panel


@panel("people", "gifts/_stripe_trouble.html")
@panel("today_first", "gifts/_stripe_trouble.html", order=80)
def stripe_trouble(viewer: Viewer) -> dict[str, Any] | None:
    """Messages about gifts wait because Stripe is silent or takes our key for none of its own."""
    if not viewer.is_any(ADMINISTRATOR, DIRECTOR):
        return None
    troubles = queue.troubles()
    shut, silent = troubles.get("StripeShut", 0), troubles.get("StripeSilent", 0)
    return {"shut": shut, "silent": silent} if shut or silent else None


@panel("today_first", "gifts/_disputes_today.html", order=85)
def disputes_today(viewer: Viewer) -> dict[str, Any] | None:
    """Disputes that still take an answer, the first to end first."""
    rows = [row for row in open_disputes(viewer) if row.asks_for_answer]
    return {"rows": rows} if rows else None
