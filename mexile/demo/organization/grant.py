"""Funders, grants and the reports that are due on them."""

from bisect import bisect
from collections.abc import Iterator
from datetime import date, timedelta
from operator import itemgetter

from mexile.deadlines.deadline.rules import months_later
from mexile.demo.organization import calendar
from mexile.demo.organization.plan import Plan, Row
from mexile.demo.organization.recipe import recipe


def add_grants(plan: Plan) -> None:
    """The nineteen grants, counted in months from the beginning of the six years, with what they promise."""
    for number, name in enumerate(recipe()["funders"], start=1):
        # A few funders reckon their year from July.
        plan.add("funder", name=name, fiscal_year_month=7 if number % 4 == 0 else 1)
    for award in recipe()["awards"]:
        from_on = months_later(calendar.beginning(plan.day), award["starts"])
        grant = plan.add(
            "grant_award",
            funder_id=award["funder"] + 1,
            title_en=award["title"]["en"],
            title_es=award["title"]["es"],
            amount_cents=award["dollars"] * 100,
            from_on=from_on,
            to_on=months_later(from_on, award["months"]) - calendar.ONE_DAY,
            restricted=int(award["restricted"]),
        )
        for code in award["types"]:
            plan.link("grant_service_type", grant_id=grant.id, type_code=code)
    _add_indicators(plan)
    _add_reports(plan)


def _add_indicators(plan: Plan) -> None:
    """Three or four promises a grant, a little above or below what will be reached."""
    services, people = plan.rows["service"], dict[int, list[str]]()
    for person in plan.rows["service_person"]:
        people.setdefault(person["service_id"], []).append(person["member_id"])
    home_of = {code: home.code for home in plan.households for code in home.codes}
    for grant, award in zip(plan.rows["grant_award"], recipe()["awards"], strict=True):
        first = bisect(services, grant.from_on - calendar.ONE_DAY, key=itemgetter("on"))
        last = bisect(services, grant.to_on, key=itemgetter("on"))
        types = award["types"]
        within = [s for s in services[first:last] if not types or s["type_code"] in types]
        served = {code for service in within for code in people[service["id"]]}
        share = max((min(grant.to_on, plan.day) - grant.from_on).days, 30) / (grant.to_on - grant.from_on).days
        reached = {
            "people": len(served) / share**0.4,
            "households": len({home_of[code] for code in served}) / share**0.4,
            "acts": len(within) / share,
            "minutes": sum(service["minutes"] for service in within) / share,
        }
        for position, words in enumerate(recipe()["indicators"][: 3 + grant.id % 2]):
            factor = (0.82, 0.95, 1.08, 1.2)[(grant.id + position) % 4]
            target = max(_round(reached[words["measure"]] / factor), 1)
            plan.add("indicator", grant_id=grant.id, position=position, target=target, **words)


def _round(value: float) -> int:
    """A number that somebody would promise."""
    step = 5 if value < 200 else 50 if value < 5000 else 600
    return int(round(value / step) * step)


def _add_reports(plan: Plan) -> None:
    """All reports, sent and due, by day. The first grant's is due on Friday and not sent: a half year to the end of
    last month."""
    first, chance = plan.rows["grant_award"][0], plan.chance("reports")
    last_month = plan.day.replace(day=1) - calendar.ONE_DAY
    from_on = max(months_later(last_month.replace(day=1), -5), first.from_on)
    reports = [_report(first, 2, from_on, last_month, calendar.next_friday(plan.day))]
    for grant, award in zip(plan.rows["grant_award"], recipe()["awards"], strict=True):
        for report in _reports_of(grant, award["reports_a_year"]):
            if grant is not first or report.period_from > last_month:
                reports.append(report)
    for report in sorted(reports, key=lambda report: (report.due_on, report.grant_id)):
        row = plan.add("due_report", **report)
        if row.due_on < plan.day:
            away = chance.randint(2, 12) if chance.happens(recipe()["late_report"]) else -chance.randrange(6)
            sent_on = min(row.due_on + timedelta(days=away), plan.ago(1))
            plan.add("report_submission", due_report_id=row.id, by_user_id="elena", at=(sent_on, 15 * 60))


def _report(grant: Row, a_year: int, from_on: date, to_on: date, due_on: date) -> Row:
    name = "quarterly-new-continuing" if a_year == 4 else "foundation-semiannual"
    return Row(grant_id=grant.id, report_name=name, period_from=from_on, period_to=to_on, due_on=due_on)


def _reports_of(grant: Row, a_year: int) -> Iterator[Row]:
    from_on = grant.from_on
    while from_on <= grant.to_on:
        to_on = min(months_later(from_on, 12 // a_year) - calendar.ONE_DAY, grant.to_on)
        yield _report(grant, a_year, from_on, to_on, calendar.OFFICES.on_or_after(to_on + timedelta(days=30)))
        from_on = to_on + calendar.ONE_DAY
