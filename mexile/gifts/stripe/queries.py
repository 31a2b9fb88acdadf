"""Whether gifts can be paid: what of Stripe is set, and how far the gift got that tried it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import exists, or_, select

from mexile.config import STRIPE, config
from mexile.gifts.gift.models import Gift
from mexile.gifts.receipt.models import Receipt
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.errors import Problem
from mexile.ground.organization import organization
from mexile.ground.queue import Job

KEPT = timedelta(days=30)
"""A letter that was sent is forgotten some days later: its receipt stands for it."""


@dataclass(frozen=True)
class StripeKeys:
    """Which of Stripe's secrets are set, never what they are. `mode`: "live", "test", "standin" or "" without a key."""

    mode: str
    has_webhook: bool
    webhook: str


def stripe_keys() -> StripeKeys:
    settings = config()
    mode = "test" if settings.takes_test_cards else "live" if settings.stripe_key else ""
    if mode and settings.stripe_base != STRIPE:
        mode = "standin"
    return StripeKeys(mode, bool(settings.stripe_webhook_secret), f"{settings.base_url}/stripe/events")


def obstacles() -> list[Problem]:
    """Why nobody can give money yet; empty once they can. In production a test key takes none."""
    settings, ours = config(), organization()
    found = []
    if not settings.stripe_key:
        found.append(NO_KEY)
    if not settings.stripe_webhook_secret:
        found.append(NO_WEBHOOK)
    if not ours.legal_name:
        found.append(NO_NAME)
    if not ours.mail_from:
        found.append(NO_SENDER)
    if settings.production and settings.takes_test_cards:
        found.append(TEST_MODE)
    return found


def trial() -> str:
    """How far the newest gift by card got: "" where nobody tried, "begun", "paid", "receipted" or "sent"."""
    gift = db.session.execute(
        select(Gift.id, Gift.said).where(Gift.channel.startswith("stripe_")).order_by(Gift.id.desc()).limit(1)
    ).first()
    if gift is None:
        return ""
    if _was_sent():
        return "sent"
    if db.session.scalar(select(exists().where(Receipt.gift_id == gift.id))):
        return "receipted"
    return "paid" if gift.said == "succeeded" else "begun"


def _was_sent() -> bool:
    """A receipt of a gift by card went out."""
    letter = exists().where(Job.kind == "mail", Job.key.startswith("gifts.receipt:"), Job.state == "done")
    by_card = exists().where(
        Receipt.gift_id == Gift.id,
        Gift.channel.startswith("stripe_"),
        or_(Receipt.issued_at < clock.now() - KEPT, letter),
    )
    return bool(db.session.scalar(select(by_card)))


def missing() -> list[Problem]:
    """What is left until gifts come in: what is not set, then the dollar that tries all of it."""
    unset = [problem for problem in obstacles() if problem in (NO_KEY, NO_WEBHOOK)]
    return unset or ([] if _was_sent() else [NOT_TRIED])


NO_KEY = Problem(
    "STRIPE_KEY",
    "Stripe's key is not set, so nobody can give by card. Put it in a file and name that in STRIPE_KEY_FILE.",
    "Falta la clave de Stripe, así que nadie puede donar con tarjeta. Póngala en un archivo e indíquelo en STRIPE_KEY_FILE.",
)
NO_WEBHOOK = Problem(
    "STRIPE_WEBHOOK_SECRET",
    "Stripe's webhook secret is not set, so no payment would be confirmed. Put it in a file and name that in "
    "STRIPE_WEBHOOK_SECRET_FILE.",
    "Falta el secreto del webhook de Stripe, así que ningún pago se confirmaría. Póngalo en un archivo e indíquelo en "
    "STRIPE_WEBHOOK_SECRET_FILE.",
)
NO_NAME = Problem(
    "legal_name",
    "The organization has no legal name yet: a receipt would be from nobody.",
    "La organización aún no tiene nombre legal: el recibo no sería de nadie.",
)
NO_SENDER = Problem(
    "mail_from",
    "No sender is set for mails, so no receipt would go out.",
    "No hay remitente para los correos, así que no saldría ningún recibo.",
)
TEST_MODE = Problem(
    "STRIPE_KEY",
    "Stripe's key is of the test mode: a gift would look paid and no money would come. Staff may try it here.",
    "La clave de Stripe es del modo de prueba: un donativo parecería pagado y no llegaría dinero. El equipo puede probar aquí.",
)
NOT_TRIED = Problem(
    "stripe",
    "No gift by card was tried yet: pay one dollar in test mode and wait for its receipt.",
    "Todavía no se ha probado un donativo con tarjeta: pague un dólar en modo de prueba y espere su recibo.",
)
