"""Whatever is typed, reading a line never fails and never guesses."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mexile.services.quick_log.reading import accepted
from tests.services.lines import TOWN, reading

PIECES = st.sampled_from(
    "mar maría luna ice corte food comida domingo abril mayo martes 12/3 31/02 2h 90m 1:30 25h 10:00 +fam +3 $25 $x "
    "x5 120 555 me-0042 me-9999 ayer hoy 3 de marzo march reyes del carmen 2026-02-30 − ñ 🙂 +++ $ : , 0 ٣h".split()
)
LINES = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=9).map(" ".join))
KEYS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["person:ME-0042", "day:2026-11-22", "apart:", "minutes:-5", "others:99999999", "quantity:x"]),
)
CODES = {code for code, _, _ in TOWN}


@settings(max_examples=150)
@given(LINES, st.dictionaries(st.one_of(PIECES, st.text(max_size=8)), KEYS, max_size=4))
def test_no_line_and_no_choice_makes_the_reader_fail(line, picks):
    found = reading(line, picks=picks)
    assert set(found.people) <= CODES
    assert found.minutes is None or 0 <= found.minutes <= 1440
    assert 0 <= found.others <= 60 * 2000
    assert found.cents is None or found.cents >= 0
    assert found.quantity is None or found.quantity >= 0


@settings(max_examples=150)
@given(LINES)
def test_nothing_is_saved_while_words_can_be_read_in_two_ways(line):
    found = reading(line)
    for piece in found.pieces:
        sure = [choice for choice in piece.choices if choice.sure]
        if piece.chosen is None:
            assert not found.ready
        elif len(sure) > 1:
            raise AssertionError(f"{piece.words!r} was guessed among {[choice.key for choice in sure]}")
        else:
            assert piece.chosen in piece.choices


@settings(max_examples=120)
@given(LINES)
def test_enter_only_takes_what_is_among_the_choices_of_one_kind(line):
    found = reading(line)
    keys = accepted(found)
    for piece in found.questions:
        if piece.proposed:
            assert piece.proposed in piece.choices
            kinds = {choice.kind for choice in piece.choices if choice.sure}
            assert len(kinds) <= 1 or piece.words.strip("xX").isdecimal()
    again = reading(line, picks=keys)
    assert len(again.questions) <= len(found.questions)


@settings(max_examples=120)
@given(LINES)
def test_a_ready_line_says_who_and_what(line):
    found = reading(line)
    if found.ready and not found.empty:
        assert found.type_code
        assert found.people or found.others


@given(LINES)
def test_reading_twice_says_the_same(line):
    assert reading(line) == reading(line)
