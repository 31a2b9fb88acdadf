"""Whether all at Stripe is set up as gifts need it: asked by reading alone, and kept until it is asked again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mexile.config import config
from mexile.gifts import stripe_api
from mexile.gifts.lane.actions import knows_us
from mexile.gifts.stripe import reading
from mexile.gifts.stripe.reading import at
from mexile.ground import files
from mexile.ground.errors import Problem

FILE = "stripe.json"

NEEDED = (
    "charge.dispute.closed",
    "charge.dispute.created",
    "charge.dispute.funds_reinstated",
    "charge.dispute.funds_withdrawn",
    "charge.refunded",
    "charge.updated",
    "checkout.session.async_payment_failed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.completed",
    "checkout.session.expired",
    "customer.subscription.created",
    "customer.subscription.deleted",
    "customer.subscription.updated",
    "invoice.paid",
    "invoice.payment_failed",
    "payment_intent.payment_failed",
    "payment_intent.succeeded",
    "refund.created",
    "refund.failed",
)
"""The events by which gifts are confirmed at once; what else there is, the night finds."""

READ: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("Checkout Sessions", lambda v1: v1.checkout.sessions.list({"limit": 1})),
    ("PaymentIntents", lambda v1: v1.payment_intents.list({"limit": 1})),
    ("Charges and Refunds", lambda v1: v1.refunds.list({"limit": 1})),
    ("Disputes", lambda v1: v1.disputes.list({"limit": 1})),
    ("Customers", lambda v1: v1.customers.list({"limit": 1})),
    ("Invoices", lambda v1: v1.invoices.list({"limit": 1})),
    ("Subscriptions", lambda v1: v1.subscriptions.list({"limit": 1})),
    ("Balance", lambda v1: v1.balance_transactions.list({"limit": 1})),
    ("Payouts", lambda v1: v1.payouts.list({"limit": 1})),
)
"""What a restricted key must be allowed to read, as Stripe's page of the key calls it."""

MISSED = ("Webhook Endpoints", lambda v1: v1.webhook_endpoints.list({"limit": 100}))
ITSELF = ("Accounts", lambda v1: v1.accounts.retrieve_current())
"""What only this look asks for: a key without these rights takes gifts all the same."""


def look() -> tuple[list[Problem], list[Problem]]:
    """What must be mended at Stripe, and what couldn't be seen. Raises StripeSilent; changes nothing there."""
    try:
        stripe_api.answers()
    except stripe_api.StripeShut as shut:
        if str(shut) == "AuthenticationError":
            return [REFUSED], []
    if knows_us() is False:
        return [OTHER], []
    problems = [_not_allowed(name) for name, question in READ if not _may(question)]
    notes: list[Problem] = []
    for check, (name, question) in ((_account, ITSELF), (_endpoint, MISSED)):
        try:
            found = stripe_api.ask(question)
        except stripe_api.StripeShut:
            notes.append(_unseen(name))
        else:
            problems += check(found)
    if not problems:
        problems += _own_mails()
    return problems, notes


def _may(question: Callable[[Any], Any]) -> bool:
    try:
        stripe_api.ask(question)
    except stripe_api.StripeSilent as silent:
        if isinstance(silent, stripe_api.StripeShut):
            return False
        raise
    return True


def _account(account: Any) -> Iterator[Problem]:
    if at(account, "charges_enabled") is False:
        yield CLOSED
    elif at(account, "payouts_enabled") is False:
        yield NO_PAYOUTS


def _endpoint(endpoints: Any) -> Iterator[Problem]:
    address = f"{config().base_url}/stripe/events"
    ours = [row for row in reading.rows_at(endpoints) if at(row, "url") == address]
    if not ours:
        yield Problem(
            "stripe",
            f"No webhook at Stripe has the address {address}, so gifts are confirmed only at night. At Stripe under "
            "Developers, Webhooks, add it, and copy its signing secret into the file.",
            f"Ningún webhook en Stripe tiene la dirección {address}, así que los donativos se confirman solo de noche. En "
            "Stripe, en Desarrolladores, Webhooks, agréguelo y copie su secreto de firma al archivo.",
        )
    for row in ours:
        if at(row, "status") != "enabled":
            yield DISABLED
        told = set(at(row, "enabled_events") or ())
        lacking = [] if "*" in told else sorted(set(NEEDED) - told)
        if lacking:
            yield Problem(
                "stripe",
                f"The webhook at Stripe isn't told of: {', '.join(lacking)}. At Stripe under Developers, Webhooks, add them.",
                f"El webhook en Stripe no recibe: {', '.join(lacking)}. En Stripe, en Desarrolladores, Webhooks, agréguelos.",
            )
        version = at(row, "api_version")
        if version and version != stripe_api.VERSION:
            yield Problem(
                "stripe",
                f"The webhook at Stripe speaks version {version}; this program speaks {stripe_api.VERSION}. "
                "At Stripe under Developers, Webhooks, add one with that version, and remove this one.",
                f"El webhook en Stripe habla la versión {version}; este programa habla {stripe_api.VERSION}. "
                "En Stripe, en Desarrolladores, Webhooks, agregue uno con esa versión y quite este.",
            )


