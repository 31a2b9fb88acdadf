"""Inquiries: people who asked. Those not taken exist as counts only after ninety days."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from mexile.demo.organization import calendar
from mexile.demo.organization.household import Member
from mexile.demo.organization.plan import Plan, Row
from mexile.demo.organization.recipe import recipe
from mexile.ground.vocabulary import vocabulary
from mexile.inquiries.decision.rules import reasons
from mexile.inquiries.forgetting.rules import assign, cells, forgotten_on

CALLER: str = recipe()["inquiries"]["caller"]["alias"]
"""Who waits for an answer today: from Guerrero, searching for somebody, heard of us by the film."""
ROOM = 6
"""How many more cases the attorney can take."""
CAME_OF_IT = ("talked_on", "place", "wish", "decision", "decided_on")
"""What is known of somebody who asked beside the columns of their inquiry."""


class _Drawing:
    """Draws everybody who ever asked."""

    def __init__(self, plan: Plan):
        self.words, self.chance, self.day = recipe()["inquiries"], plan.chance("inquiries"), plan.day
        self.film_on = plan.day - timedelta(weeks=self.words["after_the_film"]["weeks"])
        self.places = self.chance.deal(self.words["place"], self.words["first_conversations"])

    def _draw(self, asked_on: date, decision: str | None, is_talked: bool, **known: Any) -> Row:
        """What is drawn alike for everybody, and what is known of this one."""
        chance, words = self.chance, self.words
        talked_on = min(asked_on + timedelta(days=chance.randint(1, 5)), self.day) if is_talked else None
        wish = words["wish"].get(decision) or chance.choice(("go_on", "go_on", "thinking", "wait"))
        is_mexican = "state" in known or chance.happens(0.95)
        drawn = {
            "asked_on": asked_on,
            "answer_due_on": asked_on + timedelta(days=14),
            "answer": f"+1 915 555 01{chance.randrange(100):02d}",
            "country": "MX" if is_mexican else "GT",
            "state": f"MX-{chance.weighted(words['origin'])}" if is_mexican else None,
            "talked_on": talked_on,
            "place": self.places.pop() if is_talked else None,
            "wish": wish if is_talked else None,
            "decision": decision,
            "decided_on": min(asked_on + timedelta(days=chance.randint(7, 14)), self.day) if decision else None,
            **chance.columns(words["asked"]),
        }
        return Row(drawn | known, language="spa", at=asked_on)

    def taken(self, head: Member) -> Row:
        asked_on = head.joined_on - timedelta(days=self.chance.randint(6, 30))
        same: dict[str, Any] = {"safe_contact": head.safe_contact, "profile": head.profile, "country": head.nationality}
        same |= {"state": head.state and f"MX-{head.state}", "member_id": head.code, "wish": "go_on"}
        decision = "represent" if self.chance.happens(0.82) else "accompany"
        row = self._draw(asked_on, decision, is_talked=True, **same)
        row.update(consent_version="2026-1", consent_on=row.talked_on)
        row["decided_on"] = min(max(head.joined_on, row.talked_on), self.day)
        return row

    def untaken(self, after_film: int) -> Iterator[Row]:
        """Those who were not taken, and those who still wait. Of the wave after the film come these: all who wait,
        and as many of the others as it still needs."""
        words, chance, start = self.words, self.chance, calendar.beginning(self.day)
        counts = {"refer": "referred", "stayed": "stayed", "elsewhere": "elsewhere_count", "lost": "lost"}
        silent = words["total"] - words["first_conversations"] - words["untalked"]
        ends = [(decision, True) for decision, name in counts.items() for _ in range(words[name])]
        ends = chance.shuffled([*ends, *[("cannot", False)] * silent])
        waits = [(None, True)] * words["waiting"] + [(None, False)] * words["untalked"]
        states = [state for state in ("GRO", "HID", "MEX") for _ in range(words["after_the_film"][state])]
        states = chance.shuffled([*states, *["CHH"] * after_film][:after_film])
        for number, (decision, is_talked) in enumerate([*waits, *ends]):
            if number >= after_film:
                before = chance.randrange((self.film_on - start).days)
                yield self._draw(start + timedelta(days=before), decision, is_talked)
                continue
            known = {"state": f"MX-{states[number]}"} | ({"heard_of_us": "film"} if chance.happens(0.8) else {})
            if decision:
                yield self._draw(self.film_on + timedelta(days=chance.randint(1, 40)), decision, is_talked, **known)
                continue
            # Who waits asked in the last two weeks; three have waited longer, and the list says so in red.
            waited = chance.randint(15, 19) if number < 3 else chance.randrange(14)
            due_on = self.day + timedelta(days=chance.randint(0, 9))
            yield self._draw(self.day - timedelta(days=waited), None, is_talked, answer_due_on=due_on, **known)


def everybody_who_asked(plan: Plan) -> list[Row]:
    """In the order in which they asked."""
    drawing = _Drawing(plan)
    taken = [drawing.taken(home.head) for home in plan.households]
    recent = sum(1 for row in taken if row.asked_on > drawing.film_on)
    untaken = list(drawing.untaken(drawing.words["after_the_film"]["inquiries"] - recent))
    caller = next(row for row in untaken if not row.decision and not row.talked_on and row.state == "MX-GRO")
    caller.update(drawing.words["caller"], asked_on=plan.ago(1), at=plan.ago(1), answer_due_on=plan.day)
    return sorted([*taken, *untaken], key=lambda row: (row.asked_on, row.alias))


def add_inquiries(plan: Plan) -> None:
    """Rows of the taken and of the recent, counts of the others, and the room of the attorney."""
    everybody = everybody_who_asked(plan)
    for number, row in enumerate(everybody, start=1):
        if not _is_forgotten(row, plan.day):
            columns = {name: value for name, value in row.items() if name not in CAME_OF_IT}
            inquiry = plan.add("inquiry", code=f"IQ-{number:04d}", **columns)
            about = {"inquiry_id": inquiry.id, "member_id": row.get("member_id")}
            _add_conversation(plan, about, row)
            _add_decision(plan, about, number, row)
    _add_counts(plan, [row for row in everybody if "member_id" not in row and row.decision])
    cases = len(plan.rows["case"]) - len(plan.rows["case_closure"]) + ROOM
    plan.add("attorney_capacity", user_id="ximena", cases=cases, by_user_id="elena", at=plan.day)


def _is_forgotten(row: Row, day: date) -> bool:
    """Not taken, and the decision is ninety days old."""
    return "member_id" not in row and row.decided_on is not None and forgotten_on(row.decided_on) <= day


def _add_conversation(plan: Plan, about: dict[str, Any], row: Row) -> None:
    """All nine were told where it was decided; with those who wait two things are still to be explained."""
    if row.talked_on:
        words, by = recipe()["inquiries"], {"by_user_id": row.answers_user_id, "at": row.talked_on}
        held = {"held_on": row.talked_on, "place": row.place, "wish": row.wish, "language": "spa"}
        likely = {f"likely_{name}": value for name, value in words["likely"].items()}
        talk = plan.add("inquiry_conversation", **about, **held, **likely, **by)
        said = {"said_on": row.talked_on, "initials": words["initials"][row.answers_user_id], **by}
        for place, code in enumerate(vocabulary("conversation_told")):
            if row.decision or place not in words["told_only_by_decision"]:
                plan.link("conversation_told", conversation_id=talk.id, what=code, **said)


def _add_decision(plan: Plan, about: dict[str, Any], number: int, row: Row) -> None:
    if row.decision is None:
        return
    own, on = {"inquiry_id": about["inquiry_id"]}, row.decided_on
    fitting, check = reasons(row.decision), None
    if row.decision == "represent":
        check = plan.add("conflict_check", is_possible=False, by_user_id="ximena", at=on, **own).id
    why = {"decision": row.decision, "reason": fitting[number % len(fitting)] if fitting else None}
    by = {"by_user_id": "ximena" if fitting else row.answers_user_id, "at": on}
    decision = plan.add("inquiry_decision", check_id=check, decided_on=on, **own, **why, **by)
    if row.decision in ("represent", "accompany", "refer", "cannot"):
        told = {"words": vocabulary("inquiry_decision").label(row.decision, "es") + ".", "told_on": on}
        told |= {} if about["member_id"] else {"elsewhere": recipe()["inquiries"]["elsewhere"]}
        by = {"by_user_id": row.answers_user_id, "at": on}
        plan.add("inquiry_answer", decision_id=decision.id, **about, **told, **by)


def _add_counts(plan: Plan, untaken: list[Row]) -> None:
    """Those who were forgotten, as the daily work would have counted them."""
    possible = [cells(row.asked_on, row.country, row.state, row.heard_of_us, row.decision) for row in untaken]
    counted = zip(untaken, assign(possible, {}), strict=True)
    gone = [(row, cell) for row, cell in counted if _is_forgotten(row, plan.day)]
    talked = Counter(cell for row, cell in gone if row.talked_on)
    juarez = Counter(cell for row, cell in gone if row.place == "juarez")
    for cell, count in Counter(cell for _, cell in gone).items():
        plan.add("inquiry_count", **vars(cell), number=count, talked=talked[cell], in_juarez=juarez[cell])
