"""The members and all that is known of them: how to reach them, whom they flee, where they lived, their plans.

Groups, villages and sentences are of no real case; kinds and shares are the recipe's.
"""

from datetime import date, time, timedelta
from typing import Any

from mexile.deadlines.deadline.rules import months_later
from mexile.demo.organization import names
from mexile.demo.organization.household import Household, Member
from mexile.demo.organization.plan import Plan, Row
from mexile.demo.organization.recipe import recipe

GENDERS = {"F": ("woman", "she"), "M": ("man", "he"), "X": ("nonbinary", "they")}
SAME = "code nationality language profile safe_contact arrived_on joined_on phone email".split()
"""What a member's row says in the same words."""


def add_members(plan: Plan) -> None:
    for home in plan.households:
        plan.add("household", code=home.code)
        for member in home.members:
            _add_member(plan, home, member)
            if member.left_on and member.left_on <= plan.day:
                about = {"by_user_id": "ximena", "at": member.left_on, "reason": member.left_because}
                plan.add("member_closure", member_id=member.code, **about)
            _Known(plan, home, member).add()


def add_person(plan: Plan, member: Member, **columns: Any) -> Row:
    """A member's row, and that we may keep what we are told."""
    gender, pronoun = GENDERS[member.gender]
    about = {
        "gender": gender,
        "pronoun": pronoun,
        "birth_year": member.born_on.year,
        "name_seq": len(plan.rows["member"]) + 1,
    }
    row = plan.add("member", **about | columns)
    on = row.joined_on
    plan.add("consent", member_id=row.code, purpose="org_internal", version="2026-1", given_on=on, at=on)
    return row


def _add_member(plan: Plan, home: Household, member: Member) -> None:
    aliases = recipe()["members"]["alias"]
    row = add_person(
        plan,
        member,
        **{name: getattr(member, name) for name in SAME},
        birth_date=member.born_on.isoformat(),
        origin_state=member.state and f"MX-{member.state}",
        safe_note=recipe()["members"]["safe_note"] if "vawa" in member.marks else None,
        alias=aliases[len(plan.rows["member"]) % len(aliases)] if member.role == "head" else None,
        legal_name=str(member.name),
        surnames=member.name.surnames,
        preferred_name=member.called,
        address=home.address,
    )
    if "age_unknown" in member.marks:
        row.update(birth_year=None, birth_date=None)
    joined = {"household_id": home.code, "role": member.role, "from_on": member.joined_on}
    plan.add("household_membership", member_id=member.code, **joined)


