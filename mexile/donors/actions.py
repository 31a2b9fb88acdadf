"""Writing a donor down, once, and correcting one."""

import json
from collections.abc import Iterator

from sqlalchemy import Column, Table, select, update

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.donors.models import Donor, DonorLink, DonorMerge, DonorMergeUndo
from mexile.donors.queries import donor_by_code, donors_by_email, email_index, next_donor_code, one_donor
from mexile.donors.rules import are_same
from mexile.ground import clock, seal, trail
from mexile.ground.db import Base, db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem

name_act("donor.change", "Changed a donor", "Cambió los datos de un donante")
name_act("donor.merge", "Merged two donors", "Unió dos donantes")
name_act("donor.merge_undo", "Undid a merge of two donors", "Deshizo la unión de dos donantes")


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


def change_donor(*, donor: Donor, version: int, email: str, language: str, **sealed: str) -> None:
    """Correct a donor that nobody else changed since; receipts that were issued stay as they are. Else Conflict."""
    if donor.version != version:
        raise Conflict(CHANGED)
    typed = {"email": email, **sealed}
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


NOBODY_ELSE = Problem("other", "This is no other donor's code.", "Este no es el código de otro donante.")


def merge_donors(*, viewer: Viewer, code: str, other: str) -> Donor:
    """The donor ``other`` is the donor ``code``: what names them in any house names the kept one from now on.

    Gifts keep the name that was typed and the key they are under, issued receipts what they say; where the kept record
    has no mail or postal address, it takes the other's. Raises Invalid where there is no other donor.
    """
    kept, merged = one_donor(viewer, code), donor_by_code(other)
    if merged is None or merged.id == kept.id:
        raise Invalid(NOBODY_ELSE)
    empty = [name for name in ("email", "address") if getattr(kept, name + "_enc") is None]
    filled = [name for name in empty if seal.looked_at(merged, name)]
    for name in filled:
        setattr(kept, name, getattr(merged, name))
    kept.email_bidx = kept.email_bidx or merged.email_bidx
    db.session.flush()
    moved: dict[str, list[int]] = {}
    for table, column in _ties():
        ids = list(db.session.scalars(select(table.c.id).where(column == merged.id)))
        if ids:
            db.session.execute(update(table).where(column == merged.id).values({column.name: kept.id}))
            moved[f"{table.name}.{column.name}"] = ids
    log = json.dumps({"moved": moved, "filled": filled})
    merge = DonorMerge(donor_id=kept.id, merged_id=merged.id, by_user_id=viewer.user_id, at=clock.now(), moved=log)
    db.session.add(merge)
    db.session.flush()
    db.session.expire_all()
    trail.record("donor.merge", [kept.code, merged.code], moved=sum(map(len, moved.values())))
    return kept


def undo_donor_merge(*, viewer: Viewer, code: str) -> Donor:
    """The donor with this code is somebody of their own again, with what was theirs; what was given since stays."""
    found = select(DonorMerge).join(Donor, Donor.id == DonorMerge.merged_id).where(Donor.code == code)
    merge = db.session.scalar(found.where(DonorMerge.stands()))
    if merge is None:
        raise NotHere(code)
    kept, merged = one_donor(viewer, code), db.session.get_one(Donor, merge.merged_id)
    log = json.loads(merge.moved)
    for name in log["filled"]:
        if seal.looked_at(kept, name) == seal.looked_at(merged, name):
            setattr(kept, name, "")
            if name == "email":
                kept.email_bidx = None
    db.session.add(DonorMergeUndo(merge_id=merge.id, by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    for table, column in _ties():
        ids = log["moved"].get(f"{table.name}.{column.name}", [])
        still = update(table).where(table.c.id.in_(ids), column == kept.id)
        db.session.execute(still.values({column.name: merged.id}))
    db.session.expire_all()
    trail.record("donor.merge_undo", [kept.code, merged.code])
    return merged


def _ties() -> Iterator[tuple[Table, Column[int]]]:
    """Each column of any house that names a donor. A mailed link stays with its letter's address; who was merged into
    a donor that is merged goes along."""
    stay = (DonorLink.__table__.c.donor_id, DonorMerge.__table__.c.merged_id)
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column.references(Donor.__table__.c.id) and column not in stay:
                yield table, column
