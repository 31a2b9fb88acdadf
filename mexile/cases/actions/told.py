"""Tell the attorney of a case by mail that something came of a date."""

from __future__ import annotations

from typing import Any

from mexile.access.queries.people import reader
from mexile.cases.rules.moments import told_letter
from mexile.config import config
from mexile.ground import clock, mail, trail

LETTER = "cases.told"


def tell_outcome(*, code: str, user_id: int) -> None:
    """The letter says that there is news at a date, by its code; what it is stands in mexile."""
    mail.put(LETTER, f"{code}/{user_id}/{clock.now().isoformat()}", {"code": code, "user": user_id})
    trail.record("event.told", code, user=user_id)


@mail.renders(LETTER)
def render_told(body: dict[str, Any]) -> mail.Letter | None:
    """The letter: neither what came of it, nor of whom."""
    user = reader(body["user"])
    if user is None:
        return None
    return mail.Letter(
        user.email, *told_letter(body["code"], f"{config().base_url}/events/{body['code']}", user.language)
    )
