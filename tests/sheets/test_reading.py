"""What cells mean: places in two languages, days that are never guessed, rows with what is wrong in words."""

from datetime import date

import pytest

from mexile.ground import places
from mexile.ground.errors import Problem
from mexile.sheets.cell.rules import evidence, read_day
from mexile.sheets.file.rules import read_sheet
from mexile.sheets.mapping.rules import parse_mapping
from mexile.sheets.reading.rules import read_rows
from mexile.sheets.value.rules import read_place

TODAY = date(2026, 11, 24)
MAPPING = 'name = "x"\ninto = "arrivals"\n[columns]\nday = "day"\npeople = "n"\ncountry = "from"\n'


def read(csv, mapping=MAPPING):
    return read_rows(read_sheet(csv.encode()), parse_mapping(mapping), TODAY)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Mexico", "MX"),
        ("MÉXICO", "MX"),
        ("mexicana", "MX"),
        ("Guatemalteco", "GT"),
        ("Pakistaan", "PK"),
        ("Venezula", "VE"),
        ("Czech Republic", "CZ"),
        ("República Checa", "CZ"),
        ("Democratic Republic of Congo", "CD"),
        ("Congo, The Democratic Republic of the", "CD"),
        ("Turkey", "TR"),
        ("EE.UU.", "US"),
        ("Cuba/Brazil", "CU"),
        ("El Salvador, Mexico", "SV"),
        ("Georgia", "GE"),
        ("Kosovo", "XK"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
    ],
)
def test_countries_are_read_in_both_languages_and_the_first_of_several_counts(cell, code):
    assert read_place("country", cell, {}).code == code


@pytest.mark.parametrize(
    "cell",
    ["Contact_", "Not Identified", "N/A", "NA", "Z", "00", "unknown", "none", "?", "-", "MX?", "x" * 10_000, "no"],
)
def test_no_junk_becomes_a_place(cell):
    for kind in ("country", "language", "state"):
        assert read_place(kind, cell, {}).code is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Portuguese (Brazil)", "por"),
        ("español", "spa"),
        ("K’iche’ (Guatemala)", "quc"),
        ("Q'eqchi", "kek"),
        ("Quanjobal", "kjb"),
        ("Mam", "mam"),
        ("Quichua/Quechua", "que"),
        ("Kichwa", "que"),
        ("Tzeltal Maya (Mexico)", "tzh"),
        ("Haitian creole", "hat"),
        ("Spanish/Arabic", "spa"),
        ("Punjabi", "pan"),
        ("Maya", None),
        ("Mixteco", None),
        ("Creole", None),
        ("indigenous", None),
    ],
)
def test_languages_come_to_iso_639_3_and_a_family_of_languages_to_none(cell, code):
    assert read_place("language", cell, {}).code == code


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Florida - FL", "FL"),
        ("Miami, Fl", "FL"),
        ("Boston, Massachusetts", "MA"),
        ("New Hamshire - NH", "NH"),
        ("Washington", "WA"),
        ("Washington, D.C.", "DC"),
        ("Washington DC", "DC"),
        ("Florida, Texas", "FL"),
        ("Nueva York", "NY"),
        ("Massachusets", "MA"),
        ("Mexico", None),
        ("Kansas City", None),
        ("Panama City", None),
    ],
)
def test_destinations_come_to_states(cell, code):
    assert read_place("state", cell, {}).code == code


def test_the_mapping_says_what_the_library_cannot():
    values = {"creole": "hat", "n/a": ""}
    assert read_place("language", "Creole", values).code == "hat"
    assert read_place("language", "CREOLE (Haiti)", values).code == "hat"
    assert read_place("language", "N/A", values) == read_place("language", "n/a", values)
    assert read_place("language", "N/A", values).how == "mapping"


def test_every_code_has_a_name_in_both_languages():
    for lang in ("en", "es"):
        assert all(places.country_name(code, lang) != code for code in places.country_codes())
        assert all(places.state_name(code, lang) != code for code in places.state_codes())
        assert all(name for _, name in places.choices("language", lang))
    assert places.language_name("quc", "es") == "k'iche'"
    assert places.country_name("VE", "es") == "Venezuela"
    assert places.state_name("NY", "es") == "Nueva York"
    assert places.country_name("ZZZ", "en") == "ZZZ"


# ---- days ------------------------------------------------------------------------------


def day(cell, order=None, epoch=""):
    found = read_day(cell, order, epoch, TODAY)
    return "no" if isinstance(found, Problem) else found


def test_a_day_is_read_in_the_order_that_was_said():
    assert day("3/12/2025", "day/month/year") == date(2025, 12, 3)
    assert day("3/12/2025", "month/day/year") == date(2025, 3, 12)
    assert day("13/02/2025", "month/day/year") == "no"
    assert day("3/12/2025") == "no"
    assert day("5/5/2025") == date(2025, 5, 5)


@pytest.mark.parametrize(
    "cell", ["31/02/2021", "2021-02-30", "29/02/2023", "0/1/2021", "2021-13-01", "soon", "99999999"]
)
def test_what_is_no_day_of_the_calendar_is_refused(cell):
    assert day(cell, "day/month/year", "1900") == "no"


