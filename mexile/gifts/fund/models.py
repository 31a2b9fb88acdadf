"""The table ``fund``: what a donor may give for."""

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base
from mexile.ground.privacy import PUBLIC


class Fund(Base):
    """A purpose, in both languages. People may add to them; a code never changes its meaning.

    ``position`` is the place on the giving page; a fund at 0 or below is no longer offered there.
    """

    __tablename__ = "fund"

    code: Mapped[str] = mapped_column(Text, primary_key=True, info=PUBLIC)
    en: Mapped[str] = mapped_column(Text, info=PUBLIC)
    es: Mapped[str] = mapped_column(Text, info=PUBLIC)
    position: Mapped[int] = mapped_column(Integer, default=1, info=PUBLIC)

    def name(self, lang: str) -> str:
        return self.es if lang == "es" else self.en
