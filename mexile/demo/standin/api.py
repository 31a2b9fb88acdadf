"""The endpoints the stand-in has. Everything else answers as Stripe does: "Unrecognized request URL"."""

import copy
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import stripe

from mexile.demo.standin import account, billing, cards, checkout, payouts, shapes
from mexile.demo.standin.wire import Refusal, missing, nested, only
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
            _check_headers(world, call)
            key = call.headers.get("idempotency-key") if call.method == "POST" else None
            mark = hashlib.sha256(f"{call.method} {call.path} {call.encoded}".encode()).hexdigest()
            if key and (before := world.answered.get(key)):
                return _again(before, mark, key)
            status, body = _do(world, call)
            if key:
                world.answered[key] = {"mark": mark, "body": copy.deepcopy(body), "status": status}
            return status, body, False
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
    return before.get("status", 200), before["body"], True


def _do(world: World, call: Call) -> tuple[int, Body]:
    """Do it, or break: what is answered then is kept for the same key, as Stripe keeps it."""
    breaks = world.switches.breaks if call.method == "POST" else ""
    if breaks:
        world.switches.breaks = ""
    body = _act(world, call) if breaks != "before" else {}
    return (500, Refusal(500, "Something broke.", kind="api_error").body) if breaks else (200, body)


def _check_headers(world: World, call: Call) -> None:
    key = call.headers.get("authorization", "").removeprefix("Bearer ")
    if not key.startswith(("sk_test_", "rk_test_")):
        raise Refusal(401, "Invalid API Key provided: the stand-in takes test keys only.")
    if key.startswith("rk_") and call.path.removeprefix("/v1/").partition("/")[0] in world.switches.forbidden.split():
        raise Refusal(403, "The provided key does not have the required permissions for this endpoint.")
    version = call.headers.get("stripe-version")
    if version != stripe.api_version:
        raise Refusal(400, f"The stand-in speaks {stripe.api_version} only, not {version}.")


def _act(world: World, call: Call) -> Body:
    for endpoint in ENDPOINTS:
        path = endpoint.path.fullmatch(call.path)
        if path and endpoint.method == call.method:
            given = shapes.refuse_unknown(shapes.params_of(endpoint.params), nested(call.encoded))
            expand = given.pop("expand", [])
            body = copy.deepcopy(endpoint.act(world, path.groupdict().get("id", ""), given))
            for name in expand:
                _expand(world, body, name.split("."))
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


def _page(kind: str, url: str, *filters: str, rows: list[Body] | None = None) -> Callable[[World, str, Body], Body]:
    """A list, newest first, with the filters named; unnamed ones are refused rather than ignored."""
    known = rows

    def act(world: World, identifier: str, given: Body) -> Body:
        rows = world.all(kind) if known is None else known
        limit = given.pop("limit", 10)
        after = given.pop("starting_after", None)
        moments = given.pop("created", None) if "created" in filters else None
        only(given, filters, "filter by")
        for name, value in given.items():
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
    return _set_on_customer(cards.new_customer(world, given.pop("email", None), given.pop("name", None)), given)


def _set_on_customer(customer: Body, given: Body) -> Body:
    given = dict(given)
    if set(given.get("invoice_settings", ())) == {"default_payment_method"}:
        customer["invoice_settings"] = shapes.blank("customer.invoice_settings", **given.pop("invoice_settings"))
    only(given, ("email", "name", "description", "metadata", "preferred_locales"), "keep for a customer")
    customer |= given | {"metadata": (customer["metadata"] or {}) | given.get("metadata", {})}
    return customer


def _new_refund(world: World, identifier: str, given: Body) -> Body:
    charge = world.get("charge", given.pop("charge")) if "charge" in given else None
    intent = given.pop("payment_intent", charge and charge["payment_intent"])
    if not intent:
        raise Refusal(400, "One of the following params should be provided: payment_intent or charge.")
    only(given, ("amount", "reason", "metadata"), "refund with")
    return cards.refund(world, world.get("payment_intent", intent), given.pop("amount", None), **given)


