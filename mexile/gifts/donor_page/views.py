"""A donor's own page, opened by a mailed link: gifts, receipts, the card, and the end of a monthly gift."""

from flask import Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.access.brand.queries import brand
from mexile.access.gate import note_wrong_try
from mexile.donors.models import Donor
from mexile.gifts import stripe_api
from mexile.gifts.blueprint import blueprint
from mexile.gifts.card.actions import open_card_page
from mexile.gifts.card_testing.actions import may_open_card_page
from mexile.gifts.donor_page.actions import GOOD_FOR, ask_for_link, donor_of_session, end_session, good_link, use_link
from mexile.gifts.donor_page.forms import LinkForm
from mexile.gifts.donor_page.queries import gifts_of, monthly_of, owns_receipt
from mexile.gifts.receipt.models import Receipt
from mexile.gifts.receipt.pdf import receipt_pdf
from mexile.gifts.receipt.queries import facts_of, number_of, receipt_by_number
from mexile.gifts.receipt.rules import text_of
from mexile.gifts.recurring.actions import stop
from mexile.gifts.recurring.queries import has_ended, recurring_of
from mexile.ground.db import writing
from mexile.web.form import bare_form
from mexile.web.headers import allow_form_to
from mexile.web.i18n import lang
from mexile.web.page import notice, render_public


def cookie_name() -> str:
    return "__Host-mx-donor" if current_app.config["MEXILE"].is_https else "mx-donor"


def donor_here() -> Donor | None:
    """Whose page this browser may open, if a link was used in it within the last half hour."""
    return donor_of_session(request.cookies.get(cookie_name(), ""))


@blueprint.route("/give/mine", methods=["GET", "POST"])
def mine() -> ResponseReturnValue:
    donor = donor_here()
    if request.method == "POST":
        return _ask()
    if donor is None:
        return render_public("gifts/donor_page/ask.html", form=LinkForm())
    allow_form_to(stripe_api.checkout_origin())
    return render_public(
        "gifts/donor_page/mine.html", donor=donor, gifts=gifts_of(donor), monthly=monthly_of(donor), form=bare_form()
    )


def _ask() -> ResponseReturnValue:
    """Ask for a link. The answer is the same whether somebody gave from this address or not."""
    form = LinkForm()
    if not form.validate():
        return render_public("gifts/donor_page/ask.html", form=form), 422
    with writing():  # however often it is sent: one form puts one wish into the queue
        ask_for_link(email=form.email.data, token=form.token)
    return render_public("gifts/donor_page/asked.html")


@blueprint.route("/give/open/<word>", methods=["GET", "POST"])
def open_link(word: str) -> ResponseReturnValue:
    """A link is used by a press of a button, since mail programs open links by themselves."""
    if request.method == "GET":
        return render_public(
            "gifts/donor_page/open.html", word=word, is_good=good_link(word) is not None, form=bare_form()
        )
    with writing():
        session = use_link(word)
    if session is None:
        note_wrong_try()
        return render_public("gifts/donor_page/open.html", word=word, is_good=False, form=bare_form())
    answer = redirect(url_for("gifts.mine"), 303)
    answer.set_cookie(
        cookie_name(),
        session,
        max_age=int(GOOD_FOR.total_seconds()),
        secure=current_app.config["MEXILE"].is_https,
        httponly=True,
        samesite="Lax",
    )
    return answer


@blueprint.route("/give/mine/end", methods=["POST"])
def close_mine() -> ResponseReturnValue:
    """Leave the page, on a computer that others use too: its cookie opens nothing any more, wherever it was kept."""
    with writing():
        end_session(request.cookies.get(cookie_name(), ""))
    answer = redirect(url_for("gifts.give"), 303)
    answer.delete_cookie(cookie_name(), secure=current_app.config["MEXILE"].is_https, httponly=True, samesite="Lax")
    return answer


@blueprint.route("/give/mine/<code>/end", methods=["POST"])
def stop_monthly(code: str) -> ResponseReturnValue:
    """Stop a monthly gift with one press. Nobody is asked why."""
    donor = donor_here()
    plan = recurring_of(donor, code) if donor else None
    if plan is None:
        return redirect(url_for("gifts.mine"), 303)
    if not has_ended(plan):
        try:
            stop(plan, by="donor")
        except (stripe_api.StripeSilent, stripe_api.StripeRefused):
            notice("now", gettext("It could not be stopped just now; nothing has changed. Please press once more."))
            return redirect(url_for("gifts.mine"), 303)
    notice("done", gettext("Your monthly gift is stopped. Nothing more will be charged. Thank you for all of it."))
    return redirect(url_for("gifts.mine"), 303)


@blueprint.route("/give/mine/<code>/card", methods=["POST"])
def change_card(code: str) -> ResponseReturnValue:
    """To Stripe's own page, where the card is changed; we never see it."""
    donor = donor_here()
    plan = recurring_of(donor, code) if donor else None
    if donor is None or plan is None:
        return redirect(url_for("gifts.mine"), 303)
    if not may_open_card_page(donor.id):
        notice("now", gettext("There were many tries in a short time. Please wait a minute and press again."))
        return redirect(url_for("gifts.mine"), 303)
    try:
        url = open_card_page(plan, language=lang())
    except (stripe_api.StripeSilent, stripe_api.StripeRefused):
        notice("now", gettext("The page for the card can't be reached right now. Please press once more."))
        return redirect(url_for("gifts.mine"), 303)
    return redirect(url, 303)


@blueprint.route("/give/receipts/<code>")
def my_receipt(code: str) -> ResponseReturnValue:
    receipt = _own_receipt(code)
    if receipt is None:
        return redirect(url_for("gifts.mine"))
    facts = facts_of(receipt)
    pdf = url_for("gifts.my_receipt_pdf", code=receipt.code)
    return render_public(
        "gifts/receipt/receipt.html", facts=facts, text=text_of(facts), pdf=pdf, back=url_for("gifts.mine")
    )


@blueprint.route("/give/receipts/<code>/pdf")
def my_receipt_pdf(code: str) -> ResponseReturnValue:
    receipt = _own_receipt(code)
    if receipt is None:
        return redirect(url_for("gifts.mine"))
    return pdf_answer(receipt.code, receipt_pdf(facts_of(receipt), brand()))


def _own_receipt(code: str) -> Receipt | None:
    donor, number = donor_here(), number_of(code)
    receipt = receipt_by_number(number) if number is not None else None
    return receipt if donor and receipt and owns_receipt(donor, receipt) else None


def pdf_answer(code: str, body: bytes) -> Response:
    """A file whose name is the receipt's number and nobody's name."""
    answer = Response(body, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{code}.pdf"'
    return answer
