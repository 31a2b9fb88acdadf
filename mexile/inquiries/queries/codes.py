"""The next public code of an inquiry. Asked inside a write transaction, of which there is one at a time."""

from sqlalchemy import func, select

from mexile.ground.db import db
from mexile.inquiries.models.count import InquiryCount
from mexile.inquiries.models.inquiry import Inquiry


def next_inquiry_code() -> str:
    """One more than there ever were: those that were forgotten count, so that no code comes twice."""
    last = db.session.scalar(
        select(Inquiry.code).order_by(func.length(Inquiry.code).desc(), Inquiry.code.desc()).limit(1)
    )
    highest = int(last.rpartition("-")[2]) if last else 0
    held = db.session.scalar(select(func.count()).select_from(Inquiry)) or 0
    forgotten = db.session.scalar(select(func.coalesce(func.sum(InquiryCount.number), 0))) or 0
    return f"IQ-{max(highest, held + forgotten) + 1:04d}"
