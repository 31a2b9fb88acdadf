"""Letters about one's own account and about new ones: what happened, and what to do if it wasn't meant.

They name codes and kinds, never a person: anybody may stand behind the reader.
"""

from __future__ import annotations

import secrets
from typing import Any

from mexile.access.account.models import UserAccount
from mexile.access.account.queries import holding, reader
from mexile.access.letter import rules as letter_words
from mexile.access.roles import ADMINISTRATOR, DIRECTOR
from mexile.access.rules import role_word
from mexile.config import config
from mexile.ground import mail, trail
from mexile.ground.db import db

WRONG_CODES, SESSION_ENDED, ACCEPTED = "wrong_codes", "session_ended", "accepted"
PASSWORD, SECOND_FACTOR, RECOVERY_CODES, RECOVERY_USED = "password", "second_factor", "recovery_codes", "recovery_used"
PASSKEY_ADDED, PASSKEY_REMOVED, PASSKEY_COPIED = "passkey_added", "passkey_removed", "passkey_copied"
PASSWORD_RESET, RECOVERY_ASKED = "password_reset", "recovery_asked"


def tell(user: UserAccount, what: str) -> None:
    """Tell somebody what happened to their own account. Inside `writing()`."""
    mail.put("access.own", secrets.token_hex(8), {"user": user.id, "what": what})


@mail.renders("access.own")
def render_own(body: dict[str, Any]) -> mail.Letter | None:
    user = reader(body["user"])
    if user is None:
        return None
    return mail.Letter(
        user.email, *letter_words.own_letter(body["what"], f"{config().base_url}/account", user.language)
    )


def tell_directors(what: str, user: UserAccount, roles: list[str], *also: int) -> None:
    """Tell every director at once of an account or a role that begins or ends, also who is invited to direct; where
    there is nobody of them, who runs the system; and `also` these. Inside `writing()`."""
    told = {id for id, _, _ in holding(DIRECTOR, invited=True) or holding(ADMINISTRATOR, invited=True)} | set(also)
    key = secrets.token_hex(8)
    body = {"what": what, "code": user.code, "roles": roles, "by": trail.actor.get().user_id}
    for id in sorted(told):
        mail.put("access.new", f"{key}/{id}", {**body, "user": id})


@mail.renders("access.new")
def render_new(body: dict[str, Any]) -> mail.Letter | None:
    user = reader(body["user"])
    if user is None:
        return None
    giver = db.session.get(UserAccount, body["by"]) if body["by"] else None
    words = ", ".join(role_word(role, user.language) for role in body["roles"])
    url = f"{config().base_url}/people/{body['code']}"
    return mail.Letter(
        user.email,
        *letter_words.new_access_letter(
            body["what"], body["code"], words, giver.code if giver else "", url, user.language
        ),
    )
