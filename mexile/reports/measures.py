"""What a report may count and by what, and the words for it in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from mexile.grants.population.queries import BANDS, BY_ACT, BY_PERSON, OF_ACTS, OF_PEOPLE
from mexile.ground.small_count import LEAST

READERS = {"funder": LEAST, "public": 11}
"""Who reads an edition for release -> k, the least count shown. 11 is the custom of the US
Centers for Medicare & Medicaid Services, 5 that of most foundations and states."""

COUNTS = {"people", "households", "acts", "parties", "unnamed", "units"}
"""Measures that are withheld for being small; minutes and money go with their row."""

NESTED = {"day": "week", "type": "category", "month": "quarter"}
"""A finer breakdown -> the coarser one to which its rows add up."""

TIMES = ("day", "week", "month", "quarter")


@dataclass(frozen=True)
class Source:
    """The records that a report counts."""

    name: str
    measures: tuple[str, ...]
    breakdowns: tuple[str, ...]
    bands: tuple[int, ...] = BANDS

    def allows(self, measure: str, by: str) -> bool:
        return self.name == "arrivals" or by in BY_ACT or measure == "people"

    def adds_up(self, measure: str, by: str) -> bool:
        """Whether the rows sum to the total: a person may be in several types, never in two ages."""
        return self.name == "arrivals" or by in BY_PERSON or measure not in OF_PEOPLE


SERVICES = Source("services", (*OF_PEOPLE, *OF_ACTS), (*BY_ACT, *BY_PERSON))
ARRIVALS = Source("arrivals", ("parties", "people"), ("country", "language", "destination", "size", "day", "week"))
RECORDS = {source.name: source for source in (SERVICES, ARRIVALS)}

HEADS = {
    "code": ("code", "código"),
    "name": ("name", "nombre"),
    "parties": ("parties", "grupos"),
    "people": ("people", "personas"),
    "households": ("households", "hogares"),
    "acts": ("services", "servicios"),
    "units": ("units", "unidades"),
    "minutes": ("hours", "horas"),
    "money": ("US dollars", "dólares"),
    "unnamed": ("people not named", "personas sin nombre"),
}
"""Column heads: (English, Spanish)."""

COUNTED = {
    "people": (
        "Members present in at least one service of the period, each counted once.",
        "Personas presentes en al menos un servicio del periodo, contadas una sola vez.",
    ),
    "households": (
        "Households to which those members belonged on the day of the service, each counted once.",
        "Hogares a los que pertenecían esas personas el día del servicio, contados una sola vez.",
    ),
    "acts": (
        "Services logged in the period. One act for several people is one service.",
        "Servicios registrados en el periodo. Un acto para varias personas es un servicio.",
    ),
    "units": (
        "The sum of the quantities of those services.",
        "La suma de las cantidades de esos servicios.",
    ),
    "minutes": (
        "Time of those services, never multiplied by the people present.",
        "Tiempo de esos servicios, nunca multiplicado por las personas presentes.",
    ),
    "money": (
        "Money paid out in those services.",
        "Dinero entregado en esos servicios.",
    ),
    "unnamed": (
        "People present in those services who were counted and not known by name.",
        "Personas presentes en esos servicios, contadas sin conocer su nombre.",
    ),
    "parties": (
        "Parties, alone or traveling together, whose day of arrival lies in the period.",
        "Grupos, de una o más personas, cuyo día de llegada cae en el periodo.",
    ),
}
ARRIVED = (
    "People in those parties, by the number that the arrivals sheet gives.",
    "Personas de esos grupos, según el número que da la hoja de llegadas.",
)
COHORTS = {
    "new": (
        "Only people without a service earlier in the funder's fiscal year.",
        "Solo personas sin servicios previos en el año fiscal del financiador.",
    ),
    "continuing": (
        "Only people with a service earlier in the funder's fiscal year.",
        "Solo personas con servicios previos en el año fiscal del financiador.",
    ),
}
