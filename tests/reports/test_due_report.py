"""The room of a due report: what is still to do, targets, its file, that it was sent, and which edition a file is."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from mexile.grants.indicator.rules import share_of_target
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.trail import TrailRow
from mexile.reports.edition.models import EditionContent
from mexile.reports.edition.rules import changed

TODAY = date(2026, 7, 15)


@pytest.fixture(autouse=True)
def july():
    with clock.at(datetime(2026, 7, 15, 18, tzinfo=UTC)):
        yield


def _room(make, people=12):
    """A grant of a year with a report over its first half, and people served in it."""
    make.service_types()
    grant = make.grant(funder=make.funder(name="Example Fund"), types=["food"])
    due = make.due_report(grant, on=TODAY + timedelta(days=4))
    make.indicator(grant, target=24)
    for number in range(people):
        make.act(make.member(gender="woman", birth_year=1980 + number % 2), type_code="food", on=date(2026, 2, 3))
    return grant, due, f"/grants/{grant.code}/reports/{due.id}"


def _make_file(client, path):
    answer = client.post(f"{path}/editions", data={"language": "en"})
    assert answer.status_code == 302 and "confirm" not in answer.location, answer.location
    return client.get(path).text.split("/reports/editions/")[1].split("/")[0]


def test_the_room_says_what_is_still_to_do_and_how_far_each_promise_is(make, client_as):
    _grant, _due, path = _room(make)
    page = client_as("director").get(path).text
    assert "1 of 4 steps are done." in page or "2 of 4 steps are done." in page
    assert "No file is made yet" in page and "Not marked as sent yet" in page and "Example Fund" in page
    assert "of 12" in page and "People accompanied" in page, "half of 24 falls on half a year"
    assert client_as("caseworker").get(path).status_code == 404
    assert client_as("director").get(path.replace(_grant.code, "GR-99")).status_code == 404
    spanish = client_as(user=make.user(role="development", language="es")).get(path).text
    assert "Cifras y metas" in spanish and "Example Fund" in spanish


def test_what_was_sent_is_shown_again_with_the_same_bytes_and_taken_back_by_a_row(app, make, client_as):
    grant, due, path = _room(make)
    client = client_as("director")
    assert client.post(f"{path}/submission", data={"edition": "X-NONE"}).status_code == 422
    code = _make_file(client, path)
    body = client.get(f"/reports/editions/{code}/file").data
    book = load_workbook(BytesIO(body))
    assert book.sheetnames[0] == "Cover"
    last = [cell.value for cell in list(book["Figures"].iter_rows())[-1]]
    assert last[1:3] == ["People accompanied", 12] and last[5] == 24, "a target stands beside what was reached"
    assert "The file holds the numbers of today" in client.get(path).text
    assert client.post(f"{path}/submission", data={"edition": code}).status_code == 302
    assert client.post(f"{path}/submission", data={"edition": code}).status_code == 409, "it is sent once"
    page = client.get(path).text
    assert "All its numbers are still the same." in page and code in page
    assert "No report due." in client.get(f"/grants/{grant.code}").text
    make.act(make.member(gender="woman"), type_code="food", on=date(2026, 3, 3))
    page = client.get(path).text
    assert "of its numbers are others today" in page
    assert client.get(f"/reports/editions/{code}/file").data == body
    for _ in range(2):
        assert client.post(f"{path}/submission/void").status_code == 302
    assert "The numbers changed since the file was made" in client.get(path).text
    assert "In 4 days" in client.get("/grants").text
    with app.app_context():
        acts = db.session.scalars(select(TrailRow.act).where(TrailRow.act.like("grant.submit%")).order_by(TrailRow.seq))
        assert list(acts) == ["grant.submit", "grant.submit_void"]
        kept = db.session.scalars(select(EditionContent)).one()
        assert kept.body == body and json.loads(kept.numbers)["figures"] and 'name = "foundation' in kept.report_file
    assert client_as("caseworker").post(f"{path}/submission/void").status_code == 404


def test_a_dropped_file_says_which_edition_it_is(make, client_as):
    _grant, _due, path = _room(make)
    client = client_as("director")
    code = _make_file(client, path)
    body = client.get(f"/reports/editions/{code}/file").data

    def asked(content):
        return client.post("/reports/editions/verify", data={"file": (BytesIO(content), "received.xlsx")})

    assert f"This is our edition {code}, unchanged." in asked(body).text
    assert "none of our editions" in asked(body[:-1] + b"x").text
    assert client.post("/reports/editions/verify").status_code == 422
    assert client_as("caseworker").get(f"/reports/editions/{code}/file").status_code == 404


def test_an_internal_edition_is_kept_by_its_hash_alone(app, make, client_as):
    _room(make)
    client = client_as("director")
    days = {"from": "2026-01-01", "to": "2026-06-30", "audience": "internal"}
    body = client.post("/reports/foundation-semiannual/editions", data=days).data
    with app.app_context():
        assert db.session.scalar(select(EditionContent.edition_id)) is None
    found = client.post("/reports/editions/verify", data={"file": (BytesIO(body), "x.xlsx")}).text
    assert "internal: exact numbers" in found


def test_few_people_are_told_to_nobody_who_may_see_no_member_and_stand_in_no_file(make, client_as):
    _grant, _due, path = _room(make, people=3)
    told = client_as("development")
    page = told.get(path).text
    assert "not shown" in page and ">3<" not in page
    code = _make_file(told, path)
    book = load_workbook(BytesIO(told.get(f"/reports/editions/{code}/file").data))
    assert 3 not in [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "not shown in the file" in client_as("director").get(path).text


def test_the_parts_of_a_target_add_up_to_it_within_one():
    award = (date(2026, 1, 1), date(2026, 12, 31))
    halves = [(date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 12, 31))]
    for target in (1, 7, 100, 6000):
        parts = [share_of_target(target, award, *half) for half in halves]
        assert target <= sum(parts) <= target + 1
    assert share_of_target(100, award, date(2025, 1, 1), date(2025, 6, 30)) == 0


def test_a_number_that_was_withheld_was_not_said_and_a_row_that_is_gone_is_zero():
    sent = json.dumps({"figures": {"a": 5, "b": None}, "tables": {"t": {"total": [9], "rows": {"x": [9]}}}})
    today = json.dumps({"figures": {"a": 6, "b": 3}, "tables": {"t": {"total": [9], "rows": {}}}})
    assert changed(sent, today) == [("figures", "a"), ("tables", "t", "x", "0")]
