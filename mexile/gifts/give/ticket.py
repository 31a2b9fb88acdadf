"""Tickets: words that only we can have written, and that need no row in the database.

The ticket of a form says when the form was shown: nobody fills it in three seconds, and after two hours it is
shown anew. It is at the same time the idempotency key at Stripe and the source of the gift's code, so that a form
sent twice is one gift and one Checkout page. The ticket of a gift opens its thank-you page and nothing else.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from enum import Enum

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U to misread
SOONEST, LATEST = timedelta(seconds=3), timedelta(hours=2)
AHEAD = timedelta(minutes=1)


class Age(Enum):
    """Whether a form was filled by somebody, in good time."""

    GOOD = "good"
    TOO_SOON = "too soon"
    TOO_OLD = "too old"
    FORGED = "forged"


def new_form_ticket(key: bytes, now: datetime) -> str:
    """A word for the hidden field of a form that is shown now."""
    body = f"{secrets.token_hex(8)}-{int(now.timestamp()):x}"
    return f"{body}-{_mac(key, 'form', body)}"


def age_of(key: bytes, ticket: str, now: datetime) -> Age:
    """How old a form is, if it is one of ours at all."""
    body, _, mac = ticket.rpartition("-")
    if not hmac.compare_digest(mac.encode(), _mac(key, "form", body).encode()):
        return Age.FORGED
    age = now.timestamp() - int(body.partition("-")[2], 16)
    if age < -AHEAD.total_seconds():
        return Age.TOO_OLD  # the clock was set back since: how old the form is, nobody knows
    if age < SOONEST.total_seconds():
        return Age.TOO_SOON
    return Age.GOOD if age <= LATEST.total_seconds() else Age.TOO_OLD


def shown_at(ticket: str) -> int:
    """The second at which a form of ours was shown."""
    return int(ticket.split("-")[1], 16)


def gift_code(ticket: str, *content: object) -> str:
    """The code of the gift that this form, filled in this way, begins: always the same one."""
    return "G-" + _short(repr((ticket, *content)))


def gift_code_of_object(identifier: str) -> str:
    """The code of the gift that an object at Stripe (an invoice, a payment) is."""
    return "G-" + _short(f"stripe {identifier}")


def form_mark(ticket: str) -> bytes:
    """By this a gift remembers its form without keeping the ticket."""
    return hashlib.sha256(b"form " + ticket.encode()).digest()


def gift_ticket(key: bytes, code: str) -> str:
    """The word that opens the thank-you page of a gift."""
    return f"{code}-{_mac(key, 'gift', code)}"


def code_of(key: bytes, ticket: str) -> str | None:
    """The code of the gift whose ticket this is, or None."""
    code, _, mac = ticket.rpartition("-")
    return code if hmac.compare_digest(mac.encode(), _mac(key, "gift", code).encode()) else None


def link_word(key: bytes, purpose: str, rid: bytes) -> str:
    """The secret of a mailed link ("link") or of the session it opened ("session")."""
    return f"{rid.hex()}-{_mac(key, purpose, rid.hex())}"


def rid_of(key: bytes, purpose: str, word: str) -> bytes | None:
    """The link whose secret this is, or None."""
    rid, _, mac = word.rpartition("-")
    return bytes.fromhex(rid) if hmac.compare_digest(mac.encode(), _mac(key, purpose, rid).encode()) else None


def _mac(key: bytes, purpose: str, body: str) -> str:
    return hmac.new(key, f"{purpose}|{body}".encode(), hashlib.sha256).hexdigest()[:32]


def _short(text: str) -> str:
    """Eight letters of forty bits."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:5], "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(35, -5, -5))