def _own_mails() -> Iterator[Problem]:
    """Stripe numbers the receipts that it mails itself; it says nowhere else whether it does."""
    charges = stripe_api.ask(lambda v1: v1.charges.list({"limit": 10}))
    if any(at(charge, "receipt_number") for charge in reading.rows_at(charges)):
        yield OWN_MAILS


# ---- kept for Health ----------------------------------------------------------------------------------------------


def note(home: Path) -> tuple[list[Problem], list[Problem]]:
    """Look, and keep what was found."""
    problems, notes = look()
    kept = [[(one.place, one.en, one.es) for one in found] for found in (problems, notes)]
    files.write(home / FILE, json.dumps(kept).encode())
    return problems, notes


def known(home: Path) -> tuple[list[Problem], list[Problem]]:
    """What the last look found; nothing where there was none."""
    try:
        problems, notes = json.loads((home / FILE).read_text())
        return [Problem(*one) for one in problems], [Problem(*one) for one in notes]
    except (OSError, ValueError, TypeError):
        return [], []


def _not_allowed(name: str) -> Problem:
    return Problem(
        "STRIPE_KEY",
        f"The restricted key may not read {name}. At Stripe under Developers, API keys, edit the key and allow it.",
        f"La clave restringida no puede leer {name}. En Stripe, en Desarrolladores, Claves de API, edítela y permítalo.",
    )


def _unseen(name: str) -> Problem:
    return Problem(
        "stripe",
        f"The restricted key may not read {name}, so that part was not looked at. Allow it at Stripe if you want it seen.",
        f"La clave restringida no puede leer {name}, así que esa parte no se revisó. Permítalo en Stripe si quiere verla.",
    )


REFUSED = Problem(
    "STRIPE_KEY",
    "Stripe refuses the key. At Stripe under Developers, API keys, make or copy one, put it in the file and start again.",
    "Stripe rechaza la clave. En Stripe, en Desarrolladores, Claves de API, cree o copie una, póngala en el archivo y reinicie.",
)
OTHER = Problem(
    "STRIPE_KEY",
    "The key is of another account than the gifts that were made so far. Put the key of the same account in.",
    "La clave es de otra cuenta que la de los donativos recibidos hasta ahora. Ponga la clave de la misma cuenta.",
)
CLOSED = Problem(
    "stripe",
    "Stripe takes no payments for this account yet. Open Stripe's home page and finish what it asks for.",
    "Stripe aún no acepta pagos para esta cuenta. Abra la página principal de Stripe y complete lo que pide.",
)
NO_PAYOUTS = Problem(
    "stripe",
    "Stripe pays nothing out to the bank. Open Stripe's home page and finish what it asks for.",
    "Stripe no deposita en el banco. Abra la página principal de Stripe y complete lo que pide.",
)
DISABLED = Problem(
    "stripe",
    "The webhook is switched off at Stripe. At Stripe under Developers, Webhooks, open it and switch it on.",
    "El webhook está apagado en Stripe. En Stripe, en Desarrolladores, Webhooks, ábralo y enciéndalo.",
)
OWN_MAILS = Problem(
    "stripe",
    "Stripe mails receipts of its own, so donors get two, and Stripe's is not for taxes. At Stripe under Settings, "
    "Customer emails, switch off “Successful payments” and “Refunds”.",
    "Stripe envía sus propios recibos, así que llegan dos y el de Stripe no sirve para impuestos. En Stripe, en "
    "Configuración, Correos a clientes, apague “Pagos exitosos” y “Reembolsos”.",
)
