"""The state of a gift, derived from what is known of it and never set by hand."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """A state with its word in both languages and the shape it is drawn with (done, soon, now, quiet)."""

    code: str
    shape: str
    en: str
    es: str

    def name(self, lang: str) -> str:
        return self.es if lang == "es" else self.en


STATES = {
    state.code: state
    for state in (
        State("paid", "done", "Paid", "Pagado"),
        State("fee_pending", "soon", "Paid, fee not yet known", "Pagado, falta conocer la comisión"),
        State("refunded", "quiet", "Refunded", "Devuelto"),
        State("part_refunded", "quiet", "Refunded in part", "Devuelto en parte"),
        State("disputed", "soon", "Disputed", "En disputa"),
        State("dispute_lost", "quiet", "Dispute lost", "Disputa perdida"),
        State("dispute_won", "done", "Paid, dispute won", "Pagado, disputa ganada"),
        State("received", "done", "Received", "Recibido"),
        State("cancelled", "quiet", "Entry cancelled", "Registro anulado"),
        State("confirming", "soon", "Confirming with the bank", "Confirmando con el banco"),
        State("open", "quiet", "Not paid yet", "Aún sin pagar"),
        State("declined", "now", "Declined, nothing charged", "Rechazado, no se cobró"),
        State("expired", "quiet", "Not paid, expired", "Sin pagar, venció"),
    )
}


def state_of(
    *, said: str | None, totals: Mapping[str, int], is_by_stripe: bool, is_void: bool, dispute: str = ""
) -> State:
    """The state of a gift. ``totals`` are the sums of its ledger lines by kind; what moved outweighs what was said.

    ``dispute`` is the gravest outcome of its disputes: "open", "lost", "won" or "".
    """
    charge, back = totals.get("charge", 0), -totals.get("refund", 0) - totals.get("refund_failed", 0)
    if is_void:
        return STATES["cancelled"]
    if not is_by_stripe:
        return STATES["received"]
    if charge:
        is_withdrawn = totals.get("dispute", 0) + totals.get("reinstated", 0) < 0
        if dispute == "lost":
            return STATES["dispute_lost"]
        if dispute == "open" or (is_withdrawn and not dispute):
            return STATES["disputed"]
        if back > 0:
            return STATES["refunded" if back >= charge else "part_refunded"]
        if dispute == "won":
            return STATES["dispute_won"]
        return STATES["paid" if "fee" in totals else "fee_pending"]
    return STATES[{"processing": "confirming", "succeeded": "confirming"}.get(said or "open", said or "open")]
