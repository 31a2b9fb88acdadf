"""A typed line becomes a service: what is read, what is asked, what is refused."""

import pytest

from mexile.services.quick_log.reading import accepted
from tests.services.lines import Town, asked, reading, said

LUNA = ["ME-0042"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("luna ice", {"people": LUNA, "type": "acc_ice"}),
        ("ice luna", {"people": LUNA, "type": "acc_ice"}),
        ("Luna, ICE.", {"people": LUNA, "type": "acc_ice"}),
        ("luna ISAP 90m", {"people": LUNA, "type": "acc_ice", "minutes": 90}),
        ("luna check-in", {"people": LUNA, "type": "acc_ice"}),
        ("luna check in", {"people": LUNA, "type": "acc_ice"}),
        ("luna presentación", {"people": LUNA, "type": "acc_ice"}),
        ("luna presentacion", {"people": LUNA, "type": "acc_ice"}),
        ("luna audiencia 165 min", {"people": LUNA, "type": "acc_court", "minutes": 165}),
        ("court luna 2 hours", {"people": LUNA, "type": "acc_court", "minutes": 120}),
        ("corte luna 2 horas ayer", {"people": LUNA, "type": "acc_court", "minutes": 120, "on": "2026-11-23"}),
        ("luna permiso de trabajo", {"people": LUNA, "type": "ead"}),
        ("luna work permit", {"people": LUNA, "type": "ead"}),
        ("despensa para luna y reyes", {"people": ["ME-0042", "ME-0009"], "type": "food"}),
        ("food for luna and reyes", {"people": ["ME-0042", "ME-0009"], "type": "food"}),
        ("luna luna ice", {"people": LUNA, "type": "acc_ice"}),
        ("me-0042 therapy", {"people": LUNA, "type": "therapy"}),
        ("ME-0042 terapia", {"people": LUNA, "type": "therapy"}),
        ("garcía luna terapia", {"people": LUNA, "type": "therapy"}),
        ("maría del carmen consulta", {"people": ["ME-0012"], "type": "consult"}),
        ("luna +fam food", {"people": LUNA, "family": True, "type": "food"}),
        ("luna comida+f", {"people": LUNA, "family": True, "type": "food"}),
        ("luna+familia comida", {"people": LUNA, "family": True, "type": "food"}),
        ("luna + hogar comida", {"people": LUNA, "family": True, "type": "food"}),
        ("luna food +3", {"people": LUNA, "type": "food", "others": 3}),
        ("+40 food", {"type": "food", "others": 40}),
        ("+2 +3 food", {"type": "food", "others": 5}),
        ("luna transport 5", {"people": LUNA, "type": "transport", "quantity": 5}),
        ("luna transport x5", {"people": LUNA, "type": "transport", "quantity": 5}),
        ("luna albergue 3 noches", {"people": LUNA, "type": "housing", "quantity": 3}),
        ("luna shelter 3 nights", {"people": LUNA, "type": "housing", "quantity": 3}),
        ("luna traducción 12 páginas", {"people": LUNA, "type": "translate", "quantity": 12}),
        ("luna emergency $25", {"people": LUNA, "type": "emergency", "cents": 2500}),
        ("luna emergencia $1,000.50", {"people": LUNA, "type": "emergency", "cents": 100050}),
        ("luna emergencia $1.000,50", {"people": LUNA, "type": "emergency", "cents": 100050}),
        ("luna emergency 25 usd", {"people": LUNA, "type": "emergency", "cents": 2500}),
        ("luna emergency 50", {"people": LUNA, "type": "emergency", "cents": 5000}),
        ("luna transporte $12", {"people": LUNA, "type": "transport", "cents": 1200}),
    ],
)
def test_a_line_in_either_language_is_read(line, expected):
    assert said(line) == expected
    assert reading(line).ready


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("90m", 90),
        ("90 min", 90),
        ("1.5h", 90),
        ("1,5h", 90),
        ("1,5 h", 90),
        ("1:30", 90),
        ("1h30", 90),
        ("1h30m", 90),
        ("2h", 120),
        ("2 h", 120),
        ("2 hrs", 120),
        ("0:05", 5),
        ("0m", 0),
        ("24h", 1440),
        ("7:59", 479),
    ],
)
def test_durations_are_read_in_every_common_form(words, minutes):
    assert reading(f"luna ice {words}").minutes == minutes


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("hoy", "2026-11-24"),
        ("today", "2026-11-24"),
        ("ayer", "2026-11-23"),
        ("yesterday", "2026-11-23"),
        ("anteayer", "2026-11-22"),
        ("lunes", "2026-11-23"),
        ("monday", "2026-11-23"),
        ("miércoles", "2026-11-18"),
        ("Wednesday", "2026-11-18"),
        ("sabado", "2026-11-21"),
        ("25/3", "2026-03-25"),
        ("3/25", "2026-03-25"),
        ("3/3", "2026-03-03"),
        ("2026-03-12", "2026-03-12"),
        ("25/12", "2025-12-25"),
        ("13/03/2025", "2025-03-13"),
        ("12 marzo", "2026-03-12"),
        ("12 de marzo", "2026-03-12"),
        ("marzo 12", "2026-03-12"),
        ("march 12", "2026-03-12"),
        ("12th of march 2025", "2025-03-12"),
        ("30 noviembre", "2025-11-30"),
        ("29 febrero", "2024-02-29"),
        ("1o de mayo", "2026-05-01"),
    ],
)
def test_a_day_is_a_full_word_or_a_number(words, day):
    assert reading(f"luna ice {words}").on.isoformat() == day


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("luna terapia 12 nov 30 min", {"type": "therapy", "minutes": 30}),
        ("luna terapia nov 12 90 min", {"type": "therapy", "minutes": 90}),
        ("luna albergue 12 nov 3 noches", {"type": "housing", "quantity": 3}),
        ("luna traducción 12 noviembre 20 páginas", {"type": "translate", "quantity": 20}),
        ("luna emergencia 12 nov 25 usd", {"type": "emergency", "cents": 2500}),
        ("luna transporte 12 nov 5", {"type": "transport", "quantity": 5}),
    ],
)
def test_how_many_behind_a_day_is_not_its_year(line, expected):
    assert said(line) == {"people": LUNA, "on": "2026-11-12"} | expected