def _sessions(world: World, identifier: str, given: Body) -> Body:
    for session in world.all("checkout.session"):
        checkout.look(world, session)
    filters = ("customer", "payment_intent", "subscription", "status", "created")
    return _page("checkout.session", "/v1/checkout/sessions", *filters)(world, identifier, given)


def _transactions(world: World, identifier: str, given: Body) -> Body:
    of = given.pop("payout", None)
    rows = payouts.lines_of(world, of) if of else None
    return _page("balance_transaction", "/v1/balance_transactions", *MOVED, rows=rows)(world, identifier, given)


def _at(pattern: str) -> re.Pattern:
    return re.compile("/v1/" + pattern.replace("<id>", r"(?P<id>[A-Za-z]\w*)"))


def _on(kind: str, act: Callable[[World, Body, Body], Body]) -> Callable[[World, str, Body], Body]:
    """What is done to the object that the path names."""
    return lambda world, identifier, given: act(world, world.get(kind, identifier), given)


RETRIEVED = (
    "balance_transaction charge customer dispute event invoice invoice_payment payment_intent payment_method payout "
    "refund setup_intent subscription"
).split()
LISTED = {
    "charge": "customer payment_intent created",
    "customer": "email created",
    "dispute": "charge payment_intent created",
    "event": "type types created",
    "invoice": "customer subscription status created",
    "invoice_payment": "invoice payment status",
    "payment_intent": "customer created",
    "payout": "status created",
    "refund": "charge payment_intent created",
    "subscription": "customer status created",
    "webhook_endpoint": "",
}
"""What may be listed, and the filters of each list."""
MOVED = ("source", "type", "created")
SESSION, SUBSCRIPTION = "checkout.session", "subscription"
ACTS: dict[str, tuple[str, Callable[[World, str, Body], Body]]] = {
    "GET account": ("AccountRetrieveCurrentParams", lambda world, _id, _given: account.of(world)),
    "POST webhook_endpoints": ("WebhookEndpointCreateParams", lambda world, _, given: account.endpoint(world, given)),
    "GET balance_transactions": ("BalanceTransactionListParams", _transactions),
    "POST customers": ("CustomerCreateParams", _new_customer),
    "POST customers/<id>": ("CustomerUpdateParams", _on("customer", lambda _w, c, given: _set_on_customer(c, given))),
    "POST checkout/sessions": ("checkout.SessionCreateParams", lambda world, _, given: checkout.create(world, given)),
    "GET checkout/sessions": ("checkout.SessionListParams", _sessions),
    "GET checkout/sessions/<id>": ("checkout.SessionRetrieveParams", _on(SESSION, lambda w, s, _: checkout.look(w, s))),
    "POST checkout/sessions/<id>/expire": ("checkout.SessionExpireParams", _on(SESSION, checkout.expire)),
    "POST refunds": ("RefundCreateParams", _new_refund),
    "POST invoices/<id>/pay": ("InvoicePayParams", _on("invoice", billing.pay_invoice)),
    "POST subscriptions/<id>": ("SubscriptionUpdateParams", _on(SUBSCRIPTION, billing.change)),
    "DELETE subscriptions/<id>": ("SubscriptionCancelParams", _on(SUBSCRIPTION, lambda w, s, _: billing.end(w, s))),
    "POST billing_portal/sessions": (
        "billing_portal.SessionCreateParams",
        lambda world, _, given: billing.open_portal(world, given),
    ),
}


def _endpoints() -> Iterator[Endpoint]:
    for path, (params, act) in ACTS.items():
        method, pattern = path.split()
        yield Endpoint(method, _at(pattern), params, act)
    for kind in RETRIEVED:
        params = f"{shapes.RESOURCES[kind].__name__}RetrieveParams"
        yield Endpoint("GET", _at(f"{kind}s/<id>"), params, _one(kind))
    for kind, filters in LISTED.items():
        params = f"{shapes.RESOURCES[kind].__name__}ListParams"
        yield Endpoint("GET", _at(f"{kind}s"), params, _page(kind, f"/v1/{kind}s", *filters.split()))


ENDPOINTS = list(_endpoints())


def encoded(body: Body) -> bytes:
    """The body as it goes over the wire."""
    return json.dumps(body).encode()
