"""The table ``first_step_delay``: a first step that waits for later, by whom it was said and when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment
from mexile.ground.privacy import STAFF


class FirstStepDelay(Base):
    """One step is left for later, until somebody takes it up again. Whether it is done is said by no row."""

    __tablename__ = "first_step_delay"

    code: Mapped[str] = mapped_column(Text, primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
