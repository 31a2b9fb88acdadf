"""Every report that is due in the demonstration can be made, sent, and taken back."""

from __future__ import annotations

import re

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
        room = f"/grants/{row.code}/reports/{row.id}"
        asked = {"from": row.period_from.isoformat(), "to": row.period_to.isoformat(), "grant": row.code}
        assert director.get(f"/reports/{row.report_name}", query_string=asked).status_code == 200, row
        assert director.post(f"{room}/editions", data={"language": "en"}).status_code == 302, row
        made = re.search(r'<option[^>]* value="([^"]+)">\1 ', director.get(room).text)
        assert made, row
        file = director.get(f"/reports/editions/{made[1]}/file")
        assert file.status_code == 200 and file.data[:2] == b"PK", row
        assert director.post(f"{room}/submission", data={"edition": made[1]}).location == room
        assert f"{room}/submission/void" in director.get(room).text
        assert director.post(f"{room}/submission/void").location == room
        assert f'action="{room}/submission"' in director.get(room).text
