"""The rows behind an internal edition: one a service and person, or one an arrival party.

Amounts and the weights stand once: a service's minutes on its first row only, and 1 where a
person is met for the first time in what a number counts. So a plain sum over the sheet gives
every number of the summary, people counted once included.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b32encode
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from mexile.grants.population.queries import BY_ACT, OF_PEOPLE
from mexile.reports.numbers import Table

FIRST = 5
"""The sheet's row of the first record: the title stands in 1, the head in 4."""


@dataclass(frozen=True)
class Column:
    """One column: `kind` is text, day, count, hours or money."""

    key: Any
    en: str
    es: str
    kind: str = "text"


@dataclass(frozen=True)
class Weight:
    """1 on the row where something is met first: a person, a household, an act, among the
    `types` and `cohort` that a number counts, once for each value of `by`."""

    what: str
    types: frozenset[str] | None = None
    cohort: str | None = None
    by: str | None = None


@dataclass
class Detail:
    """The sheet's columns and rows; of the people in it, how many have a live consent to be followed by a code."""

    columns: list[Column]
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    sheet: str = "Detail"
    people: int = 0
    consenting: int = 0

    def place(self, key: Any) -> int:
        return next(place for place, column in enumerate(self.columns) if column.key == key)

    def range(self, key: Any) -> str:
        """The cells of a column as a formula names them."""
        letter = get_column_letter(self.place(key) + 1)
        return f"{self.sheet}!${letter}${FIRST}:${letter}${FIRST + max(len(self.rows), 1) - 1}"


def code_for(edition: bytes, kind: str, rid: bytes) -> str:
    """A code that belongs to one edition: who holds two editions can't match them."""
    mac = hmac.digest(edition, kind.encode() + rid, hashlib.sha256)
    return b32encode(mac)[:9].decode()


def table_weights(table: Table, measure: str) -> tuple[Weight, Weight]:
    """The weights of a table's rows and of its total."""
    cohort = table.spec.filters.cohort
    return (
        weight_of(measure, table.types, cohort, table.spec.by),
        weight_of(measure, table.types, cohort, None),
    )


def weight_of(measure: str, types: frozenset[str] | None, cohort: str | None, by: str | None) -> Weight:
    if measure in OF_PEOPLE:
        return Weight(measure, types, cohort, by if by in BY_ACT else None)
    return Weight("acts", types)
