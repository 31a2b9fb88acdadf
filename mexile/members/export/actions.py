"""Lists at work: saving one under a name, and taking one out of the house."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Invalid, Problem
from mexile.members.export.models import Export, ExportMember, SavedView
from mexile.members.export.queries import next_export_code, view_to_delete

name_act("list.save", "Saved a list", "Guardó una lista")
name_act("list.drop", "Deleted a saved list", "Eliminó una lista guardada")
name_act("list.export", "Exported a list", "Exportó una lista")


def save_view(*, viewer: Viewer, title: str, asked: str, shared: bool) -> SavedView:
    """Keep a list under a name. One name is one list: saved again it says what was asked last."""
    own = SavedView.user_id == viewer.user_id
    view = db.session.scalar(select(SavedView).where(own, SavedView.title == title))
    if view is None:
        view = SavedView(user_id=viewer.user_id, title=title, at=clock.now())
        db.session.add(view)
    view.asked, view.shared, view.at = asked, int(shared), clock.now()
    db.session.flush()
    trail.record("list.save", asked=asked, shared=shared)
    return view


def drop_view(*, viewer: Viewer, id: int) -> None:
    """The list is forgotten; whom it showed stays as it was."""
    view = view_to_delete(viewer, id)
    db.session.delete(view)
    db.session.flush()
    trail.record("list.drop", asked=view.asked)


@dataclass(frozen=True)
class Wish:
    """What somebody wants to take out: for which purpose and audience, why, which columns, by which filters."""

    purpose: str
    audience: str
    reason: str
    columns: Sequence[str]
    filters: Mapping[str, str]


NOBODY = Problem(
    "purpose",
    "Nobody in this list agreed to this purpose and audience. Nothing was exported.",
    "Nadie de esta lista consintió este propósito y estos destinatarios. No se exportó nada.",
)


def register_export(*, viewer: Viewer, wish: Wish, member_ids: Sequence[int], left_out: int) -> Export:
    """Write a file that leaves into the register, with everybody of whom it speaks. Raises Invalid for nobody."""
    if not member_ids:
        raise Invalid(NOBODY)
    export = Export(
        code=next_export_code(),
        by_user_id=viewer.user_id,
        at=clock.now(),
        purpose=wish.purpose,
        audience=wish.audience,
        reason=wish.reason,
        filters=" ".join(f"{name}={value}" for name, value in sorted(wish.filters.items())),
        columns=" ".join(wish.columns),
        rows=len(member_ids),
        left_out=left_out,
    )
    db.session.add(export)
    db.session.flush()
    db.session.add_all(ExportMember(export_id=export.id, member_id=id) for id in member_ids)
    db.session.flush()
    trail.record(
        "list.export", export.code, purpose=wish.purpose, audience=wish.audience, rows=export.rows, left_out=left_out
    )
    return export
