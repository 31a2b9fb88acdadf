"""The ways to reach a member and their rules, shown opened, or only with what may be done now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from mexile.ground.phone import shown_phone
from mexile.ground.vocabulary import vocabulary
from mexile.members.blueprint import blueprint
from mexile.members.contact.actions import add_contact, change_contact, contact_of, remove_contact, set_contact_rules
from mexile.members.contact.forms import ContactForm, ContactRulesForm, values_of_contact
from mexile.members.contact.queries import Reached, Ways, ways_to
from mexile.members.contact.rules import KIND_OF, Answer, when
from mexile.members.intake.queries import LookAlikes, known_by
from mexile.members.intake.views import beside, note_hidden, onward
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member
from mexile.web.form import Form
from mexile.web.i18n import lang
from mexile.web.page import render
from mexile.web.save import save
from mexile.web.stale import Difference, differences, keep_standing


@blueprint.route("/members/<code>/contacts", methods=["GET", "POST"])
def contacts(code: str) -> ResponseReturnValue:
    form, member = ContactForm(), get_member(g.viewer, code)
    if request.method == "GET":
        return _contacts(member, form)
    if form.validate() and (alike := _known(form, member)):
        return _contacts(member, form, alike), 422
    return save(
        form,
        lambda: add_contact(viewer=g.viewer, code=code, values=form.values()),
        onward(form, code, url_for("members.contacts", code=code)),
        lambda: _contacts(member, form),
    )


def _known(form: ContactForm, member: Member) -> LookAlikes | None:
    """Others who are reached at this number, unless whoever writes it looked at them already."""
    if form.answer()[0]:
        return None
    alike = known_by(g.viewer, member, phone=form.phone())
    note_hidden(alike)
    return alike or None


def _contacts(
    member: Member, form: ContactForm, alike: LookAlikes | None = None, rules: ContactRulesForm | None = None
) -> str:
    """The ways to a member. `rules`: those that were chosen and not taken, which may now be sent again."""
    ways = ways_to(member)
    shown = " ".join(sorted(ways.safe))
    if rules is None:
        rules = ContactRulesForm(None, data={"safe": sorted(ways.safe)})
    else:
        held = [vocabulary("safe_contact").label(rule, lang()) for rule in sorted(ways.safe)]
        rules.safe.errors = [*rules.safe.errors, ", ".join(held) or "–"]
    rules.shown.data = shown
    return render(
        "members/contact/contacts.html",
        member=member,
        form=form,
        rules=rules,
        ways=shown_ways(ways),
        **beside(member, alike),
    )


@blueprint.route("/members/<code>/contacts/rules", methods=["POST"])
def contact_rules(code: str) -> ResponseReturnValue:
    form, member = ContactRulesForm(), get_member(g.viewer, code)
    safe, shown = form.safe.data or [], (form.shown.data or "").split()
    return save(
        form,
        lambda: set_contact_rules(viewer=g.viewer, code=code, safe=safe, shown=shown),
        url_for("members.contacts", code=code),
        lambda: _contacts(member, ContactForm(None), rules=form),
    )


@blueprint.route("/members/<code>/contacts/<int:id>", methods=["GET", "POST"])
def contact(code: str, id: int) -> ResponseReturnValue:
    held = contact_of(g.viewer, code, id)
    if request.method == "GET":
        form = ContactForm(data=values_of_contact(held))
        form.version.data = str(held.version)
        return _contact(code, id, form)
    form = ContactForm()
    if not form.validate():
        return _contact(code, id, form), 422
    keep_standing(form, values_of_contact(held) if "theirs" in request.form else {})
    if alike := _known(form, get_member(g.viewer, code)):
        return _contact(code, id, form, alike=alike), 422
    version, values = form.version_shown(), form.values()
    return save(
        form,
        lambda: change_contact(viewer=g.viewer, code=code, contact_id=id, version=version, values=values),
        onward(form, code, url_for("members.contacts", code=code)),
        lambda: _contact(code, id, form),
        conflict=lambda _: _stale(code, id, form),
    )


def _stale(code: str, id: int, form: ContactForm) -> str:
    """Both versions side by side; what was typed stays in the fields, and saving again takes it."""
    held = contact_of(g.viewer, code, id)
    form.version.data = str(held.version)
    return _contact(code, id, form, differences(form, values_of_contact(held)))


def _contact(
    code: str, id: int, form: ContactForm, differing: list[Difference] | None = None, alike: LookAlikes | None = None
) -> str:
    member = get_member(g.viewer, code)
    return render(
        "members/contact/contact.html",
        member=member,
        id=id,
        form=form,
        differing=differing,
        **beside(member, alike),
    )


@blueprint.route("/members/<code>/contacts/<int:id>/removal", methods=["POST"])
def contact_removal(code: str, id: int) -> ResponseReturnValue:
    url = url_for("members.contacts", code=code)
    return save(Form(), lambda: remove_contact(viewer=g.viewer, code=code, contact_id=id), url)


@dataclass(frozen=True)
class ShownWay:
    """A way as the page shows it. ``href`` is there only while it may be used; ``id`` where it has rules of its own."""

    kind: str
    value: str
    through: str | None
    code_name: str | None
    note: str | None
    when: str
    answers: Sequence[tuple[str, Answer]]
    href: str | None
    id: int | None


def shown_ways(ways: Ways) -> list[ShownWay]:
    """Every way, opened. A link to call or to write stands only where that is allowed at this moment."""
    return [_shown(ways, reached) for reached in ways.all]


def _shown(ways: Ways, reached: Reached) -> ShownWay:
    answers = [(channel, ways.of(reached, channel)) for channel, kind in KIND_OF.items() if kind == reached.way.kind]
    value, row = reached.value or "", reached.row
    is_mail = reached.way.kind == "email"
    link = {"phone": "tel:", "email": "mailto:"}.get(reached.way.kind)
    return ShownWay(
        reached.way.kind,
        value if is_mail else shown_phone(value),
        row.through if row else None,
        row.code_name if row else None,
        row.note if row else None,
        when(reached.way, lang()),
        answers,
        link + value if link and value and answers[0][1].allowed else None,
        row.id if row else None,
    )


def first_answers(ways: Ways) -> list[tuple[str, Answer]]:
    """For each way whether it may be used now, and nothing that is sealed."""
    first = {kind: channel for channel, kind in reversed(KIND_OF.items())}
    return [(first[reached.way.kind], ways.of(reached, first[reached.way.kind])) for reached in ways.all]
