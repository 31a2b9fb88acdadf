"""The tables of who gives: ``donor``, two who turned out to be one, and the link to a donor's own page."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import PUBLIC, SEALED, STAFF
from mexile.ground.seal import Sealed

KINDS = ("person", "organization")


class Donor(WithRid, Base):
    """Somebody who gave. Never linked to a member, even if the two are one person.

    The mail address is found by its blind index only; ``stripe_customer`` is the newest customer at Stripe.
    ``contact`` is whom one speaks to at an organization, ``note`` what the staff remember; neither is ever printed.
    ``anonymous``: the name is never published, not even in a list of thanks.
    """

    __tablename__ = "donor"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint("language IN ('en', 'es')", name="language"),
        CheckConstraint("anonymous IN (0, 1)", name="anonymous"),
        Index("ix_donor_email_bidx", "email_bidx"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    code: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)
    kind: Mapped[str] = mapped_column(Text, default="person", info=STAFF)
    name_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    email_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    email_bidx: Mapped[bytes | None] = mapped_column(LargeBinary(32), info=SEALED)
    address_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    contact_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    note_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    language: Mapped[str] = mapped_column(Text, default="en", info=STAFF)
    anonymous: Mapped[int] = mapped_column(Integer, default=0, server_default="0", info=STAFF)
    stripe_customer: Mapped[str | None] = mapped_column(Text, info=STAFF)
    made_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    version: Mapped[int] = mapped_column(Integer, default=1, server_default=text("1"), info=STAFF)

    name = Sealed("name_enc")
    email = Sealed("email_enc")
    address = Sealed("address_enc")
    contact = Sealed("contact_enc")
    note = Sealed("note_enc")

    __mapper_args__ = {"version_id_col": version}


class DonorLink(WithRid, Base):
    """A link that was mailed to a donor. Its secret is made from ``rid`` and is written nowhere."""

    __tablename__ = "donor_link"
    __table_args__ = (Index("ix_donor_link_donor_id", "donor_id"),)

    id: Mapped[int] = pk()
    donor_id: Mapped[int] = mapped_column(ForeignKey("donor.id"), info=STAFF)
    made_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class DonorLinkUse(Base):
    """The one use of a link: from here on it opens nothing more, and its session runs until ``ended_at``, when its donor
    leaves, or its time is over."""

    __tablename__ = "donor_link_use"

    link_id: Mapped[int] = mapped_column(ForeignKey("donor_link.id"), primary_key=True, info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)


class DonorMerge(Base):
    """One donor turned out to be another. While it stands the merged one is found by their old name, mail address and
    code and is shown nowhere; ``moved`` is what an undo needs: JSON, the rows that were re-pointed by column, and the
    fields that were empty and were filled."""

    __tablename__ = "donor_merge"
    ended_by = ("donor_merge_undo.merge_id",)
    __table_args__ = (
        CheckConstraint("donor_id <> merged_id", name="two_donors"),
        Index("ix_donor_merge_donor_id", "donor_id"),
        Index("ix_donor_merge_merged_id", "merged_id"),
    )

    id: Mapped[int] = pk()
    donor_id: Mapped[int] = mapped_column(ForeignKey("donor.id"), info=STAFF)
    merged_id: Mapped[int] = mapped_column(ForeignKey("donor.id"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    moved: Mapped[str] = mapped_column(Text, info=STAFF)


class DonorMergeUndo(Base):
    """They were two after all, and each has their gifts again."""

    __tablename__ = "donor_merge_undo"

    merge_id: Mapped[int] = mapped_column(ForeignKey("donor_merge.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
