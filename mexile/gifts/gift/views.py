"""Gifts that staff write down or cancel, and the page of one."""

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.donors.forms import NEW
from mexile.donors.models import Donor
from mexile.donors.queries import donor_by_code, donors_by_email, donors_called, email_index
from mexile.donors.rules import are_same
from mexile.gifts.blueprint import blueprint
from mexile.gifts.fund.queries import funds_offered
from mexile.gifts.gift.actions import record_gift, void_gift
from mexile.gifts.gift.forms import RecordForm, VoidForm
from mexile.gifts.gift.models import Gift
from mexile.gifts.gift.page import one_gift
from mexile.ground import keyring, seal
from mexile.ground.errors import Invalid, Problem
from mexile.web.form import bare_form
from mexile.web.page import notice, render
from mexile.web.save import save

NO_DONOR = Problem("donor", "No donor has this code.", "Ningún donante tiene este código.")
REISSUED = Problem(
    "",
    "Somebody else corrected this receipt meanwhile. Look at it first; what you typed is still here.",
    "Alguien más corrigió este recibo mientras tanto. Revíselo primero; lo que escribió sigue aquí.",
)
WHICH = Problem(
    "same",
    "This name or e-mail is known. Say whether it is the same donor.",
    "Este nombre o correo ya se conoce. Indique si es el mismo donante.",
)


@blueprint.route("/gifts/new", methods=["GET", "POST"])
def new_gift() -> ResponseReturnValue:
    """Record a gift; once, however often the form is sent."""
    form = RecordForm(funds_offered(), **_known_donor())

    def page() -> str:
        return render("gifts/gift/new.html", form=form)

    if request.method == "GET":
        return page()
    if not form.validate():
        form.add(_problems_of_donor(form))
        return page(), 422
    key_id = keyring.new_key()
    return save(
        form,
        lambda: _record(form, key_id),
        lambda gift: url_for("gifts.gift", code=gift.code),
        page,
        then=lambda gift: notice("done", gettext("%(code)s is recorded.", code=gift.code)),
    )


def _known_donor() -> dict[str, str]:
    code = request.args.get("donor", "")
    return {"donor": code} if code else {}


def _record(form: RecordForm, key_id: bytes) -> Gift:
    # Asked here, since a form that was sent before has made the donor whose name would be asked about.
    if problems := _problems_of_donor(form):
        raise Invalid(problems)
    return record_gift(
        viewer=g.viewer,
        token=form.token,
        key_id=key_id,
        donor_code=form.donor_code,
        is_new=form.is_new,
        email=form.email.data,
        kind=form.kind.data,
        values=form.values(),
    )


def _problems_of_donor(form: RecordForm) -> list[Problem]:
    """A code that no donor has, or a name that is known and of which nobody said whose it is."""
    if form.donor.data:
        return [] if donor_by_code(form.donor.data) else [NO_DONOR]
    alike = _alike(form)
    if not alike:
        return []
    form.offer(alike)
    return [] if form.same.data in (NEW, *(donor.code for donor in alike)) else [WHICH]


def _alike(form: RecordForm) -> list[Donor]:
    """Who may be meant: donors of this mail address with another name; without an address those of this name."""
    if not form.email.data:
        return donors_called(form.name.data or "")
    known = donors_by_email(email_index(form.email.data))
    return [] if any(are_same(seal.looked_at(donor, "name"), form.name.data) for donor in known) else known


@blueprint.route("/gifts/<code>/void", methods=["GET", "POST"])
def void(code: str) -> ResponseReturnValue:
    """Cancel a recorded gift, with a reason; another row, nothing deleted."""
    form = VoidForm()
    _gift, details = one_gift(g.viewer, code)

    def page() -> str:
        return render("gifts/gift/void.html", gift=details, form=form)

    if request.method == "GET":
        return page()
    return save(
        form,
        lambda: void_gift(viewer=g.viewer, gift=one_gift(g.viewer, code)[0], reason=form.reason.data),
        url_for("gifts.gift", code=code),
        page,
        said=gettext("The entry is cancelled and its receipt is void."),
    )


@blueprint.route("/gifts/<code>")
def gift(code: str) -> ResponseReturnValue:
    _gift, page = one_gift(g.viewer, code)
    return render("gifts/gift/gift.html", gift=page, form=bare_form(), void_form=VoidForm())
