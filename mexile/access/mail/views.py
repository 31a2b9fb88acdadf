"""Mail that waits or could not be sent, to be sent again."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from mexile.access.blueprint import blueprint
from mexile.access.mail.actions import send_again, send_test
from mexile.access.mail.queries import in_trouble, newest_test
from mexile.ground.text import number_sent
from mexile.web.form import Form
from mexile.web.page import notice, render
from mexile.web.save import save

KINDS: dict[str, Any] = {
    "access.invitation": _("Invitation to begin or to set a password anew"),
    "access.new": _("A new person or a new role"),
    "access.test": _("Test letter"),
    "access.own": _("A change of one's own account"),
    "access.password_reset": _("A link to a new password"),
    "access.trail_head": _("The last line of the trail"),
    "cases.alert": _("Someone was detained"),
    "cases.asked": _("Asked to accompany"),
    "cases.changed": _("A date was moved or called off"),
    "cases.not_out": _("Not out of an office yet"),
    "cases.reminder": _("Reminder of a deadline or date"),
    "cases.told": _("News for an attorney"),
    "gifts.link": _("A donor's link"),
    "gifts.receipt": _("Receipt"),
    "gifts.receipt_void": _("Receipt taken back"),
    "gifts.renewal": _("A monthly gift that was not paid"),
    "members.emergency": _("Emergency access"),
}
TROUBLES: dict[str, Any] = {
    "address": _("Mail can't go to this address. Correct it, then send again."),
    "certificate": _("The mail server could not prove who it is, so it got nothing. Check SMTP_HOST and SMTP_CA_FILE."),
    "clear": _("The password would go in clear, so nothing was sent. Set SMTP_STARTTLS or SMTP_TLS."),
    "later": _("The mail server asks us to try later."),
    "refused": _("The mail server says that there is no such address, or doesn't take this letter."),
    "sender": _("The mail server doesn't take the address that mails come from. Correct it under Organization."),
    "server": _("The mail server doesn't answer, or takes nothing."),
    "sign_in": _("The mail server doesn't know our name and password."),
}


@blueprint.route("/mail")
def mail() -> str:
    tried = newest_test(g.viewer)
    return render("access/mail/mail.html", lines=in_trouble(g.viewer), tried=tried, kinds=KINDS, troubles=TROUBLES)


@blueprint.route("/mail/test", methods=["POST"])
def mail_test() -> ResponseReturnValue:
    """A letter to oneself; the page says what came of it."""
    form = Form()
    return save(form, lambda: send_test(viewer=g.viewer, token=form.token), url_for("access.mail"))


@blueprint.route("/mail/sending", methods=["POST"])
def mail_sending() -> ResponseReturnValue:
    """Send one again, or all."""
    sent = request.form.get("job")

    def act() -> None:
        count = send_again(None if sent is None else number_sent(sent) or 0)
        notice("done" if count else "soon", _said(count))

    return save(Form(), act, url_for("access.mail"))


def _said(count: int) -> str:
    if not count:
        return gettext("There was nothing to send again: it was sent meanwhile.")
    return ngettext("%(num)s is tried again now.", "%(num)s are tried again now.", count)
