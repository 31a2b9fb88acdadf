"""Makers of imports: a sheet that was uploaded and checked."""

import csv
import io

from sqlalchemy import select

from mexile.access.account.models import UserRole
from mexile.ground.db import db
from mexile.sheets.batch.actions import ask_for, choose_mapping, keep_upload, receive
from mexile.sheets.batch.models import ImportBatch
from mexile.sheets.batch.queries import viewer_of
from mexile.sheets.mapping.rules import parse_mapping

ARRIVALS = """
name = "Door list"
into = "arrivals"
[columns]
day = "day"
people = "people"
country = "from"
"""


def sheet(make, *rows, heading=("day", "people", "from")) -> bytes:
    """A CSV file of these rows."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([heading, *(rows or [("2026-03-10", "3", "Cuba")])])
    return file.getvalue().encode()


def import_batch(make, *, by=None, content=None, mapping=ARRIVALS, step=None) -> ImportBatch:
    """An uploaded sheet with its mapping; ``step``: what the worker is asked for. Without ``by`` it is
    whoever does intake here."""
    user_id = by.id if by else db.session.scalar(select(UserRole.user_id).where(UserRole.role == "intake").limit(1))
    user_id = user_id or make.user(role="intake").id
    made = keep_upload(received=receive(content=content or sheet(make), name="door.csv", by=user_id))
    choose_mapping(batch=made, mapping=parse_mapping(mapping))
    if step:
        ask_for(batch=made, step=step, viewer=viewer_of(user_id))
    return made
