"""The whole invented organization on one day: a pure function of the seed and the day."""

from datetime import date

from mexile.demo.organization.assignment import add_assignments
from mexile.demo.organization.case import add_cases
from mexile.demo.organization.consent import add_consents
from mexile.demo.organization.custody import add_custody
from mexile.demo.organization.deadline import add_deadlines
from mexile.demo.organization.edge import planted
from mexile.demo.organization.event import Dates, add_coming
from mexile.demo.organization.family import add_families
from mexile.demo.organization.gift import add_gifts
from mexile.demo.organization.grant import add_grants
from mexile.demo.organization.household import households
from mexile.demo.organization.inquiry import add_inquiries
from mexile.demo.organization.member import add_members
from mexile.demo.organization.plan import Plan
from mexile.demo.organization.recipe import recipe
from mexile.demo.organization.record import add_documents, add_lists, add_removed, add_twin
from mexile.demo.organization.service import add_services
from mexile.demo.organization.staff import add_staff


def organization(day: date, seed: int | None = None) -> Plan:
    """The organization of `seed` (the recipe's own when none is given) as it is on `day`."""
    seed = recipe()["seed"] if seed is None else seed
    plan = Plan(seed, day, planted(households(seed, day), day))
    plan.add("organization", **recipe()["settings"])
    for add in (add_staff, add_members, add_assignments, add_twin, add_removed, add_custody, add_families):
        add(plan)
    for add in (add_consents, add_cases, add_deadlines):
        add(plan)
    dates = Dates(plan)
    add_services(plan, dates)
    add_coming(plan, dates)
    for add in (add_gifts, add_grants, add_inquiries, add_lists, add_documents):
        add(plan)
    return plan
