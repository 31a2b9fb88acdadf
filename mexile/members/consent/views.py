"""A member's consents: what stands, giving one, renewing it, taking it back."""

from __future__ import annotations

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from mexile.access.policy import WORKS
from mexile.access.viewer import Viewer
from mexile.ground import organization
from mexile.ground.text import number_sent
from mexile.ground.vocabulary import vocabulary
from mexile.members.blueprint import blueprint
from mexile.members.consent.actions import give_consent, minor, revoke_consent
from mexile.members.consent.forms import ConsentForm, RevocationForm
from mexile.members.consent.models import Consent
from mexile.members.consent.queries import (
    consents_of,
    ending_consents,
    ending_of_mine,
    get_consent,
    revocation_of,
    terms_of,
)
from mexile.members.consent.rules import a_year_later, newest_words, words_of
from mexile.members.name.queries import name_of
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member
from mexile.members.relation.queries import kin_of
from mexile.members.removal.queries import past_files
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/consents/ending")
def ending() -> str:
    """Whose consents end soon, fifty at a time."""
    after = number_sent(request.args.get("after"))
    lines, further = ending_consents(g.viewer, organization.today(), after)
    next_url = url_for("members.ending", after=further) if further else None
    return render("members/consent/ending.html", lines=lines, next_url=next_url)


def ending_today(viewer: Viewer) -> dict[str, object] | None:
    """On Today of whoever is assigned to somebody whose consent ends."""
    count = ending_of_mine(viewer, organization.today()) if viewer.is_any(*WORKS) else 0
    return {"count": count} if count else None


@blueprint.route("/members/<code>/consents")
def consents(code: str) -> str:
    member = get_member(g.viewer, code)
    return render(
        "members/consent/consents.html",
        member=member,
        name=name_of(member, g.viewer),
        consents=consents_of(g.viewer, member),
        files=past_files(member.id),
    )


@blueprint.route("/members/<code>/consents/new", methods=["GET", "POST"])
def new_consent(code: str) -> ResponseReturnValue:
    """First the purpose, then the words read aloud and how far it goes. With ``renews`` it follows another."""
    member = get_member(g.viewer, code)
    purpose = request.values.get("purpose", "")
    if purpose not in vocabulary("consent_scope"):
        return render("members/consent/purpose.html", member=member, name=name_of(member, g.viewer))
    form = _form(member, purpose)
    if request.method == "GET":
        return _new(member, purpose, form)
    return save(
        form,
        lambda: give_consent(viewer=g.viewer, code=code, values=form.values()),
        url_for("members.consents", code=code),
        lambda: _new(member, purpose, form),
    )


def _new(member: Member, purpose: str, form: ConsentForm) -> str:
    return render(
        "members/consent/new.html",
        member=member,
        name=name_of(member, g.viewer),
        form=form,
        purpose=purpose,
        words={tongue: words_of(purpose, newest_words(purpose), tongue) for tongue in ("es", "en")},
        is_minor=minor(member, organization.today()),
        guardians=[kin for kin in kin_of(g.viewer, member) if kin.side in ("parent", "guardian") and kin.name],
    )


def _form(member: Member, purpose: str) -> ConsentForm:
    today = organization.today()
    values = {
        "language": member.language or "",
        "obtained_by": g.viewer.user_id,
        "given_on": today,
        "expires_on": a_year_later(today),
        **_before(member),
    }
    form = ConsentForm(data=values)
    form.offer(purpose)
    return form


def _before(member: Member) -> dict[str, object]:
    """What the consent that is renewed said; its day and its witness are asked again."""
    renews = number_sent(request.args.get("renews"))
    if renews is None:
        return {}
    get_consent(g.viewer, member.code, renews)
    terms = terms_of(renews)
    said = ("audience", "level", "channel", "language", "guardian", "withheld")
    return {"renews": str(renews), **({name: getattr(terms, name) for name in said} if terms else {})}


@blueprint.route("/members/<code>/consents/<int:id>/revocation", methods=["GET", "POST"])
def revocation(code: str, id: int) -> ResponseReturnValue:
    """Taking a consent back, with the files that held the person already."""
    member, consent = get_consent(g.viewer, code, id)
    if request.method == "GET" and revocation_of(id):
        raise NotFound()
    form = RevocationForm(data={"revoked_on": organization.today()})
    page = lambda: _revocation(member, consent, form)
    if request.method == "GET":
        return page()
    return save(
        form,
        lambda: revoke_consent(viewer=g.viewer, code=code, consent_id=id, revoked_on=form.revoked_on.data),
        url_for("members.consents", code=code),
        page,
    )


def _revocation(member: Member, consent: Consent, form: RevocationForm) -> str:
    return render(
        "members/consent/revocation.html",
        member=member,
        name=name_of(member, g.viewer),
        consent=consent,
        terms=terms_of(consent.id),
        form=form,
        files=past_files(member.id),
    )


def consents_now(viewer: Viewer, member: Member) -> dict[str, object]:
    """On the member's page: what stands, and what ended or ends soon."""
    return {
        "consents": [consent for consent in consents_of(viewer, member) if not consent.is_replaced],
        "code": member.code,
    }
