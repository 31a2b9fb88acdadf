"""The mailed link to a donor's own page: one use, half an hour, and no word on who gives and who doesn't."""

from datetime import timedelta

from sqlalchemy import select

from mexile.config import config
from mexile.gifts.actions.giving import ticket_key
from mexile.gifts.models import Donor, DonorLink, DonorLinkUse
from mexile.gifts.queries.find import donor_by_email, email_index
from mexile.gifts.rules import letters, tickets
from mexile.ground import clock, mail, queue, trail
from mexile.ground.db import db, writing
from mexile.ground.organisation import organisation

GOOD_FOR = timedelta(minutes=30)


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
        if donor is None:
            return
        link = DonorLink(donor_id=donor.id, made_at=clock.now())
        db.session.add(link)
        db.session.flush()
        trail.record("donor.link", donor.code)
        mail.put("gifts.link", link.rid.hex(), {"link": link.rid.hex()})


@mail.renders("gifts.link")
def render_link(body: dict) -> mail.Letter | None:
    """The letter with the link. Its secret is made here and lies in no table."""
    link = link_by_rid(bytes.fromhex(body["link"]))
    if not clock.is_within(link.made_at, GOOD_FOR):
        return None
    donor = db.session.get(Donor, link.donor_id)
    url = f"{config().base_url}/give/open/{tickets.link_word(ticket_key(), 'link', link.rid)}"
    return mail.Letter(donor.email, *letters.link_letter(url, donor.language, organisation().legal_name))


def link_by_rid(rid: bytes) -> DonorLink | None:
    return db.session.scalar(select(DonorLink).where(DonorLink.rid == rid))


def good_link(word: str) -> DonorLink | None:
    """The link of this word, while it may still be used."""
    rid = tickets.rid_of(ticket_key(), "link", word)
    link = link_by_rid(rid) if rid else None
    if link is None or not clock.is_within(link.made_at, GOOD_FOR) or db.session.get(DonorLinkUse, link.id):
        return None
    return link


def use_link(word: str) -> str | None:
    """Use the link up, inside `writing()`; the word of the session that begins, or None if it is no longer good."""
    link = good_link(word)
    if link is None:
        return None
    db.session.add(DonorLinkUse(link_id=link.id, at=clock.now()))
    db.session.flush()
    trail.record("donor.open", db.session.get(Donor, link.donor_id).code)
    return tickets.link_word(ticket_key(), "session", link.rid)


def donor_of_session(word: str) -> Donor | None:
    """Whose session this is, while it runs: half an hour from the use of its link."""
    rid = tickets.rid_of(ticket_key(), "session", word)
    link = link_by_rid(rid) if rid else None
    use = db.session.get(DonorLinkUse, link.id) if link else None
    if use is None or not clock.is_within(use.at, GOOD_FOR):
        return None
    return db.session.get(Donor, link.donor_id)
