"""The whole invented organization on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mexile.demo.organization import edge
from mexile.demo.organization.act import Act, Past, acts
from mexile.demo.organization.agreeing import Agreeing, agreeing
from mexile.demo.organization.coming import DOCKET, LEGAL, Coming, coming
from mexile.demo.organization.custody import Stay, stays
from mexile.demo.organization.giving import Giving, giving
from mexile.demo.organization.granting import Award, Funder, Report, awards, funders, reports
from mexile.demo.organization.household import Household, Member, households
from mexile.demo.organization.inquiry import Asked, Inquiries, asked, inquiries
from mexile.demo.organization.kin import Kin, kin
from mexile.demo.organization.legal import CasePlan, cases
from mexile.demo.organization.recipe import recipe
from mexile.demo.organization.staff import Worker, workers
from mexile.demo.organization.term import Card, Stretch, Term, cards, clocks, terms
from mexile.demo.organization.walking import Walking, walking


@dataclass(frozen=True)
class Organization:
    """Everything that is written into the database, in plain values."""

    seed: int
    day: date
    workers: tuple[Worker, ...]
    households: tuple[Household, ...]
    stays: tuple[Stay, ...]
    cases: tuple[CasePlan, ...]
    walking: Walking
    acts: tuple[Act, ...]
    pasts: tuple[Past, ...]
    coming: tuple[Coming, ...]
    terms: tuple[Term, ...]
    clocks: tuple[Stretch, ...]
    cards: tuple[Card, ...]
    giving: Giving
    funders: tuple[Funder, ...]
    awards: tuple[Award, ...]
    reports: tuple[Report, ...]
    inquiries: Inquiries
    kin: Kin
    agreeing: Agreeing
    asked: tuple[Asked, ...]

    @property
    def members(self) -> list[Member]:
        return [member for home in self.households for member in home.members]

    def docket(self) -> int:
        """How many lines the next fourteen days have, with what is past and still open."""
        last = self.day + timedelta(days=DOCKET)
        dates = sum(1 for e in self.coming if e.kind in LEGAL and self.day <= e.on <= last)
        return dates + sum(1 for term in self.terms if term.closed_on is None and term.due_on <= last)


def organization(day: date, seed: int | None = None) -> Organization:
    """The organization of `seed` (the recipe's own when none is given) as it is on `day`."""
    seed = recipe()["seed"] if seed is None else seed
    homes = edge.planted(households(seed, day), day)
    held = stays(seed, day, [home.head for home in homes])
    walk = walking(seed, day, homes)
    done, pasts = acts(seed, day, homes, held, walk.first)
    given = awards(day)
    due = terms(seed, day, homes, walk)
    running = clocks(seed, day, homes, due)
    return Organization(
        seed=seed,
        day=day,
        workers=workers(),
        households=homes,
        stays=held,
        cases=cases(seed, day, homes, held),
        walking=walk,
        acts=done,
        pasts=pasts,
        coming=coming(seed, day, homes, held, walk),
        terms=due,
        clocks=running,
        cards=cards(seed, day, homes, running),
        giving=giving(seed, day),
        funders=funders(),
        awards=given,
        reports=reports(seed, day, given),
        inquiries=inquiries(),
        kin=kin(seed, day, homes, held, walk),
        agreeing=agreeing(seed, day, homes),
        asked=asked(seed, day, homes),
    )
