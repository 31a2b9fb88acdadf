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

from itsdangerous import BadSignature, Signer

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
    return _signed(key, "form", f"{secrets.token_hex(8)}-{int(now.timestamp()):x}")


def age_of(key: bytes, ticket: str, now: datetime) -> Age:
    """How old a form is, if it is one of ours at all."""
    if _body_of(key, "form", ticket) is None:
        return Age.FORGED
    age = now.timestamp() - shown_at(ticket)
    if age < -AHEAD.total_seconds():
        return Age.TOO_OLD  # the clock was set back since: how old the form is, nobody knows
    if age < SOONEST.total_seconds():
        return Age.TOO_SOON
    return Age.GOOD if age <= LATEST.total_seconds() else Age.TOO_OLD


def shown_at(ticket: str) -> int:
    """The second at which a form of ours was shown."""
    return int(ticket.partition(".")[0].split("-")[1], 16)


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
    return _signed(key, "gift", code)


def code_of(key: bytes, ticket: str) -> str | None:
    """The code of the gift whose ticket this is, or None."""
    return _body_of(key, "gift", ticket)


def link_word(key: bytes, purpose: str, rid: bytes) -> str:
    """The secret of a mailed link ("link") or of the session it opened ("session")."""
    return _signed(key, purpose, rid.hex())


def rid_of(key: bytes, purpose: str, word: str) -> bytes | None:
    """The link whose secret this is, or None."""
    rid = _body_of(key, purpose, word)
    return bytes.fromhex(rid) if rid else None


def _signer(key: bytes, purpose: str) -> Signer:
    return Signer(key, salt=purpose, key_derivation="hmac", digest_method=hashlib.sha256)


def _signed(key: bytes, purpose: str, body: str) -> str:
    return _signer(key, purpose).sign(body).decode()


def _body_of(key: bytes, purpose: str, word: str) -> str | None:
    """What was signed, if we signed it for this purpose."""
    try:
        return _signer(key, purpose).unsign(word).decode()
    except BadSignature:
        return _earlier_body_of(key, purpose, word)


def _earlier_body_of(key: bytes, purpose: str, word: str) -> str | None:
    """Of words as they were signed before 2026-12: what was sent then lives out its time."""
    body, _, mac = word.rpartition("-")
    right = hmac.new(key, f"{purpose}|{body}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]
    return body if hmac.compare_digest(mac.encode("utf-8", "replace"), right.encode()) else None


def _short(text: str) -> str:
    """Eight letters of forty bits."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:5], "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(35, -5, -5))
