"""Days on which offices are open: no Saturday, Sunday, federal holiday or closing of our list.

Federal holidays come from the library `holidays` (5 U.S.C. 6103, with the days on which they
are observed: a Saturday's the Friday before, a Sunday's the Monday after). Closings are
rows that the attorney keeps: a day of mourning, an executive order, a court closed by snow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

ONE_DAY = timedelta(days=1)
OBSERVED = " (observed)"

SPANISH = {
    "New Year's Day": "Año Nuevo",
    "Martin Luther King Jr. Day": "Día de Martin Luther King",
    "Washington's Birthday": "Día de los Presidentes",
    "Memorial Day": "Día de los Caídos",
    "Juneteenth National Independence Day": "Juneteenth",
    "Independence Day": "Día de la Independencia",
    "Labor Day": "Día del Trabajo",
    "Columbus Day": "Día de la Raza",
    "Veterans Day": "Día de los Veteranos",
    "Thanksgiving Day": "Acción de Gracias",
    "Christmas Day": "Navidad",
}

WEEKDAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "es": ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
}


@dataclass(frozen=True)
class Closed:
    """Why nothing is open on a day. `kind`: weekend, holiday or closing."""

    on: date
    kind: str
    en: str
    es: str

    def name(self, lang: str) -> str:
        return self.es if lang == "es" else self.en


@lru_cache(maxsize=200)
def federal_holidays(year: int) -> Mapping[date, str]:
    """The federal holidays of a year by their English name. The year before New Year's Day
    holds the Friday on which it is observed."""
    return dict(holidays.country_holidays("US", years=year).items())


class OpenDays:
    """The calendar of offices. `closings`: day -> its name in English and Spanish."""

    def __init__(self, closings: Mapping[date, tuple[str, str]] | None = None):
        self.closings = dict(closings or {})

    def closed(self, day: date) -> Closed | None:
        """Why `day` is no day of work, or None where offices are open."""
        if day.weekday() >= 5:
            number = day.weekday()
            return Closed(day, "weekend", WEEKDAYS["en"][number], WEEKDAYS["es"][number])
        name = federal_holidays(day.year).get(day)
        if name is not None:
            return Closed(day, "holiday", name, _spanish(name))
        if day in self.closings:
            return Closed(day, "closing", *self.closings[day])
        return None

    def is_open(self, day: date) -> bool:
        return day.weekday() < 5 and day not in federal_holidays(day.year) and day not in self.closings

    def on_or_after(self, day: date) -> date:
        """The day itself where offices are open, else the next on which they are."""
        while not self.is_open(day):
            day += ONE_DAY
        return day

    def on_or_before(self, day: date) -> date:
        """The day itself where offices are open, else the last before on which they were."""
        while not self.is_open(day):
            day -= ONE_DAY
        return day

    def add(self, day: date, number: int) -> date:
        """The `number`th day of work after `day` (before it, where negative); the day itself
        is not counted."""
        step = ONE_DAY if number > 0 else -ONE_DAY
        for _ in range(abs(number)):
            day += step
            while not self.is_open(day):
                day += step
        return day


def _spanish(name: str) -> str:
    plain = name.removesuffix(OBSERVED)
    said = SPANISH.get(plain, plain)
    return f"{said} (se observa)" if plain != name else said
