"""Whom a companion calls when something happens on the way."""

from __future__ import annotations

from mexile.cases.queries.line import InLine, standing_line


def whom_to_call(owner_user_id: int | None) -> InLine | None:
    """Who is responsible for the date, with the number in the line; else who stands first in it."""
    line = standing_line()
    return next((one for one in line if one.user_id == owner_user_id), line[0] if line else None)