def test_two_digits_behind_a_day_are_asked_about():
    line = "luna transporte 3 nov 24"
    assert asked(line) == {"3 nov 24": ["day:2024-11-03", "apart:"]}
    assert reading(line, picks={"3 nov 24": "apart:"}).quantity == 24
    assert said("luna transporte 3 nov 2024")["on"] == "2024-11-03"


def test_a_day_with_a_shortened_month_is_one_and_where_a_name_begins_so_both_are_offered():
    assert said("luna food 3 Nov") == {"people": LUNA, "type": "food", "on": "2026-11-03"}
    assert asked("luna food 3 mar") == {"3 mar": ["day:2026-03-03", "apart:"]}
    assert asked("food mar 3") == {"mar": ["person:ME-0042", "person:ME-0007", "person:ME-0012"], "3": ["others:3"]}


@pytest.mark.parametrize("word", ["mar", "lun", "jue", "dom", "sun", "mon", "sat", "abr", "ene", "dec", "sept"])
def test_a_shortened_day_or_month_is_never_read_as_one(word):
    found = reading(f"ice {word}")
    assert found.on is None
    assert all(choice.kind not in ("day", "month") for piece in found.pieces for choice in piece.choices)


def test_mar_is_maria_and_never_tuesday_or_march():
    assert asked("mar ice 2h ayer +fam") == {"mar": ["person:ME-0042", "person:ME-0007", "person:ME-0012"]}
    assert said("mar ice 2h ayer +fam") == {"family": True, "type": "acc_ice", "minutes": 120, "on": "2026-11-23"}


def test_enter_takes_the_first_person_that_is_proposed():
    line = "mar ice 2h ayer +fam"
    first = reading(line)
    assert not first.ready
    second = reading(line, picks=accepted(first))
    assert second.ready
    assert second.people == ("ME-0042",)


@pytest.mark.parametrize(
    ("line", "choices"),
    [
        ("domingo ice", ["day:2026-11-22", "person:ME-0009", "person:ME-0010"]),
        ("abril ice", ["month:4", "person:ME-0007"]),
        ("abril 3 luna food", ["day:2026-04-03", "apart:"]),
        ("luna ice 12/3", ["day:2026-03-12", "day:2025-12-03"]),
        ("luna ice 3/12/2025", ["day:2025-12-03", "day:2025-03-12"]),
        ("luna ice martes", ["day:2026-11-24", "day:2026-11-17"]),
        ("luna ice 2", ["minutes:120", "minutes:2"]),
        ("luna transport 120", ["quantity:120", "person:ME-0011"]),
    ],
)
def test_what_can_be_read_two_ways_is_asked_and_enter_does_not_settle_it(line, choices):
    found = reading(line)
    assert not found.ready
    (piece,) = found.questions
    assert [choice.key for choice in piece.choices] == choices
    assert accepted(found) == {}


