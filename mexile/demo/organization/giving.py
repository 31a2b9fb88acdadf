"""Gifts: who gives, how much, how often, and what became of each payment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate

from mexile.demo.organization import calendar, names
from mexile.demo.organization.chance import Chance, split
from mexile.demo.organization.recipe import recipe

CONGREGATIONS = (
    "Iglesia del Camino", "Mission Table Church", "Temple of the Valley", "Vecinos de la Mesa",
    "Friends of the Bridge", "Librería Ejemplo", "Café Ejemplo", "Ejemplo Law Offices",
    "Panadería Ejemplo", "Ejemplo Credit Union",
)  # fmt: skip
IN_KIND = (
    ("Two boxes of winter coats", "Dos cajas de abrigos de invierno"),
    ("Six office chairs", "Seis sillas de oficina"),
    ("School supplies for twelve children", "Útiles escolares para doce niños"),
    ("A refrigerator", "Un refrigerador"),
    ("Twenty bags of rice and beans", "Veinte bolsas de arroz y frijol"),
)


@dataclass(frozen=True)
class Donor:
    """Somebody who gives. No donor is a member, and nothing links the two."""

    code: str
    kind: str
    name: str
    email: str | None
    address: str | None
    language: str
    anonymous: bool


@dataclass(frozen=True)
class Plan:
    """A monthly gift, until somebody stops it."""

    code: str
    donor: str
    cents: int
    fund: str
    started_on: date
    ended_on: date | None
    channel: str


@dataclass(frozen=True)
class Gift:
    """One gift. `state` is paid, failed, confirming, refunded or disputed."""

    code: str
    donor: str
    plan: str | None
    channel: str
    cents: int
    fund: str
    given_on: date
    minute: int
    language: str
    state: str = "paid"
    fee_cents: int = 0
    undone_on: date | None = None
    description: str | None = None
    description_es: str | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Giving:
    donors: tuple[Donor, ...]
    plans: tuple[Plan, ...]
    gifts: tuple[Gift, ...]


def giving(seed: int, day: date) -> Giving:
    """Four thousand gifts in six years, their donors and the monthly promises behind them."""
    chance = Chance(seed, "giving")
    plans = _plans(chance, day)
    monthly = [draft for plan in plans for draft in _paid_monthly(chance, plan, day)]
    once = _once(chance, day, recipe()["gifts"]["target"] - len(monthly) - 1)
    drafts = sorted([*monthly, *once], key=lambda gift: (gift.given_on, gift.minute, gift.plan or "", gift.cents))
    donors = _donors(chance, len(plans))
    gifts = _given(chance, drafts, donors, len(plans), day)
    return Giving(donors, plans, (*gifts, confirming(len(gifts) + 1, donors, day)))


def fee_of(channel: str, cents: int) -> int:
    """What Stripe keeps of a charity's payment: 2.2 % + 30 c by card, 0.8 % up to $5 from a bank."""
    if channel == "stripe_card":
        return round(cents * 0.022) + 30
    return min(round(cents * 0.008), 500) if channel == "stripe_ach" else 0


def _plans(chance: Chance, day: date) -> tuple[Plan, ...]:
    """Monthly promises: six in the first month, forty-five now, some stopped on the way."""
    gifts = recipe()["gifts"]
    first, now = gifts["recurring_first"], gifts["recurring_now"]
    start = calendar.beginning(day)
    running: list[Plan] = []
    ended: list[Plan] = []
    amounts = chance.deal(gifts["monthly_amounts"], 120)
    funds = {fund["code"]: fund["share"] for fund in gifts["funds"]}
    for month in range(72):
        on = calendar.months_later(start, month)
        wanted = round(first + (now - first) * month / 71)
        if month % 2 and len(running) > 8:
            stopped = running.pop(chance.below(len(running)))
            ended.append(replace(stopped, ended_on=on + timedelta(days=chance.below(20))))
        last = day.day if month == 71 else 28
        while len(running) < wanted:
            number = len(running) + len(ended)
            running.append(
                Plan(
                    code=f"M-{number + 1:04d}",
                    donor=f"D-{number + 1:04d}",
                    cents=int(amounts[number]) * 100,
                    fund=chance.weighted(funds),
                    started_on=on + timedelta(days=chance.below(min(last, 28))),
                    ended_on=None,
                    channel="stripe_ach" if chance.happens(0.06) else "stripe_card",
                )
            )
    return tuple(sorted([*running, *ended], key=lambda plan: plan.code))


def _paid_monthly(chance: Chance, plan: Plan, day: date) -> Iterator[Gift]:
    month, on = 0, plan.started_on
    while on <= day and (plan.ended_on is None or on < plan.ended_on):
        yield Gift("", plan.donor, plan.code, plan.channel, plan.cents, plan.fund, on, chance.between(300, 1300), "en")
        month += 1
        on = calendar.months_later(plan.started_on, month)


def _weights(day: date) -> dict[date, float]:
    """How much each day is a day for giving."""
    gifts = recipe()["gifts"]
    start = calendar.beginning(day)
    span = (day - start).days
    media = [start + timedelta(days=int(span * share)) for share in (0.22, 0.55, 0.83)]
    weights = {}
    for on in calendar.days(start, day):
        weight = gifts["month_share"][on.month - 1] * (0.85 + 0.3 * (on - start).days / span)
        if on == calendar.giving_tuesday(on.year):
            weight *= gifts["spikes"]["giving_tuesday"]
        if (on.month, on.day) == (11, 6):
            weight *= gifts["spikes"]["anniversary"]
        if any(0 <= (on - moment).days < 4 for moment in media):
            weight *= gifts["spikes"]["media"]
        weights[on] = weight
    return weights


