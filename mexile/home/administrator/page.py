"""The administrator's home: mail that could not be sent, people who have not come yet, roles that wait."""

from __future__ import annotations

from dataclasses import dataclass

from mexile.access.account.queries import people
from mexile.access.mail.queries import count_in_trouble
from mexile.access.roles import ADMINISTRATOR, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.home.queries import NotRight


@dataclass(frozen=True)
class Administrator:
    """How many people work here, and what is not right."""

    working: int
    wrong: NotRight


def administrator(viewer: Viewer) -> dict[str, Administrator] | None:
    """A director has their own home, with the letters in it."""
    if not viewer.is_any(ADMINISTRATOR) or viewer.is_any(DIRECTOR):
        return None
    here = [colleague for colleague in people(viewer) if not colleague.has_ended]
    wrong = NotRight(
        letters=count_in_trouble(),
        invited=[colleague for colleague in here if not colleague.has_come],
        waiting=[colleague for colleague in here if colleague.has_come and colleague.waiting],
    )
    return {"home": Administrator(sum(colleague.has_come for colleague in here), wrong)}
