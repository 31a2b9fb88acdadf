"""What a report is: its figures, tables, shares and words, as its file says them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mexile.ground.both import Both
from mexile.reports.measures import READERS, RECORDS, Source


@dataclass(frozen=True)
class Filters:
    """Which records count: of these types or categories of service; new or continuing people."""

    types: frozenset[str] | None = None
    categories: frozenset[str] | None = None
    cohort: str | None = None


@dataclass(frozen=True)
class FigureSpec:
    """One number."""

    name: str
    label: Both
    measure: str
    filters: Filters


@dataclass(frozen=True)
class TableSpec:
    """One one-way table: `measures` broken down `by` one attribute."""

    name: str
    title: Both
    by: str
    measures: tuple[str, ...]
    filters: Filters
    bands: tuple[int, ...]
    chart: bool


@dataclass(frozen=True)
class ShareSpec:
    """A percentage of ours: two figures by name."""

    name: str
    label: Both
    numerator: str
    denominator: str


@dataclass(frozen=True)
class OutsideSpec:
    """A figure of somebody else: what it says, whose it is, when we read it, what to beware of."""

    label: Both
    value: Both
    period: Both
    source: str
    read_on: date
    caveat: Both


@dataclass(frozen=True)
class Definition:
    """A whole report file, checked."""

    name: str
    title: Both
    about: Both
    readers: str
    records: str
    period: str
    fiscal_year_month: int
    sentence: Both
    figures: tuple[FigureSpec, ...] = ()
    tables: tuple[TableSpec, ...] = ()
    shares: tuple[ShareSpec, ...] = ()
    outside: tuple[OutsideSpec, ...] = ()
    method: tuple[Both, ...] = ()
    file: str = ""
    """The text of the report file."""

    @property
    def source(self) -> Source:
        return RECORDS[self.records]

    @property
    def least(self) -> int:
        """k: the least count that an edition for release shows."""
        return READERS[self.readers]
