"""Gifts: who gives, how much, how often, and what became of each payment."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from mexile.deadlines.deadline.rules import months_later
from mexile.demo.organization import calendar, names
from mexile.demo.organization.chance import Chance, split
from mexile.demo.organization.plan import Plan, Row
from mexile.demo.organization.recipe import recipe

SAID = {"failed": "declined", "confirming": "processing"}
"""What Stripe says of a payment in this state; of every other that it succeeded."""
DISPUTE_FEE = 1500
TO_ANSWER = timedelta(days=9)


def add_gifts(plan: Plan) -> None:
    """Four thousand gifts in six years, their donors and the monthly promises behind them."""
    chance, words = plan.chance("giving"), recipe()["gifts"]
    _add_monthly(plan, chance)
    _add_donors(plan, chance)
    monthly = [draft for promise in plan.rows["recurring_gift"] for draft in _paid_monthly(plan, chance, promise)]
    once = list(_once(plan, chance, words["target"] - len(monthly) - 1))
    drafts = sorted([*monthly, *once], key=lambda draft: (draft.on, draft.minute, draft.donor.id if draft.plan else 0))
    _choose_fates(plan, chance, drafts)
    # Today's gift is one that the bank has not confirmed yet.
    donor = next(d for d in plan.rows["donor"] if d.language == "es" and not d.anonymous and d.email)
    for draft in (*drafts, Row(words["today"], on=plan.day, donor=donor)):
        _add_gift(plan, draft)
    plan.add("receipt_book", last_number=len(plan.rows["receipt"]))


def fee_of(channel: str, cents: int) -> int:
    """What Stripe keeps of a charity's payment: 2.2 % + 30 c by card, 0.8 % up to $5 from a bank."""
    return round(cents * 0.022) + 30 if channel == "stripe_card" else min(round(cents * 0.008), 500)


def _add_monthly(plan: Plan, chance: Chance) -> None:
    """Monthly promises: six in the first month, forty-five now, some stopped on the way."""
    words, running = recipe()["gifts"], list[Row]()
    first, now = words["recurring_first"], words["recurring_now"]
    amounts = chance.deal(words["monthly_amounts"], 120)
    for month in range(72):
        on = months_later(calendar.beginning(plan.day), month)
        if month % 2 and len(running) > 8:
            promise, ended_on = running.pop(chance.randrange(len(running))), on + timedelta(days=chance.randrange(20))
            promise.update(said="canceled", said_at=ended_on)
            plan.link("recurring_gift_end", recurring_gift_id=promise.id, by="donor", at=ended_on)
        room = min(plan.day.day, 28) if month == 71 else 28
        while len(running) < round(first + (now - first) * month / 71):
            promise = plan.add(
                "recurring_gift", fund_code=chance.weighted(words["fund"]), said="active", said_at=plan.day
            )
            promise.update(
                amount_cents=int(amounts.pop()) * 100, started_at=on + timedelta(days=chance.randrange(room))
            )
            number = f"demo{promise.id:05d}"
            promise.update(stripe_subscription=f"sub_{number}", stripe_customer=f"cus_{number}")
            running.append(promise)


