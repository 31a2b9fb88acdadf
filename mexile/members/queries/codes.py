"""The next public code. Asked inside a write transaction, of which there is one at a time."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from mexile.ground.db import db
from mexile.members.models.emergency import EmergencyAccess
from mexile.members.models.export import Export
from mexile.members.models.household import Household
from mexile.members.models.media import MediaRequest
from mexile.members.models.member import Member
from mexile.members.models.relative import Relative


def next_member_code() -> str:
    return _next("ME", Member.code)


def next_household_code() -> str:
    return _next("H", Household.code)


def next_export_code() -> str:
    return _next("EX", Export.code)


def next_emergency_code() -> str:
    return _next("EA", EmergencyAccess.code)


def _next(prefix: str, column: InstrumentedAttribute[Any]) -> str:
    """One more than the highest number; the longer code is the higher one beyond 9999."""
    last = db.session.scalar(
        select(column).order_by(func.length(column).desc(), column.desc()).limit(1)
    )
    number = int(last.rpartition("-")[2]) + 1 if last else 1
    return f"{prefix}-{number:04d}"


def next_relative_code() -> str:
    return _next("RE", Relative.code)


def next_media_code() -> str:
    return _next("MR", MediaRequest.code)
