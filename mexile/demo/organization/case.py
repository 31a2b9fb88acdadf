"""Cases: one for each household's head, with the family included, its proceeding, its judge.

Judges have no names here but letters: no real person stands in the demo.
"""

from datetime import date, timedelta
from typing import Any

from mexile.demo.organization.chance import Chance
from mexile.demo.organization.household import Household
from mexile.demo.organization.plan import Plan, Row, Stay
from mexile.demo.organization.recipe import recipe

COURT, DETAINED, OTERO, USCIS = "PL-0002", "PL-0003", "PL-0004", "PL-0011"
DETAINED_JUDGE, OTERO_JUDGE = 4, 5


def add_cases(plan: Plan) -> None:
    """One case a household, in the order in which they came."""
    for judge in recipe()["cases"]["judges"]:
        source = {"source": "https://example.org/judges", "source_on": date(2026, 2, 2)}
        plan.add("judge", **judge | {"appointed_on": date.fromisoformat(judge["appointed_on"])}, **source)
    held = {stay.member: stay for stay in plan.held}
    for home in plan.households:
        _add_case(plan, plan.chance("case", home.code), home, held.get(home.head.code))


def _add_case(plan: Plan, chance: Chance, home: Household, stay: Stay | None) -> None:
    words, head, day = recipe()["cases"], home.head, plan.day
    posture = chance.weighted(words["posture"]["visa" if head.entry == "visa_bcc" else "other"])
    opened_on = min(head.joined_on + timedelta(days=chance.randint(0, 30)), day)
    filed_on = opened_on + timedelta(days=chance.randint(60, 300))
    decided: dict[str, Any] = {}
    if head.left_because == "status_granted":
        posture, decided = "granted", {"outcome": "asylum_grant", "on": head.left_on}
    elif stay:
        posture = "removal"
    elif posture in ("bia", "circuit", "final_order") and filed_on + timedelta(days=200) < day:
        decided = {"outcome": "denied_removed", "on": min(filed_on + timedelta(days=chance.randint(200, 500)), day)}
    is_filing, code = posture == "pre_filing", head.code
    how = {"posture": posture, "forum": None if is_filing else words["forum"].get(posture, "eoir")}
    dates = {"opened_on": opened_on, "filed_on": filed_on if filed_on <= day and not is_filing else None}
    case = plan.add("case", member_id=code, attorney_user_id="ximena", **how, **dates)
    people = [code, *(member.code for member in home.members[1:] if member.role in ("partner", "child"))]
    for place, person in enumerate(people):
        role = "derivative" if place else "lead"
        plan.add("case_person", case_id=case.id, member_id=person, role=role, from_on=opened_on)
    for relief in ("ASYL", "ASYW", "WCAT"):
        plan.link("case_relief", case_id=case.id, relief=relief)
    if not is_filing:
        proceeding = _add_proceeding(plan, chance, case, stay)
        if decided:
            by = {"by_user_id": "ximena", "at": decided["on"]}
            plan.add("proceeding_decision", proceeding_id=proceeding.id, **decided, **by)
    if head.left_on:
        closing = words["closing"].get(head.left_because, "other")
        plan.add("case_closure", case_id=case.id, outcome=closing, by_user_id="ximena", at=head.left_on)
    elif case.id % 5 == 0:
        plan.add("case_theory", case_id=case.id, member_id=code, **words["theory"])
    if head.entry == "mpp":
        _add_mpp(plan, case, people)


def _add_proceeding(plan: Plan, chance: Chance, case: Row, stay: Stay | None) -> Row:
    """Its code has the number of the case."""
    kind, court, judge = "removal", COURT, chance.randint(1, 3)
    if case.posture == "withholding_only":
        kind = "withholding_only"
    if stay:
        is_otero = stay.place in ("Otero", "Torrance")
        court, judge = (OTERO, OTERO_JUDGE) if is_otero else (DETAINED, DETAINED_JUDGE)
    where: dict[str, Any] = {"kind": kind, "place_id": court, "judge_id": judge}
    if case.forum == "uscis":
        where = {"kind": "other", "place_id": USCIS}
    own = {"code": f"P-{case.id:04d}", "case_id": case.id, "member_id": case.member_id}
    return plan.add("proceeding", began_on=case.filed_on or case.opened_on, **own, **where)


def _add_mpp(plan: Plan, case: Row, people: list[str]) -> None:
    """The whole family was sent back; for one child an exemption was asked, and granted."""
    placed_on, by = case.opened_on - timedelta(days=40), {"by_user_id": "ximena", "at": case.opened_on}
    for code in people:
        row = plan.add("mpp", case_id=case.id, member_id=code, placed_on=placed_on, **by)
    row.update(asked_on=placed_on + timedelta(days=9), asked_of="port_director", reason="indigenous")
    row.update(answer="granted", answered_on=placed_on + timedelta(days=23))
