"""An hour is read as notices write it, and never guessed."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mexile.ground.errors import Invalid
from mexile.ground.hours import format_hour, parse_hour

CLEAR = [
    "{h}:{m:02} {half}.m.",
    "{h}:{m:02} {half}. m.",
    "{h}:{m:02}{half}m",
    "{h}:{m:02} {H}M",
    "{h}:{m:02}{H}.M.",
    "{h}.{m:02} {half}m",
    "{h:02}:{m:02} {H}M",
    "{h}:{m:02}\u00a0{half}.\u202fm.",
    "{h}:{m:02} {half}",
    "{h}{m:02} {half}m",
    "{h}:{m:02}:00 {half}m.",
]
DAY = [
    "{t}:{m:02}",
    "{t:02}:{m:02}",
    "{t}.{m:02}",
    "{t}{m:02}",
    "{t}h{m:02}",
    "{t}:{m:02} h",
    "{t}:{m:02} hrs",
    "{t}:{m:02} horas",
    "a las {t}:{m:02}",
]


@given(st.times(), st.sampled_from(CLEAR))
def test_what_says_its_half_of_the_day_is_read_in_every_usual_form(at, form):
    half = "ap"[at.hour >= 12]
    text = form.format(h=at.hour % 12 or 12, m=at.minute, half=half, H=half.upper())
    assert parse_hour(text) == time(at.hour, at.minute)


@given(st.times(), st.sampled_from(DAY))
def test_an_hour_without_its_half_is_read_from_seven_on_and_asked_about_before(at, form):
    text = form.format(t=at.hour, m=at.minute)
    if at.hour >= 7:
        assert parse_hour(text) == time(at.hour, at.minute)
        return
    with pytest.raises(Invalid) as asked:
        parse_hour(text)
    early, late = time(at.hour, at.minute), time(at.hour + 12, at.minute)
    for lang, words in (("en", asked.value.problems[0].en), ("es", asked.value.problems[0].es)):
        assert format_hour(early, lang) in words and format_hour(late, lang) in words


@given(st.times(), st.sampled_from(["en", "es"]))
def test_what_the_pages_show_can_be_typed(at, lang):
    assert parse_hour(format_hour(at, lang)) == time(at.hour, at.minute)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("1 pm", time(13)),
        ("8", time(8)),
        ("12 pm", time(12)),
        ("12 a.m.", time(0)),
        ("12:30", time(12, 30)),
        ("noon", time(12)),
        ("Mediodía", time(12)),
        ("medianoche", time(0)),
        ("1:30 de la tarde", time(13, 30)),
        ("8:30 de la mañana", time(8, 30)),
        ("9 de la noche", time(21)),
        ("3 de la madrugada", time(3)),
        ("a las doce del mediodía", time(12)),
        ("a las 12 m.", time(12)),
        ("13:30 p. m.", time(13, 30)),
        ("10 o’clock", time(10)),
        ("10 del día", time(10)),
        ("11:30 del día", time(11, 30)),
        ("12 del día", time(12)),
        ("1 del día", time(13)),
        ("12 m.", time(12)),
        ("12:00 M", time(12)),
        ("medio día", time(12)),
        ("media noche", time(0)),
        ("12:00 noon", time(12)),
        ("1330h", time(13, 30)),
        ("13:30 hours", time(13, 30)),
        ("130pm", time(13, 30)),
        ("@ 8:30 AM", time(8, 30)),
        ("8 30 am", time(8, 30)),
        ("la una y media de la tarde", time(13, 30)),
        ("a las ocho", time(8)),
        ("ocho", time(8)),
        ("8 y cuarto", time(8, 15)),
        ("a las 9 y 20", time(9, 20)),
        ("doce del día", time(12)),
        ("8,30", time(8, 30)),
        ("12 de la noche", time(0)),
        ("1 de la mañana", time(1)),
    ],
)
def test_words_of_the_day_are_read(text, at):
    assert parse_hour(text) == at


@pytest.mark.parametrize(
    "text",
    [
        "12 de la mañana",
        "12:30 in the morning",
        "12 in the evening",
        "la una y media",
        "a las dos",
        "4 de la noche",
        "5 at night",
        "1 in the evening",
        "11 de la madrugada",
        "11 de la tarde",
    ],
)
def test_words_that_leave_two_hours_ask_which(text):
    with pytest.raises(Invalid) as asked:
        parse_hour(text)
    assert "a.m. or" in asked.value.problems[0].en


@pytest.mark.parametrize(
    "text",
    [
        "13 m",
        "8 m",
        "9 del mes",
        "8 y",
        "",
        "25:00",
        "24:00",
        "8:60",
        "8:5",
        "13:30 am",
        "0:30 pm",
        "8:30 MST",
        "soon",
        "-8",
        "8:30 8:45",
        "1²",
        "8²:30",
        "88888",
    ],
)
def test_what_is_no_hour_is_refused_in_words(text):
    with pytest.raises(Invalid) as refused:
        parse_hour(text)
    assert refused.value.problems[0].en and refused.value.problems[0].es


@given(st.text(max_size=20))
def test_nothing_typed_breaks_it(text):
    try:
        assert isinstance(parse_hour(text), time)
    except Invalid as refused:
        assert refused.problems
