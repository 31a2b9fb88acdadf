"""Somebody who was written down twice, somebody who was removed at their request, a saved list, an export, papers."""

from datetime import timedelta

from mexile.demo.organization.member import add_person
from mexile.demo.organization.plan import Plan
from mexile.demo.organization.recipe import recipe

WITH_PAPERS = 4
"""So many of Lucía's people have papers."""


def add_twin(plan: Plan) -> None:
    """A person whom the night shift wrote down again, without the second surname and with the same telephone."""
    heads = [home.head for home in plan.households if home.head.phone and home.head.left_on is None]
    first, name = heads[-1], str(heads[-1].name).rsplit(" ", 1)[0]
    same = {column: getattr(first, column) for column in ("nationality", "language", "phone")}
    twin = add_person(plan, first, alias="Gaviota", legal_name=name, joined_on=plan.ago(3), **same)
    plan.add("assignment", member_id=twin.code, user_id="nora", from_at=plan.ago(3), reason_from="intake")


def add_removed(plan: Plan) -> None:
    """What is left of a person who asked to be removed: a code, and what reports count. Their key is to be erased."""
    number, done = len(plan.rows["member"]) + 1, plan.ago(40)
    code = plan.add("member", nationality="MX", joined_on=plan.ago(240), name_seq=number).code
    asked = {"member_id": code, "by_user_id": "lucia", "at": plan.ago(44), "reason": "in_person"}
    own = {"request_id": plan.add("erase_request", **asked).id}
    plan.link("erase_confirmation", by_user_id="elena", at=plan.ago(43), due_at=done, **own)
    plan.link("member_erasure", member_id=code, at=done, keys=1, cells=9, done_at=done, **own)


def add_lists(plan: Plan) -> None:
    """A list that the team shares, and a file that the attorney took for a meeting."""
    by = {"at": plan.ago(9), "by_user_id": "ximena"}
    plan.add("saved_view", user_id="ximena", at=plan.ago(9), **recipe()["saved_view"])
    people = [member.code for member in plan.members if member.profile == "journalist" and member.left_on is None][:6]
    export = plan.add("export", rows=len(people), **by, **recipe()["export"])
    for code in people:
        plan.link("export_member", export_id=export.id, member_id=code)


def add_documents(plan: Plan) -> None:
    """Papers of some of those whom Lucía walks with; their files are made when they are written."""
    hers = {row.member_id for row in plan.rows["assignment"] if row.user_id == "lucia" and not row.get("to_at")}
    papers = recipe()["documents"]
    for place, member in enumerate([member for member in plan.members if member.code in hers][:WITH_PAPERS]):
        kept = {"by_user_id": "lucia", "at": (min(member.joined_on + timedelta(days=9), plan.day), 11 * 60)}
        for paper in papers[: len(papers) - place % 2]:
            expires_on = plan.ago(-paper["expires"]) if "expires" in paper else None
            file = {"kind": paper["kind"], "language": paper["language"], "format": "pdf", "pages": 1}
            plan.add("document", member_id=member.code, expires_on=expires_on, **file, **kept)
