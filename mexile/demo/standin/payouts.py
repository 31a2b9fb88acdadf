"""Payouts: what lies on the balance goes to the bank, each morning by itself or because somebody asked for it."""

from mexile.demo.standin import cards
from mexile.demo.standin.events import tell
from mexile.demo.standin.wire import Refusal
from mexile.demo.standin.world import Body, World


def pay_out(world: World, *, is_automatic: bool = True, cents: int | None = None) -> Body:
    """Everything on the balance, or of it so many cents; of one that is asked for by hand nobody knows the lines."""
    lines = [row for row in reversed(world.all("balance_transaction")) if not _is_out(world, row)]
    cents = sum(row["net"] for row in lines) if cents is None else cents
    if cents <= 0:
        raise Refusal(400, "Nothing is on the balance.", code="balance_insufficient")
    payout = world.new("po", "payout", amount=cents, arrival_date=world.now() + 86400, currency="usd")
    payout |= {"automatic": is_automatic, "reconciliation_status": "completed" if is_automatic else "not_applicable"}
    own = cards.transaction(world, "payout", -cents, 0, payout)
    payout["balance_transaction"] = own["id"]
    for row in (*lines, own) if is_automatic else (own,):
        world.private[row["id"]] = {"payout": payout["id"]}
    tell(world, "payout.created", payout)
    tell(world, "payout.paid", payout)
    if is_automatic:
        tell(world, "payout.reconciliation_completed", payout)
    return payout


def lines_of(world: World, identifier: str) -> list[Body]:
    """The movements that an automatic payout carries to the bank, newest first, itself among them."""
    payout = world.get("payout", identifier)
    if not payout["automatic"]:
        raise Refusal(400, "Balance transaction history can only be filtered on automatic transfers, not manual.")
    return [
        row for row in world.all("balance_transaction") if world.private.get(row["id"], {}).get("payout") == identifier
    ]


def _is_out(world: World, row: Body) -> bool:
    return "payout" in world.private.get(row["id"], {})
