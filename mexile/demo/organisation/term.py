"""Deadlines: the last day on which something may be done, and why that day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mexile.demo.organisation import calendar
from mexile.demo.organisation.chance import Chance
from mexile.demo.organisation.household import Household, Member
from mexile.demo.organisation.walking import Walking

FEE_OPEN_DAYS = 30
ORAL_DECISION = date(2026, 10, 27)
IN_ABSENTIA_ORDER = date(2026, 6, 15)


@dataclass(frozen=True)
class Term:
    """One deadline. `closed_on` is the day on which it was met or set aside."""

    rule: str
    member: str
    due_on: date
    internal_on: date | None
    fatal: bool
    worker: str
    why_en: str
    why_es: str
    closed_on: date | None = None
    closed_because: str = ""


def terms(seed: int, day: date, homes: tuple[Household, ...], walk: Walking) -> tuple[Term, ...]:
    """All deadlines, open and closed, by day."""
    found = [
        term
        for home in homes
        for term in _of(Chance(seed, "terms", home.code), home, day, walk.first.get(home.code, "ximena"))
    ]
    found += _near(Chance(seed, "terms"), day, homes, walk)
    return tuple(sorted(found, key=lambda term: (term.due_on, term.member, term.rule)))


def _of(chance: Chance, home: Household, day: date, worker: str) -> Iterator[Term]:
    head = home.head
    yield one_year(chance, head, day, worker)
    yield from _planted(head, day)
    if chance.happens(0.45) and (day - head.joined_on).days > 120:
        yield _moved(chance, head, day, worker)


def one_year(chance: Chance, head: Member, day: date, worker: str) -> Term:
    """The year within which asylum is asked for: INA 208(a)(2)(B), counted from the last arrival."""
    anniversary = calendar.months_later(head.arrived_on, 12)
    due = calendar.working_on_or_after(anniversary)
    en, es = f"{head.arrived_on:%Y-%m-%d}", f"{head.arrived_on:%Y-%m-%d}"
    filed, why = min(due - timedelta(days=chance.between(8, 200)), day - timedelta(days=3)), "Filed."
    if "lawful_status" in head.marks:
        filed, why = due + timedelta(days=40), "Exception: lawful status kept until filing, signed by the attorney."
    elif not chance.happens(0.88):
        filed, why = due + timedelta(days=chance.between(2, 90)), "Filed late; withholding asked for."
    still_open = (day - head.arrived_on).days < 300 and due > day + timedelta(days=14)
    return Term(
        "ASYLUM_ONE_YEAR", head.code, due, due - timedelta(days=60), True, "ximena" if not still_open else worker,
        f"Last arrival {en} + 1 year, moved to the next day on which offices are open (8 CFR 208.4).",
        f"Última llegada {es} + 1 año, pasado al siguiente día en que abren las oficinas (8 CFR 208.4).",
        None if still_open else min(filed, day - calendar.ONE_DAY), "" if still_open else why,
    )  # fmt: skip


def _moved(chance: Chance, head: Member, day: date, worker: str) -> Term:
    """The family moved: the court is told within five working days."""
    moved = head.joined_on + timedelta(days=chance.between(20, (day - head.joined_on).days - 60))
    due = moved
    for _ in range(5):
        due = calendar.working_on_or_after(due + calendar.ONE_DAY)
    return Term(
        "EOIR_33_IC", head.code, due, min(moved + timedelta(days=5), due), False, worker,
        f"Moved {moved:%Y-%m-%d} + 5 working days (8 CFR 1003.15(d)(2)).",
        f"Mudanza {moved:%Y-%m-%d} + 5 días hábiles (8 CFR 1003.15(d)(2)).",
        due - calendar.ONE_DAY, "Sent.",
    )  # fmt: skip


def _planted(head: Member, day: date) -> Iterator[Term]:
    """The legal edge cases, on their own days."""
    if "fee_due" in head.marks:
        yield fee_past(head, day)
    if "thanksgiving" in head.marks:
        raw = ORAL_DECISION + timedelta(days=30)
        due = calendar.working_on_or_after(raw)
        yield Term(
            "BIA_APPEAL", head.code, due, due - timedelta(days=7), True, "lucia",
            "Oral decision 2026-10-27 + 30 days is Thanksgiving: the next day on which the Board is open, received there (8 CFR 1003.38(b)).",
            "Decisión oral 2026-10-27 + 30 días es Acción de Gracias: el siguiente día en que abre la Junta, recibida allí (8 CFR 1003.38(b)).",
            *((due, "Received.") if due < day else (None, "")),
        )  # fmt: skip
    if "in_absentia" in head.marks:
        due = calendar.working_on_or_after(IN_ABSENTIA_ORDER + timedelta(days=180))
        yield Term(
            "MTR_IN_ABSENTIA", head.code, due, due - timedelta(days=30), True, "ximena",
            "Ordered removed in absence 2026-06-15 + 180 days; no notice was received, which has no limit (INA 240(b)(5)(C)).",
            "Orden en ausencia 2026-06-15 + 180 días; no se recibió aviso, lo cual no tiene plazo (INA 240(b)(5)(C)).",
            *((due - timedelta(days=3), "Filed.") if due < day else (None, "")),
        )  # fmt: skip
    if "work_permit_gap" in head.marks:
        due = day + timedelta(days=52)
        yield Term(
            "EAD_RENEWAL_WINDOW", head.code, due, day + timedelta(days=10), False, "ximena",
            "The card ends; filed after 2025-10-30 it is not prolonged by itself, so there will be a gap.",
            "Vence el permiso; presentado después del 2025-10-30 no se prorroga solo, así que habrá un tiempo sin permiso.",
        )  # fmt: skip
    if "stale_rule" in head.marks:
        due = head.arrived_on + timedelta(days=365)
        yield Term(
            "EAD_C8_FILE", head.code, due, None, False, "ximena",
            "Computed under the 365-day rule, vacated 2022-02-07; kept as it was reckoned then.",
            "Calculado con la regla de 365 días, anulada el 2022-02-07; se conserva como se calculó entonces.",
            due, "Filed under the rule of its time.",
        )  # fmt: skip


def fee_past(head: Member, day: date) -> Term:
    """The one red line of the first page: an annual asylum fee that was due yesterday."""
    due = calendar.working_before(day)
    notice = due - timedelta(days=FEE_OPEN_DAYS)
    return Term(
        "ANNUAL_ASYLUM_FEE", head.code, due, due - timedelta(days=10), True, "lucia",
        f"Notice of {notice:%Y-%m-%d} + 30 days; unpaid, the application is rejected (Pub. L. 119-21).",
        f"Aviso del {notice:%Y-%m-%d} + 30 días; sin pago, se rechaza la solicitud (Pub. L. 119-21).",
    )  # fmt: skip


NEAR = (
    ("IND_HEARING_FILINGS", "Hearing - 30 days.", "Audiencia - 30 días.", 3, True),
    ("MOTION_RESPONSE", "The other side's filing + 10 days.", "Escrito de la otra parte + 10 días.", 5, False),
    ("AR_11", "Moved + 10 days (8 USC 1305).", "Mudanza + 10 días (8 USC 1305).", 6, False),
    ("ANNUAL_ASYLUM_FEE", "Notice + 30 days (Pub. L. 119-21).", "Aviso + 30 días (Pub. L. 119-21).", 9, True),
    ("BOND_APPEAL", "Bond order + 30 days (8 CFR 1003.19(f)).", "Orden de fianza + 30 días (8 CFR 1003.19(f)).", 12, True),
    ("EAD_RENEWAL_WINDOW", "Card ends in 180 days.", "El permiso vence en 180 días.", 13, False),
)  # fmt: skip


def _near(chance: Chance, day: date, homes: tuple[Household, ...], walk: Walking) -> Iterator[Term]:
    """What falls due within the next fourteen days."""
    heads = [h.head for h in homes if walk.first.get(h.code) in ("ximena", "nora") and not h.head.marks]
    for (rule, en, es, ahead, fatal), head in zip(NEAR, chance.some(heads, len(NEAR)), strict=True):
        due = calendar.working_on_or_after(day + timedelta(days=ahead))
        due = min(due, day + timedelta(days=14))
        yield Term(rule, head.code, due, due - timedelta(days=3), fatal, "ximena", en, es)
