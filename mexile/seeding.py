"""What a database holds from the start, and what an upgrade adds to it."""

from __future__ import annotations

from mexile.access.account.queries import holding
from mexile.access.invitation.actions import invite
from mexile.access.roles import DIRECTOR
from mexile.cases.place.actions import seed_places
from mexile.deadlines.rule import file as rule_file
from mexile.deadlines.rule.actions import seed_rules
from mexile.deadlines.rule.queries import LeftOut, left_out
from mexile.gifts.fund.actions import seed_funds
from mexile.gifts.receipt.actions import keep_texts
from mexile.ground import trail
from mexile.ground.db import db, writing
from mexile.ground.organization import Organization
from mexile.inquiries.conflict.models import NamedPerson
from mexile.members.contact.actions import renew, renew_telephones
from mexile.services.service_type.actions import seed_service_types


def is_set_up() -> bool:
    """Whether this database has its organization already."""
    return db.session.get(Organization, 1) is not None


def first_rows() -> str | None:
    """The organization, whose people say the rest of it in the browser, and what a database holds from the start.
    Returns the address at which the first director begins; None where one has come already."""
    with writing():
        if not is_set_up():
            db.session.add(
                Organization(
                    id=1,
                    legal_name="",
                    short_name="",
                    ein="",
                    address="",
                    sentence_en="We accompany people in exile.",
                    sentence_es="Acompañamos a personas en el exilio.",
                    mail_from="",
                )
            )
            db.session.flush()
            seed_service_types()
            seed_funds()
            seed_rules()
            seed_places()
            trail.record("organization.init")
        return None if holding(DIRECTOR) else invite(user=None, is_mailed=False)


def add_rules() -> list[LeftOut]:
    """Add the deadline rules that this version brought, beside those that people wrote. Raises Invalid with every
    wrong line of the rules' file, and then adds none; returns each rule that was left out, since a person had written
    that very version."""
    with writing():
        seed_rules()
    return left_out(rule_file.own_rules())


def normalize_telephones() -> int:
    """Bring telephones that were written before to the form in which they are searched and compared; how many."""
    return renew_telephones() + renew(NamedPerson, "phone", "phone_bidx")


def keep_receipts() -> int:
    """Keep receipts that were issued before their texts were kept as they read today; how many."""
    with writing():
        return keep_texts(is_later=True)
