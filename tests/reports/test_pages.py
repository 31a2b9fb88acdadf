"""The pages of reports: who may see what, what a released page leaves out, what goes into the register."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from mexile.reports.definition import load
from mexile.reports.queries import exports, people_behind
from mexile.reports.run import run

DAYS = "from=2026-01-01&to=2026-06-30"
PATH = f"/reports/foundation-semiannual?{DAYS}"


def _some_acts(make) -> None:
    for number in range(12):
        make.act(make.member(gender="woman" if number < 9 else "man"), type_code="food", on=date(2026, 2, 3))


def test_the_list_names_every_report_and_says_what_is_wrong_with_a_file(client_as, monkeypatch, tmp_path):
    (tmp_path / "bad.toml").write_text('name = "worse"\nreaders = "everybody"\n', encoding="utf-8")
    page = client_as("director").get("/reports").text
    assert "Semi-annual report to a foundation" in page and "Shelter arrivals" in page
    monkeypatch.setattr("mexile.reports.definition.FOLDER", tmp_path)
    page = client_as("director").get("/reports").text
    assert "bad.toml can't be read" in page and "bad.toml:2 readers" in page


def test_a_director_sees_exact_numbers_that_open_onto_their_records(make, client_as):
    _some_acts(make)
    director = client_as("director")
    page = director.get(PATH)
    assert page.status_code == 200
    assert "we served 12 people" in page.text
    assert "table=gender&amp;row=man" in page.text
    records = director.get(f"/reports/foundation-semiannual/records?{DAYS}&table=gender&row=man")
    assert records.status_code == 200 and records.text.count("/members/ME-") == 3
    assert director.get(f"/reports/foundation-semiannual/records?{DAYS}&table=gender&row=nobody").status_code == 404


def test_development_sees_what_may_be_handed_out_and_no_record(make, client_as):
    _some_acts(make)
    page = client_as("development").get(PATH).text
    assert "fewer than 5, not shown" in page
    assert "records?" not in page and "Show exact figures" not in page
    assert (
        client_as("development").get(f"/reports/foundation-semiannual/records?{DAYS}&figure=people").status_code == 404
    )
    assert client_as("caseworker").get(PATH).status_code == 404


def test_an_internal_file_is_the_directors_and_stands_in_the_register(make, client_as):
    _some_acts(make)
    form = {"from": "2026-01-01", "to": "2026-06-30", "audience": "internal"}
    director = client_as("director")
    answer = director.post("/reports/foundation-semiannual/editions", data=form)
    assert answer.status_code == 200
    assert "internal" in answer.headers["Content-Disposition"]
    assert "Detail" in load_workbook(BytesIO(answer.data)).sheetnames
    development = client_as("development")
    assert development.post("/reports/foundation-semiannual/editions", data=form).status_code == 404
    form["audience"] = "release"
    answer = development.post("/reports/foundation-semiannual/editions", data=form)
    assert "Detail" not in load_workbook(BytesIO(answer.data)).sheetnames
    kept = make.read(lambda: exports(make.viewer(role="auditor")))
    assert {one.audience for one in kept} == {"internal", "release"}
    page = client_as("auditor").get("/reports/editions").text
    assert all(one.code in page for one in kept)


def test_days_that_cannot_be_are_told_and_what_was_typed_stays(client_as):
    director = client_as("director")
    page = director.get("/reports/foundation-semiannual?from=2026-06-30&to=2026-01-01")
    assert page.status_code == 422 and "The last day lies before the first one." in page.text
    page = director.get("/reports/foundation-semiannual?from=3/4/2026&to=2026-06-30")
    assert page.status_code == 422 and "3/4/2026" in page.text


def test_who_may_see_no_member_asks_about_whole_months(make, client_as):
    _some_acts(make)
    for days in ("from=2026-01-01&to=2026-06-29", "from=2026-01-02&to=2026-06-30"):
        page = client_as("development").get(f"/reports/foundation-semiannual?{days}")
        assert page.status_code == 422 and "Choose whole months" in page.text and "woman" not in page.text.lower()
        assert client_as("director").get(f"/reports/foundation-semiannual?{days}").status_code == 200
    form = {"from": "2026-01-01", "to": "2026-06-29", "audience": "release"}
    answer = client_as("development").post("/reports/foundation-semiannual/editions", data=form)
    assert answer.status_code == 422 and answer.mimetype == "text/html"


def test_arrivals_open_onto_parties_without_names(make, client_as):
    make.arrivals([(date(2021, 3, 1), 3, "MX", "mam", "TX"), (date(2021, 3, 2), 1, None, None, None)])
    director = client_as("director")
    days = "from=2021-03-01&to=2021-03-07"
    assert "4 people arrived in 2 parties" in director.get(f"/reports/shelter-arrivals?{days}").text
    page = director.get(f"/reports/shelter-arrivals/records?{days}&table=country&row=MX").text
    assert "Mexico" in page and "one party" in page


def test_in_spanish(make, client_as):
    _some_acts(make)
    spanish = client_as(user=make.user(role="director", language="es"))
    page = spanish.get(PATH).text
    assert "acompañamos a 12 personas" in page
    assert "Crear el archivo Excel" in page


def test_every_number_of_people_opens_exactly_those_people_page_by_page(app, make, client_as):
    for number in range(60):
        kind = "acc_court" if number % 3 else "food"
        member = make.member(gender=("woman", "man", None)[number % 3], birth_year=1960 + number)
        make.act(member, type_code=kind, on=date(2026, 1 + number % 6, 3))
        make.act(member, type_code="food", on=date(2026, 6, 30))
    viewer = make.viewer(role="director")
    with app.app_context():
        numbers = run(load("foundation-semiannual"), date(2026, 1, 1), date(2026, 6, 30))
        asked = [
            (figure.spec.name, None, None, figure.value)
            for figure in numbers.figures
            if figure.spec.measure == "people"
        ]
        for table in numbers.tables:
            if table.spec.measures[0] == "people":
                asked += [(None, table.spec.name, row.code, row.values[0]) for row in table.rows]
        assert len(asked) > 10
        for figure, table, row, value in asked:
            seen = [people_behind(viewer, numbers, figure, table, row, (first, 25)) for first in (0, 25, 50)]
            codes = [person.code for people, _count in seen for person in people]
            assert len(codes) == len(set(codes)) == value == seen[0][1], (figure, table, row)
    director = client_as("director")
    first = director.get(f"/reports/foundation-semiannual/records?{DAYS}&figure=people").text
    assert "60 people" in first and first.count("/members/ME-") == 50 and "page=2" in first
    assert (
        director.get(f"/reports/foundation-semiannual/records?{DAYS}&figure=people&page=2").text.count("/members/ME-")
        == 10
    )
    acts = director.get(f"/reports/foundation-semiannual/records?{DAYS}&figure=people&of=services").text
    assert "120 services" in acts


def test_the_grant_is_chosen_from_a_list_and_an_unknown_one_is_no_dead_end(make, client_as):
    grant = make.grant()
    director = client_as("director")
    page = director.get(PATH).text
    assert f'<option value="{grant.code}">' in page
    assert director.get(f"{PATH}&grant={grant.code}").status_code == 200
    refused = director.get(f"{PATH}&grant=GR-99")
    assert refused.status_code == 422 and f'value="{grant.code}"' in refused.text
