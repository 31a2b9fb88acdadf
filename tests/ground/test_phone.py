"""Telephones: every usual way of writing one number meets, what differs stays apart, nothing beside it is lost."""

import pytest

from mexile.ground.errors import Invalid
from mexile.ground.phone import hear, normal_phone, parse_phone, phones_in, shown_phone, without_extension
from mexile.ground.text import says_nothing

JUAREZ = "+526565550101"


@pytest.mark.parametrize(
    "text",
    [
        "+52 656 555 0101",
        "+52 1 656 555 0101",
        "+5216565550101",
        "52 656 555 0101",
        "5216565550101",
        "011 52 656 555 0101",
        "011 52 1 656 555 0101",
        "00 52 656 555 0101",
        "0052 1 656 555 0101",
        "01 656 555 0101",
        "044 656 555 0101",
        "045 656 555 0101",
        "+52 (656) 555-01-01",
        "(+52) 656-555-0101",
        "+52 044 656 555 0101",
        "+52\u00a0656\u2011555\u20110101",
        "Tel.: +52 656 555 0101",
        "cel. 044 656 555 0101",
    ],
)
def test_every_way_of_writing_a_mexican_number_meets(text):
    assert parse_phone(text) == JUAREZ


@pytest.mark.parametrize(
    "text",
    ["915 555 0123", "(915) 555-0123", "915.555.0123", "9155550123", "1-915-555-0123", "+1 915 555 0123",
     "001 915 555 0123", "tel. 915-555-0123", "No. 915 555 0123", "915/555-0123", "9155550123.0", "９１５ ５５５ ０１２３"],
)  # fmt: skip
def test_every_way_of_writing_a_number_from_here_meets(text):
    assert parse_phone(text) == "+19155550123"


def test_a_number_as_whatsapp_keeps_it_is_mexican_also_where_the_city_is_not_known():
    assert parse_phone("5219155550101") == "+529155550101"
    assert parse_phone("50255550101") == "+50255550101"


@pytest.mark.parametrize("text", ["608-555-0100 x11", "608-555-0100x11", "608 555 0100 ext. 11", "608-555-0100 ext 11",
    "(608) 555-0100 #11", "608-555-0100 extensión 11", "+1 608-555-0100 ext. 11", "+16085550100;ext=11",
    "608-555-0100 Ext11", "608-555-0100 ext.11", "608-555-0100 (x11)", "608-555-0100, x11", "x11 608-555-0100",
    "608-555-0100 ext. no. 11", "608-555-0100 ext #11", "608-555-0100 ext-11", "608-555-0100 extn 11"])  # fmt: skip
def test_an_extension_is_kept_and_tells_two_colleagues_apart(text):
    assert parse_phone(text) == "+16085550100;ext=11"
    assert parse_phone("608-555-0100 x12") != parse_phone(text) != parse_phone("608-555-0100")


@pytest.mark.parametrize(("text", "number"), [("# 915-555-0123", "+19155550123"), ("#: 915 555 0123", "+19155550123")])
def test_a_sign_before_a_number_is_no_extension(text, number):
    assert parse_phone(text) == number


def test_the_number_of_a_home_is_no_extension():
    assert [(one.numbers, one.note) for one in hear("915 555 0123 apt #4")] == [(("+19155550123",), "apt #4")]


@pytest.mark.parametrize("text", ["11 608-555-0100", "+1 1 608 555 0100"])
def test_a_figure_too_many_is_refused_and_not_left_out(text):
    assert hear(text)[0].numbers == ()


def test_a_kept_number_is_shown_as_it_is_read_again():
    for number in (JUAREZ, "+19155550123", "+16085550100;ext=11", "+50255550101"):
        assert normal_phone(shown_phone(number)) == normal_phone(number) == number
    assert shown_phone("+16085550100;ext=11") == "+1 608-555-0100 ext. 11"
    assert without_extension("+16085550100;ext=11") == "+16085550100"


