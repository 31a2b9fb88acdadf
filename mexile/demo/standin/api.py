"""The endpoints the stand-in has. Everything else answers as Stripe does: "Unrecognized request URL"."""

import copy
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import stripe

from mexile.demo.standin import billing, cards, checkout, shapes
from mexile.demo.standin.wire import Refusal, missing, nested
from mexile.demo.standin.world import Body, World


@dataclass(frozen=True)
class Call:
    """One request as it came over the wire."""

    method: str
    path: str
    encoded: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Endpoint:
    """Method and path, the parameters it knows (a name in ``stripe.params``), and what it does."""

    method: str
    path: re.Pattern
    params: str
    act: Callable[[World, str, Body], Body]


def answer(world: World, call: Call) -> tuple[int, Body, bool]:
    """The status, the body, and whether the same request had been answered before."""
    try:
        with world.changing():
            _check_headers(call)
            key = call.headers.get("idempotency-key") if call.method == "POST" else None
            mark = hashlib.sha256(f"{call.method} {call.path} {call.encoded}".encode()).hexdigest()
            if key and (before := world.answered.get(key)):
                return _again(before, mark, key)
            body = _act(world, call)
            if key:
                world.answered[key] = {"mark": mark, "body": copy.deepcopy(body)}
            return 200, body, False
    except Refusal as refusal:
        return refusal.status, refusal.body, False


def _again(before: Body, mark: str, key: str) -> tuple[int, Body, bool]:
    if before["mark"] != mark:
        raise Refusal(
            400,
            "Keys for idempotent requests can only be used with the same parameters they were first used with. "
            f"Try using a key other than '{key}' if you meant to execute a different request.",
            kind="idempotency_error",
        )
    return 200, before["body"], True


def _check_headers(call: Call) -> None:
    key = call.headers.get("authorization", "").removeprefix("Bearer ")
    if not key.startswith(("sk_test_", "rk_test_")):
        raise Refusal(401, "Invalid API Key provided: the stand-in takes test keys only.")
    version = call.headers.get("stripe-version")
    if version != stripe.api_version:
        raise Refusal(400, f"The stand-in speaks {stripe.api_version} only, not {version}.")


def _act(world: World, call: Call) -> Body:
    for endpoint in ENDPOINTS:
        found = endpoint.path.fullmatch(call.path)
        if found and endpoint.method == call.method:
            given = shapes.refuse_unknown(shapes.params_of(endpoint.params), nested(call.encoded))
            expand = given.pop("expand", [])
            body = copy.deepcopy(endpoint.act(world, found.group("id") if "id" in found.groupdict() else "", given))
            for path in expand:
                _expand(world, body, path.split("."))
            if strange := shapes.strange_fields(body):
                raise Refusal(500, f"The stand-in answered what the library does not know: {strange}", kind="api_error")
            return body
    raise Refusal(404, f"Unrecognized request URL ({call.method}: {call.path}).")


def _expand(world: World, body: Body | list, path: list[str]) -> None:
    """Put objects where identifiers stand, as deep as the path says (Stripe's limit is four)."""
    if len(path) > 4:
        raise Refusal(400, "You cannot expand more than 4 levels of a property.", param="expand")
    if not path:
        return
    if isinstance(body, list):
        for row in body:
            _expand(world, row, path)
        return
    name, *rest = path
    if body.get("object") == "invoice" and name == "payments":
        body[name] = _list(billing.payments_of(world, body), "/v1/invoice_payments")
    known = shapes.RESOURCES.get(body.get("object", ""))
    if name not in body and not (known and name in shapes.fields(known)):
        raise Refusal(400, f"This property cannot be expanded ({name}).", param="expand")
    value = body.get(name)
    if isinstance(value, str):
        if value not in world.objects:
            raise Refusal(400, f"This property cannot be expanded ({name}).", param="expand")
        value = body[name] = copy.deepcopy(world.objects[value])
    if isinstance(value, dict | list):
        _expand(world, value, rest)


def _list(rows: list[Body], url: str) -> Body:
    return {"object": "list", "data": copy.deepcopy(rows), "has_more": False, "url": url}


