"""People in somebody else's sheet: doubles, words in two languages, cells that say nothing, years, one consent for all."""

import pytest
from sqlalchemy import select

from mexile.ground import seal
from mexile.ground.db import db
from mexile.members.consent.models import Consent
from mexile.members.person.models import Member
from mexile.members.sheet.rules import MEMBERS
from mexile.sheets.value.rules import code_meant
from tests.makers.sheets import sheet
from tests.sheets.test_batch import checked, commit, counted, upload, work

NAMED = {
    "column-name": "Nombre completo",
    "column-birth_date": "Fecha de nacimiento",
    "column-consented_on": "Consentimiento",
}
HEADING = ("Nombre completo", "Fecha de nacimiento", "Consentimiento")


def rows_page(client, code, only=""):
    return client.get(f"/sheets/{code}/rows?only={only}").text


def test_one_person_on_several_rows_is_met_whatever_the_order_of_the_names(app, client_as):
    client = client_as("intake")
    content = sheet(
        None,
        ("Luz Prueba Vega", "1991-05-04", "2026-03-02"),
        ("Saúl Inventado Ríos", "1988-01-09", "2026-03-02"),
        ("PRUEBA VEGA LUZ", "1991-05-04", "2026-03-02"),
        ("Lus Prueva Bega", "", "2026-03-02"),
        ("Luz Otra", "1991-05-04", "2026-03-02"),
        ("Luz Prueba Distinta", "1970-01-01", "2026-03-02"),
        heading=HEADING,
    )
    code = checked(app, client, content, "members", NAMED)
    page = rows_page(client, code, "duplicate")
    for number in (4, 5, 6):
        assert f"Row {number}<" in page
    assert "Row 2 has the same name." in page and "Row 2 has the same day of birth and a name in common." in page
    for number in (2, 3, 7):
        assert f"Row {number}<" not in page
    assert "Row 2 has the same name." in client.get(f"/sheets/{code}").text, "the reason stands on the page"
    assert "Imported: 3 new, 0 changed, 3 left out." in commit(app, client, code)


def test_a_whole_name_in_one_column_meets_somebody_we_know(app, client_as, make):
    client = client_as("attorney")
    known = make.member(legal_name="Luz Prueba Vega", surnames="Prueba Vega")
    content = sheet(None, ("VEGA PRUEBA, LUZ", "", "2026-03-02"), heading=HEADING)
    code = checked(app, client, content, "members", NAMED)
    assert f"May be {known.code}." in rows_page(client, code, "duplicate")


def test_cells_that_say_nothing_are_empty_and_never_names(app, client_as):
    client = client_as("intake")
    heading = ("alias", "given", "surnames", "email", "born", "phone", "consent")
    columns = {
        "column-alias": "alias", "column-given_names": "given", "column-surnames": "surnames", "column-email": "email",
        "column-birth_date": "born", "column-phone": "phone", "column-consented_on": "consent",
    }  # fmt: skip
    content = sheet(
        None,
        ("Gaviota", "N/A", "N/A", "n/a", "-", "no tiene", "2026-03-02"),
        ("Mirlo", "-", "NULL", "", "s/d", "#N/A", "2026-03-02"),
        ("none", "?", "—", "ninguno", "n.d.", "sin teléfono", "2026-03-02"),
        heading=heading,
    )
    code = checked(app, client, content, "members", columns)
    assert "no alias and no name" in rows_page(client, code, "error")
    commit(app, client, code, leave_out="y")
    with app.app_context(), seal.silent():
        found = db.session.scalars(select(Member).order_by(Member.id)).all()
        assert [one.alias for one in found] == ["Gaviota", "Mirlo"]
        assert {(one.legal_name, one.email, one.phone, one.birth_year) for one in found} == {(None, None, None, None)}


@pytest.mark.parametrize(
    ("field", "code", "words"),
    [
        ("gender", "woman", ["Female", "FEMALE", "F", "f", "Femenino", "mujer", "Femenina", "woman"]),
        ("gender", "man", ["male", "Masculino", "H", "Hombre", "Varón"]),
        ("gender", "nonbinary", ["X", "Non binary", "non-binary", "no binario", "NB"]),
        ("gender", None, ["M", "m", "?x"]),
        ("profile", "journalist", ["periodista", "Journalist", "Reportera"]),
        ("profile", "hrd", ["defensora", "Defensor de derechos humanos", "human rights defender"]),
        ("profile", "searcher", ["madre buscadora", "Buscador"]),
        ("safe_contact", "whatsapp", ["Whats App", "WA"]),
    ],
)
def test_words_of_both_languages_are_read(field, code, words):
    assert [code_meant(MEMBERS[field], word) for word in words] == [code] * len(words)


