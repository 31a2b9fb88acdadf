"""A member's work-permit clock and late filing, and the list of everybody's days."""

from __future__ import annotations

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from mexile.deadlines.blueprint import blueprint
from mexile.deadlines.clock import queries as read
from mexile.deadlines.clock.actions import (
    add_exception,
    add_permit,
    add_segment,
    end_segment,
    sign_exception,
    void_segment,
)
from mexile.deadlines.clock.forms import EndForm, ExceptionForm, PermitForm, SegmentForm
from mexile.deadlines.clock.rules import FILE_DAY, GRANT_DAY, Segment, read_clock
from mexile.ground import organization
from mexile.members.name.queries import name_of
from mexile.members.person.queries import get_member
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/docket/permits")
def clocks() -> str:
    """Who may ask for a work permit when: sixty people in ten seconds."""
    today = organization.today()
    return render("deadlines/clock/clocks.html", lines=read.clock_lines(g.viewer, today), today=today)


@blueprint.route("/members/<code>/clock", methods=["GET", "POST"])
def clock(code: str) -> ResponseReturnValue:
    if request.method == "GET":
        return _clock(code)
    form = SegmentForm()
    return save(
        form,
        lambda: add_segment(
            viewer=g.viewer,
            code=code,
            cause=form.cause.data,
            from_on=form.from_on.given,
            to_on=form.to_on.data,
            court_code=form.code.data,
            document=form.document.data,
        ),
        url_for("deadlines.clock", code=code),
        lambda: _clock(code, segment=form),
    )


@blueprint.route("/members/<code>/segments/<int:id>/end", methods=["POST"])
def segment_end(code: str, id: int) -> ResponseReturnValue:
    form = EndForm()
    return save(
        form,
        lambda: end_segment(viewer=g.viewer, code=code, segment_id=id, to_on=form.to_on.given),
        url_for("deadlines.clock", code=code),
        lambda: _clock(code, end=form),
    )


@blueprint.route("/members/<code>/segments/<int:id>/void", methods=["POST"])
def segment_void(code: str, id: int) -> ResponseReturnValue:
    url = url_for("deadlines.clock", code=code)
    return save(Form(), lambda: void_segment(viewer=g.viewer, code=code, segment_id=id), url)


@blueprint.route("/members/<code>/permits", methods=["POST"])
def permits(code: str) -> ResponseReturnValue:
    form = PermitForm()
    return save(
        form,
        lambda: add_permit(viewer=g.viewer, code=code, issued_on=form.issued_on.given, ends_on=form.ends_on.given),
        url_for("deadlines.clock", code=code),
        lambda: _clock(code, permit=form),
    )


@blueprint.route("/members/<code>/exceptions", methods=["POST"])
def exceptions(code: str) -> ResponseReturnValue:
    form = ExceptionForm()
    return save(
        form,
        lambda: add_exception(
            viewer=g.viewer,
            code=code,
            kind=form.kind.data,
            since_on=form.since_on.given,
            until_on=form.until_on.data,
            evidence=form.evidence.data,
        ),
        url_for("deadlines.clock", code=code, _anchor="late"),
        lambda: _clock(code, exception=form),
    )


@blueprint.route("/members/<code>/exceptions/<int:id>/answer", methods=["POST"])
def exception_answer(code: str, id: int) -> ResponseReturnValue:
    holds, url = request.form.get("holds") == "yes", url_for("deadlines.clock", code=code, _anchor="late")
    return save(Form(), lambda: sign_exception(viewer=g.viewer, code=code, exception_id=id, holds=holds), url)


def _clock(code: str, **forms: Form) -> str:
    member = get_member(g.viewer, code)
    lines = read.segment_lines(member.id)
    days = read_clock([Segment(line.cause, line.from_on, line.to_on, line.code) for line in lines])
    today = organization.today()
    return render(
        "deadlines/clock/clock.html",
        member=member,
        name=name_of(member, g.viewer),
        lines=lines,
        clock=days,
        accrued=days.accrued(today),
        today=today,
        days=[(number, days.reaches(number)) for number in (FILE_DAY, GRANT_DAY)],
        permit_days=read.last_permit(member.id),
        exceptions=read.exceptions_of(member.id),
        segment=forms.get("segment") or SegmentForm(None),
        end=forms.get("end") or EndForm(None),
        permit=forms.get("permit") or PermitForm(None),
        exception=forms.get("exception") or ExceptionForm(None),
    )