def _one(kind: str) -> Callable[[World, str, Body], Body]:
    return lambda world, identifier, given: world.get(kind, identifier)


def _page(kind: str, url: str, *filters: str) -> Callable[[World, str, Body], Body]:
    """A list, newest first, with the filters named; unnamed ones are refused rather than ignored."""

    def act(world: World, identifier: str, given: Body) -> Body:
        rows = world.all(kind)
        limit = given.pop("limit", 10)
        after = given.pop("starting_after", None)
        moments = given.pop("created", None) if "created" in filters else None
        for name, value in given.items():
            if name not in filters:
                raise Refusal(400, f"The stand-in cannot filter by {name}.", param=name)
            rows = [row for row in rows if _matches(row, name, value)]
        if moments is not None:
            rows = [row for row in rows if _created_within(row, moments)]
        if after:
            place = [row["id"] for row in rows]
            if after not in place:
                raise missing(kind, after)
            rows = rows[place.index(after) + 1 :]
        return _list(rows[:limit], url) | {"has_more": len(rows) > limit}

    return act


def _matches(row: Body, name: str, value: Any) -> bool:
    """Whether a row passes a filter; `value` has the form that the library's own types give this filter."""
    if name == "payment":
        return row["payment"]["payment_intent"] == value.get("payment_intent")
    if name == "types":
        return row["type"] in value
    if name == "type" and value.endswith(".*"):
        return row["type"].startswith(value[:-1])
    if name == "status" and value == "all":
        return True
    if name == "subscription" and row["object"] == "invoice":
        return row["parent"]["subscription_details"]["subscription"] == value
    return row[name] == value


def _created_within(row: Body, moments: int | dict[str, int]) -> bool:
    if isinstance(moments, int):
        return row["created"] == moments
    tests = {"gt": "__gt__", "gte": "__ge__", "lt": "__lt__", "lte": "__le__"}
    return all(getattr(row["created"], tests[name])(value) for name, value in moments.items())


def _new_customer(world: World, identifier: str, given: Body) -> Body:
    metadata = given.pop("metadata", {})
    customer = cards.new_customer(world, given.pop("email", None), given.pop("name", None))
    customer["metadata"] = metadata
    return _set_on_customer(customer, given)


def _change_customer(world: World, identifier: str, given: Body) -> Body:
    return _set_on_customer(world.get("customer", identifier), given)


def _set_on_customer(customer: Body, given: Body) -> Body:
    for name, value in given.items():
        if name == "invoice_settings" and set(value) == {"default_payment_method"}:
            empty = {"custom_fields": None, "footer": None, "rendering_options": None}
            customer[name] = empty | value
            continue
        if name not in ("email", "name", "description", "metadata", "preferred_locales"):
            raise Refusal(400, f"The stand-in cannot keep {name} of a customer.", param=name)
        customer[name] = customer["metadata"] | value if name == "metadata" else value
    return customer


def _new_refund(world: World, identifier: str, given: Body) -> Body:
    charge = world.get("charge", given.pop("charge")) if "charge" in given else None
    intent = given.pop("payment_intent", charge and charge["payment_intent"])
    if not intent:
        raise Refusal(400, "One of the following params should be provided: payment_intent or charge.")
    for name in given:
        if name not in ("amount", "reason", "metadata"):
            raise Refusal(400, f"The stand-in cannot refund with {name}.", param=name)
    return cards.refund(world, world.get("payment_intent", intent), given.pop("amount", None), **given)


def _sessions(world: World, identifier: str, given: Body) -> Body:
    for session in world.all("checkout.session"):
        checkout.look(world, session)
    filters = ("customer", "payment_intent", "subscription", "status", "created")
    return _page("checkout.session", "/v1/checkout/sessions", *filters)(world, identifier, given)


def _at(pattern: str) -> re.Pattern:
    return re.compile("/v1/" + pattern.replace("<id>", r"(?P<id>[A-Za-z]\w*)"))


