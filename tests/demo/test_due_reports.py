"""Every report that is due in the demonstration can be made, sent, and taken back."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from mexile.access.account.models import UserAccount
from mexile.grants.award.models import GrantAward
from mexile.grants.due_report.models import DueReport, ReportSubmission
from mexile.ground.db import db
from tests.make import Make


def test_every_report_that_is_due_can_be_made_sent_and_taken_back(demo: Flask) -> None:
    make = Make(demo)
    due = make.read(
        lambda: db.session.execute(
            select(DueReport.id, DueReport.report_name, DueReport.period_from, DueReport.period_to, GrantAward.code)
            .join(GrantAward, GrantAward.id == DueReport.grant_id)
            .where(DueReport.id.not_in(select(ReportSubmission.due_report_id)))
        ).all()
    )
    elena = make.read(
        lambda: db.session.scalars(select(UserAccount).where(UserAccount.email == "elena@example.org")).one()
    )
    assert {"GR-01", "GR-05"} <= {row.code for row in due}
    director = demo.test_client().carry(demo, make.session(elena), elena)
    for row in due:
        asked = {"from": row.period_from.isoformat(), "to": row.period_to.isoformat(), "grant": row.code}
        assert director.get(f"/reports/{row.report_name}", query_string=asked).status_code == 200, row
        file = director.post(f"/reports/{row.report_name}/editions", data={**asked, "audience": "release"})
        assert file.status_code == 200 and file.data[:2] == b"PK", row
        sending, taking_back = f"/grants/due/{row.id}/submission", f"/grants/due/{row.id}/submission/void"
        assert director.post(sending).location == f"/grants/{row.code}"
        assert taking_back in director.get(f"/grants/{row.code}").text
        assert director.post(taking_back).location == f"/grants/{row.code}"
        assert sending in director.get(f"/grants/{row.code}").text
