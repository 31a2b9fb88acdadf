"""The home of whoever looks after the donors: whom to thank, what failed, what fits no gift, the next report due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mexile.access.roles import DEVELOPMENT, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.gifts.dispute.queries import disputes_to_answer
from mexile.gifts.gift.queries import NewGift, gifts_to_thank_for
from mexile.gifts.month.queries import what_waits
from mexile.grants.due_report.queries import Due, due_reports
from mexile.ground import organization
from mexile.home.queries import NotRight

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Development:
    """`to_thank` are the largest of the `new` gifts since `since`; `reports` are the next that are due."""

    to_thank: Sequence[NewGift]
    new: int
    reports: Sequence[Due]
    since: date
    wrong: NotRight


def development(viewer: Viewer) -> dict[str, Development] | None:
    """A director has their own home."""
    if not viewer.is_any(DEVELOPMENT) or viewer.is_any(DIRECTOR):
        return None
    today = organization.today()
    to_thank, new, on_paper = gifts_to_thank_for(today - WEEK)
    return {
        "home": Development(
            to_thank=to_thank,
            new=new,
            reports=due_reports(viewer, today)[:3],
            since=today - WEEK,
            wrong=NotRight(disputes=disputes_to_answer(viewer), gifts=what_waits(viewer), on_paper=on_paper),
        )
    }
