"""The staff: who works here, with which roles; beginning, changing and ending it."""

from __future__ import annotations

from datetime import datetime

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from mexile.access.account import actions as accounts
from mexile.access.account.forms import ABSENCE, EndAccessForm, NewPersonForm
from mexile.access.account.queries import get_colleague, holding, with_roles
from mexile.access.account.queries import people as staff
from mexile.access.blueprint import blueprint
from mexile.access.holding.actions import hand_over
from mexile.access.holding.forms import HandOverForm
from mexile.access.holding.queries import gone_ids, held_by
from mexile.access.policy import ATTORNEY, DIRECTOR, WORKS
from mexile.access.recovery.queries import recovery_of
from mexile.access.role import actions as roles
from mexile.access.role.forms import RoleForm
from mexile.ground import clock, keyring
from mexile.web.fields import chosen_number
from mexile.web.form import Form
from mexile.web.page import notice, render
from mexile.web.save import save


@blueprint.route("/people")
def people() -> str:
    return render("access/account/people.html", people=staff(g.viewer))


@blueprint.route("/people/new", methods=["GET", "POST"])
def new_person() -> ResponseReturnValue:
    """The person sets password and second factor by a mailed address; nobody here sees them."""
    form = NewPersonForm()
    page = lambda: render("access/account/new_person.html", form=form)
    if request.method == "GET" or not form.validate():
        return page(), 200 if request.method == "GET" else 422
    key_id = keyring.new_key()
    act = lambda: accounts.add_user(
        name=form.name.data,
        email=form.email.data,
        roles=form.roles.data or [],
        language=form.language.data,
        key_id=key_id,
        by=g.viewer.user_id,
    )
    told = _("Invited by mail. The address works once, within 72 hours.") + " " + who_is_told()
    return save(form, act, lambda user: url_for("access.person", code=user.code), page, said=told)


@blueprint.app_template_global()
def who_is_told() -> str:
    """Who is told of accounts and roles that begin or end."""
    if holding(DIRECTOR, invited=True):
        return _("Every director is told by mail at once.")
    return _("There is no director; who runs the system is told by mail at once.")


@blueprint.route("/people/<code>")
def person(code: str) -> str:
    return _person(code)


def _person(code: str, form: EndAccessForm | None = None) -> str:
    person = get_colleague(code)
    return render(
        "access/account/person.html",
        person=person,
        role_form=RoleForm(),
        end_form=form or EndAccessForm(),
        take_form=HandOverForm(None).apart("now"),
        held=held_by(person.id),
        team=with_roles(*WORKS),
        recovery=recovery_of(g.viewer, person.id),
        is_directed=bool(with_roles(DIRECTOR)),
        is_covered=any(id != person.id for id, _name in with_roles(ATTORNEY)),
    )


@blueprint.route("/people/<code>/roles", methods=["POST"])
def role(code: str) -> ResponseReturnValue:
    form, colleague = RoleForm(), get_colleague(code)
    if not form.validate():
        return _person(code), 422
    act = lambda: roles.give_role(user_id=colleague.id, role=form.role.data, by=g.viewer.user_id)
    return save(form, act, url_for("access.person", code=code))


@blueprint.route("/people/<code>/roles/<role>/end", methods=["POST"])
def role_end(code: str, role: str) -> ResponseReturnValue:
    colleague = get_colleague(code)
    act = lambda: roles.end_role(user_id=colleague.id, role=role, by=g.viewer.user_id)
    return save(Form(), act, url_for("access.person", code=code))


@blueprint.route("/people/<code>/handover", methods=["POST"])
def handover(code: str) -> ResponseReturnValue:
    """Colleagues take what this person holds: each thing, or all that nobody was chosen for."""
    form, colleague = HandOverForm(), get_colleague(code)
    if not form.validate():
        return _person(code), 422
    takers = {key.removeprefix("take-"): chosen_number(value) for key, value in request.form.items()}

    def act() -> int:
        return hand_over(
            viewer=g.viewer,
            user_id=colleague.id,
            code=colleague.code,
            takers={key: taker for key, taker in takers.items() if isinstance(taker, int)},
            everything=form.everything.data or None,
        )

    return save(form, act, url_for("access.person", code=code), then=_say_left)


def _say_left(left: int) -> None:
    if left:
        notice(
            "soon",
            ngettext(
                "%(num)s thing stayed: the one chosen can't hold it.",
                "%(num)s things stayed: the one chosen can't hold them.",
                left,
            ),
        )
    else:
        notice("done", _("Handed over."))


@blueprint.route("/people/<code>/roles/<role>/confirmation", methods=["POST"])
def role_confirmation(code: str, role: str) -> ResponseReturnValue:
    colleague = get_colleague(code)
    act = lambda: roles.confirm_role(user_id=colleague.id, role=role, by=g.viewer.user_id)
    return save(Form(), act, url_for("access.person", code=code), then=_say_begins)


def _say_begins(due: datetime | None) -> None:
    if due and due > clock.now():
        notice(
            "soon", _("Confirmed. Nobody else could confirm it, so it begins 72 hours from now.") + " " + who_is_told()
        )


@blueprint.route("/people/<code>/invitation", methods=["POST"])
def person_invitation(code: str) -> ResponseReturnValue:
    invited = get_colleague(code)
    told = _("Invited by mail. The address works once, within 72 hours.") + " " + who_is_told()
    act = lambda: accounts.invite_again(user_id=invited.id, by=g.viewer.user_id)
    return save(Form(), act, url_for("access.person", code=code), said=told)


@blueprint.route("/people/<code>/revocation", methods=["POST"])
def revocation(code: str) -> ResponseReturnValue:
    form, colleague = EndAccessForm(), get_colleague(code)
    if not form.validate():
        return _person(code, form), 422

    def act() -> None:
        if form.everything.data and g.viewer.is_any(DIRECTOR):
            hand_over(viewer=g.viewer, user_id=colleague.id, code=code, takers={}, everything=form.everything.data)
        accounts.end_access(user_id=colleague.id, by=g.viewer.user_id, reason=form.reason.data)

    told = _("The access has ended. The next page this person asks for is a stranger's.")
    return save(form, act, url_for("access.person", code=code), said=told)


@blueprint.app_template_test("gone")
def gone(user_id: int | None) -> bool:
    """`{% if line.owner_user_id is gone %}`: doesn't work with members, any more or yet. One query a page that asks."""
    return user_id is not None and user_id != g.viewer.user_id and user_id in _gone()


@blueprint.app_template_filter("gone_word")
def gone_word(user_id: int) -> str:
    """Why somebody who is `gone`, or no longer has the role that is needed, isn't here."""
    return str(ABSENCE[_gone().get(user_id, "role")])


def _gone() -> dict[int, str]:
    if "gone_ids" not in g:
        g.gone_ids = gone_ids()
    return g.gone_ids
