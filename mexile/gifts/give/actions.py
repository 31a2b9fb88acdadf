"""A donor begins to give: the Checkout page first, then our row, so that a crash between them charges nobody."""

from dataclasses import dataclass
from datetime import timedelta

from mexile.access.rules import name_act
from mexile.config import config
from mexile.gifts import stripe_api
from mexile.gifts.fund.models import Fund
from mexile.gifts.gift.models import Gift
from mexile.gifts.gift.queries import gift_by_code, gifts_of_form
from mexile.gifts.give import ticket as tickets
from mexile.gifts.stripe.rules import Checkout, CheckoutWish
from mexile.ground import clock, keyring, once, queue, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Conflict, Problem
from mexile.ground.organization import organization

name_act("gift.begin", "A donor began a gift", "Se inició un donativo")


OPEN_FOR = timedelta(minutes=30)
"""So long a Checkout page takes a card. Card testers collect open pages; donors need a minute."""

KEPT_FOR = timedelta(days=1)
"""So long somebody who didn't pay may come back to what they typed; then it goes."""

PAGE_CLOSED = Problem(
    "",
    "The payment page had closed. Nothing was charged. Press the button once more for a new one.",
    "La página de pago ya se había cerrado. No se cobró nada. Presione el botón otra vez para abrir otra.",
)


@dataclass(frozen=True)
class GivingRequest:
    """What a donor filled in, checked.

    ``before`` is the gift whose payment page the donor came back from, ``last`` the one this browser began last.
    """

    ticket: str
    cents: int
    is_monthly: bool
    fund: str
    name: str
    email: str
    language: str
    before: str | None = None
    last: str | None = None
    network_mark: bytes | None = None

    @property
    def code(self) -> str:
        """The same form filled in the same way is the same gift; changed, it is another one."""
        return tickets.gift_code(self.ticket, self.cents, self.is_monthly, self.fund, self.email, self.language)


def ticket_key() -> bytes:
    """The key of this house's tickets."""
    return keyring.index_key("gift-tickets")


def begin_gift(asked: GivingRequest) -> str:
    """The address of the Checkout page where this gift is paid (or of its thank-you page, if it was).

    Promise: however often the same form is sent, there is one page and one gift, and of one browser at most one page
    takes a card. Raises StripeSilent when Stripe doesn't answer; then nothing was charged and the same form may be
    sent again.
    """
    known = gift_by_code(asked.code)
    session = known.stripe_session if known is not None else None
    db.session.rollback()
    if session is not None:
        page = stripe_api.checkout(session)
        if page.is_open:
            _close_earlier(asked)
        return _page_of(page, asked)
    given = _close_earlier(asked)
    if given is not None:
        return thanks_url(given)
    page = stripe_api.open_checkout(_wish(asked))
    key_id = keyring.new_key()
    with writing():
        once_only = once.result(asked.code) is None
        if once_only:
            _write(asked, page, key_id)
            once.remember(asked.code, page.id)
    return _page_of(page, asked)


def _page_of(page: Checkout, asked: GivingRequest) -> str:
    if page.is_open and page.url:
        return page.url
    if page.is_complete:
        return thanks_url(asked.code)
    raise Conflict(PAGE_CLOSED)


def thanks_url(code: str) -> str:
    return f"{config().base_url}/give/thanks/{tickets.gift_ticket(ticket_key(), code)}"


def _wish(asked: GivingRequest) -> CheckoutWish:
    """The same for the same form, to the last second, or Stripe would refuse its idempotency key."""
    ours, fund = organization(), db.session.get_one(Fund, asked.fund)
    words = f"{ours.short_name}: {fund.name(asked.language)}"
    db.session.rollback()
    ticket = tickets.gift_ticket(ticket_key(), asked.code)
    return CheckoutWish(
        code=asked.code,
        cents=asked.cents,
        is_monthly=asked.is_monthly,
        email=asked.email,
        language=asked.language,
        words=words,
        expires_at=tickets.shown_at(asked.ticket) + int((tickets.LATEST + OPEN_FOR).total_seconds()) + 60,
        thanks_url=f"{config().base_url}/give/thanks/{ticket}?lang={asked.language}",
        back_url=f"{config().base_url}/give/back/{ticket}?lang={asked.language}",
    )


def _write(asked: GivingRequest, page: Checkout, key_id: bytes) -> None:
    """The gift as it was asked for; it finds its donor when it is paid."""
    gift = Gift(
        key_id=key_id,
        code=asked.code,
        channel="stripe_card",
        amount_cents=asked.cents,
        is_monthly=int(asked.is_monthly),
        fund_code=asked.fund,
        language=asked.language,
        stripe_session=page.id,
        said="open",
        said_at=clock.now(),
        form_mark=tickets.form_mark(asked.ticket),
        network_mark=asked.network_mark,
        made_at=clock.now(),
    )
    gift.asked = f"{asked.name}\n{asked.email}"
    db.session.add(gift)
    db.session.flush()
    trail.record("gift.begin", gift.code)
    # Whatever happens to Stripe's events: in half an hour the page is closed, and the truth asked for.
    queue.put("gifts.close", page.id, {"session": page.id}, run_at=clock.now() + OPEN_FOR)
    queue.put("gifts.forget", gift.code, {"gift": gift.code}, run_at=clock.now() + KEPT_FOR)


@queue.handles("gifts.forget")
def work_forget(body: dict) -> None:
    """A day later nothing is left of what somebody typed and didn't pay."""
    with writing():
        gift = gift_by_code(body["gift"])
        if gift is not None and gift.donor_id is None and gift.said in ("open", "declined", "expired"):
            gift.asked = None
            db.session.flush()


def _close_earlier(asked: GivingRequest) -> str | None:
    """Close the unpaid pages that this one takes the place of, before it opens: two open pages could both be paid.

    They are those of the same form before it was changed, the one that the donor came back from, and the one that
    this browser was sent to last, in whatever tab. Answers the code of the gift that was paid meanwhile on one of
    the first two: who comes back and presses again has given already. Raises StripeSilent while one can't be closed.
    """
    same = {gift.stripe_session: gift.code for gift in gifts_of_form(tickets.form_mark(asked.ticket))}
    same |= {gift.stripe_session: gift.code for gift in _gifts_by_code(asked.before)}
    earlier = {gift.stripe_session: gift.code for gift in _gifts_by_code(asked.last)} | same
    db.session.rollback()
    for session, code in earlier.items():
        if session is None or code == asked.code:
            continue
        try:
            is_paid = stripe_api.close_checkout(session)
        except stripe_api.StripeUnknown:
            continue  # nobody can pay on a page that Stripe doesn't know
        if is_paid and session in same:
            return code
    return None


def _gifts_by_code(code: str | None) -> list[Gift]:
    gift = gift_by_code(code) if code else None
    return [gift] if gift is not None else []
