"""Consent binds where files leave: who has none is counted, and can't be followed through the detail."""

from datetime import date

from openpyxl import load_workbook

from mexile.members.removal.queries import past_files
from mexile.reports.actions import make_edition, register
from mexile.reports.definition import load
from mexile.reports.run import run
from mexile.reports.workbook.service_detail import services

FROM, TO = date(2026, 1, 1), date(2026, 3, 31)
NAME = "foundation-semiannual"


def _rows(make):
    def look():
        found = services(run(load(NAME), FROM, TO, None), bytes(16))
        return found, [row[found.place("person")] for row in found.rows]

    return make.read(look)


def test_only_who_has_a_live_consent_has_a_code_in_the_detail(make):
    yes, no, taken = make.member(consented_on=date(2025, 1, 2)), make.member(), make.member()
    make.consent_revocation(make.consent(taken))
    for one in (yes, no, taken, yes):
        make.act(one, on=date(2026, 2, 3))
    found, codes = _rows(make)
    assert len(codes) == 4 and len({code for code in codes if code}) == 1 and codes.count(None) == 2
    assert (found.people, found.consenting) == (3, 1)


def test_the_method_says_how_many_consented_and_the_totals_stay(make, tmp_path):
    for one in (make.member(consented_on=date(2025, 1, 2)), make.member()):
        make.act(one, on=date(2026, 2, 3))
    edition = make.read(lambda: make_edition(name=NAME, from_on=FROM, to_on=TO, audience="internal"))
    path = tmp_path / "edition.xlsx"
    path.write_bytes(edition.body)
    words = [str(cell) for row in load_workbook(path)["Method"].iter_rows(values_only=True) for cell in row if cell]
    assert any(one.startswith("1 of 2 people have a live consent") for one in words)
    people = next(figure for figure in edition.numbers.figures if figure.spec.measure == "people")
    assert people.value == 2


def test_an_edition_that_held_a_person_is_listed_on_the_page_of_consents(app, make, client_as):
    director = make.user(role="director")
    served, other = make.member(), make.member()
    make.act(served, on=date(2026, 2, 3))
    edition = make.read(lambda: make_edition(name=NAME, from_on=FROM, to_on=TO, audience="internal"))
    make.write(lambda: register(edition, director.id))
    found = make.read(lambda: [past_files(one.id) for one in (served, other)])
    assert [[one.code for one in files] for files in found] == [[edition.code], []]
    assert edition.code in client_as(user=director).get(f"/members/{served.code}/consents").text
