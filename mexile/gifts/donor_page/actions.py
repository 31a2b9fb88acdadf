"""The mailed link to a donor's own page: one use, half an hour, and no word on who gives and who doesn't."""

from datetime import timedelta

from sqlalchemy import select

from mexile.access.rules import name_act
from mexile.config import config
from mexile.donors.models import Donor, DonorLink, DonorLinkUse
from mexile.donors.queries import donor_by_email, email_index
from mexile.gifts.donor_page.letter import link_letter
from mexile.gifts.give import ticket as tickets
from mexile.gifts.give.actions import ticket_key
from mexile.ground import clock, mail, queue, trail
from mexile.ground.db import db, writing
from mexile.ground.organization import organization

name_act("donor.link", "Mailed a donor their link", "Envió su enlace a un donante")
name_act("donor.open", "A donor opened their page", "Un donante abrió su página")


GOOD_FOR = timedelta(minutes=30)
AGAIN = timedelta(minutes=5)
"""So long no second link is sent while the first one is unused."""


def ask_for_link(*, email: str, token: str) -> None:
    """Put the wish into the queue, whether the address is known or not: both take the same time and look the same.

    Inside `writing()`.
    """
    queue.put("gifts.link", token, {"index": email_index(email).hex()})


@queue.handles("gifts.link")
def work_link(body: dict) -> None:
    """Make the link and its letter, if there is such a donor."""
    with writing():
        donor = donor_by_email(bytes.fromhex(body["index"]))
        if donor is None or _has_link(donor):
            return
        link = DonorLink(donor_id=donor.id, made_at=clock.now())
        db.session.add(link)
        db.session.flush()
        trail.record("donor.link", donor.code)
        mail.put("gifts.link", link.rid.hex(), {"link": link.rid.hex()})


def _has_link(donor: Donor) -> bool:
    """Whether a link lies unused in this donor's mail that was sent a moment ago: whoever asks again and again, for
    somebody else too, fills no letter box and takes nobody's way in."""
    latest = db.session.scalar(
        select(DonorLink).where(DonorLink.donor_id == donor.id).order_by(DonorLink.id.desc()).limit(1)
    )
    return (
        latest is not None
        and clock.is_within(latest.made_at, AGAIN)
        and db.session.get(DonorLinkUse, latest.id) is None
    )


@mail.renders("gifts.link")
def render_link(body: dict) -> mail.Letter | None:
    """The letter with the link, while it is good and there is an address. Its secret is made here and lies in no table."""
    link = link_by_rid(bytes.fromhex(body["link"]))
    if link is None or not clock.is_within(link.made_at, GOOD_FOR):
        return None
    donor = db.session.get_one(Donor, link.donor_id)
    if not donor.email:
        return None
    url = f"{config().base_url}/give/open/{tickets.link_word(ticket_key(), 'link', link.rid)}"
    return mail.Letter(donor.email, *link_letter(url, donor.language, organization().legal_name))


def link_by_rid(rid: bytes) -> DonorLink | None:
    return db.session.scalar(select(DonorLink).where(DonorLink.rid == rid))


def good_link(word: str) -> DonorLink | None:
    """The link of this word, while it may still be used."""
    rid = tickets.rid_of(ticket_key(), "link", word)
    link = link_by_rid(rid) if rid else None
    if link is None or not clock.is_within(link.made_at, GOOD_FOR):
        return None
    return link if db.session.get(DonorLinkUse, link.id) is None else None


def use_link(word: str) -> str | None:
    """Use the link up, inside `writing()`; the token of the session that begins, or None if it is no longer good."""
    link = good_link(word)
    if link is None:
        return None
    db.session.add(DonorLinkUse(link_id=link.id, at=clock.now()))
    db.session.flush()
    trail.record("donor.open", db.session.get_one(Donor, link.donor_id).code)
    return tickets.link_word(ticket_key(), "session", link.rid)


def donor_of_session(word: str) -> Donor | None:
    """Whose session this is, while it runs: half an hour from the use of its link, or until they leave."""
    use = _use_of(word)
    if use is None or use.ended_at is not None or not clock.is_within(use.at, GOOD_FOR):
        return None
    return db.session.scalar(select(Donor).join(DonorLink).where(DonorLink.id == use.link_id))


def end_session(word: str) -> None:
    """The donor leaves. Inside `writing()`."""
    use = _use_of(word)
    if use is not None and use.ended_at is None:
        use.ended_at = clock.now()


def _use_of(word: str) -> DonorLinkUse | None:
    """The use of a link that began the session of this word."""
    rid = tickets.rid_of(ticket_key(), "session", word)
    link = link_by_rid(rid) if rid else None
    return db.session.get(DonorLinkUse, link.id) if link else None