def _add_donors(plan: Plan, chance: Chance) -> None:
    """Those who give every month first, then the others; a few are groups. No donor is a member, and nothing links
    the two."""
    words, promises = recipe()["gifts"], plan.rows["recurring_gift"]
    languages = chance.deal({"es": words["spanish"], "en": 1 - words["spanish"]}, words["donors"])
    hidden = chance.deal({1: words["anonymous"], 0: 1 - words["anonymous"]}, words["donors"])
    for number, (language, is_hidden) in enumerate(zip(languages, hidden, strict=True), start=1):
        is_monthly = number <= len(promises)
        is_group = not is_monthly and number % 23 == 0
        donor = plan.add(
            "donor",
            kind="organization" if is_group else "person",
            name=_group_name(number // 23) if is_group else _donor_name(chance, language),
            email=f"donor{number:04d}@example.org" if is_monthly or chance.happens(0.86) else None,
            address=f"Calle Ejemplo {number}, 00000" if chance.happens(0.45) else None,
            language=language,
            anonymous=is_hidden,
        )
        if is_monthly:
            promises[number - 1].update(donor_id=donor.code, language=language)


def _group_name(number: int) -> str:
    groups = recipe()["gifts"]["groups"]
    return f"{groups[number % len(groups)]} {number}"


def _donor_name(chance: Chance, language: str) -> str:
    if language == "es" or chance.happens(0.2):
        return str(names.draw(chance, chance.choice("FM")))
    return str(names.draw_english(chance))


def _draft(channel: str, cents: int, on: date, minute: int, **more: Any) -> Row:
    """A gift before its fate is known."""
    return Row({"plan": None, "words": None} | more, channel=channel, cents=cents, on=on, minute=minute, state="paid")


def _paid_monthly(plan: Plan, chance: Chance, promise: Row) -> Iterator[Row]:
    channel = "stripe_ach" if chance.happens(0.06) else "stripe_card"
    about = {"plan": promise.id, "fund": promise.fund_code, "donor": plan.rows["donor"][promise.id - 1]}
    end = promise.said_at if promise.said == "canceled" else plan.ago(-1)
    month, on = 0, promise.started_at
    while on < end:
        yield _draft(channel, promise.amount_cents, on, chance.randint(300, 1300), **about)
        month += 1
        on = months_later(promise.started_at, month)


def _weights(day: date) -> dict[date, float]:
    """How much each day is a day for giving."""
    words, start = recipe()["gifts"], calendar.beginning(day)
    spikes, span = words["spikes"], (day - start).days
    media = [start + timedelta(days=int(span * share)) for share in (0.22, 0.55, 0.83)]
    weights = {}
    for on in calendar.days(start, day):
        weight = words["month_share"][on.month - 1] * (0.85 + 0.3 * (on - start).days / span)
        weight *= spikes["giving_tuesday"] if on == calendar.giving_tuesday(on.year) else 1
        weight *= spikes["anniversary"] if (on.month, on.day) == (11, 6) else 1
        weight *= spikes["media"] if any(0 <= (on - moment).days < 4 for moment in media) else 1
        weights[on] = weight
    return weights


def _once(plan: Plan, chance: Chance, count: int) -> Iterator[Row]:
    """The single gifts: amounts and channels in their shares, large ones by wire. Every donor who promised nothing
    gives at least once, the eager more often."""
    words, weights = recipe()["gifts"], _weights(plan.day)
    days, running = list(weights), list(accumulate(weights.values()))
    wanted = dict(zip(words["channel"], split(words["target"], list(words["channel"].values())), strict=True))
    wanted["stripe_card"] -= words["target"] - count
    amounts = sorted(chance.deal(words["one_time_amounts"], count), key=int, reverse=True)
    channels = ["wire"] * wanted.pop("wire") + chance.deal(wanted, sum(wanted.values()))
    funds = chance.deal(words["fund"], count)
    donors = plan.rows["donor"][len(plan.rows["recurring_gift"]) :]
    eager = list(accumulate(chance.expovariate(1) ** 2 for _ in donors))
    donors = chance.shuffled(
        [*donors, *(chance.choices(donors, cum_weights=eager)[0] for _ in range(count - len(donors)))]
    )
    for amount, channel, fund, donor in zip(amounts, channels, funds, donors, strict=True):
        said = chance.choice(words["in_kind"]) if channel == "in_kind" else None
        on, cents = chance.choices(days, cum_weights=running)[0], 0 if said else int(amount) * 100
        yield _draft(channel, cents, on, chance.randint(420, 1380), fund=fund, donor=donor, words=said)


def _choose_fates(plan: Plan, chance: Chance, drafts: list[Row]) -> None:
    """Which payments failed, were given back or disputed."""
    words, old = recipe()["gifts"], plan.ago(75)
    cards = chance.shuffled([draft for draft in drafts if draft.channel == "stripe_card" and draft.on < old])
    for state, share in (("failed", "failed_payment"), ("refunded", "refund"), ("disputed", "dispute")):
        for _ in range(round(words["target"] * words[share])):
            draft = cards.pop()
            undone_on = draft.on + timedelta(days=chance.randint(3, 60))
            draft.update(state=state, undone_on=min(undone_on, plan.ago(1)))


def _add_gift(plan: Plan, draft: Row) -> None:
    donor, moment = draft.donor, (draft.on, draft.minute)
    donor.setdefault("made_at", moment)
    is_stripe, is_kept = draft.channel.startswith("stripe"), draft.state not in SAID
    how = {"language": donor.language, "channel": draft.channel, "fund_code": draft.fund, "made_at": moment}
    how |= {"said": SAID.get(draft.state, "succeeded"), "said_at": moment} if is_stripe else {"by_user_id": "ines"}
    gift = plan.add(
        "gift",
        donor_id=donor.code,
        recurring_gift_id=draft.plan,
        amount_cents=draft.cents or None,
        is_monthly=int(draft.plan is not None),
        given_on=draft.on if is_kept else None,
        description=draft.words[donor.language] if draft.words else None,
        **how,
    )
    if is_stripe:
        gift["stripe_payment_intent"] = f"pi_demo{gift.id:05d}"
    if is_kept:
        _add_lines(plan, gift, draft)
        about = {"gift_id": gift.id, "amount_cents": gift.amount_cents, "language": gift.language}
        receipt = plan.add("receipt", number=len(plan.rows["receipt"]) + 1, issued_at=moment, **about)
        if draft.state == "refunded":
            plan.link("receipt_void", receipt_id=receipt.id, at=draft.undone_on, reason="refunded")


def _add_lines(plan: Plan, gift: Row, draft: Row) -> None:
    """What moved: the charge, Stripe's fee, and what went back."""
    number = f"{gift.id:05d}"

    def add(kind: str, cents: int, on: date, source: str, transaction: str | None = None) -> None:
        moved = {"kind": kind, "amount_cents": cents, "source": source, "balance_transaction": transaction}
        plan.add("ledger_line", gift_id=gift.id, on=on, at=(on, draft.minute), **moved)

    if not draft.channel.startswith("stripe"):
        if draft.cents:
            add("charge", draft.cents, draft.on, gift.code)
        return
    add("charge", draft.cents, draft.on, f"ch_demo{number}")
    add("fee", -fee_of(draft.channel, draft.cents), draft.on, f"ch_demo{number}", f"txn_demo{number}")
    if draft.state == "refunded":
        add("refund", -draft.cents, draft.undone_on, f"re_demo{number}", f"txn_back{number}")
    if draft.state == "disputed":
        add("dispute", -draft.cents, draft.undone_on, f"du_demo{number}", f"txn_disp{number}")
        add("dispute_fee", -DISPUTE_FEE, draft.undone_on, f"du_demo{number}", f"txn_dfee{number}")
        _add_dispute(plan, gift, (draft.undone_on, draft.minute))


def _add_dispute(plan: Plan, gift: Row, opened: tuple[date, int]) -> None:
    """A dispute of the last days waits for an answer, an older one for the bank."""
    due_on = opened[0] + TO_ANSWER
    said = "needs_response" if due_on > plan.day else "under_review"
    moments = {"said_at": opened, "opened_at": opened, "due_at": (due_on, opened[1])}
    about = {"gift_id": gift.id, "stripe_payment_intent": gift.stripe_payment_intent, "amount_cents": gift.amount_cents}
    plan.add("dispute", stripe_dispute=f"du_demo{gift.id:05d}", reason="fraudulent", said=said, **moments, **about)
