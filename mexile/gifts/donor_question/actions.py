"""Finding the donor of a gift that is paid, and answering where that is a question."""

from sqlalchemy import select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.donors.actions import donor_of, new_donor
from mexile.donors.models import Donor
from mexile.donors.queries import merged_into
from mexile.donors.rules import are_same
from mexile.gifts.donor_question.models import DonorAnswer, DonorQuestion
from mexile.gifts.gift.models import Gift
from mexile.gifts.recurring.models import RecurringGift
from mexile.ground import clock, seal, trail
from mexile.ground.db import db
from mexile.ground.errors import NotHere

name_act("donor.same", "Said that two names are the same donor", "Indicó que dos nombres son el mismo donante")
name_act("donor.apart", "Made another donor of a name", "Separó a un donante con otro nombre")


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
    """Whether the donor has this name, or somebody said before that it is theirs: of a gift, or by a merge."""
    said_same = select(Gift).join(DonorAnswer, DonorAnswer.gift_id == Gift.id).where(DonorAnswer.is_same == 1)
    gifts = db.session.scalars(said_same.where(Gift.donor_id == donor.id))
    return any(are_same(seal.looked_at(row, "name"), name) for row in (donor, *merged_into(donor), *gifts))


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
