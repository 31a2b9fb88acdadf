"""The invented organization before it is written: the rows of its tables in plain values.

A row names another by its code ("ME-0012", "PL-0002"), a user by the word of the recipe ("lucia") and a version of a
rule by its code and number; what has no code it names by its number. A moment is a day, at nine o'clock, or a day
and its minute. What is sealed stands in plain words. `mexile.demo.writer` puts numbers, keys and moments.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from mexile.demo.organization.chance import Chance
from mexile.demo.organization.household import Household, Member
from mexile.demo.organization.recipe import recipe


class Row(dict[str, Any]):
    """One row: its columns by name, and as attributes."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


class Rows(dict[str, list[Row]]):
    """The rows of every table, by its name."""

    def __missing__(self, table: str) -> list[Row]:
        return self.setdefault(table, [])


@dataclass(frozen=True)
class Stay:
    """Days in custody in one place. `to_on` is empty while somebody is still there."""

    member: str
    place: str
    from_on: date
    to_on: date | None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


@dataclass
class Plan:
    """The organization of `seed` on `day`. `first` is who walks first with a household that is here, by its code."""

    seed: int
    day: date
    households: tuple[Household, ...]
    stays: tuple[Stay, ...] = ()
    first: dict[str, str] = field(default_factory=dict)
    rows: Rows = field(default_factory=Rows)

    @property
    def members(self) -> list[Member]:
        return [member for home in self.households for member in home.members]

    @property
    def held(self) -> list[Stay]:
        """Who is in custody on the day."""
        return [stay for stay in self.stays if stay.covers(self.day)]

    def chance(self, *words: object) -> Chance:
        return Chance("|".join(map(str, (self.seed, *words))))

    def ago(self, days: int) -> date:
        return self.day - timedelta(days=days)

    def add(self, table: str, **columns: Any) -> Row:
        """Add a row with the next number, and with the code of that number where the table has codes."""
        rows, codes = self.rows[table], recipe()["codes"]
        row = Row(id=len(rows) + 1, **columns)
        if table in codes and "code" not in row:
            row["code"] = codes[table].format(row["id"])
        rows.append(row)
        return row

    def link(self, table: str, **columns: Any) -> None:
        """Add a row that has no number of its own: it says that two others belong together."""
        self.rows[table].append(Row(columns))
