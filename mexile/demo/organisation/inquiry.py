"""Inquiries: people who asked. Those not taken exist as counts only after ninety days."""

from __future__ import annotations

from dataclasses import dataclass

from mexile.demo.organisation.recipe import recipe


@dataclass(frozen=True)
class Inquiries:
    """How many asked, and what came of it; `after_the_film` is the wave a film set off."""

    total: int
    first_conversations: int
    in_juarez: int
    households_taken: int
    referred: int
    stayed_or_elsewhere: int
    waiting: int
    lost: int
    after_the_film: dict[str, int]

    @property
    def answered(self) -> int:
        """What became of the first conversations."""
        return self.households_taken + self.referred + self.stayed_or_elsewhere + self.waiting + self.lost


def inquiries() -> Inquiries:
    row = recipe()["inquiries"]
    return Inquiries(
        total=row["total"],
        first_conversations=row["first_conversations"],
        in_juarez=row["of_them_in_juarez"],
        households_taken=row["households_taken"],
        referred=row["referred"],
        stayed_or_elsewhere=row["stayed_or_elsewhere"],
        waiting=row["waiting"],
        lost=row["lost"],
        after_the_film=dict(row["after_the_film"]),
    )