def _once(chance: Chance, day: date, count: int) -> list[Gift]:
    """The single gifts: amounts and channels in their shares, large ones by cheque or wire."""
    gifts = recipe()["gifts"]
    weights = _weights(day)
    running = list(accumulate(weights.values()))
    all_days = list(weights)
    total = gifts["target"]
    channels = split(total, list(gifts["channel"].values()))
    wanted = dict(zip(gifts["channel"], channels, strict=True))
    wanted["stripe_card"] = count - sum(n for word, n in wanted.items() if word != "stripe_card")
    amounts = sorted(chance.deal(gifts["one_time_amounts"], count), key=int, reverse=True)
    words = ["wire"] * wanted.pop("wire") + chance.deal(wanted, sum(wanted.values()))
    funds = chance.deal({fund["code"]: fund["share"] for fund in gifts["funds"]}, count)
    found = []
    for amount, word, fund in zip(amounts, words, funds, strict=True):
        on = chance.by_weight(all_days, running)
        found.append(_single(chance, on, word, int(amount) * 100, fund))
    return found


def _single(chance: Chance, on: date, channel: str, cents: int, fund: str) -> Gift:
    gift = Gift("", "", None, channel, cents, fund, on, chance.between(420, 1380), "en")
    if channel != "in_kind":
        return gift
    english, spanish = chance.one(IN_KIND)
    return replace(gift, cents=0, description=english, description_es=spanish)


def _donors(chance: Chance, monthly: int) -> tuple[Donor, ...]:
    """Those who give every month first, then the others; a few are groups."""
    gifts = recipe()["gifts"]
    count = gifts["donors"]
    spanish = chance.deal({"es": gifts["spanish"], "en": 1 - gifts["spanish"]}, count)
    hidden = chance.deal({True: gifts["anonymous"], False: 1 - gifts["anonymous"]}, count)
    found = []
    for number in range(1, count + 1):
        language = spanish[number - 1]
        group = number > monthly and number % 23 == 0
        name = _donor_name(chance, language, group, number)
        found.append(
            Donor(
                code=f"D-{number:04d}",
                kind="organization" if group else "person",
                name=name,
                email=f"donor{number:04d}@example.org" if number <= monthly or chance.happens(0.86) else None,
                address=f"Calle Ejemplo {number}, 00000" if chance.happens(0.45) else None,
                language=language,
                anonymous=hidden[number - 1],
            )
        )
    return tuple(found)


def _donor_name(chance: Chance, language: str, group: bool, number: int) -> str:
    if group:
        return f"{CONGREGATIONS[number // 23 % len(CONGREGATIONS)]} {number // 23}"
    if language == "es" or chance.happens(0.2):
        return str(names.draw(chance, chance.one("FM")))
    return str(names.draw_english(chance))


def _given(chance: Chance, drafts: list[Gift], donors: tuple[Donor, ...], monthly: int, day: date) -> tuple[Gift, ...]:
    """The gifts with their numbers, donors and fates. Every donor gives at least once."""
    by_code = {donor.code: donor for donor in donors}
    single = [donor.code for donor in donors[monthly:]]
    free = sum(1 for draft in drafts if draft.plan is None)
    eager = [chance.eager() ** 2 for _ in single]
    running = list(accumulate(eager))
    givers = [*single, *(chance.by_weight(single, running) for _ in range(free - len(single)))]
    givers = chance.shuffled(givers)
    fates = _fates(chance, drafts, day)
    found = []
    for number, draft in enumerate(drafts, start=1):
        donor = by_code[draft.donor or givers.pop()]
        gift = replace(
            draft,
            code=f"G-{number:05d}",
            donor=donor.code,
            language=donor.language,
            fee_cents=fee_of(draft.channel, draft.cents),
        )
        found.append(_fated(chance, gift, fates.get(number - 1, "paid"), day))
    return tuple(found)


def _fates(chance: Chance, drafts: list[Gift], day: date) -> dict[int, str]:
    """Which payments failed, were given back or disputed, by place among the drafts."""
    gifts = recipe()["gifts"]
    old = day - timedelta(days=75)
    cards = [n for n, gift in enumerate(drafts) if gift.channel == "stripe_card" and gift.given_on < old]
    mixed = chance.shuffled(cards)
    fates = {}
    for word, share in (("failed", "failed_payment"), ("refunded", "refund"), ("disputed", "dispute")):
        for _ in range(round(gifts["target"] * gifts[share])):
            fates[mixed.pop()] = word
    return fates


def _fated(chance: Chance, gift: Gift, state: str, day: date) -> Gift:
    if state == "paid":
        return gift
    if state == "failed":
        return replace(gift, state=state, fee_cents=0)
    undone = gift.given_on + timedelta(days=chance.between(3, 60))
    return replace(gift, state=state, undone_on=min(undone, day - timedelta(days=1)))


def confirming(number: int, donors: tuple[Donor, ...], day: date) -> Gift:
    """Today's gift, which the bank has not confirmed yet."""
    donor = next(d for d in donors if d.language == "es" and not d.anonymous and d.email)
    return Gift(f"G-{number:05d}", donor.code, None, "stripe_card", 25000, "families", day, 6 * 60, "es", "confirming")


def received_cents(gifts: tuple[Gift, ...], first: date, last: date) -> int:
    """What came in and stayed, in a period, before Stripe's fees."""
    return sum(gift.cents for gift in gifts if first <= gift.given_on <= last and gift.state == "paid")
