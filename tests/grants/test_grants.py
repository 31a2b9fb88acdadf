"""Grants: what is due next, promises counted from services, forms that count once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from mexile.grants.award.actions import change_award
from mexile.grants.award.queries import get_award
from mexile.grants.due_report.actions import enter_due_report, submit_report
from mexile.grants.due_report.models import ReportSubmission
from mexile.grants.due_report.queries import due_reports
from mexile.grants.due_report.rules import state_of
from mexile.grants.indicator.queries import progress_of
from mexile.grants.indicator.rules import is_behind
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere
from mexile.ground.trail import TrailRow

TODAY = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def june():
    with clock.at(datetime(2026, 6, 15, 18, tzinfo=UTC)):
        yield


def test_a_report_stands_out_two_weeks_before_it_is_due():
    assert state_of(TODAY + timedelta(days=15), TODAY, False) == "quiet"
    assert state_of(TODAY + timedelta(days=14), TODAY, False) == "soon"
    assert state_of(TODAY - timedelta(days=3), TODAY, False) == "soon"
    assert state_of(TODAY - timedelta(days=3), TODAY, True) == "done"


def test_a_promise_is_behind_when_time_runs_ahead_of_it():
    year = (date(2026, 1, 1), date(2026, 12, 31))
    assert is_behind(40, 100, *year, date(2026, 6, 30))
    assert not is_behind(46, 100, *year, date(2026, 6, 30))
    assert not is_behind(0, 100, *year, date(2025, 12, 31))


def test_the_next_report_comes_first_with_its_days(make, client_as):
    grant = make.grant(funder=make.funder(name="Example Fund"))
    make.due_report(grant, on=TODAY + timedelta(days=30), period=(date(2026, 1, 1), date(2026, 5, 31)))
    make.due_report(grant, on=TODAY + timedelta(days=4))
    page = client_as("director").get("/grants").text
    assert "The next report is due in 4 days, on Fri 19 Jun 2026, for Example Fund." in page
    assert page.index("In 4 days") < page.index("In 30 days")
    spanish = client_as(user=make.user(role="development", language="es")).get("/grants").text
    assert "El próximo informe se entrega en 4 días, el viernes 19 jun 2026, a Example Fund." in spanish
    assert client_as("caseworker").get("/grants").status_code == 404


def test_a_promise_is_counted_from_the_services_of_the_grant(make):
    ana, beto = make.member(), make.member()
    make.act(ana, beto, type_code="acc_court", minutes=90, unit="hours", on=date(2026, 3, 1))
    make.act(ana, type_code="acc_ice", minutes=30, unit="hours", on=date(2026, 3, 2))
    make.act(beto, type_code="food", on=date(2026, 3, 3))
    make.act(ana, type_code="acc_court", unit="hours", on=date(2025, 12, 31))
    grant = make.grant(types=["acc_court", "acc_ice"])
    make.indicator(grant, target=10)
    make.indicator(grant, target=600, measure="minutes")
    make.indicator(grant, target=10, measure="acts", types=["acc_ice"])
    director, development = make.viewer(role="director"), make.viewer(role="development")
    found = make.read(lambda: progress_of(director, get_award(director, grant.code), TODAY))
    assert [one.value for one in found] == [2, 120, 1]
    found = make.read(lambda: progress_of(development, get_award(development, grant.code), TODAY))
    assert [one.value for one in found] == [None, 120, 1], "two people are too few to be told"


def test_only_who_writes_to_funders_sees_grants(make):
    grant = make.grant()
    make.due_report(grant, on=TODAY)
    worker = make.viewer(role="caseworker")
    assert make.read(lambda: due_reports(worker, TODAY)) == []
    with pytest.raises(NotHere):
        make.read(lambda: get_award(worker, grant.code))


FORM = {
    "funder": "Fundación Ejemplo",
    "title_en": "Walking together",
    "title_es": "Caminar juntos",
    "amount": "25,000",
    "from_on": "1 Jan 2026",
    "to_on": "31 Dec 2026",
    "types": ["acc_court"],
    "form_token": "one-token-for-this-form",
}


def test_a_grant_is_recorded_once_however_often_the_form_is_sent(make, client_as):
    make.service_types()
    director = client_as("director")
    first = director.post("/grants/new", data=FORM)
    again = director.post("/grants/new", data=FORM)
    assert first.status_code == 302 and first.location == again.location
    page = director.get(first.location).text
    assert "$25,000.00" in page and "Court accompaniment" in page and "Fundación Ejemplo" in page


def test_what_is_wrong_is_told_and_what_was_typed_stays(make, client_as):
    make.service_types()
    wrong = {**FORM, "to_on": "31 Dec 2025", "amount": "25.000.0"}
    page = client_as("director").post("/grants/new", data=wrong)
    assert page.status_code == 422 and "25.000.0" in page.text
    page = client_as("director").post("/grants/new", data={**wrong, "amount": "25000"})
    assert page.status_code == 422 and "The last day lies before the first one." in page.text


def test_a_stale_change_loses_nothing(make):
    grant = make.grant()
    values = {"code": grant.code, "types": [], "restricted": True, "title_en": "New words"}
    make.write(lambda: change_award(version=1, **values))
    with pytest.raises(Conflict):
        make.write(lambda: change_award(version=1, **{**values, "title_en": "Other words"}))
    director = make.viewer(role="director")
    assert make.read(lambda: get_award(director, grant.code).title_en) == "New words"


def test_a_report_is_entered_once_and_sent_once(make, client_as):
    grant = make.grant()
    due = make.due_report(grant, on=TODAY)
    with pytest.raises(Invalid):
        make.write(lambda: enter_due_report(
            grant=grant, report_name=due.report_name, period_from=due.period_from,
            period_to=due.period_to, due_on=due.due_on,
        ))  # fmt: skip
    director = make.viewer(role="director")
    make.write(lambda: submit_report(viewer=director, due_report=due.id))
    with pytest.raises(Conflict):
        make.write(lambda: submit_report(viewer=director, due_report=due.id))
    assert make.read(lambda: len(db.session.query(ReportSubmission).all())) == 1
    page = client_as("director").get(f"/grants/{grant.code}").text
    assert "No report due." in page and "sent Mon 15 Jun 2026" in page


def test_a_due_report_and_a_target_are_entered_from_the_page(make, client_as):
    make.service_types()
    grant, director = make.grant(), client_as("director")
    due = {"report_name": "foundation-semiannual", "period_from": "1 Jan 2026", "period_to": "30 Jun 2026"}
    assert director.post(f"/grants/{grant.code}/due", data={**due, "due_on": "31 Jul 2026"}).status_code == 302
    refused = director.post(f"/grants/{grant.code}/due", data={**due, "due_on": "31 Dec 2025"})
    assert refused.status_code == 422 and "before its period begins" in refused.text
    target = {"en": "Hours", "es": "Horas", "measure": "minutes", "target": "600"}
    assert director.post(f"/grants/{grant.code}/indicators", data=target).status_code == 302
    page = director.get(f"/grants/{grant.code}").text
    assert "In 46 days" in page and "Hours" in page and ">600<" in page
    assert director.post(f"/grants/{grant.code}/indicators", data={**target, "target": "0"}).status_code == 422


def test_a_target_is_taken_out_and_put_back_and_both_are_written_down(app, make, client_as):
    director, grant = client_as("director"), make.grant()
    one = make.indicator(grant, target=10, en="People in court", es="Personas en corte")
    page = f"/grants/{grant.code}"
    for _ in range(2):
        assert director.post(f"/grants/indicators/{one.id}/removal").status_code == 302
    shown = director.get(page).text
    assert "Targets that were taken out" in shown and f"/grants/indicators/{one.id}/removal" not in shown
    for _ in range(2):
        assert director.post(f"/grants/indicators/{one.id}/return").status_code == 302
    shown = director.get(page).text
    assert "Targets that were taken out" not in shown and f"/grants/indicators/{one.id}/removal" in shown
    assert director.post("/grants/indicators/99999/removal").status_code == 404
    assert client_as("caseworker").post(f"/grants/indicators/{one.id}/removal").status_code == 404
    acts = make.read(
        lambda: list(db.session.scalars(select(TrailRow.act).where(TrailRow.act.like("grant.indicator_%"))))
    )
    assert acts == ["grant.indicator_out", "grant.indicator_back"]


def test_a_promise_never_adds_units_of_different_kinds(make, client_as):
    make.service_types()
    grant = make.grant(types=["housing", "translate"])
    asked = {"en": "Help", "es": "Apoyo", "measure": "units", "target": "100", "types": ["housing", "translate"]}
    client = client_as("director")
    answer = client.post(f"/grants/{grant.code}/indicators", data=asked)
    assert answer.status_code == 422 and "Units of different kinds" in answer.text and 'value="100"' in answer.text
    assert client.post(f"/grants/{grant.code}/indicators", data={**asked, "types": ["housing"]}).status_code == 302
    make.act(make.member(), type_code="housing", unit="nights", quantity=12, on=date(2026, 3, 1))
    make.act(make.member(), type_code="translate", unit="pages", quantity=30, on=date(2026, 3, 1))
    make.indicator(grant, target=10, measure="units")
    found = make.read(
        lambda: progress_of(make.viewer(role="director"), get_award(make.viewer(role="director"), grant.code), TODAY)
    )
    assert {(one.value, one.is_mixed) for one in found} == {(12, False), (None, True)}
    assert "units of different kinds are not added" in client.get(f"/grants/{grant.code}").text


@pytest.mark.parametrize("month", [1, 4, 7, 10, 12])
def test_a_report_that_a_funder_awaits_over_two_fiscal_years_can_be_made(make, client_as, month):
    grant = make.grant(funder=make.funder(fiscal_year_month=month), from_on=date(2026, 3, 1), to_on=date(2027, 2, 28))
    make.act(make.member(), type_code="food", on=date(2026, 12, 5))
    client = client_as("director")
    said = []
    for first, last in (
        ("2026-03-01", "2026-05-31"),
        ("2026-06-01", "2026-08-31"),
        ("2026-09-01", "2026-11-30"),
        ("2026-12-01", "2027-02-28"),
    ):
        answer = client.get(f"/reports/quarterly-new-continuing?from={first}&to={last}&grant={grant.code}")
        assert answer.status_code == 200
        said.append("two fiscal years" in answer.text)
    assert any(said) == (month not in (3, 6, 9, 12))
