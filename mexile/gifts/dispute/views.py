"""Disputes on Today, each with its last day to answer."""

from typing import Any

from mexile.access.viewer import Viewer
from mexile.gifts.dispute.queries import open_disputes


def disputes_today(viewer: Viewer) -> dict[str, Any] | None:
    """Disputes that still take an answer, the first to end first."""
    rows = [row for row in open_disputes(viewer) if row.asks_for_answer]
    return {"rows": rows} if rows else None
