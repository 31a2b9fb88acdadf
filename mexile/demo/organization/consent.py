"""What people of the invented organization consented to, and who asked for their stories."""

from datetime import date
from typing import Any

from mexile.deadlines.deadline.rules import months_later
from mexile.demo.organization.household import Member
from mexile.demo.organization.plan import Plan, Row
from mexile.demo.organization.recipe import recipe

COUNT = 34
"""How many grown people gave a consent beside the first."""
REQUEST = "outlet_kind outlet asker contact wanted purpose audience level".split()


def add_consents(plan: Plan) -> None:
    """Consents of every kind and age among grown people, and three requests for stories."""
    heads = [home.head for home in plan.households if home.head.is_here(plan.day)]
    people = plan.chance("agreeing").some([head for head in heads if head.age(plan.day) >= 18], COUNT)
    first, shares = recipe()["consents"]["first"], recipe()["consents"]["shares"]
    consents = [_add_first(plan, member, asked) for member, asked in zip(people, first, strict=False)]
    for member in people[len(first) :]:
        chance = plan.chance("agreed", member.code)
        given_on = max(plan.ago(chance.randrange(520)), member.joined_on)
        asked = shares[chance.weighted({n: kind["share"] for n, kind in enumerate(shares)})]
        _add_consent(plan, member, asked, given_on, months_later(given_on, 12))
    for asked in recipe()["media"]:
        _add_request(plan, asked, consents)


def _add_first(plan: Plan, member: Member, asked: dict[str, Any]) -> Row:
    """One of those whose dates are the recipe's. Nobody consents before we know them: who came later gave it on the
    day they came."""
    given_on = max(plan.ago(asked["given"]), member.joined_on)
    withheld = recipe()["consents"]["withheld"] if asked["purpose"] == "iachr" else None
    consent = _add_consent(plan, member, asked, given_on, max(plan.ago(-asked["ends"]), given_on), withheld)
    if "revoked" in asked:
        revoked_on = max(plan.ago(asked["revoked"]), given_on)
        own = {"consent_id": consent.id, "member_id": member.code, "by_user_id": "lucia"}
        plan.link("consent_revocation", revoked_on=revoked_on, at=revoked_on, **own)
    return consent


def _add_consent(
    plan: Plan, member: Member, asked: dict[str, Any], given_on: date, expires_on: date, withheld: str | None = None
) -> Row:
    given = {"member_id": member.code, "by_user_id": "lucia", "given_on": given_on, "at": given_on}
    consent = plan.add("consent", purpose=asked["purpose"], version="2026-1", **given)
    own = {"consent_id": consent.id, "member_id": member.code, "obtained_by_user_id": "lucia"}
    terms = {"audience": asked["audience"], "level": asked["level"], **recipe()["consents"]["terms"]}
    plan.link("consent_terms", expires_on=expires_on, withheld=withheld, **own, **terms)
    return consent


def _add_request(plan: Plan, asked: dict[str, Any], consents: list[Row]) -> None:
    """What was asked; who was chosen, what was published, what followed, and that it is finished."""
    asked_on = plan.ago(asked["asked"])
    columns = {name: asked[name] for name in REQUEST} | {"by_on": plan.ago(-asked["by"])}
    request = plan.add("media_request", asked_on=asked_on, by_user_id="elena", at=asked_on, **columns)
    own = {"request_id": request.id, "by_user_id": "elena"}
    if "chosen" in asked:
        consent = consents[asked["chosen"]]
        choice = plan.add("media_choice", member_id=consent.member_id, consent_id=consent.id, at=asked_on, **own)
        if "answer" in asked:
            answer = {"answer": asked["answer"], "by_user_id": "ximena", "at": asked_on}
            plan.add("media_answer", choice_id=choice.id, **answer)
    if "published" in asked:
        on, place = plan.ago(asked["published"]["ago"]), asked["published"]["place"]
        plan.add("media_publication", published_on=on, at=on, place=place, **own)
    for kind, ago in asked.get("followed", {}).items():
        on = plan.ago(ago)
        plan.add("media_consequence", kind=kind, followed_on=on, at=on, **own)
    if "closed" in asked:
        plan.link("media_closure", reason=asked["closed"], at=asked_on, **own)
