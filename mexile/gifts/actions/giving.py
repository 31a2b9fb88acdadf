"""A donor begins to give: the Checkout page first, then our row, so that a crash between them charges nobody."""

from dataclasses import dataclass
from datetime import timedelta

from mexile.config import config
from mexile.gifts import stripe_api
from mexile.gifts.actions.donors import donor_of
from mexile.gifts.models import Fund, Gift
from mexile.gifts.queries.find import gift_by_code, gifts_of_form
from mexile.gifts.rules import tickets
from mexile.gifts.rules.truth import Checkout, Wish
from mexile.ground import clock, keyring, once, queue, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Conflict, Problem
from mexile.ground.organisation import organisation

OPEN_FOR = timedelta(minutes=30)
"""So long a Checkout page takes a card. Card testers collect open pages; donors need a minute."""


PAGE_CLOSED = Problem(
    "",
    "The payment page had closed. Nothing was charged. Press the button once more for a new one.",
    "La página de pago ya se había cerrado. No se cobró nada. Oprima el botón otra vez para abrir otra.",
)


@dataclass(frozen=True)
class Asked:
    """What a donor filled in, checked."""

    ticket: str
    cents: int
    is_monthly: bool
    fund: str
    name: str
    email: str
    language: str
    before: str | None = None

    @property
    def code(self) -> str:
        """The same form filled in the same way is the same gift; changed, it is another one."""
        return tickets.gift_code(self.ticket, self.cents, self.is_monthly, self.fund, self.email, self.language)


def ticket_key() -> bytes:
    """The key of this house's tickets."""
    return keyring.index_key("gift-tickets")


def begin_gift(asked: Asked) -> str:
    """The address of the Checkout page where this gift is paid (or of its thank-you page, if it was).

    Promise: however often the same form is sent, there is one page and one gift. Raises StripeSilent when Stripe
    doesn't answer; then nothing was charged and the same form may be sent again.
    """
    known = gift_by_code(asked.code)
    db.session.rollback()
    if known is not None and known.stripe_session:
        return _page_of(stripe_api.checkout(known.stripe_session), asked)
    page = stripe_api.open_checkout(_wish(asked))
    key_id = keyring.new_key()
    with writing():
        once_only = once.result(asked.code) is None
        if once_only:
            _write(asked, page, key_id)
            once.remember(asked.code, page.id)
    _close_others(asked)
    return _page_of(page, asked)


def _page_of(page: Checkout, asked: Asked) -> str:
    if page.is_open and page.url:
        return page.url
    if page.is_complete:
        return thanks_url(asked.code)
    raise Conflict(PAGE_CLOSED)


def thanks_url(code: str) -> str:
    return f"{config().base_url}/give/thanks/{tickets.gift_ticket(ticket_key(), code)}"


def _wish(asked: Asked) -> Wish:
    """The same for the same form, to the last second, or Stripe would refuse its idempotency key."""
    ours, fund = organisation(), db.session.get(Fund, asked.fund)
    words = f"{ours.short_name}: {fund.name(asked.language)}"
    db.session.rollback()
    ticket = tickets.gift_ticket(ticket_key(), asked.code)
    return Wish(
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


def _write(asked: Asked, page: Checkout, key_id: bytes) -> None:
    donor = donor_of(key_id=key_id, name=asked.name, email=asked.email, language=asked.language)
    gift = Gift(
        key_id=donor.key_id,
        code=asked.code,
        donor_id=donor.id,
        channel="stripe_card",
        amount_cents=asked.cents,
        is_monthly=int(asked.is_monthly),
        fund_code=asked.fund,
        language=asked.language,
        stripe_session=page.id,
        said="open",
        said_at=clock.now(),
        form_mark=tickets.form_mark(asked.ticket),
        made_at=clock.now(),
    )
    gift.asked = f"{asked.name}\n{asked.email}"
    db.session.add(gift)
    db.session.flush()
    trail.record("gift.begin", gift.code)
    # Whatever happens to Stripe's events: in half an hour the page is closed, and the truth asked for.
    queue.put("gifts.close", page.id, {"session": page.id}, run_at=clock.now() + OPEN_FOR)


def _close_others(asked: Asked) -> None:
    """The page of the same form before it was changed, or the one the donor came back from, takes no card any more."""
    others = {gift.stripe_session for gift in gifts_of_form(tickets.form_mark(asked.ticket)) if gift.code != asked.code}
    before = gift_by_code(asked.before) if asked.before and asked.before != asked.code else None
    if before is not None:
        others.add(before.stripe_session)
    db.session.rollback()
    for session in filter(None, others):
        try:
            stripe_api.close_checkout(session)
        except (stripe_api.StripeSilent, stripe_api.StripeRefused):
            continue  # the job closes it within half an hour
