"""What can't be of a case and of MPP, and what is asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mexile.ground.dates import format_day
from mexile.ground.errors import Problem

POSTURES_OF_FORUM = {
    "uscis": ("affirmative", "affirmative_hold"),
    "eoir": ("removal", "withholding_only", "asylum_only", "admin_closed", "remand", "mtr"),
    "bia": ("bia",),
    "circuit": ("circuit",),
}


def forum_of(posture: str) -> str | None:
    """Who decides a case that stands so, where there is no choice."""
    return next((forum for forum, postures in POSTURES_OF_FORUM.items() if posture in postures), None)


def case_problems(values: Mapping[str, Any], today: date) -> list[Problem]:
    """What can't be of the days of a case, all at once."""
    problems = []
    opened, filed = values.get("opened_on"), values.get("filed_on")
    for place, on in (("opened_on", opened), ("filed_on", filed)):
        if on and on > today:
            problems.append(not_yet(place, on))
    return problems


def not_yet(place: str, on: date) -> Problem:
    return Problem(
        place,
        f"{format_day(on, 'en')} has not come yet.",
        f"El {format_day(on, 'es')} todavía no llega.",
    )


def order_problems(days: Sequence[tuple[str, date | None]], problem: Problem) -> list[Problem]:
    """`problem` where one of these days comes before an earlier one of the list."""
    known = [on for _, on in days if on]
    return [problem] if known != sorted(known) else []


MPP_MEXICAN = Problem(
    "sure",
    "MPP never covered Mexicans. Is this person's nationality right, and was the person really sent back under it?",
    "MPP nunca incluyó a personas mexicanas. ¿Es correcta la nacionalidad, y de verdad la devolvieron con ese programa?",
)
ANSWER_FIRST = Problem(
    "answered_on",
    "The answer can't have come before it was asked, nor the request before the person was sent back.",
    "La respuesta no puede llegar antes de la solicitud, ni la solicitud antes de la devolución.",
)
ANSWER_DAY = Problem("answered_on", "On which day did the answer come?", "¿Qué día llegó la respuesta?")
ANSWER_WHAT = Problem("answer", "What was the answer?", "¿Cuál fue la respuesta?")
ASKED_DAY = Problem("asked_on", "On which day was it asked?", "¿Qué día se solicitó?")


def mpp_problems(values: Mapping[str, Any], nationality: str | None, is_sure: bool, today: date) -> list[Problem]:
    """What can't be of a record of MPP, and the question about a Mexican in it."""
    days = [(place, values.get(place)) for place in ("placed_on", "asked_on", "answered_on")]
    problems = [not_yet(place, on) for place, on in days if on and on > today]
    problems += order_problems(days, ANSWER_FIRST)
    if values.get("answer") and not values.get("answered_on"):
        problems.append(ANSWER_DAY)
    if values.get("answered_on") and not values.get("answer"):
        problems.append(ANSWER_WHAT)
    if (values.get("answer") or values.get("asked_of")) and not values.get("asked_on"):
        problems.append(ASKED_DAY)
    if nationality == "MX" and not is_sure:
        problems.append(MPP_MEXICAN)
    return problems
