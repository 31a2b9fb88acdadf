"""Makers of lists at work: an export in the register, a merge, a removal, a saved view."""

from mexile.ground import clock, queue
from mexile.ground.db import db
from mexile.members.export.models import Export, ExportMember, SavedView
from mexile.members.export.queries import next_export_code
from mexile.members.merge.actions import merge_members
from mexile.members.removal.actions import WAIT
from mexile.members.removal.models import EraseConfirmation, EraseRequest, LegalHold


def export(make, *people, by=None, purpose="org_internal", audience="staff", **values) -> Export:
    """A file that spoke of these people; of a new one where none is given."""
    by = by or make.user(role="director")
    people = people or (make.member(),)
    made = Export(
        code=next_export_code(),
        by_user_id=by.id,
        at=clock.now(),
        purpose=purpose,
        audience=audience,
        reason="work",
        filters="show=open",
        columns="code profile",
        rows=len(people),
        left_out=0,
        **values,
    )
    db.session.add(made)
    db.session.flush()
    db.session.add_all(ExportMember(export_id=made.id, member_id=one.id) for one in people)
    db.session.flush()
    return made


def merge(make, kept, merged=None, *, by=None):
    """A record that went into ``kept``, merged by an attorney."""
    merged = merged or make.member()
    return merge_members(
        viewer=make.viewer("attorney", user=by),
        code=kept.code,
        other=merged.code,
        versions=(kept.version, merged.version),
        take={},
        households="both",
    )


def legal_hold(make, member, *, by=None, reason="litigation") -> LegalHold:
    """The law obliges us to keep this record."""
    made = LegalHold(
        member_id=member.id, by_user_id=(by or make.user(role="attorney")).id, at=clock.now(), reason=reason
    )
    db.session.add(made)
    db.session.flush()
    return made


def removal(make, member, *, by=None, confirmed=None) -> EraseRequest:
    """The person asked to be removed; ``confirmed``: by whom else, and the seventy-two hours run."""
    made = EraseRequest(
        member_id=member.id, by_user_id=(by or make.user(role="intake")).id, at=clock.now(), reason="in_person"
    )
    db.session.add(made)
    db.session.flush()
    if confirmed:
        due = clock.now() + WAIT
        db.session.add(EraseConfirmation(request_id=made.id, by_user_id=confirmed.id, at=clock.now(), due_at=due))
        queue.put("erase", str(made.id), {"request": made.id}, run_at=due)
        db.session.flush()
    return made


def saved_view(make, *, by, title=None, asked="sort=name&show=all", shared=1) -> SavedView:
    """A list that somebody saved under a name."""
    made = SavedView(user_id=by.id, title=title or f"List {make.number()}", asked=asked, shared=shared, at=clock.now())
    db.session.add(made)
    db.session.flush()
    return made
