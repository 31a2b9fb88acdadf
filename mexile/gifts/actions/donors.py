"""Writing a donor down, once."""

from mexile.gifts.models import Donor
from mexile.gifts.queries.codes import next_donor_code
from mexile.gifts.queries.find import donor_by_email, email_index
from mexile.ground import clock
from mexile.ground.db import db


def donor_of(*, key_id: bytes, name: str, email: str, language: str, kind: str = "person", address: str = "") -> Donor:
    """The donor with this mail address, or a new one under the key ``key_id``.

    One who is known is left as they are: what a stranger types into a public form changes nobody.
    """
    index = email_index(email) if email else None
    known = donor_by_email(index) if index else None
    if known is not None:
        return known
    donor = Donor(key_id=key_id, code=next_donor_code(), kind=kind, language=language, made_at=clock.now())
    donor.name, donor.email, donor.address = name, email, address
    donor.email_bidx = index
    db.session.add(donor)
    db.session.flush()
    return donor
