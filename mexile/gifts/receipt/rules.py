"""What a receipt says, and under which rule each sentence stands. Both languages are data, side by side.

Not legal advice; each sentence names its source, so that counsel can check it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from mexile.gifts.receipt.facts import Facts, Sentence, Wording
from mexile.ground import dates, money


@dataclass(frozen=True)
class ReceiptRule:
    """When a sentence stands on a receipt, what it says, and why."""

    applies: Callable[[Facts], bool]
    en: str
    es: str
    source: str


RULES = (
    ReceiptRule(
        lambda facts: facts.is_plain,
        "No goods or services were provided in exchange for this contribution.",
        "No se entregaron bienes ni servicios a cambio de esta contribución.",
        "IRC 170(f)(8)(B)(ii)",
    ),
    ReceiptRule(
        lambda facts: bool(facts.benefit),
        "In exchange we provided: {benefit}. We estimate in good faith that its fair market value is {value}.",
        "A cambio entregamos: {benefit}. Estimamos de buena fe que su valor justo de mercado es de {value}.",
        "IRC 170(f)(8)(B)(ii) and (iii)",
    ),
    ReceiptRule(
        lambda facts: facts.is_partly_deductible and facts.must_disclose,
        "Only the part of your payment above that value can be deducted: {deductible}.",
        "Solo la parte de su pago que supera ese valor puede deducirse: {deductible}.",
        "IRC 6115(a); IRS Publication 1771",
    ),
    ReceiptRule(
        lambda facts: facts.is_partly_deductible and not facts.must_disclose,
        "Only the part of your payment above that value can be deducted: {deductible}.",
        "Solo la parte de su pago que supera ese valor puede deducirse: {deductible}.",
        "IRC 170(c); IRS Publication 526",
    ),
    ReceiptRule(
        lambda facts: bool(facts.benefit) and not facts.is_in_kind and not facts.deductible_cents,
        "It is worth as much as your payment, so no part of the payment can be deducted.",
        "Vale lo mismo que su pago, así que ninguna parte del pago puede deducirse.",
        "IRC 170(c); IRS Publication 526",
    ),
    ReceiptRule(
        lambda facts: bool(facts.benefit) and facts.is_in_kind,
        "You can deduct at most what the property described above is worth beyond that value. "
        "The law has us describe it and not state its value.",
        "Puede deducir, a lo más, lo que valga de más lo descrito arriba. "
        "La ley pide que lo describamos y que no indiquemos su valor.",
        "IRC 170(f)(8)(B) and 6115; IRS Publication 1771",
    ),
    ReceiptRule(
        lambda facts: facts.is_in_kind and not facts.benefit,
        "No goods or services were provided in exchange for the property described above. "
        "The law has us describe it and not state its value.",
        "No se entregaron bienes ni servicios a cambio de lo descrito arriba. "
        "La ley pide que lo describamos y que no indiquemos su valor.",
        "IRC 170(f)(8)(B)(i) and (ii); IRS Publication 1771",
    ),
    ReceiptRule(
        lambda facts: facts.is_for_taxes and facts.is_acknowledged,
        "For a gift of $250 or more the IRS asks for this acknowledgment: keep it with your taxes, "
        "and have it before you file.",
        "Para un donativo de $250 o más, el IRS pide este comprobante: guárdelo para sus impuestos "
        "en Estados Unidos y téngalo antes de presentar su declaración.",
        "IRC 170(f)(8)(A) and (C)",
    ),
    ReceiptRule(
        lambda facts: facts.is_for_taxes and facts.currency != "USD",
        "Keep this receipt with your taxes: a gift of money of any size needs a written record, and for one worth $250 "
        "or more the IRS asks for this acknowledgment before you file.",
        "Guarde este recibo para sus impuestos en Estados Unidos: todo donativo en dinero necesita constancia escrita, "
        "y si vale $250 o más, el IRS pide este comprobante antes de presentar su declaración.",
        "IRC 170(f)(8)(A) and (C), 170(f)(17)",
    ),
    ReceiptRule(
        lambda facts: facts.is_for_taxes and facts.currency == "USD" and not facts.is_acknowledged,
        "Keep this receipt with your taxes: a gift of money of any size needs a written record.",
        "Guarde este recibo para sus impuestos en Estados Unidos: todo donativo en dinero, "
        "de cualquier monto, necesita constancia escrita.",
        "IRC 170(f)(17); IRS Publication 1771",
    ),
    ReceiptRule(
        lambda facts: facts.is_in_kind,
        "You decide its value. Above $500 the IRS asks you for Form 8283.",
        "Usted determina su valor. Si pasa de $500, el IRS le pide el formulario 8283.",
        "IRC 170(f)(11); instructions for Form 8283",
    ),
    ReceiptRule(
        lambda facts: bool(facts.ein),
        "{legal_name} is exempt from tax under section 501(c)(3). EIN {ein}.",
        "{legal_name} está exenta de impuestos según la sección 501(c)(3). EIN {ein}.",
        "IRC 170(c)(2); IRS Publication 1771",
    ),
)

VOID = {
    "refunded": (
        "VOID: this gift was refunded, and this receipt is no longer valid for taxes.",
        "ANULADO: este donativo se devolvió y este recibo ya no es válido para sus impuestos.",
    ),
    "corrected": (
        "VOID: part of this gift was refunded. A new receipt took the place of this one.",
        "ANULADO: se devolvió una parte de este donativo. Otro recibo ocupa el lugar de este.",
    ),
    "reissued": (
        "VOID: something on this receipt was corrected. A new receipt took the place of this one.",
        "ANULADO: se corrigió algo en este recibo. Otro recibo ocupa el lugar de este.",
    ),
    "disputed": (
        "VOID: the bank took this gift back, and this receipt is no longer valid for taxes.",
        "ANULADO: el banco retiró este donativo y este recibo ya no es válido para sus impuestos.",
    ),
    "cancelled": (
        "VOID: this entry was cancelled, and this receipt is no longer valid for taxes.",
        "ANULADO: este registro se canceló y este recibo ya no es válido para sus impuestos.",
    ),
}

HOW = {
    "stripe_card": ("card", "tarjeta"),
    "stripe_ach": ("bank account", "cuenta bancaria"),
    "cheque": ("check", "cheque"),
    "cash": ("cash", "efectivo"),
    "wire": ("bank transfer", "transferencia bancaria"),
    "in_kind": ("in kind", "en especie"),
}


@dataclass(frozen=True)
class WrittenReceipt:
    """A whole receipt in one language: what a page, a PDF and a mail have in common."""

    title: str
    void: str
    rows: list[tuple[str, str]]
    sentences: list[Sentence]
    thanks: str
    notes: list[str]


def text_of(facts: Facts) -> WrittenReceipt:
    """The receipt in the donor's language, in the words it was issued with.

    Whether it is void is said as of now, and one that is void makes no statement for anybody's taxes any more.
    """
    es, wording = facts.language == "es", facts.wording or wording_of(facts)
    return WrittenReceipt(
        title=wording.title,
        void=VOID[facts.void_reason][es] if facts.void_reason else "",
        rows=wording.rows,
        sentences=[] if facts.void_reason else wording.sentences,
        thanks=wording.thanks,
        notes=wording.notes + ([("Copia." if es else "Copy.")] if facts.is_copy else []),
    )


def wording_of(facts: Facts) -> Wording:
    """What a receipt about this says, by the rules of today."""
    es = facts.language == "es"
    return Wording(
        title=_title(facts, es),
        rows=_rows(facts, es),
        sentences=sentences_of(facts),
        thanks="Gracias. Con donativos como el suyo acompañamos a más personas."
        if es
        else "Thank you. Gifts like yours keep us at their side.",
        notes=_notes(facts, es),
    )


def write_facts(facts: Facts) -> str:
    """The facts and their wording as one text, to be kept."""
    return json.dumps(asdict(replace(facts, wording=wording_of(facts))), default=str, ensure_ascii=False)


def sentences_of(facts: Facts) -> list[Sentence]:
    """The sentences that the rules put on this receipt, each with its source."""
    values = {
        "legal_name": facts.legal_name,
        "ein": facts.ein,
        "benefit": facts.benefit.strip().rstrip("."),
        "value": money.format_cents(facts.benefit_cents, facts.language, facts.currency),
        "deductible": money.format_cents(facts.deductible_cents, facts.language, facts.currency),
    }
    return [
        Sentence((rule.es if facts.language == "es" else rule.en).format(**values), rule.source)
        for rule in RULES
        if rule.applies(facts)
    ]


def _title(facts: Facts, es: bool) -> str:
    word = "Recibo de donativo" if es else "Gift receipt"
    return f"{word} {facts.code}"


def _rows(facts: Facts, es: bool) -> list[tuple[str, str]]:
    """Label and value, in order; empty values are left out."""
    received = (
        ("Lo recibido" if es else "What we received", facts.description)
        if facts.is_in_kind
        else ("Monto" if es else "Amount", money.format_cents(facts.cents or 0, facts.language, facts.currency))
    )
    every = (", cada mes" if es else ", every month") if facts.is_monthly else ""
    rows = [
        received,
        ("Fecha del donativo" if es else "Day of the gift", dates.format_day(facts.given_on, facts.language)),
        ("Forma" if es else "Given by", HOW[facts.channel][es] + every),
        ("Destino" if es else "For", facts.fund),
        ("De" if es else "From", facts.donor_name),
        ("Domicilio" if es else "Address", facts.donor_address),
        ("A" if es else "To", facts.legal_name),
        ("Domicilio de la organización" if es else "Our address", facts.organization_address),
        ("Número de recibo" if es else "Receipt number", facts.code),
        ("Fecha del recibo" if es else "Receipt made on", dates.format_day(facts.issued_on, facts.language)),
        ("Donativo" if es else "Gift", facts.gift_code),
    ]
    return [(label, value) for label, value in rows if value]


def _notes(facts: Facts, es: bool) -> list[str]:
    notes = []
    if facts.version > 1:
        notes.append(
            "Este recibo ocupa el lugar de uno anterior que ya no es válido."
            if es
            else "This receipt takes the place of an earlier one that is no longer valid."
        )
    if facts.is_invented:
        notes.append(
            "Datos inventados: esta organización no existe y este recibo no vale nada."
            if es
            else "Invented data: this organization doesn't exist and this receipt is worth nothing."
        )
    return notes
