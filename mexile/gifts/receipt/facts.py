"""What a receipt is about, and the words that it was issued with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

DISCLOSED_ABOVE = 7_500
"""Cents of a payment, partly for something received, above which the charity must say so: USD 75 (IRC 6115(a))."""
ACKNOWLEDGED_FROM = 25_000
"""Cents from which the donor needs a written acknowledgment: USD 250 (IRC 170(f)(8)(A))."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of a receipt and the source of the rule that put it there."""

    text: str
    source: str


@dataclass(frozen=True)
class Wording:
    """What a receipt said when it was issued: these words are printed, whatever the rules say today."""

    title: str
    rows: list[tuple[str, str]]
    sentences: list[Sentence]
    thanks: str
    notes: list[str]


@dataclass(frozen=True)
class Facts:
    """What a receipt is about. ``cents`` is None for a gift in kind, which is described and never valued.

    ``wording`` is what it said when it was issued, ``is_later`` whether that was kept only afterwards.
    """

    code: str
    version: int
    language: str
    donor_name: str
    donor_address: str
    legal_name: str
    ein: str
    organization_address: str
    channel: str
    cents: int | None
    currency: str
    given_on: date
    issued_on: date
    fund: str
    gift_code: str
    is_monthly: bool = False
    description: str = ""
    benefit: str = ""
    benefit_cents: int = 0
    void_reason: str | None = None
    is_invented: bool = False
    is_copy: bool = False
    wording: Wording | None = None
    is_later: bool = False

    @property
    def head(self) -> str:
        """Who the receipt is from, with the number by which the IRS knows them."""
        return f"{self.legal_name} · EIN {self.ein} · 501(c)(3)" if self.ein else self.legal_name

    @property
    def is_in_kind(self) -> bool:
        return self.cents is None

    @property
    def is_plain(self) -> bool:
        """A gift of money for which the donor got nothing."""
        return not self.is_in_kind and not self.benefit

    @property
    def deductible_cents(self) -> int:
        """What the payment exceeds the benefit by."""
        return max((self.cents or 0) - self.benefit_cents, 0)

    @property
    def is_partly_deductible(self) -> bool:
        return not self.is_in_kind and bool(self.benefit) and self.deductible_cents > 0

    @property
    def must_disclose(self) -> bool:
        """A payment above $75, whatever of it is a gift, asks for the disclosure; pesos are not counted as dollars."""
        return self.currency != "USD" or (self.cents or 0) > DISCLOSED_ABOVE

    @property
    def is_for_taxes(self) -> bool:
        """A gift of money of which a part can be deducted, to an organization with a tax number."""
        return bool(self.ein) and not self.is_in_kind and (self.is_plain or self.deductible_cents > 0)

    @property
    def is_acknowledged(self) -> bool:
        """Dollars from which on the IRS asks for the acknowledgment."""
        return self.currency == "USD" and (self.cents or 0) >= ACKNOWLEDGED_FROM


def read_facts(text: str) -> Facts:
    """The facts that `rules.write_facts` wrote as one text, with the wording of that day."""
    kept = json.loads(text)
    wording = kept.pop("wording")
    given_on, issued_on = (date.fromisoformat(kept.pop(name)) for name in ("given_on", "issued_on"))
    wording["rows"] = [(label, value) for label, value in wording["rows"]]
    wording["sentences"] = [Sentence(**sentence) for sentence in wording["sentences"]]
    return Facts(**kept, given_on=given_on, issued_on=issued_on, wording=Wording(**wording))
