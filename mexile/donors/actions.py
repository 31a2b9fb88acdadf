"""Writing a donor down, once, and correcting one."""

from mexile.access.rules import name_act
from mexile.donors.models import Donor
from mexile.donors.queries import donors_by_email, email_index, next_donor_code
from mexile.donors.rules import are_same
from mexile.ground import clock, seal, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Problem

name_act("donor.change", "Changed a donor", "Cambió los datos de un donante")


CHANGED = Problem(
    "",
    "Somebody else changed this donor meanwhile.",
    "Alguien más cambió los datos de este donante mientras tanto.",
)


def donor_of(*, key_id: bytes, name: str, email: str, language: str, kind: str = "person", address: str = "") -> Donor:
    """The donor with this mail address and name, the oldest with this address, or a new one under the key ``key_id``.

    One who is known is left as they are: what a stranger types into a public form changes nobody.
    """
    known = donors_by_email(email_index(email)) if email else []
    if known:
        return next((donor for donor in known if are_same(seal.looked_at(donor, "name") or "?", name)), known[0])
    return new_donor(key_id=key_id, name=name, email=email, language=language, kind=kind, address=address)


def new_donor(*, key_id: bytes, name: str, email: str, language: str, kind: str = "person", address: str = "") -> Donor:
    """A donor of their own."""
    donor = Donor(key_id=key_id, code=next_donor_code(), kind=kind, language=language, made_at=clock.now())
    donor.name, donor.email, donor.address = name, email, address
    donor.email_bidx = email_index(email) if email else None
    db.session.add(donor)
    db.session.flush()
    return donor


def change_donor(*, donor: Donor, version: int, name: str, email: str, address: str, language: str) -> None:
    """Correct a donor that nobody else changed since; receipts that were issued stay as they are. Else Conflict."""
    if donor.version != version:
        raise Conflict(CHANGED)
    typed = {"name": name, "email": email, "address": address}
    changed = [field for field, value in typed.items() if (getattr(donor, field) or "") != value]
    for field in changed:
        setattr(donor, field, typed[field])
    if "email" in changed:
        donor.email_bidx = email_index(email) if email else None
    if donor.language != language:
        changed.append("language")
        donor.language = language
    db.session.flush()
    if changed:
        trail.record("donor.change", donor.code, fields=sorted(changed))
