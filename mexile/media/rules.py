"""Media requests: which are urgent, and what can't be true of one."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from mexile.ground.dates import not_in_the_future
from mexile.ground.errors import Problem
from mexile.members.consent.rules import audiences_of, is_enough, most_of

PURPOSES = ("media_name", "media_anon", "photo", "iachr")
SOON = timedelta(days=3)


def urgency(by_on: date | None, today: date, is_closed: bool) -> str:
    """ "late" past its day, "soon" within three days, "" else."""
    if is_closed or by_on is None:
        return ""
    if by_on < today:
        return "late"
    return "soon" if by_on - today <= SOON else ""


def request_problems(values: Mapping[str, Any], today: date) -> list[Problem]:
    """What can't be asked for: a level that the purpose never allows, an audience it is not for, days in the
    wrong order."""
    problems = []
    if values["audience"] not in audiences_of(values["purpose"]):
        problems.append(
            Problem(
                "audience",
                "This purpose is not for this audience. Choose one that fits, or another purpose.",
                "Este propósito no es para este destinatario. Elija uno que corresponda, u otro propósito.",
            )
        )
    if not is_enough(most_of(values["purpose"]), values["level"]):
        problems.append(
            Problem(
                "level",
                "This purpose doesn't allow so much of who the person is.",
                "Este propósito no permite dar a conocer tanto de quién es la persona.",
            )
        )
    asked, by = values.get("asked_on"), values.get("by_on")
    problems += not_in_the_future("asked_on", asked, today)
    if asked and by and by < asked:
        problems.append(
            Problem(
                "by_on",
                "They would want it before they asked.",
                "Lo querrían antes de haberlo pedido.",
            )
        )
    return problems
