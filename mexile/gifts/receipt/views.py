"""A receipt for staff: its page and PDF, sending it once more, correcting it."""

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.access.brand.queries import brand
from mexile.gifts.blueprint import blueprint
from mexile.gifts.donor_page.views import pdf_answer
from mexile.gifts.gift.page import one_gift
from mexile.gifts.gift.views import REISSUED
from mexile.gifts.receipt.actions import correct, send_again
from mexile.gifts.receipt.forms import ReceiptCorrectionForm
from mexile.gifts.receipt.models import Receipt
from mexile.gifts.receipt.pdf import receipt_pdf
from mexile.gifts.receipt.queries import facts_of, good_receipt, receipt_by_code
from mexile.gifts.receipt.rules import text_of
from mexile.ground.errors import Conflict, NotHere
from mexile.web.form import Form
from mexile.web.page import notice, render
from mexile.web.save import save


@blueprint.route("/gifts/<code>/receipt", methods=["POST"])
def send_receipt(code: str) -> ResponseReturnValue:
    """Send the good receipt once more, marked as a copy. A double click sends one."""
    form = Form()
    gift, details = one_gift(g.viewer, code)
    receipt = good_receipt(gift)
    if receipt is None or not details.has_email:
        notice("soon", gettext("There is no receipt to send, or no address to send it to."))
        return redirect(url_for("gifts.gift", code=code), 303)
    return save(
        form,
        lambda: send_again(receipt, token=form.token),
        url_for("gifts.gift", code=code),
        said=gettext("The receipt is on its way once more, marked as a copy."),
    )


@blueprint.route("/gifts/receipts/<code>")
def receipt(code: str) -> ResponseReturnValue:
    facts = facts_of(receipt_by_code(code))
    pdf = url_for("gifts.receipt_pdf_file", code=facts.code)
    back = url_for("gifts.gift", code=facts.gift_code)
    return render("gifts/receipt/receipt.html", facts=facts, text=text_of(facts), pdf=pdf, back=back)


@blueprint.route("/gifts/receipts/<code>/pdf")
def receipt_pdf_file(code: str) -> ResponseReturnValue:
    receipt = receipt_by_code(code)
    return pdf_answer(receipt.code, receipt_pdf(facts_of(receipt), brand()))


@blueprint.route("/gifts/<code>/correction", methods=["GET", "POST"])
def correct_receipt(code: str) -> ResponseReturnValue:
    """Say what the receipt should have said; a new version takes its place, and the one before is void."""
    gift, details = one_gift(g.viewer, code)
    receipt = good_receipt(gift)
    if receipt is None:
        raise NotHere(code)
    facts = facts_of(receipt)
    form = ReceiptCorrectionForm(
        name=facts.donor_name, address=facts.donor_address, language=facts.language, receipt=receipt.code
    )

    def page() -> str:
        return render("gifts/receipt/correction.html", gift=details, form=form)

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


def _correct(code: str, form: ReceiptCorrectionForm) -> Receipt:
    """The receipt that takes the place of the one that the page showed."""
    return correct(
        one_gift(g.viewer, code)[0],
        receipt=form.receipt.data or "",
        name=form.name.data,
        address=form.address.data,
        language=form.language.data,
    )
