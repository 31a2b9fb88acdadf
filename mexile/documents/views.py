"""The papers of a member: the list, a new one, one paper, its file; and papers beside a date or a consent."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.access.viewer import Viewer
from mexile.cases.case.models import Case
from mexile.cases.case.queries import cases_of
from mexile.cases.event.page import changeable_page
from mexile.documents.actions import (
    Received,
    keep_document,
    link_to_consent,
    link_to_event,
    open_document,
    received,
    unlink,
    void_document,
)
from mexile.documents.blueprint import blueprint
from mexile.documents.forms import DocumentForm, DocumentVoidForm
from mexile.documents.models import Document
from mexile.documents.queries import (
    document_to_take,
    documents_of,
    documents_of_case,
    get_document,
    line_of,
    may_take,
    papers_of_consents,
    papers_of_event,
)
from mexile.documents.rules import MIME, NO_ROOM, NONE
from mexile.ground.errors import Invalid, KeyGone, Tampered
from mexile.ground.organization import today
from mexile.ground.text import number_sent
from mexile.members.consent.queries import consents_of
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member
from mexile.web.form import Form
from mexile.web.page import notice, render
from mexile.web.save import save

SHOWN = 5
"""So many papers stand on the page of a member or a case; the rest on their own page."""


def of_member(viewer: Viewer, member: Member) -> dict[str, Any] | None:
    """The newest papers of a member; a volunteer sees none."""
    if viewer.sees_first_names_only:
        return None
    documents = documents_of(viewer, member.id)
    return {"documents": documents[:SHOWN], "more": len(documents) - SHOWN, "code": member.code, "today": today()}


def of_case(viewer: Viewer, case: Case) -> dict[str, Any] | None:
    """The papers of a case, of those in it whom the viewer may know of."""
    if viewer.sees_first_names_only:
        return None
    return {"documents": documents_of_case(viewer, case.id), "more": 0, "code": None, "today": today()}


@blueprint.route("/members/<code>/documents", methods=["GET", "POST"])
def documents(code: str) -> ResponseReturnValue:
    member = get_member(g.viewer, code)
    form = DocumentForm()
    cases = cases_of(g.viewer, member.id)
    form.offer_cases(cases)
    if request.method == "GET":
        return _list(member, form)
    file = request.files.get("file")
    if not form.validate() or not file:
        form.add([] if file else [NONE])
        return _list(member, form), 422
    try:
        with received(name=file.filename or "", content=file.read(), member=member) as paper:
            return save(
                form,
                lambda: _keep(form, code, paper, {case.code: case.id for case in cases}),
                url_for("documents.documents", code=code),
                lambda: _list(member, form),
                then=lambda kept: notice("done", _("Kept as %(code)s.", code=kept.code)),
            )
    except Invalid as wrong:
        form.add(wrong.problems)
        return _list(member, form), 503 if NO_ROOM in wrong.problems else 422


def _keep(form: DocumentForm, code: str, paper: Received, cases: dict[str, int]) -> Document:
    get_member(g.viewer, code)  # a right that ended while the file was read
    return keep_document(
        viewer=g.viewer,
        received=paper,
        kind=form.kind.data,
        case_id=cases.get(form.case.data or ""),
        language=form.language.data or None,
        expires_on=form.expires_on.data,
        note=form.note.data,
    )


def _list(member: Member, form: DocumentForm) -> str:
    documents = documents_of(g.viewer, member.id)
    return render("documents/list.html", member=member, documents=documents, form=form, today=today())


@blueprint.route("/documents/<code>")
def document(code: str) -> ResponseReturnValue:
    return _one(get_document(g.viewer, code), DocumentVoidForm())


def _one(document: Document, form: DocumentVoidForm) -> str:
    line = line_of(g.viewer, document.code)
    return render(
        "documents/document.html",
        document=document,
        line=line,
        may_take=may_take(g.viewer, document),
        form=form,
        today=today(),
    )


@blueprint.route("/documents/<code>/file")
def document_file(code: str) -> ResponseReturnValue:
    """The file to be saved: never shown in the browser, under a name that says nothing. The trail
    has a row for it before it leaves."""
    document = document_to_take(g.viewer, code)
    g.act = f"document.file {document.code}"
    try:
        body = open_document(document)
    except (Tampered, KeyGone):
        notice("soon", _("The file of %(code)s is damaged or gone. Put it back from a backup.", code=document.code))
        return redirect(url_for("documents.document", code=document.code))
    answer = Response(body, mimetype=MIME[document.format])
    answer.headers["Content-Disposition"] = f'attachment; filename="{document.file_name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.route("/documents/<code>/void", methods=["POST"])
def document_void(code: str) -> ResponseReturnValue:
    document, form = get_document(g.viewer, code), DocumentVoidForm()
    return save(
        form,
        lambda: void_document(viewer=g.viewer, code=code, reason=form.reason.data),
        url_for("documents.documents", code=line_of(g.viewer, code).member_code),
        lambda: _one(document, form),
        said=_("%(code)s was cancelled.", code=code),
    )


def of_event(viewer: Viewer, event: Any) -> dict[str, Any] | None:
    """The papers that show this date; a volunteer sees none."""
    if viewer.sees_first_names_only:
        return None
    return {"papers": papers_of_event(viewer, event.id), "code": event.code}


def of_consents(viewer: Viewer, member: Member) -> dict[str, Any] | None:
    """The papers that show what the member agreed to."""
    consents = {consent.held.id: consent.held for consent in consents_of(viewer, member)}
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
        return _nothing_chosen(url_for("documents.document", code=code))
    return save(Form(), lambda: unlink(viewer=g.viewer, document_code=code, link_id=id), url)


def _nothing_chosen(url: str) -> ResponseReturnValue:
    notice("soon", _("Choose a paper first."))
    return redirect(url)
