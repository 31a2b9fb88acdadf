"""The tables ``gift`` and ``gift_void``: one act of giving."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import PUBLIC, SEALED, STAFF
from mexile.ground.seal import Sealed

CHANNELS = ("stripe_card", "stripe_ach", "cheque", "cash", "wire", "in_kind")
SAID = ("open", "processing", "declined", "expired", "succeeded")


class Gift(WithRid, Base):
    """A gift, intended or given. What it brought stands in its ledger lines alone.

    ``benefit`` is what the donor got in exchange (a dinner, a book), ``benefit_cents`` its fair value in good faith:
    only what the gift exceeds it by can be deducted, and its receipt says so.

    ``given_on`` is the day in the organization's zone, empty until it is paid. ``said`` is what Stripe last
    answered about it, fetched at ``said_at``; only the projection writes it. ``form_mark`` is the hash of the
    form it was begun with, so that a form begun twice is found; ``network_mark`` an HMAC of the network it was begun
    from, by which declined cards are counted, gone with its page. A gift in kind has a description, never a value.
    ``asked`` is name and mail address as they were typed, a line each: until the gift is paid it has no donor, since
    anybody can type anybody's address. When it is paid, the donor is found or made, ``asked`` goes, and ``name`` keeps
    the name that was typed; a day after it was begun and not paid, it goes without a trace. The receipt prints ``name``
    and ``address``, or what the donor's record says where they are empty. ``key_id`` is a key of its own for a gift
    that began on the giving page, so that it can find another donor: erasing a donor destroys the keys of their gifts.
    """

    __tablename__ = "gift"
    ended_by = ("gift_void.gift_id",)
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint(f"channel IN {CHANNELS}", name="channel"),
        CheckConstraint("(channel = 'in_kind') = (amount_cents IS NULL)", name="in_kind_has_no_amount"),
        CheckConstraint("amount_cents > 0", name="amount_cents"),
        CheckConstraint(f"said IS NULL OR said IN {SAID}", name="said"),
        CheckConstraint("language IN ('en', 'es')", name="language"),
        CheckConstraint("(benefit_enc IS NULL) = (benefit_cents IS NULL)", name="benefit_has_value"),
        CheckConstraint(
            "benefit_cents > 0 AND (amount_cents IS NULL OR benefit_cents <= amount_cents)", name="benefit"
        ),
        Index("ix_gift_donor_id", "donor_id"),
        Index("ix_gift_given_on", "given_on"),
        Index("ix_gift_form_mark", "form_mark"),
        Index("ix_gift_network_mark", "network_mark"),
        Index("ix_gift_recurring_gift_id", "recurring_gift_id"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    code: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)
    donor_id: Mapped[int | None] = mapped_column(ForeignKey("donor.id"), info=STAFF)
    recurring_gift_id: Mapped[int | None] = mapped_column(ForeignKey("recurring_gift.id"), info=STAFF)
    channel: Mapped[str] = mapped_column(Text, info=STAFF)
    amount_cents: Mapped[int | None] = mapped_column(Integer, info=STAFF)
    currency: Mapped[str] = mapped_column(Text, default="USD", info=STAFF)
    is_monthly: Mapped[int] = mapped_column(Integer, default=0, info=STAFF)
    fund_code: Mapped[str] = mapped_column(ForeignKey("fund.code"), info=STAFF)
    given_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    description_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    asked_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    name_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    address_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    benefit_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    benefit_cents: Mapped[int | None] = mapped_column(Integer, info=STAFF)
    language: Mapped[str] = mapped_column(Text, info=STAFF)
    stripe_session: Mapped[str | None] = mapped_column(Text, unique=True, info=STAFF)
    stripe_payment_intent: Mapped[str | None] = mapped_column(Text, unique=True, info=STAFF)
    stripe_invoice: Mapped[str | None] = mapped_column(Text, unique=True, info=STAFF)
    said: Mapped[str | None] = mapped_column(Text, info=STAFF)
    said_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)
    form_mark: Mapped[bytes | None] = mapped_column(LargeBinary(32), info=STAFF)
    network_mark: Mapped[bytes | None] = mapped_column(LargeBinary(32), info=STAFF)
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    made_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)

    description = Sealed("description_enc")
    asked = Sealed("asked_enc")
    benefit = Sealed("benefit_enc")
    name = Sealed("name_enc")
    address = Sealed("address_enc")

    @property
    def is_by_stripe(self) -> bool:
        return self.channel.startswith("stripe_")


class GiftVoid(Base):
    """A recorded gift was cancelled: by whom, when, why (a cheque that bounced, a slip of the finger)."""

    __tablename__ = "gift_void"

    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)
