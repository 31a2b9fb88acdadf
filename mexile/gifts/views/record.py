"""Gifts that staff write down, cancel or match."""

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.gifts import stripe_api
from mexile.gifts.actions.projection import project
from mexile.gifts.actions.receipts import correct
from mexile.gifts.actions.recording import adopt_unmatched, record_gift, set_aside, void_gift
from mexile.gifts.blueprint import blueprint
from mexile.gifts.forms.staff import AsideForm, CorrectionForm, MatchForm, RecordForm, VoidForm
from mexile.gifts.models import Donor
from mexile.gifts.queries.find import donor_by_code, donors_by_email, email_index, funds_offered, good_receipt
from mexile.gifts.queries.month import donors_called
from mexile.gifts.queries.one import one_gift
from mexile.gifts.queries.receipt import facts_of
from mexile.gifts.rules.names import are_same
from mexile.ground import keyring, once, seal
from mexile.ground.db import db, writing
from mexile.ground.errors import NotHere, Problem
from mexile.web.page import notice, render

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
    if request.method == "GET":
        return render("gifts/new.html", form=form)
    if not _is_complete(form):
        return render("gifts/new.html", form=form), 422
    key_id = keyring.new_key()
    with writing():
        if done := once.result(form.token):
            return redirect(done, 303)
        gift = record_gift(viewer=g.viewer, token=form.token, key_id=key_id, **_said(form))
        url = url_for("gifts.gift", code=gift.code)
        once.remember(form.token, url)
    notice("done", gettext("%(code)s is recorded.", code=gift.code))
    return redirect(url, 303)


def _known_donor() -> dict[str, str]:
    code = request.args.get("donor", "")
    return {"donor": code} if code else {}


def _is_complete(form: RecordForm) -> bool:
    good = form.validate()
    if form.donor.data and donor_by_code(form.donor.data) is None:
        form.add([NO_DONOR])
        return False
    alike = [] if form.donor.data else _alike(form)
    if alike:
        form.offer(alike)
        if form.same.data not in [choice.value for choice in form.same.choices]:
            form.add([WHICH])
            return False
    return good


def _alike(form: RecordForm) -> list[Donor]:
    """Who may be meant: donors of this mail address with another name; without an address those of this name."""
    if not form.email.data:
        return donors_called(form.name.data or "")
    known = donors_by_email(email_index(form.email.data))
    return [] if any(are_same(seal.looked_at(donor, "name"), form.name.data) for donor in known) else known


def _said(form: RecordForm) -> dict:
    return {
        "is_new": form.is_new,
        "donor_code": form.donor_code,
        "name": form.name.data or "",
        "email": form.email.data or "",
        "address": form.address.data or "",
        "kind": form.kind.data,
        "language": form.language.data,
        "channel": form.channel.data,
        "cents": form.amount.data,
        "description": form.description.data or "",
        "benefit": form.benefit.data or "",
        "benefit_cents": form.benefit_value.data,
        "fund": form.fund.data,
        "on": form.given_on.data,
    }


@blueprint.route("/gifts/<code>/void", methods=["GET", "POST"])
def void(code: str) -> ResponseReturnValue:
    """Cancel a recorded gift, with a reason; another row, nothing deleted."""
    form = VoidForm()
    gift, found = one_gift(g.viewer, code)
    if request.method == "GET":
        return render("gifts/void.html", gift=found, form=form)
    if not form.validate():
        return render("gifts/void.html", gift=found, form=form), 422
    db.session.rollback()
    with writing():
        gift, _found = one_gift(g.viewer, code)
        void_gift(viewer=g.viewer, gift=gift, reason=form.reason.data)
    notice("done", gettext("The entry is cancelled and its receipt is void."))
    return redirect(url_for("gifts.gift", code=code), 303)


@blueprint.route("/gifts/<code>/correction", methods=["GET", "POST"])
def correct_receipt(code: str) -> ResponseReturnValue:
    """Say what the receipt should have said; a new version takes its place, and the one before is void."""
    gift, found = one_gift(g.viewer, code)
    receipt = good_receipt(gift)
    if receipt is None:
        raise NotHere(code)
    facts = facts_of(receipt)
    form = CorrectionForm(
        name=facts.donor_name, address=facts.donor_address, language=facts.language, receipt=receipt.code
    )
    if request.method == "GET":
        return render("gifts/correction.html", gift=found, form=form)
    if not form.validate():
        return render("gifts/correction.html", gift=found, form=form), 422
    if form.receipt.data != receipt.code:
        form.receipt.data = receipt.code
        form.add([REISSUED])
        return render("gifts/correction.html", gift=found, form=form), 409
    with writing():
        gift, _found = one_gift(g.viewer, code)
        fresh = correct(
            gift,
            receipt=receipt.code,
            name=form.name.data or "",
            address=form.address.data or "",
            language=form.language.data,
        )
        answer = url_for("gifts.receipt", code=fresh.code)
    notice("done", gettext("The corrected receipt took the place of the earlier one."))
    return redirect(answer, 303)


@blueprint.route("/gifts/unmatched/<int:unmatched>/gift", methods=["POST"])
def match(unmatched: int) -> ResponseReturnValue:
    """Money at Stripe that no gift explains becomes the gift of a donor."""
    form = MatchForm(funds_offered())
    if not form.validate() or donor_by_code(form.donor.data) is None:
        notice("soon", gettext("No donor has this code. Nothing was changed."))
        return redirect(url_for("gifts.month"), 303)
    with writing():
        gift = adopt_unmatched(viewer=g.viewer, unmatched_id=unmatched, donor_code=form.donor.data, fund=form.fund.data)
        code, intent = gift.code, gift.stripe_payment_intent
    try:
        project("payment_intent", intent)
    except (stripe_api.StripeSilent, stripe_api.StripeRefused):
        notice("soon", gettext("Matched. Stripe didn't answer, so what moved is still missing here."))
    return redirect(url_for("gifts.gift", code=code), 303)


@blueprint.route("/gifts/unmatched/<int:unmatched>/closure", methods=["POST"])
def aside(unmatched: int) -> ResponseReturnValue:
    """It is no gift: say what it is, and it leaves the page."""
    form = AsideForm()
    if not form.validate():
        notice("soon", gettext("Say what it is first. Nothing was changed."))
        return redirect(url_for("gifts.month"), 303)
    with writing():
        set_aside(viewer=g.viewer, unmatched_id=unmatched, reason=form.reason.data)
    notice("done", gettext("Set aside."))
    return redirect(url_for("gifts.month"), 303)