@pytest.mark.parametrize(
    ("line", "pick", "expected"),
    [
        ("domingo ice luna", {"domingo": "day:2026-11-22"}, {"people": LUNA, "type": "acc_ice", "on": "2026-11-22"}),
        ("domingo ice", {"domingo": "person:ME-0009"}, {"people": ["ME-0009"], "type": "acc_ice"}),
        ("luna ice 12/3", {"12/3": "day:2026-03-12"}, {"people": LUNA, "type": "acc_ice", "on": "2026-03-12"}),
        ("luna ice 2", {"2": "minutes:120"}, {"people": LUNA, "type": "acc_ice", "minutes": 120}),
        (
            "abril 3 transport",
            {"abril 3": "apart:", "abril": "person:ME-0007"},
            {"people": ["ME-0007"], "type": "transport", "quantity": 3},
        ),
    ],
)
def test_a_choice_settles_the_words(line, pick, expected):
    assert said(line, picks=pick) == expected
    assert reading(line, picks=pick).ready


@pytest.mark.parametrize(
    "pick",
    [
        {"domingo": "person:ME-0099"},
        {"domingo": "day:2020-01-01"},
        {"domingo": "type:bond_fund"},
        {"domingo": "nonsense"},
    ],
)
def test_a_choice_that_the_words_cannot_mean_is_ignored(pick):
    assert asked("domingo ice", picks=pick) == {"domingo": ["day:2026-11-22", "person:ME-0009", "person:ME-0010"]}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("luna ice 25h", "A day has 24 hours"),
        ("luna ice 1441m", "A day has 24 hours"),
        ("luna ice 10:00", "looks like a time of day"),
        ("luna ice 31/02", "no day of the calendar"),
        ("luna ice 29 febrero 2025", "no day of the calendar"),
        ("luna ice mayo", "Which day of mayo"),
        ("luna emergency $1e9", "called"),
        ("luna emergency $12,34,5", "Write an amount"),
        ("luna ice food", "two services"),
        ("luna ice 1h 2h", "two durations"),
        ("luna ice hoy ayer", "two days"),
        ("luna emergency $5 $6", "two amounts"),
        ("zzz ice", "Nobody and no service is called “zzz”"),
        ("ice", "Who was it for"),
        ("luna", "What was done"),
        ("+fam food", "Whose household"),
        ("+9999 food", "event of their own"),
        ("luna food 9999999", "too large"),
        ("luna food 12 pages", "not counted so: “12 pages”"),
        ("luna comida 3 noches", "not counted so: “3 noches”"),
        ("luna translation 2 nights", "not counted so"),
        ("luna housing 3 unidades", "not counted so"),
        ("luna transport 2 páginas", "not counted so"),
        ("luna ice 12 pages", "not counted so"),
        ("luna emergency 12 pages", "not counted so"),
        ("luna safety plan 3", "not counted so"),
        ("luna " * 80, "too long"),
    ],
)
def test_what_is_wrong_is_said_in_words(line, words):
    found = reading(line)
    assert not found.ready
    assert any(words in problem.text("en") for problem in found.problems)
    assert all(problem.text("es") != problem.text("en") for problem in found.problems)


def test_an_empty_line_is_no_mistake_but_nothing_to_save():
    assert reading("   ").empty
    assert not reading("").problems


def test_a_name_that_is_also_a_service_is_asked():
    town = Town((("ME-0001", "Socorro Corte", "111"), ("ME-0002", "Paz Vela", "222")))
    assert asked("corte paz", people=town) == {"corte": ["type:acc_court", "person:ME-0001"]}


def test_a_beginning_finds_people_and_services_side_by_side():
    town = Town((("ME-0001", "Consuelo Vela", "111"),))
    assert asked("cons", people=town)["cons"][0] == "person:ME-0001"
    assert "type:consult" in asked("cons", people=town)["cons"]


def test_the_last_three_digits_of_a_telephone_name_somebody():
    """A number may also be a quantity: it is proposed, and taken on Enter."""
    found = reading("301 transport")
    assert asked("301 transport") == {"301": ["quantity:301", "person:ME-0012"]}
    assert said("301 transport", picks=accepted(found)) == {"people": ["ME-0012"], "type": "transport"}
    assert accepted(reading("luna 301 transport")) == {}


def test_a_number_of_a_kind_counted_in_people_is_taken_on_enter_only():
    found = reading("orient 12")
    assert asked("orient 12") == {"12": ["others:12"]}
    assert said("orient 12", picks=accepted(found)) == {"type": "orient", "others": 12}


def test_a_number_beside_what_counts_its_people_is_people_more_and_never_a_quantity():
    found = reading("luna food 12")
    assert asked("luna food 12") == {"12": ["others:12"]}
    assert said("luna food 12", picks=accepted(found)) == {"people": LUNA, "type": "food", "others": 12}
    assert said("luna food 12 personas", picks=accepted(reading("luna food 12 personas")))["others"] == 12
