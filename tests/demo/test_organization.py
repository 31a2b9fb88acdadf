"""The invented organization: its numbers, its edge cases, and that it repeats itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations

import pytest

from mexile.demo.organization import calendar, names
from mexile.demo.organization.event import DOCKET, LEGAL
from mexile.demo.organization.inquiry import everybody_who_asked
from mexile.demo.organization.plan import Plan, Row
from mexile.demo.organization.recipe import recipe
from mexile.demo.organization.staff import workers
from mexile.demo.organization.whole import organization

PINNED = date(2026, 11, 24)
OTHER_DAYS = [PINNED + timedelta(days=n) for n in (4, 5, 30, 37, 200)]


@lru_cache(maxsize=8)
def laid(day: date = PINNED) -> Plan:
    return organization(day)


def rows(table: str, day: date = PINNED) -> list[Row]:
    return laid(day).rows[table]


def heads() -> list:
    return [home.head for home in laid().households]


def served() -> dict[int, list[str]]:
    """Service -> the people it was done for."""
    people: dict[int, list[str]] = {}
    for person in rows("service_person"):
        people.setdefault(person.service_id, []).append(person.member_id)
    return people


def open_deadlines(day: date) -> list[Row]:
    closed = {closure.deadline_id for closure in rows("deadline_closure", day)}
    return [deadline for deadline in rows("deadline", day) if deadline.id not in closed]


def coming(day: date) -> list[Row]:
    """Dates that nobody has closed, of a known day."""
    closed = {outcome.event_id for outcome in rows("event_outcome", day)}
    return [event for event in rows("event", day) if event.id not in closed and "at" in event]


def test_there_are_four_hundred_people_in_a_hundred_and_fifty_eight_households() -> None:
    assert len(laid().members) == 400
    assert len(laid().households) == 158
    assert len({member.code for member in laid().members}) == 400


def test_people_arrived_in_the_waves_of_the_recipe() -> None:
    joined = [home.head.arrived_on for home in laid().households if not home.head.marks]
    assert min(joined) == date(2020, 12, 1)
    wave = sum(len(h.members) for h in laid().households if date(2021, 7, 1) <= h.head.arrived_on < date(2022, 1, 1))
    last = sum(len(h.members) for h in laid().households if h.head.arrived_on >= date(2026, 7, 1))
    assert wave == 52
    assert last == 6


@pytest.mark.parametrize(
    ("part", "read", "tolerance"),
    [
        ("origin", "state", 0.03),
        ("profile", "profile", 0.03),
        ("persecutor", "persecutor", 0.03),
        ("nationality", "nationality", 0.02),
        ("language", "language", 0.04),
    ],
)
def test_heads_are_spread_as_the_recipe_says(part: str, read: str, tolerance: float) -> None:
    found = Counter(getattr(head, read) for head in heads())
    for code, share in recipe()["members"][part].items():
        if code != "other":
            assert abs(found[code] / 158 - share) <= tolerance, code


def test_nobody_came_by_an_appointment_outside_its_years() -> None:
    days = [head.arrived_on for head in heads() if head.entry == "cbp_one" and not head.marks]
    assert days
    assert all(date(2023, 1, 12) <= day <= date(2025, 1, 20) for day in days)


def test_there_are_thirty_thousand_services_about_twenty_a_working_day() -> None:
    acts = rows("service")
    working = calendar.working_days(calendar.beginning(PINNED), PINNED)
    assert len(acts) == 30_000
    assert 18 <= sum(1 for act in acts if calendar.is_working(act.on)) / len(working) <= 22


def test_kinds_of_service_have_their_shares() -> None:
    found = Counter(act.type_code for act in rows("service"))
    for code, share in recipe()["services"]["mix"].items():
        assert abs(found[code] / 30_000 - share) < 0.0005, code


def test_no_court_and_no_office_is_met_on_a_weekend_or_holiday() -> None:
    dated = [event for event in rows("event") if event.kind in LEGAL and "at" in event]
    assert len(dated) > 1_000
    for event in dated:
        if event.kind in LEGAL:
            assert calendar.is_working(event.on), event


def test_nobody_is_served_before_joining_or_after_leaving() -> None:
    by_code = {member.code: member for member in laid().members}
    held = {stay.member for stay in laid().stays}
    assert len(served()) == 30_000
    for person in rows("service_person"):
        assert by_code[person.member_id].is_here(person.on) or person.member_id in held


def test_direct_aid_stays_within_what_the_organization_has() -> None:
    by_year: Counter[int] = Counter()
    for act in rows("service"):
        by_year[act.on.year] += act.amount_cents or 0
    bonds = [act.amount_cents or 0 for act in rows("service") if act.type_code == "bond_fund"]
    assert max(by_year.values()) <= 33_000_00
    assert sum(bonds) <= 60_000_00
    assert all(500_00 <= cents <= 3_000_00 for cents in bonds)


def test_nobody_has_the_same_service_twice_on_a_day() -> None:
    times = Counter((person.member_id, person.type_code, person.on) for person in rows("service_person"))
    twice = [on for (_, _, on), count in times.items() if count > 1]
    assert len(twice) < 20 and {on.year for on in twice} <= {2020}, "in the first weeks only a handful is here"


def test_half_of_the_services_are_written_down_the_same_day() -> None:
    lags = [(act.logged_at[0] - act.on).days for act in rows("service")]
    assert 0.48 < lags.count(0) / len(lags) < 0.58
    assert 0.002 < sum(1 for lag in lags if lag > 30) / len(lags) < 0.02


def test_there_are_four_thousand_gifts_of_eleven_hundred_and_fifty_donors() -> None:
    assert len(rows("gift")) == 4_000
    assert len(rows("donor")) == 1_150
    assert {gift.donor_id for gift in rows("gift")} == {donor.code for donor in rows("donor")}


def test_forty_five_people_give_every_month() -> None:
    ended = {end.recurring_gift_id for end in rows("recurring_gift_end")}
    assert sum(1 for plan in rows("recurring_gift") if plan.id not in ended) == 45
    monthly = sum(1 for gift in rows("gift") if gift.recurring_gift_id)
    assert abs(monthly / 4_000 - 0.46) < 0.01


def test_gifts_bring_about_seventy_five_thousand_dollars_a_year_and_grants_a_hundred_and_twenty_one() -> None:
    kinds = ("charge", "refund", "dispute")
    whole = sum(line.amount_cents for line in rows("ledger_line") if line.kind in kinds)
    assert {gift.made_at[0] >= calendar.beginning(PINNED) for gift in rows("gift")} == {True}
    assert abs(whole / 6 - 75_000_00) < 5_000_00
    assert abs(sum(award.amount_cents for award in rows("grant_award")) / 6 - 121_000_00) < 1_000_00


def test_payments_fail_and_come_back_as_often_as_in_life() -> None:
    said = Counter(gift.get("said") for gift in rows("gift"))
    kinds = Counter(line.kind for line in rows("ledger_line"))
    assert (said["declined"], kinds["refund"], kinds["dispute"], said["processing"]) == (84, 24, 4, 1)


def test_december_and_giving_tuesday_are_when_people_give() -> None:
    once = [gift.made_at[0] for gift in rows("gift") if gift.recurring_gift_id is None]
    december = sum(1 for on in once if on.month == 12) / len(once)
    tuesday = sum(1 for on in once if on == calendar.giving_tuesday(2024))
    assert 0.15 < december < 0.25
    assert tuesday >= 4


def test_a_refund_came_after_a_report_was_sent() -> None:
    sent = [(rows("due_report")[row.due_report_id - 1], row.at[0]) for row in rows("report_submission")]
    refunds = [line for line in rows("ledger_line") if line.kind == "refund"]
    assert any(
        report.period_from <= rows("gift")[line.gift_id - 1].given_on <= report.period_to and line.on > sent_on
        for line in refunds
        for report, sent_on in sent
    )


def test_nineteen_grants_of_twelve_funders_and_some_pay_for_the_same_service() -> None:
    awards = rows("grant_award")
    running = [award.id for award in awards if award.from_on <= PINNED <= award.to_on]
    types = {id: {row.type_code for row in rows("grant_service_type") if row.grant_id == id} for id in running}
    sharing = {id for pair in combinations(running, 2) for id in pair if types[pair[0]] & types[pair[1]]}
    assert len(awards) == 19
    assert len({award.funder_id for award in awards}) <= 12 == len(rows("funder"))
    assert 0.65 <= sum(award.restricted for award in awards) / 19 <= 0.8
    assert len(sharing) >= 4


def test_the_inquiries_add_up() -> None:
    asked = everybody_who_asked(laid())
    talked = [row for row in asked if row.talked_on]
    juarez = [row for row in talked if row.place == "juarez"]
    assert (len(asked), len(talked), len(juarez)) == (640, 388, 96)
    ends = Counter(row.decision for row in talked)
    plan = recipe()["inquiries"]
    assert (ends["refer"], ends["lost"], ends[None]) == (plan["referred"], plan["lost"], plan["waiting"])
    assert ends["stayed"] + ends["elsewhere"] == plan["stayed_or_elsewhere"]
    assert (
        ends["represent"] + ends["accompany"] == sum(1 for row in asked if "member_id" in row) == len(laid().households)
    )


def test_five_of_the_staff_fourteen_volunteers_and_an_auditor() -> None:
    kinds = Counter(worker.kind for worker in workers())
    hours = sum(worker.hours for worker in workers() if worker.kind == "staff")
    assert kinds == {"staff": 5, "volunteer": 14, "board": 1}
    assert hours / 40 == 3.5
    assert sum(1 for worker in workers() if worker.walks) == 7


@pytest.mark.parametrize("day", [PINNED, *OTHER_DAYS], ids=str)
def test_today_is_never_empty_and_asks_for_what_the_walk_shows(day: date) -> None:
    before, ahead = calendar.working_before(day), coming(day)
    assert any(event.on == day and event.owner_user_id == "lucia" for event in ahead)
    to_close = [e for e in ahead if e.kind == "ice_checkin" and e.owner_user_id == "lucia" and e.on < day]
    assert [event.on for event in to_close] == [before]
    red = [term for term in open_deadlines(day) if term.fatal and term.due_on < day]
    assert [(term.rule_code, term.owner_user_id) for term in red] == [("ANNUAL_ASYLUM_FEE", "lucia")]
    sent = {row.due_report_id for row in rows("report_submission", day)}
    friday = [report for report in rows("due_report", day) if report.grant_id == 1 and report.id not in sent][0]
    assert friday.due_on.weekday() == 4
    assert friday.period_to == day.replace(day=1) - timedelta(days=1)
    assert 0 <= (friday.due_on - day).days < 7
    last = day + timedelta(days=DOCKET)
    dates = sum(1 for event in ahead if event.kind in LEGAL and day <= event.on <= last)
    assert 18 <= dates + sum(1 for term in open_deadlines(day) if term.due_on <= last) <= 26
    assert 4 <= sum(1 for stay in laid(day).stays if stay.covers(day)) <= 6


def test_on_a_saturday_there_is_a_visit_and_a_food_table() -> None:
    saturday = date(2026, 11, 28)
    kinds = {event.kind for event in coming(saturday) if event.on == saturday}
    assert {"visit", "food_table"} <= kinds


def marked(mark: str) -> list:
    return [member for member in laid().members if mark in member.marks]


def test_the_edge_cases_are_planted() -> None:
    for mark in (
        "leap_day", "homonym", "ageing_out", "vawa", "deceased", "lawful_status", "work_permit_gap",
        "transfer", "in_absentia", "stale_rule", "thanksgiving", "fee_due", "kiche",
    ):  # fmt: skip
        assert marked(mark), mark


def test_the_year_of_somebody_who_came_on_a_leap_day_ends_in_february() -> None:
    code = next(member.code for member in marked("leap_day") if member.role == "head")
    assert marked("leap_day")[0].arrived_on == date(2024, 2, 29)
    year = next(t for t in rows("deadline") if t.member_id == code and t.rule_code == "ASYLUM_ONE_YEAR")
    assert year.due_on == date(2025, 2, 28)


def test_a_deadline_on_thanksgiving_moves_to_friday() -> None:
    assert next(t for t in rows("deadline") if t.rule_code == "BIA_APPEAL").due_on == date(2026, 11, 27)


def test_two_people_have_the_same_whole_name() -> None:
    assert len(marked("homonym")) == 2
    assert len({str(member.name) for member in marked("homonym")}) == 1


def test_a_child_turns_twenty_one_in_six_weeks() -> None:
    child = marked("ageing_out")[0]
    assert (child.age(PINNED), child.age(PINNED + timedelta(days=43))) == (20, 21)


def test_somebody_was_moved_to_another_states_law() -> None:
    stays = [stay for stay in laid().stays if stay.member == marked("transfer")[0].code]
    assert [(stay.place, stay.to_on is None) for stay in stays] == [("El Paso SPC", False), ("Otero", True)]


def test_the_kiche_family_was_sent_back_and_later_detained() -> None:
    assert {(m.nationality, m.language, m.entry) for m in marked("kiche")} == {("GT", "quc", "mpp")}
    assert any(stay.member == marked("once_detained")[0].code for stay in laid().stays)


def test_only_people_of_other_countries_were_sent_back_under_mpp() -> None:
    assert all(member.nationality != "MX" for member in laid().members if member.entry == "mpp")


def test_nobody_known_is_among_the_invented_names() -> None:
    people = [member.name for member in laid().members]
    for text in (*(w.name for w in workers()), *(d.name for d in rows("donor") if d.kind == "person")):
        given, _, rest = text.partition(" ")
        people.append(names.Name(given, rest))
    assert [str(name) for name in people if names.is_refused(name)] == []


def test_a_refused_name_is_recognised_whatever_its_accents() -> None:
    assert names.is_refused(names.Name("Benito", "Juarez Ríos"))
    assert names.is_refused(names.Name("Benito Luis", "Ríos Juárez"))


def test_telephones_and_addresses_can_belong_to_nobody() -> None:
    phones = [member.phone for member in laid().members if member.phone]
    assert len(phones) == len(set(phones))
    assert all(phone.startswith(("+1915555", "+5265655501")) for phone in phones)
    assert all(m.email is None or m.email.endswith("@example.org") for m in laid().members)
    assert all(d.email is None or d.email.endswith("@example.org") for d in rows("donor"))
    assert recipe()["settings"]["ein"] == "00-0000000"


def test_no_donor_is_a_member() -> None:
    members = {member.code for member in laid().members}
    assert members.isdisjoint(donor.code for donor in rows("donor"))


def test_federal_holidays_are_the_days_on_which_courts_are_closed() -> None:
    weekdays = [day for day in calendar.days(date(2026, 1, 1), date(2026, 12, 31)) if day.weekday() < 5]
    assert [day for day in weekdays if not calendar.is_working(day)] == [
        date(2026, 1, 1), date(2026, 1, 19), date(2026, 2, 16), date(2026, 5, 25), date(2026, 6, 19),
        date(2026, 7, 3), date(2026, 9, 7), date(2026, 10, 12), date(2026, 11, 11), date(2026, 11, 26),
        date(2026, 12, 25),
    ]  # fmt: skip
    assert not calendar.is_working(date(2021, 12, 31))
    assert calendar.giving_tuesday(2026) == date(2026, 12, 1)


def test_two_processes_lay_the_same_organization() -> None:
    script = (
        "import hashlib; from datetime import date; from mexile.demo.organization.whole import organization; "
        "print(hashlib.sha256(repr(organization(date(2026, 11, 24))).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(found) == 1


def test_another_seed_is_another_organization() -> None:
    assert organization(PINNED, seed=7).members != laid().members
