"""A lost second factor: asked for, confirmed and stopped on a person's page; stopped by the person on their own."""

from __future__ import annotations

from typing import Any

from flask import g, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.access.account.queries import get_colleague
from mexile.access.blueprint import blueprint
from mexile.access.recovery import actions as recoveries
from mexile.access.recovery.queries import open_recovery
from mexile.access.viewer import Viewer
from mexile.web.form import Form
from mexile.web.save import save


@blueprint.route("/people/<code>/recovery", methods=["POST"])
def recovery(code: str) -> ResponseReturnValue:
    person = get_colleague(code)
    act = lambda: recoveries.ask_recovery(user_id=person.id, by=g.viewer.user_id)
    told = _("Asked. The person and whoever may confirm it are told by mail. It waits for 72 hours.")
    return save(Form(), act, url_for("access.person", code=code), said=told)


@blueprint.route("/people/<code>/recovery/confirmation", methods=["POST"])
def recovery_confirmation(code: str) -> ResponseReturnValue:
    person = get_colleague(code)
    act = lambda: recoveries.confirm_recovery(user_id=person.id, by=g.viewer.user_id)
    told = _("Confirmed. The person is mailed an address that works once, within 72 hours.")
    return save(Form(), act, url_for("access.person", code=code), said=told)


@blueprint.route("/people/<code>/recovery/end", methods=["POST"])
def recovery_end(code: str) -> ResponseReturnValue:
    person = get_colleague(code)
    act = lambda: recoveries.end_recovery(user_id=person.id)
    return save(Form(), act, url_for("access.person", code=code), said=_("Stopped. Nothing changed."))


def own_recovery(viewer: Viewer) -> dict[str, Any] | None:
    """On Today and My account: that somebody asked, for who still has what was said to be lost."""
    asked = open_recovery(viewer.user_id)
    return {"recovery": asked} if asked else None


@blueprint.route("/account/recovery/end", methods=["POST"])
def own_recovery_end() -> ResponseReturnValue:
    act = lambda: recoveries.end_recovery(user_id=g.viewer.user_id)
    told = _("Stopped. Nothing changed. Tell a director or the administrator that it wasn't you.")
    return save(Form(), act, url_for("access.account"), said=told)
