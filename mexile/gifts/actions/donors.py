"""Writing a donor down, once; correcting one; and whether two names are the same person."""

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.gifts.models import Donor, DonorAnswer, DonorQuestion, Gift, RecurringGift
from mexile.gifts.queries.codes import next_donor_code
from mexile.gifts.queries.find import donors_by_email, email_index
from mexile.gifts.rules.names import are_same
from mexile.ground import clock, seal, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, NotHere, Problem

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


def take_up(gift: Gift) -> Donor:
    """Whose gift this is, now that it is paid. What was typed stays with the gift; the donor's record keeps its own.

    Where the mail address is a known donor's and the name another one, somebody is asked whether it is the same
    person. Called again it changes nothing. Inside `writing()`.
    """
    name, _newline, email = (gift.asked or "").partition("\n")
    if gift.donor_id is None:
        donor = donor_of(key_id=gift.key_id, name=name, email=email, language=gift.language)
        gift.donor_id = donor.id
    else:
        donor = db.session.get_one(Donor, gift.donor_id)
    if name:
        gift.name, gift.asked = name, None
        if not _is_known_as(donor, name):
            db.session.add(DonorQuestion(gift_id=gift.id, at=clock.now()))
    db.session.flush()
    return donor


def _is_known_as(donor: Donor, name: str) -> bool:
    """Whether the donor has this name, or somebody said before that it is theirs."""
    said_same = select(Gift).join(DonorAnswer, DonorAnswer.gift_id == Gift.id).where(DonorAnswer.is_same == 1)
    gifts = db.session.scalars(said_same.where(Gift.donor_id == donor.id))
    return any(are_same(seal.looked_at(row, "name"), name) for row in (donor, *gifts))


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


def answer_same(*, viewer: Viewer, gift: Gift, is_same: bool) -> Donor:
    """The giver of this gift is the donor whose mail address it is, or another person: then a donor of their own.

    A monthly gift goes along, with the months that were paid. Answered again it changes nothing.
    """
    if db.session.get(DonorQuestion, gift.id) is None:
        raise NotHere(gift.code)
    donor = db.session.get_one(Donor, gift.donor_id)
    if db.session.get(DonorAnswer, gift.id) is not None:
        return donor
    db.session.add(DonorAnswer(gift_id=gift.id, is_same=int(is_same), by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    if is_same:
        trail.record("donor.same", [donor.code, gift.code])
        return donor
    apart = new_donor(key_id=gift.key_id, name=gift.name or "", email=donor.email or "", language=gift.language)
    for row in _with_its_months(gift):
        row.donor_id = apart.id
    db.session.flush()
    trail.record("donor.apart", [donor.code, apart.code, gift.code])
    return apart


def _with_its_months(gift: Gift) -> list[Gift | RecurringGift]:
    if gift.recurring_gift_id is None:
        return [gift]
    months = db.session.scalars(select(Gift).where(Gift.recurring_gift_id == gift.recurring_gift_id))
    return [db.session.get_one(RecurringGift, gift.recurring_gift_id), *months]
