"""The pages of an indicator."""

from __future__ import annotations

from flask import g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.grants.award.queries import get_award
from mexile.grants.blueprint import blueprint, page_of
from mexile.grants.indicator.actions import enter_indicator, remove_indicator, return_indicator
from mexile.grants.indicator.forms import IndicatorForm
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/grants/<code>/indicators", methods=["GET", "POST"])
def indicators(code: str) -> ResponseReturnValue:
    """Enter a promise of the grant."""
    award = get_award(g.viewer, code)
    form = IndicatorForm()

    def page() -> str:
        return render("grants/indicator/indicator.html", form=form, grant=award)

    def act() -> None:
        enter_indicator(grant=award, **form.values())

    return page() if request.method == "GET" else save(form, act, page_of(code), page)


@blueprint.route("/grants/indicators/<int:id>/removal", methods=["POST"])
def indicator_removal(id: int) -> ResponseReturnValue:
    """A target that counts no more; it can be put back."""
    notice = gettext("The target was taken out. It can be put back below.")
    return save(Form(), lambda: remove_indicator(viewer=g.viewer, id=id), page_of, said=notice)


@blueprint.route("/grants/indicators/<int:id>/return", methods=["POST"])
def indicator_return(id: int) -> ResponseReturnValue:
    notice = gettext("The target counts again.")
    return save(Form(), lambda: return_indicator(viewer=g.viewer, id=id), page_of, said=notice)
