"""Papers beside an event and beside the consents of a member: shown there, put there, taken away."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.access.viewer import Viewer
from mexile.cases.actions.document_link import link_to_consent, link_to_event, unlink
from mexile.cases.blueprint import blueprint
from mexile.cases.queries.document_links import papers_of_consents, papers_of_event
from mexile.cases.queries.documents import get_document
from mexile.cases.queries.event_page import changeable_page
from mexile.ground.text import number_sent
from mexile.members.models.member import Member
from mexile.members.queries.consents import consents_of
from mexile.members.queries.member import get_member
from mexile.web.form import Form
from mexile.web.page import notice, panel
from mexile.web.save import save


@panel("event", "cases/documents/_event.html", order=40)
def of_event(viewer: Viewer, event: Any) -> dict[str, Any] | None:
    """The papers that show this date; a volunteer sees none."""
    if viewer.sees_first_names_only:
        return None
    return {"papers": papers_of_event(viewer, event.id), "code": event.code}


@panel("consents", "cases/documents/_consents.html", order=40)
def of_consents(viewer: Viewer, member: Member) -> dict[str, Any] | None:
    """The papers that show what the member agreed to."""
    consents = {one.held.id: one.held for one in consents_of(viewer, member)}
    return {"papers": papers_of_consents(viewer, member.id), "consents": consents, "code": member.code}


@blueprint.route("/events/<code>/documents", methods=["POST"])
def event_documents(code: str) -> ResponseReturnValue:
    document = request.form.get("document", "")
    url = url_for("cases.event", code=code)
    changeable_page(g.viewer, code)
    if not document:
        return _nothing_chosen(url)
    return save(Form(), lambda: link_to_event(viewer=g.viewer, event_code=code, document_code=document), url)


@blueprint.route("/members/<code>/consents/documents", methods=["POST"])
def consent_documents(code: str) -> ResponseReturnValue:
    document, consent = request.form.get("document", ""), request.form.get("consent", "")
    id = number_sent(consent) or 0
    url = url_for("members.consents", code=code)
    get_member(g.viewer, code)
    if not document or not id:
        return _nothing_chosen(url)
    return save(
        Form(),
        lambda: link_to_consent(viewer=g.viewer, member_code=code, consent_id=id, document_code=document),
        url,
    )


@blueprint.route("/documents/<code>/unlinking", methods=["POST"])
def document_unlinking(code: str) -> ResponseReturnValue:
    link, event, member = (request.form.get(name, "") for name in ("link", "event", "member"))
    id = number_sent(link) or 0
    url = url_for("cases.event", code=event) if event else url_for("members.consents", code=member or "-")
    get_document(g.viewer, code)
    if not id:
        return _nothing_chosen(url_for("cases.document", code=code))
    return save(Form(), lambda: unlink(viewer=g.viewer, document_code=code, link_id=id), url)


def _nothing_chosen(url: str) -> ResponseReturnValue:
    notice("soon", _("Choose a paper first."))
    return redirect(url)
