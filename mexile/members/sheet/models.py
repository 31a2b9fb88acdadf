"""The table ``imported_member``: which row of a file a member came from."""

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, pk
from mexile.ground.privacy import STAFF


class ImportedMember(Base):
    """The member that a row of a file became: a row's identity is (file, row number)."""

    __tablename__ = "imported_member"
    __table_args__ = (
        Index("uq_imported_member_row", "file_id", "row_number", unique=True),
        Index("ix_imported_member_batch_id", "batch_id"),
        Index("ix_imported_member_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), info=STAFF)
    file_id: Mapped[int] = mapped_column(ForeignKey("import_file.id"), info=STAFF)
    row_number: Mapped[int] = mapped_column(Integer, info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    version: Mapped[int] = mapped_column(Integer, info=STAFF)
