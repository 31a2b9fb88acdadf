"""The question whether the giver of a gift is the donor with its mail address."""

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.gifts.blueprint import blueprint
from mexile.gifts.donor_question.actions import answer_same
from mexile.gifts.gift.page import one_gift
from mexile.web.form import Form
from mexile.web.page import notice
from mexile.web.save import save


@blueprint.route("/gifts/<code>/donor", methods=["POST"])
def same_donor(code: str) -> ResponseReturnValue:
    """The same person, or another one who becomes a donor of their own."""
    answer = request.form.get("answer")
    if answer not in ("same", "other"):
        notice("soon", gettext("Say whether it is the same person. Nothing was changed."))
        return redirect(url_for("gifts.month"), 303)
    return save(
        Form(),
        lambda: answer_same(viewer=g.viewer, gift=one_gift(g.viewer, code)[0], is_same=answer == "same"),
        url_for("gifts.month"),
        then=lambda donor: notice("done", gettext("Noted. The gift is %(donor)s's.", donor=donor.code)),
    )
