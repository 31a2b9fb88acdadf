"""The trail's last line, mailed to the directors once a day: kept where whoever could cut the trail has no hand."""

from __future__ import annotations

from typing import Any

from mexile.access.queries.people import reader, with_roles
from mexile.access.roles import DIRECTOR
from mexile.access.rules import head_letter
from mexile.config import config
from mexile.ground import mail, organization, queue, trail
from mexile.ground.db import writing

KIND = "access.trail_head"


@queue.every(3600)
def mail_head() -> None:
    """Put the letters of this day, once. In the walk through an invented organization there is nobody to keep one."""
    if config().demo_key:
        return
    day = organization.today().isoformat()
    with writing():
        for user_id, _ in with_roles(DIRECTOR):
            mail.put(KIND, f"{day}/{user_id}", {"code": day, "user": user_id})


@mail.renders(KIND)
def render_head(body: dict[str, Any]) -> mail.Letter | None:
    user = reader(body["user"])
    if user is None:
        return None
    seq, mac = trail.head()
    gone = trail.cut()
    return mail.Letter(user.email, *head_letter(body["code"], seq, mac, gone.missing if gone else 0, user.language))
