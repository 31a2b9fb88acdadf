"""Gifts that staff write down, cancel or match."""

from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.gifts import stripe_api
from mexile.gifts.actions.projection import project
from mexile.gifts.actions.receipts import correct
from mexile.gifts.actions.recording import adopt_unmatched, record_gift, set_aside, void_gift
from mexile.gifts.blueprint import blueprint
from mexile.gifts.forms.staff import NEW, AsideForm, CorrectionForm, MatchForm, RecordForm, VoidForm
from mexile.gifts.models import Donor, Gift, Receipt
from mexile.gifts.queries.find import donor_by_code, donors_by_email, email_index, funds_offered, good_receipt
from mexile.gifts.queries.month import donors_called
from mexile.gifts.queries.one import one_gift
from mexile.gifts.queries.receipt import facts_of
from mexile.gifts.rules.names import are_same
from mexile.ground import keyring, seal
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem
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
        return render("gifts/new.html", form=form)

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
    return record_gift(viewer=g.viewer, token=form.token, key_id=key_id, **_said(form))


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


def _said(form: RecordForm) -> dict[str, Any]:
    """What the form says of the gift and its donor, each value as its field reads it."""
    return {
        "is_new": form.is_new,
        "donor_code": form.donor_code,
        "name": form.name.data,
        "email": form.email.data,
        "address": form.address.data,
        "kind": form.kind.data,
        "language": form.language.data,
        "channel": form.channel.data,
        "cents": form.amount.data,
        "description": form.description.data,
        "benefit": form.benefit.data,
        "benefit_cents": form.benefit_value.data,
        "fund": form.fund.data,
        "on": form.given_on.data,
    }


@blueprint.route("/gifts/<code>/void", methods=["GET", "POST"])
def void(code: str) -> ResponseReturnValue:
    """Cancel a recorded gift, with a reason; another row, nothing deleted."""
    form = VoidForm()
    _gift, details = one_gift(g.viewer, code)

    def page() -> str:
        return render("gifts/void.html", gift=details, form=form)

    if request.method == "GET":
        return page()
    return save(
        form,
        lambda: void_gift(viewer=g.viewer, gift=one_gift(g.viewer, code)[0], reason=form.reason.data),
        url_for("gifts.gift", code=code),
        page,
        said=gettext("The entry is cancelled and its receipt is void."),
    )


@blueprint.route("/gifts/<code>/correction", methods=["GET", "POST"])
def correct_receipt(code: str) -> ResponseReturnValue:
    """Say what the receipt should have said; a new version takes its place, and the one before is void."""
    gift, details = one_gift(g.viewer, code)
    receipt = good_receipt(gift)
    if receipt is None:
        raise NotHere(code)
    facts = facts_of(receipt)
    form = CorrectionForm(
        name=facts.donor_name, address=facts.donor_address, language=facts.language, receipt=receipt.code
    )

    def page() -> str:
        return render("gifts/correction.html", gift=details, form=form)

    def overtaken(_error: Conflict) -> str:
        form.receipt.data = facts.code
        form.add([REISSUED])
        return page()

    return (
        page()
        if request.method == "GET"
        else save(
            form,
            lambda: _correct(code, form),
            lambda fresh: url_for("gifts.receipt", code=fresh.code),
            page,
            conflict=overtaken,
            said=gettext("The corrected receipt took the place of the earlier one."),
        )
    )


def _correct(code: str, form: CorrectionForm) -> Receipt:
    """The receipt that takes the place of the one that the page showed."""
    return correct(
        one_gift(g.viewer, code)[0],
        receipt=form.receipt.data or "",
        name=form.name.data,
        address=form.address.data,
        language=form.language.data,
    )


@blueprint.route("/gifts/unmatched/<int:unmatched>/gift", methods=["POST"])
def match(unmatched: int) -> ResponseReturnValue:
    """Money at Stripe that no gift explains becomes the gift of a donor."""
    form = MatchForm(funds_offered())
    donor, fund = form.donor.data, form.fund.data
    if not form.validate() or donor_by_code(donor) is None:
        notice("soon", gettext("No donor has this code. Nothing was changed."))
        return redirect(url_for("gifts.month"), 303)
    return save(
        form,
        lambda: adopt_unmatched(viewer=g.viewer, unmatched_id=unmatched, donor_code=donor, fund=fund),
        lambda gift: url_for("gifts.gift", code=gift.code),
        then=_ask_what_moved,
    )


def _ask_what_moved(gift: Gift) -> None:
    """Write down what Stripe says of a payment that was matched, if it answers now."""
    assert gift.stripe_payment_intent is not None, "what is matched is a payment"
    try:
        project("payment_intent", gift.stripe_payment_intent)
    except (stripe_api.StripeSilent, stripe_api.StripeRefused):
        notice("soon", gettext("Matched. Stripe didn't answer, so what moved is still missing here."))


@blueprint.route("/gifts/unmatched/<int:unmatched>/closure", methods=["POST"])
def aside(unmatched: int) -> ResponseReturnValue:
    """It is no gift: say what it is, and it leaves the page."""
    form = AsideForm()
    if not form.validate():
        notice("soon", gettext("Say what it is first. Nothing was changed."))
        return redirect(url_for("gifts.month"), 303)
    return save(
        form,
        lambda: set_aside(viewer=g.viewer, unmatched_id=unmatched, reason=form.reason.data),
        url_for("gifts.month"),
        said=gettext("Set aside."),
    )
