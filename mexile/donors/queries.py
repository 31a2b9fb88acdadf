"""Finding donors by code, name or mail address. The next code is asked for inside `writing()`."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Select, or_, select

from mexile.access.roles import DEVELOPMENT, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.donors.models import Donor, DonorMerge
from mexile.donors.rules import fits, folded_words, normal_email
from mexile.ground import seal
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import KeyGone, NotHere, Tampered


def email_index(email: str) -> bytes:
    """The blind index of a donor's mail address."""
    return seal.blind("donor.email", normal_email(email))


def donors_by_email(index: bytes) -> list[Donor]:
    """The donors with this address, the oldest first: two people may share one. Who was merged is found as who was kept."""
    merged = select(Donor.id).where(Donor.email_bidx == index)
    kept = select(DonorMerge.donor_id).where(DonorMerge.stands(), DonorMerge.merged_id.in_(merged))
    has_it = or_(Donor.email_bidx == index, Donor.id.in_(kept))
    return list(db.session.scalars(select(Donor).where(has_it, Donor.id.not_in(merged_away())).order_by(Donor.id)))


def merged_away() -> Select[int]:
    """The ids of those who turned out to be another donor."""
    return select(DonorMerge.merged_id).where(DonorMerge.stands())


def merged_into(donor: Donor) -> list[Donor]:
    """Who turned out to be this donor."""
    merged = select(DonorMerge.merged_id).where(DonorMerge.donor_id == donor.id, DonorMerge.stands())
    return list(db.session.scalars(select(Donor).where(Donor.id.in_(merged)).order_by(Donor.id)))


def donor_by_email(index: bytes) -> Donor | None:
    """The oldest record with this address, of somebody merged too: to write to just that address."""
    return db.session.scalar(select(Donor).where(Donor.email_bidx == index).order_by(Donor.id).limit(1))


def ids_of_mailbox(donor: Donor) -> list[int]:
    """This donor, and who else gives with the same mail address: whoever reads its mail sees the gifts of all."""
    if donor.email_bidx is None:
        return [donor.id]
    return [other.id for other in donors_by_email(donor.email_bidx)]


def donor_by_code(code: str) -> Donor | None:
    """The donor with this code, or whom the one with it was merged into."""
    donor = select(Donor).where(Donor.code == code)
    kept = select(DonorMerge.donor_id).join(Donor, Donor.id == DonorMerge.merged_id)
    kept = kept.where(Donor.code == code, DonorMerge.stands())
    return db.session.scalar(select(Donor).where(Donor.id.in_(kept))) or db.session.scalar(donor)


def next_donor_code() -> str:
    return next_code("D", Donor.code)


def one_donor(viewer: Viewer, code: str) -> Donor:
    """The donor with this code or merged from it, or NotHere."""
    allowed(viewer)
    donor = donor_by_code(code)
    if donor is None:
        raise NotHere(code)
    return donor


def donors_by_name(question: str) -> list[Donor]:
    """Donors a word of whose name begins with each word asked for. Names are opened in memory, and not shown here."""
    asked = folded_words(question)
    return _donors_whose(lambda words: fits(asked, words)) if asked else []


def donors_called(name: str) -> list[Donor]:
    """Donors whose name has just these words, in any order."""
    asked = sorted(folded_words(name))
    return _donors_whose(lambda words: sorted(words) == asked) if asked else []


def _donors_whose(holds: Callable[[list[str]], bool]) -> list[Donor]:
    """Donors of whose name's words this holds, by code. A name that can't be opened has none."""
    kept = dict(db.session.execute(select(DonorMerge.merged_id, DonorMerge.donor_id).where(DonorMerge.stands())).all())
    ids = {kept.get(id_, id_) for id_, name in donor_names().items() if holds(folded_words(name))}
    return list(db.session.scalars(select(Donor).where(Donor.id.in_(ids)).order_by(Donor.id)))


def donor_names() -> dict[int, str]:
    """The names by which donors are found and sorted, in memory: nobody is shown one. Who can't be opened has none."""
    rows = db.session.connection().execute(select(Donor.id, Donor.rid, Donor.key_id, Donor.name_enc))
    names = {}
    with seal.silent():
        for id_, rid, key_id, name in rows:
            try:
                names[id_] = seal.unseal("donor", "name_enc", rid, key_id, name) or ""
            except (KeyGone, Tampered):
                continue
    return names


def allowed(viewer: Viewer) -> None:
    """Raise NotHere for whoever may not see gifts."""
    if not viewer.is_any(DEVELOPMENT, DIRECTOR):
        raise NotHere("gifts")