class _Known:
    """What is known of one person."""

    def __init__(self, plan: Plan, home: Household, member: Member):
        self.plan, self.home, self.member = plan, home, member
        self.words, self.chance = recipe()["known"], plan.chance("known", member.code)

    def add(self) -> None:
        chance, member = self.chance, self.member
        self._add_entries()
        self._add_languages()
        if member.role == "head":
            self._add_persecution()
            if member.is_shown or chance.happens(0.35):
                self._add_places_lived()
            if member.is_shown or chance.happens(0.55):
                self._add_plan()
        if not member.is_child:
            self._add_contacts()
            if member.is_shown or chance.happens(0.7):
                self._own("member_a_number", number=f"{int(member.code[3:]):09d}")
            self._add_what_few_have(self.plan.day)

    def _own(self, table: str, **columns: Any) -> None:
        self.plan.add(table, member_id=self.member.code, **columns)

    def _told(self, table: str, **columns: Any) -> None:
        """What was written down on the day on which the person joined."""
        self._own(table, at=self.member.joined_on, **columns)

    def _add_entries(self) -> None:
        chance, on = self.chance, self.member.arrived_on
        manner = "visa_other" if self.member.entry == "other" else self.member.entry
        is_vague = chance.happens(0.08)
        about = {"on": on.replace(day=1) if is_vague else on, "precision": "month" if is_vague else "day"}
        self._told("member_entry", manner=manner, **about)
        if not self.member.is_child and chance.happens(0.07):
            before = (on - timedelta(days=chance.randint(400, 2400))).replace(day=1)
            self._told("member_entry", on=before, **chance.columns(self.words["earlier_entry"]))

    def _add_languages(self) -> None:
        language, is_first = self.member.language, self.member.language in ("spa", "eng")
        first = {"language": language, "level": "first", "needs_interpreter": not is_first}
        if not is_first:
            first["variant"] = self.chance.choice(self.words["village"])
            level = self.chance.choice(("some", "well", "understands"))
            self._own("member_language", place=1, language="spa", level=level, needs_interpreter=False)
        self._own("member_language", place=0, **first)

    def _add_persecution(self) -> None:
        chance, words, kind = self.chance, self.words, self.member.persecutor or "unknown"
        is_state = kind in words["state_actor"]
        is_named = not is_state and kind not in ("unknown", "c_unknown") and chance.happens(0.4)
        about = {"kind": kind, "reach": words["reach"].get(kind, "regional"), "state_actor": is_state}
        about |= {"collusion": "direct"} if is_state else {}
        self._told("member_persecutor", name=chance.choice(words["group"]) if is_named else None, **about)
        if not is_state and chance.happens(0.25):
            self._told("member_persecutor", **chance.columns(words["police"]))
        likely = words["harm"].get(self.member.profile, words["usual_harm"])
        for harm in sorted({*chance.some(likely, chance.randint(1, 2)), chance.choice(words["usual_harm"])}):
            self._own("member_harm", harm=harm)

    def _add_places_lived(self) -> None:
        """One to three places in the two years before the arrival, each after the other; months are remembered."""
        chance, member = self.chance, self.member
        count = chance.randint(1, 3)
        from_on = months_later(member.arrived_on.replace(day=1), -3 - 6 * count)
        for place in range(count):
            to_on = months_later(from_on, 6 - chance.randint(0, 2))
            lived = chance.columns(self.words["place_lived"])
            lived |= {"state": f"MX-{member.state}"} if place == 0 and member.state else {}
            self._told("member_place_lived", from_on=from_on, to_on=to_on, **lived)
            from_on = months_later(to_on, 1)

    def _add_plan(self) -> None:
        """An emergency plan: who collects which child, what else to know."""
        chance = self.chance
        plan = chance.columns(self.words["plan"]) | ({"tell_consulate": False} if self.member.is_shown else {})
        self._told("emergency_plan", **plan)
        for place, child in enumerate([member for member in self.home.members if member.is_child][:4]):
            phone = f"+19155550{chance.randint(100, 199)}"
            who = {"child": child.called, "collector": str(names.draw(chance, "F")), "collector_phone": phone}
            self._own("emergency_child", place=place, **who)

    def _add_contacts(self) -> None:
        chance, member = self.chance, self.member
        if not member.phone or member.safe_contact in ("in_person", "via_attorney"):
            return
        how = {"value": member.phone, **chance.columns(self.words["contact"])}
        if member.safe_contact == "call_only":
            how["no_voicemail"] = True
        if member.is_shown or chance.happens(0.3):
            how |= {"from_at": time(17), "to_at": time(20, 30)}
        self._told("member_contact", kind="phone", **how)
        if member.safe_contact in ("signal", "whatsapp"):
            self._told("member_contact", kind=member.safe_contact, **how)

    def _add_what_few_have(self, day: date) -> None:
        """Other names, a second nationality, a pause."""
        chance, member = self.chance, self.member
        if chance.happens(0.2):
            given, surnames = member.name.given, member.name.surnames.split()
            short = f"{given.split()[0]} {surnames[0]}"
            married = f"{short} {chance.choice(self.words['married'])}"
            self._own("member_name", name=married if member.gender == "F" else f"{given} {surnames[-1]}")
            if chance.happens(0.3):
                self._own("member_name", name=short)
        if chance.happens(0.05) and member.nationality == "MX":
            self._own("member_nationality", country=chance.choice(("US", "GT", "ES")))
        if chance.happens(0.04) and member.left_on is None and not member.marks:
            since = max(member.joined_on, day - timedelta(days=chance.randint(5, 70)))
            pause = {"until_on": day + timedelta(days=chance.randint(-3, 40)), "at": since}
            self._own("member_pause", by_user_id="lucia", reason=chance.choice(self.words["pause"]), **pause)
