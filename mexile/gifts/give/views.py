"""The giving page, for anybody: fill in, go to Stripe, come back."""

from contextlib import suppress
from typing import Any

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from mexile.config import config
from mexile.gifts import stripe_api
from mexile.gifts.blueprint import blueprint
from mexile.gifts.card_testing.actions import may_begin
from mexile.gifts.fund.queries import funds_offered
from mexile.gifts.gift.models import Gift
from mexile.gifts.gift.queries import gift_by_code, state_of_gift
from mexile.gifts.give import rules as amounts
from mexile.gifts.give import ticket as tickets
from mexile.gifts.give.actions import OPEN_FOR, GivingRequest, begin_gift, ticket_key
from mexile.gifts.give.forms import MONTHLY, ONCE, OTHER, GiveForm
from mexile.gifts.stripe.queries import TEST_MODE, obstacles
from mexile.gifts.stripe.views import STAFF
from mexile.ground import money
from mexile.ground.errors import Conflict, Invalid
from mexile.web.headers import allow_form_to
from mexile.web.i18n import lang
from mexile.web.page import render_public


@blueprint.route("/give", methods=["GET", "POST"])
def give() -> ResponseReturnValue:
    if shut := _shut():
        return shut
    form = GiveForm(funds_offered(), least=_least(), **_from_link())
    if request.method == "GET":
        return _page(form)
    if not form.validate():
        return _page(form), 422
    if not may_begin(request.remote_addr or ""):
        return _page(form, gettext("There were many tries in a short time. Please wait a minute and press again.")), 429
    asked = form.asked(last=_last_begun())
    try:
        return _remembered(redirect(begin_gift(asked), 303), asked)
    except Conflict as closed:
        form.show_again()
        return _page(form, closed.problem.text(lang())), 409
    except (stripe_api.StripeSilent, stripe_api.StripeRefused):
        return _page(form, gettext("The payment page can't be reached right now. Please press the button again.")), 503


def _from_link() -> dict[str, Any]:
    """What a link of a newsletter fills in beforehand, `?amount=50&fund=bonds&monthly=1`: never who somebody is."""
    given: dict[str, Any] = {"fund": request.args.get("fund", "")}
    if request.args.get("monthly") == "1":
        given["every"] = MONTHLY
    with suppress(Invalid):
        cents = money.parse_cents(request.args.get("amount", ""))
        given |= {"amount": str(cents)} if cents in amounts.OFFERED else {"amount": OTHER, "other": cents}
    return given


def _cookie_name() -> str:
    return "__Host-mx-give" if current_app.config["MEXILE"].is_https else "mx-give"


def _last_begun() -> str | None:
    """The gift that this browser was last sent to pay, if that was within the time a payment page is open."""
    return tickets.code_of(ticket_key(), request.cookies.get(_cookie_name(), ""))


def _remembered(answer: Response, asked: GivingRequest) -> Response:
    """By this cookie, which names a gift and nobody, a changed mind closes the page that was opened before."""
    answer.set_cookie(
        _cookie_name(),
        tickets.gift_ticket(ticket_key(), asked.code),
        max_age=int((tickets.LATEST + OPEN_FOR).total_seconds()),
        secure=current_app.config["MEXILE"].is_https,
        httponly=True,
        samesite="Lax",
    )
    return answer


@blueprint.route("/give/back/<ticket>")
def back(ticket: str) -> ResponseReturnValue:
    """Back from the payment page without paying: everything is as it was, and nothing was charged."""
    gift = _gift_of(ticket)
    if gift is None:
        return redirect(url_for("gifts.give"))
    if state_of_gift(gift).code not in ("open", "declined", "expired"):
        return redirect(url_for("gifts.thanks", ticket=ticket))
    name, _newline, email = (gift.asked or "").partition("\n")
    offered = gift.amount_cents in amounts.OFFERED
    form = GiveForm(
        funds_offered(),
        every=MONTHLY if gift.is_monthly else ONCE,
        amount=str(gift.amount_cents) if offered else OTHER,
        other=None if offered else gift.amount_cents,
        fund=gift.fund_code,
        name=name,
        email=email,
        before=ticket,
    )
    return _page(form, "")


@blueprint.route("/give/thanks/<ticket>")
def thanks(ticket: str) -> ResponseReturnValue:
    """What is true at this moment: confirming, paid, or nothing charged."""
    gift = _gift_of(ticket)
    if gift is None:
        return redirect(url_for("gifts.give"))
    return render_public("gifts/give/thanks.html", gift=gift, state=state_of_gift(gift).code, ticket=ticket)


def _gift_of(ticket: str) -> Gift | None:
    code = tickets.code_of(ticket_key(), ticket)
    return gift_by_code(code) if code else None


def _is_trying() -> bool:
    """Staff look, who are told why nobody can give and may try it in test mode."""
    return g.viewer is not None and g.viewer.is_any(*STAFF)


def _shut() -> ResponseReturnValue | None:
    """The page while nobody can give."""
    why = obstacles()
    if not why or (_is_trying() and why == [TEST_MODE]):
        return None
    return render_public("gifts/give/closed.html", why=why if _is_trying() else []), 503


def _least() -> int:
    """One dollar tries everything, where no money moves."""
    return 100 if _is_trying() and config().takes_test_cards else amounts.LEAST


def _page(form: GiveForm, trouble: str | None = None) -> str:
    """`trouble`: why the payment page was not reached; "" after coming back from it. Nothing was charged then."""
    allow_form_to(stripe_api.checkout_origin())
    return render_public(
        "gifts/give/give.html",
        form=form,
        trouble=trouble,
        is_asking=request.method == "POST",
        is_trial=bool(obstacles()),
        fee=config(),
    )
