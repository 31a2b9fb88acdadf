"""What a conversation may say: its days, the figure of how few prevail, what was explained."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from mexile.ground.dates import not_in_the_future
from mexile.ground.errors import Problem

_SHARE = re.compile(r"\d\s*(?:%|percent|per cent|por ?ciento)", re.IGNORECASE)
_INITIALS = re.compile(r"[^\W\d_]{1,4}")

BEFORE = (
    "This is before the person first asked us.",
    "Es anterior al día en que la persona nos preguntó por primera vez.",
)


def talk_problems(values: Mapping[str, Any], asked_on: date, today: date) -> list[Problem]:
    """Days in the future or before the inquiry, a share without its source, an explanation without initials.

    ``values["told"]``: what -> (day, initials) of each thing that was ticked.
    """
    problems = _day_problems("held_on", values.get("held_on"), asked_on, today)
    for thing, (said_on, initials) in values.get("told", {}).items():
        problems += _day_problems(f"{thing}_on", said_on, asked_on, today)
        if not _INITIALS.fullmatch(initials or ""):
            problems.append(
                Problem(
                    f"{thing}_initials",
                    "Write the initials of who said it, such as XR.",
                    "Escriba las iniciales de quien lo dijo, por ejemplo XR.",
                )
            )
    return problems + likely_problems(values)


def _day_problems(place: str, day: date | None, asked_on: date, today: date) -> list[Problem]:
    if problems := not_in_the_future(place, day, today):
        return problems
    if day and day < asked_on:
        return [Problem(place, *BEFORE)]
    return []


def likely_problems(values: Mapping[str, Any]) -> list[Problem]:
    """How unlikely it is to prevail: a share says what it is a share of and who counted it, or isn't kept.

    A share hides in words too ("about 15%"). For the same nationality the published figures differ fourfold
    by what they are a share of: 4% of all completions (EOIR, FY2022), 16.6% of merits decisions (TRAC, FY2024).
    """
    has_figure = values.get("likely_bp") is not None
    says_share = bool(_SHARE.search(values.get("likely_words") or ""))
    problems = []
    if has_figure and not values.get("likely_of"):
        problems.append(
            Problem(
                "likely_of",
                "Say what this is a share of: of all cases completed, or only of those decided after a full hearing?",
                "Diga de qué es este porcentaje: ¿de todos los casos terminados o solo de los decididos tras "
                "una audiencia completa?",
            )
        )
    if (has_figure or says_share) and not values.get("likely_source"):
        problems.append(
            Problem(
                "likely_source",
                "A percentage needs its source and year, or leave the figure out.",
                "Un porcentaje necesita su fuente y su año; si no, deje fuera la cifra.",
            )
        )
    return problems


def parse_share(text: str) -> int | None:
    """A percentage as hundredths of a percent: "4", "16.6 %", "16,6" -> 400, 1660, 1660. None where it is none."""
    match = re.fullmatch(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?", text.strip())
    if not match:
        return None
    share = int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))
    return share if share <= 10_000 else None


def write_share(share: int) -> str:
    """Hundredths of a percent as people write them: 400 is "4", 1660 is "16.6"."""
    whole, rest = divmod(share, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)