ENDPOINTS = [
    Endpoint(method, _at(path), params, act)
    for method, path, params, act in (
        ("POST", "customers", "CustomerCreateParams", _new_customer),
        ("GET", "customers", "CustomerListParams", _page("customer", "/v1/customers", "email", "created")),
        ("GET", "customers/<id>", "CustomerRetrieveParams", _one("customer")),
        ("POST", "customers/<id>", "CustomerUpdateParams", _change_customer),
        (
            "POST",
            "checkout/sessions",
            "checkout.SessionCreateParams",
            lambda world, _, given: checkout.create(world, given),
        ),
        ("GET", "checkout/sessions", "checkout.SessionListParams", _sessions),
        (
            "GET",
            "checkout/sessions/<id>",
            "checkout.SessionRetrieveParams",
            lambda world, found, given: checkout.look(world, world.get("checkout.session", found)),
        ),
        (
            "POST",
            "checkout/sessions/<id>/expire",
            "checkout.SessionExpireParams",
            lambda world, found, given: checkout.expire(world, world.get("checkout.session", found), given),
        ),
        (
            "GET",
            "payment_intents",
            "PaymentIntentListParams",
            _page("payment_intent", "/v1/payment_intents", "customer", "created"),
        ),
        ("GET", "payment_intents/<id>", "PaymentIntentRetrieveParams", _one("payment_intent")),
        ("GET", "payment_methods/<id>", "PaymentMethodRetrieveParams", _one("payment_method")),
        ("GET", "charges", "ChargeListParams", _page("charge", "/v1/charges", "customer", "payment_intent", "created")),
        ("GET", "charges/<id>", "ChargeRetrieveParams", _one("charge")),
        ("POST", "refunds", "RefundCreateParams", _new_refund),
        ("GET", "refunds", "RefundListParams", _page("refund", "/v1/refunds", "charge", "payment_intent", "created")),
        ("GET", "refunds/<id>", "RefundRetrieveParams", _one("refund")),
        (
            "GET",
            "disputes",
            "DisputeListParams",
            _page("dispute", "/v1/disputes", "charge", "payment_intent", "created"),
        ),
        ("GET", "disputes/<id>", "DisputeRetrieveParams", _one("dispute")),
        ("GET", "setup_intents/<id>", "SetupIntentRetrieveParams", _one("setup_intent")),
        (
            "GET",
            "invoices",
            "InvoiceListParams",
            _page("invoice", "/v1/invoices", "customer", "subscription", "status", "created"),
        ),
        ("GET", "invoices/<id>", "InvoiceRetrieveParams", _one("invoice")),
        (
            "POST",
            "invoices/<id>/pay",
            "InvoicePayParams",
            lambda world, found, given: billing.pay_invoice(world, world.get("invoice", found), given),
        ),
        (
            "GET",
            "invoice_payments",
            "InvoicePaymentListParams",
            _page("invoice_payment", "/v1/invoice_payments", "invoice", "payment", "status"),
        ),
        ("GET", "invoice_payments/<id>", "InvoicePaymentRetrieveParams", _one("invoice_payment")),
        (
            "GET",
            "subscriptions",
            "SubscriptionListParams",
            _page("subscription", "/v1/subscriptions", "customer", "status", "created"),
        ),
        ("GET", "subscriptions/<id>", "SubscriptionRetrieveParams", _one("subscription")),
        (
            "POST",
            "subscriptions/<id>",
            "SubscriptionUpdateParams",
            lambda world, found, given: billing.change(world, world.get("subscription", found), given),
        ),
        (
            "DELETE",
            "subscriptions/<id>",
            "SubscriptionCancelParams",
            lambda world, found, given: billing.end(world, world.get("subscription", found)),
        ),
        (
            "POST",
            "billing_portal/sessions",
            "billing_portal.SessionCreateParams",
            lambda world, _, given: billing.open_portal(world, given),
        ),
        (
            "GET",
            "balance_transactions",
            "BalanceTransactionListParams",
            _page("balance_transaction", "/v1/balance_transactions", "source", "type", "created"),
        ),
        ("GET", "balance_transactions/<id>", "BalanceTransactionRetrieveParams", _one("balance_transaction")),
        ("GET", "events", "EventListParams", _page("event", "/v1/events", "type", "types", "created")),
        ("GET", "events/<id>", "EventRetrieveParams", _one("event")),
    )
]


def encoded(body: Body) -> bytes:
    """The body as it goes over the wire."""
    return json.dumps(body).encode()
