"""Emergency access: asking for it, the banner while it lasts, and the review."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.access.account.queries import with_roles
from mexile.access.policy import DIRECTOR
from mexile.access.role.queries import others_who_may
from mexile.access.trail.reads import mark_reads
from mexile.access.viewer import Viewer
from mexile.ground import clock
from mexile.ground.text import clean_line
from mexile.members.blueprint import blueprint, page_of
from mexile.members.emergency.actions import end_emergency, open_emergency, open_for, review_emergency
from mexile.members.emergency.forms import EmergencyForm, EmergencyReviewForm
from mexile.members.emergency.models import EmergencyAccess
from mexile.members.emergency.queries import (
    emergency_lines,
    get_emergency,
    open_emergencies,
    opened_today,
    review_of,
    waiting_openings,
    waiting_reviews,
)
from mexile.members.emergency.rules import A_DAY
from mexile.members.person.queries import member_code_of
from mexile.web.form import Form
from mexile.web.page import notice, render
from mexile.web.save import save


def banner(viewer: Viewer) -> dict[str, Any] | None:
    """On every page while it lasts, with the way to end it."""
    emergencies = open_emergencies(viewer)
    return {"open": emergencies} if emergencies else None


def waiting(viewer: Viewer) -> dict[str, Any] | None:
    """On Today of who reviews them, only while some wait."""
    count, openings = waiting_reviews(viewer), waiting_openings(viewer)
    return {"count": count, "openings": openings} if count or openings else None


def _codes(viewer: Viewer, entered: Any) -> dict[str, list[str]]:
    """Every read while an emergency access stands carries its code."""
    codes = [emergency.code for emergency in open_emergencies(viewer, entered)]
    return {"emergency": codes} if codes else {}


mark_reads.fill(_codes)


@blueprint.route("/emergencies/new", methods=["GET", "POST"])
def new_emergency() -> ResponseReturnValue:
    form = EmergencyForm()
    if request.method == "GET":
        form.code.data = clean_line(request.args.get("code", ""))[:12].upper()
        return _new(form)
    return save(
        form,
        lambda: open_emergency(viewer=g.viewer, code=form.code.data, reason=form.reason.data),
        lambda access: url_for("public.front") if access.waits else page_of(form.code.data),
        lambda: _new(form),
        then=_say_that_it_waits,
    )


def _say_that_it_waits(access: EmergencyAccess) -> None:
    if access.waits:
        notice(
            "soon",
            gettext(
                "It isn't open yet: you opened three people today. The directors were asked to open %(code)s now.",
                code=access.code,
            ),
        )


def _new(form: EmergencyForm) -> str:
    is_openable = bool(others_who_may(g.viewer.user_id, DIRECTOR))
    return render(
        "members/emergency/new.html",
        form=form,
        is_directed=bool(with_roles(DIRECTOR)),
        is_openable=is_openable,
        is_asked=is_openable and opened_today(g.viewer.user_id) >= A_DAY,
    )


@blueprint.route("/emergencies/<code>/opening", methods=["POST"])
def emergency_opening(code: str) -> ResponseReturnValue:
    """A director opens what was asked for after the third of a day."""
    return save(
        Form(),
        lambda: open_for(viewer=g.viewer, code=code),
        url_for("members.emergencies"),
        said=gettext("It is open for 60 minutes from now. Who asked was told."),
    )


@blueprint.route("/emergencies/<code>/end", methods=["POST"])
def emergency_end(code: str) -> ResponseReturnValue:
    """End it now. What it opened is gone at the next page."""
    return save(Form(), lambda: end_emergency(viewer=g.viewer, code=code), url_for("members.members"))


@blueprint.route("/emergencies")
def emergencies() -> ResponseReturnValue:
    """Those that nobody has looked at, and those that somebody did."""
    return render("members/emergency/emergencies.html", lines=emergency_lines(g.viewer), now=clock.now())


@blueprint.route("/emergencies/<code>/review", methods=["GET", "POST"])
def emergency_review(code: str) -> ResponseReturnValue:
    access, form = get_emergency(g.viewer, code), EmergencyReviewForm()
    if request.method == "GET":
        return _review(access, form)
    return save(
        form,
        lambda: review_emergency(viewer=g.viewer, code=code, verdict=form.verdict.data, words=form.words.data),
        url_for("members.emergencies"),
        lambda: _review(access, form),
    )


def _review(access: EmergencyAccess, form: EmergencyReviewForm) -> str:
    return render(
        "members/emergency/review.html",
        access=access,
        member_code=member_code_of(access.member_id),
        review=review_of(access.id),
        is_own=access.user_id == g.viewer.user_id,
        form=form,
    )