def test_the_ambiguous_letter_asks_once_for_the_sheet(app, client_as):
    client = client_as("intake")
    content = sheet(
        None, *[(f"Ave {n}", said) for n, said in enumerate(("F", "M", "H", "m", "M"))], heading=("alias", "sexo")
    )
    code = upload(client, content, "members").location.split("/")[2]
    client.post(f"/sheets/{code}/mapping", data={"column-alias": "alias", "column-gender": "sexo"})
    page = client.get(f"/sheets/{code}/values").text
    assert page.count('name="value-gender-') == 1 and "in 3 rows" in page
    client.post(f"/sheets/{code}/values", data={"value-gender-0": "mujer"})
    work(app)
    commit(app, client, code)
    with app.app_context():
        assert db.session.scalars(select(Member.gender).order_by(Member.id)).all() == [
            "woman",
            "woman",
            "man",
            "woman",
            "woman",
        ]


def test_a_year_alone_is_a_birth_and_about_a_year_asks(app, client_as):
    client = client_as("intake")
    columns = {
        "column-alias": "alias",
        "column-given_names": "given",
        "column-birth_date": "birth",
        "column-consented_on": "consent",
    }
    content = sheet(
        None,
        ("Gaviota", "Luz", "1991", "2026-03-02"),
        ("Mirlo", "Saúl", "2004-07-09", "2026-03-02"),
        ("Zorzal", "Eva", "c. 1980", "2026-03-02"),
        ("Tordo", "Ada", "1980?", "2026-03-02"),
        ("Cuervo", "Noé", "1701", "2026-03-02"),
        heading=("alias", "given", "birth", "consent"),
    )
    code = checked(app, client, content, "members", columns)
    page = rows_page(client, code, "error")
    assert "“c. 1980” is only about a year. If 1980 is good enough to be kept, write 1980 alone." in page
    assert "Row 5" in page and "Row 6" in page and "Row 2<" not in page
    commit(app, client, code, leave_out="y")
    with app.app_context(), seal.silent():
        found = db.session.scalars(select(Member).order_by(Member.id)).all()
        assert [(one.birth_year, one.birth_date) for one in found] == [(1991, None), (2004, "2004-07-09")]


def test_a_year_does_not_take_the_day_of_birth_away_that_we_know(app, client_as, make):
    client = client_as("attorney")
    known = make.member(alias="Luna", birth_date="1991-05-04", birth_year=1991)
    content = sheet(None, (known.code, "Estrella", "1991"), heading=("code", "alias", "birth"))
    columns = {"column-code": "code", "column-alias": "alias", "column-birth_date": "birth"}
    commit(app, client, checked(app, client, content, "members", columns))
    with app.app_context(), seal.silent():
        held = db.session.get(Member, known.id)
        assert (held.alias, held.birth_date, held.birth_year) == ("Estrella", "1991-05-04", 1991)


def test_one_day_of_consent_can_be_given_for_a_sheet_without_a_column_of_it(app, client_as):
    client = client_as("intake")
    content = sheet(None, ("Gaviota", "Luz"), ("Mirlo", "Saúl"), heading=("alias", "given"))
    columns = {"column-alias": "alias", "column-given_names": "given"}
    code = checked(app, client, content, "members", columns)
    page = client.get(f"/sheets/{code}").text
    assert "Row 2" in page and "Row 3" in page and "has no day of consent" in page
    again = client.post(f"/sheets/{code}/mapping", data={**columns, "consent": "2026-03-02"})
    assert again.status_code == 302
    client.post(f"/sheets/{code}/values")
    work(app)
    assert "Imported: 2 new" in commit(app, client, code)
    with app.app_context():
        assert [str(day) for day in db.session.scalars(select(Consent.given_on))] == ["2026-03-02"] * 2


def test_one_consent_for_all_never_covers_an_empty_cell_of_a_column_of_consents(app, client_as):
    client = client_as("intake")
    content = sheet(None, ("Gaviota", "Luz", ""), heading=("alias", "given", "consent"))
    columns = {"column-alias": "alias", "column-given_names": "given", "column-consented_on": "consent"}
    code = upload(client, content, "members").location.split("/")[2]
    answer = client.post(f"/sheets/{code}/mapping", data={**columns, "consent": "2026-03-02"})
    assert answer.status_code == 422 and "for a sheet without a column of it" in answer.text
    assert counted(app, Member) == 0


def test_a_row_says_everything_that_is_wrong_with_it(app, client_as):
    client = client_as("intake")
    columns = {
        "column-alias": "alias",
        "column-birth_date": "birth",
        "column-phone": "phone",
        "column-consented_on": "consent",
    }
    content = sheet(None, ("Mirlo", "c. 1980", "5.61855E+09", ""), heading=("alias", "birth", "phone", "consent"))
    page = rows_page(client, checked(app, client, content, "members", columns), "error")
    assert "is only about a year" in page and "rounded this number" in page


@pytest.mark.parametrize("field", ["given_names", "surnames", "alias", "preferred_name"])
def test_a_form_does_not_take_a_placeholder_for_a_name(app, client_as, field):
    typed = {"alias": "Nube", "consent": "y", "consent_on": "2026-01-15", field: "N/A"}
    answer = client_as("intake").post("/members/new", data=typed)
    assert answer.status_code == 422 and "“N/A” says that there is nothing. Leave it empty." in answer.text
    assert counted(app, Member) == 0