@pytest.mark.parametrize("text", ["656 555 0101", "614-555-0101", "55 1234 5678", "(312) 555-0101"])
def test_ten_digits_that_may_be_of_two_countries_are_asked_for_and_searched_as_both(text):
    with pytest.raises(Invalid) as asked:
        parse_phone(text)
    assert "(United States) or" in asked.value.problems[0].en and "¿Es +1" in asked.value.problems[0].es
    digits = "".join(filter(str.isdigit, text))
    assert phones_in(text) == ["+1" + digits, "+52" + digits]
    assert hear(text, "MX")[0].numbers == ("+52" + digits,)
    assert hear(text, "US")[0].numbers == ("+1" + digits,)


def test_ten_digits_of_one_country_are_read():
    assert parse_phone("744 555 0101") == "+527445550101"
    assert hear("915 555 0123", "MX")[0].numbers == ("+19155550123",)


@pytest.mark.parametrize("text", ["0000000000", "1111111111", "1234567890", "+1 000 000 0000", "+52 000 000 0000",
    "12", "555 0101", "911", "915 555 0123 915 555 0124", "9155550123 15", "call me", "@gaviota", "99999999999999999999"])  # fmt: skip
def test_what_no_telephone_can_be_is_refused(text):
    with pytest.raises(Invalid) as refused:
        parse_phone(text)
    assert "no telephone number" in refused.value.problems[0].en


@pytest.mark.parametrize("text", ["5.61855E+09", "5,61855E+09", "9.15555e9"])
def test_a_number_that_a_spreadsheet_rounded_is_refused_in_words(text):
    with pytest.raises(Invalid) as refused:
        parse_phone(text)
    assert "rounded" in refused.value.problems[0].en and "redondeó" in refused.value.problems[0].es


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("(915) 555-0199 (hermana)", ["hermana"]),
        ("hermana: 915 555 0199", ["hermana"]),
        ("no llamar de noche 915 555 0199", ["no llamar de noche"]),
        ("915 555 0199, después de las 18", ["después de las 18"]),
        ("9155550199 / 9155550124", ["", ""]),
        ("915 555 0199 (hermana) y 915 555 0124 (tía)", ["hermana", "tía"]),
        ("915 555 0199,915 555 0124", ["", ""]),
    ],
)
def test_two_numbers_and_the_words_beside_them_are_all_heard_and_a_form_asks(text, notes):
    heard = hear(text)
    assert [one.note for one in heard] == notes
    assert [one.numbers for one in heard] == [("+19155550199",), ("+19155550124",)][: len(notes)]
    with pytest.raises(Invalid):
        parse_phone(text)


@pytest.mark.parametrize(
    "text", ["'9155550199", '="9155550199"', "“915 555 0199”", '"915-555-0199"', "‘915 555 0199’", "*915 555 0199*"]
)
def test_the_marks_by_which_a_spreadsheet_keeps_a_number_as_text_are_no_note(text):
    assert [(one.numbers, one.note) for one in hear(text)] == [(("+19155550199",), "")]
    assert parse_phone(text) == "+19155550199"


@pytest.mark.parametrize("text", ["", " ", "-", "--", "—", "?", "N/A", "n/a", "NULL", "s/d", "no tiene", "No tiene.", "#N/A",
    "none", "NA", "n.a.", "sin teléfono", "(ninguno)", "No aplica", "desconocido"])  # fmt: skip
def test_what_says_nothing_is_empty(text):
    assert says_nothing(text)
    assert parse_phone(text) is None and hear(text) == []


@pytest.mark.parametrize("text", ["Nada", "Na", "Ana", "No", "Nula", "X", "Luz N.", "0", "Nadia", "Noé"])
def test_names_and_answers_are_no_placeholders(text):
    assert not says_nothing(text)


def test_a_country_named_twice_is_no_number_of_a_third():
    (heard,) = hear("+1+915 555 0188")
    assert heard.numbers == () and heard.text == "+1+915 555 0188"


def test_a_number_that_a_cell_says_twice_is_one_with_the_words_of_both_places():
    (heard,) = hear("915-555-0123 casa / (915) 555 0123 WhatsApp")
    assert heard.numbers == ("+19155550123",) and heard.note == "casa WhatsApp"
