"""How a member came to us: the inquiry they were once, for whoever may know of that inquiry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from mexile.access.viewer import Viewer
from mexile.ground.db import db
from mexile.inquiries.models.conversation import Conversation
from mexile.inquiries.models.inquiry import Inquiry
from mexile.inquiries.queries.inquiry import known_inquiries


@dataclass(frozen=True)
class Beginning:
    """When the person asked, and when somebody first talked with them."""

    code: str
    asked_on: date
    consulted_on: date | None


def beginning_of(viewer: Viewer, member_id: int) -> Beginning | None:
    """One query. None where there is no inquiry, or none that the viewer may know of."""
    talked = select(func.min(Conversation.held_on)).where(Conversation.inquiry_id == Inquiry.id).scalar_subquery()
    row = db.session.execute(
        select(Inquiry.code, Inquiry.asked_on, talked)
        .where(Inquiry.member_id == member_id, known_inquiries(viewer))
        .order_by(Inquiry.id)
        .limit(1)
    ).one_or_none()
    return Beginning(*row) if row else None
