"""Marking a due report as sent, with the edition that was."""

from __future__ import annotations

from mexile.access.viewer import Viewer
from mexile.grants.due_report.actions import submit_report
from mexile.ground.db import db
from mexile.reports.edition.models import SubmissionEdition


def submit_edition(*, viewer: Viewer, due_report: int, edition_id: int) -> None:
    """The report was sent as this edition. Conflict where it is marked as sent already."""
    sent = submit_report(viewer=viewer, due_report=due_report)
    db.session.add(SubmissionEdition(submission_id=sent.id, edition_id=edition_id))
    db.session.flush()