def test_the_twenty_ninth_of_february_is_a_day_every_fourth_year():
    assert day("29/02/2024", "day/month/year") == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("2021-01-26", date(2021, 1, 26)),
        ("2021-01-26 13:04:00", date(2021, 1, 26)),
        ("26 de enero de 2021", date(2021, 1, 26)),
        ("Jan 26, 2021", date(2021, 1, 26)),
        ("", None),
        ("26/1/21", date(2021, 1, 26)),
        ("26/1/87", date(1987, 1, 26)),
        ("1/2/2099", "no"),
        ("44222", "no"),
    ],
)
def test_days_in_their_many_forms(cell, found):
    assert day(cell, "day/month/year") == found


def test_serial_days_count_from_the_workbooks_own_year():
    assert day("44222", None, "1900") == date(2021, 1, 26)
    assert day("42760", None, "1904") == date(2021, 1, 26)


@pytest.mark.parametrize("epoch", ["1900", "1904"])
@pytest.mark.parametrize("cell", ["2021", "2021.0", "1985", "15", "0", "1"])
def test_a_year_or_a_day_of_the_month_in_a_workbook_is_no_day_of_1905(cell, epoch):
    assert day(cell, None, epoch) == "no"


def test_the_whole_column_may_decide_the_order_and_else_asks():
    assert evidence(["1/2/2025", "13/2/2025"]).order == "day/month/year"
    assert evidence(["1/2/2025", "2/13/2025"]).order == "month/day/year"
    assert evidence(["1/2/2025", "3/4/2025"]).asks
    assert evidence(["1/2/2025", "13/2/2025", "2/13/2025"]).asks
    assert not evidence(["2025-02-01", "1/1/2025", "x"]).asks


def test_an_undecided_column_asks_and_a_decided_one_does_not():
    undecided = "day,n,from\n1/2/2025,1,Cuba\n3/4/2025,2,Cuba\n"
    assert "is the day or the month first?" in read(undecided).questions[0].en
    told = MAPPING + '[days]\nday = "month/day/year"\n'
    assert not read(undecided, told).questions
    assert read(undecided, told).rows[1].values["day"] == date(2025, 3, 4)
    assert read("day,n,from\n1/2/2025,1,Cuba\n30/4/2025,2,Cuba\n").rows[0].values["day"] == date(2025, 2, 1)


# ---- rows ------------------------------------------------------------------------------


def test_a_row_says_everything_that_is_wrong_with_it():
    row = read("day,n,from\n2025-02-31,none,Cuba,and more\n").rows[0]
    assert [problem.place for problem in row.problems] == ["", "day", "people"]
    assert "no day of the calendar" in row.problems[1].en


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("3", 3),
        (" 3 ", 3),
        ("3.0", 3),
        ("0", None),
        ("-2", None),
        ("1e9", None),
        ("1001", None),
        ("", None),
        ("٣", None),
    ],
)
def test_a_party_is_one_to_a_thousand_people(cell, count):
    assert read(f"day,n,from\n2025-02-01,{cell},Cuba\n").rows[0].values.get("people") == count


def test_a_short_row_has_blank_cells_at_its_end():
    row = read("day,n,from\n2025-02-01,3\n").rows[0]
    assert row.values == {"day": date(2025, 2, 1), "people": 3, "country": None}
    assert not row.problems


def test_what_was_not_understood_is_counted_and_kept():
    found = read("day,n,from\n2025-02-01,1,Atlantis\n2025-02-01,1,Atlantis\n2025-02-01,1,Pakistaan\n2025-02-01,1,\n")
    words = found.words["country"]
    assert words.none == {"Atlantis": 2}
    assert words.close == {("Pakistaan", "PK"): 1}
    assert words.blank == 1
    assert found.rows[0].said == {"country": "Atlantis"}


def test_every_usual_form_of_a_day_in_a_sheet_is_read_and_what_says_no_year_is_asked_about() -> None:
    today = date(2026, 11, 24)
    for cell, day in (
        ("05-Jan-21", date(2021, 1, 5)),
        ("05-ene-2021", date(2021, 1, 5)),
        ("20210105", date(2021, 1, 5)),
        ("12 sept 2020", date(2020, 9, 12)),
        ("12th March 2021", date(2021, 3, 12)),
        ("1º de marzo de 2021", date(2021, 3, 1)),
        ("12 de setiembre de 2020", date(2020, 9, 12)),
        ("2021-01-05T00:00:00Z", date(2021, 1, 5)),
        ("12-mar-85", date(1985, 3, 12)),
        ("12 mar 2021 14:33", date(2021, 3, 12)),
    ):
        assert read_day(cell, None, "", today) == day, cell
    for cell, day_first, month_first in (
        ("1/5/2021 0:00", date(2021, 5, 1), date(2021, 1, 5)),
        ("05.01.2021", date(2021, 1, 5), date(2021, 5, 1)),
        ("1/5/21 2:33 PM", date(2021, 5, 1), date(2021, 1, 5)),
    ):
        assert read_day(cell, "day/month/year", "", today) == day_first, cell
        assert read_day(cell, "month/day/year", "", today) == month_first, cell
        assert isinstance(read_day(cell, None, "", today), Problem), cell
    for cell in ("12 mar", "hoy", "lunes", "Jan-21"):
        problem = read_day(cell, None, "", today)
        assert isinstance(problem, Problem) and cell in problem.en and cell in problem.es
