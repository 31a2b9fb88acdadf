"""The organization's brand as receipts and pages draw it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from mexile.access.brand.models import OrganizationMark
from mexile.ground.db import db
from mexile.ground.errors import Problem
from mexile.ground.organization import organization


@dataclass(frozen=True)
class Brand:
    """`png`: the mark; `title_color`: #rrggbb, or "" for our own ink."""

    png: bytes | None = None
    title_color: str = ""


def mark_png() -> bytes | None:
    return db.session.scalar(select(OrganizationMark.png))


def brand() -> Brand:
    """What is drawn on a receipt."""
    ours = organization()
    return Brand(mark_png() if ours.mark_digest else None, ours.title_color)


def missing() -> list[Problem]:
    """Nobody would know the organization's pages by sight."""
    return [] if organization().mark_digest else [NO_MARK]


NO_MARK = Problem(
    "mark",
    "No mark was uploaded: pages of the public and receipts show the initials.",
    "No se ha subido un logotipo: las páginas públicas y los recibos muestran las iniciales.",
)
