"""Days and hours as an office on the border types them: what says one thing is read, what may say two is asked about."""

from datetime import date, time

import pytest

from mexile.ground.date_reading import parse_day
from mexile.ground.errors import Invalid
from mexile.ground.hours import parse_hour

TODAY = date(2026, 11, 24)

DAYS = {
    "5 enro 2026": "2026-01-05", "5 de febreo de 2026": "2026-02-05", "12 Feburary 2026": "2026-02-12", "5 Marhc 2026": "2026-03-05",
    "5 de Marso de 2026": "2026-03-05", "5 abirl 2026": "2026-04-05", "5 de juno de 2026": "2026-06-05", "12 agosot 2026": "2026-08-12",
    "5 Agust 2026": "2026-08-05", "5 setimbre 2026": "2026-09-05", "5 de septiempre de 2026": "2026-09-05", "12 Setpember 2026": "2026-09-12",
    "12 de otubre 2026": "2026-10-12", "12 Octuber 2025": "2025-10-12", "12 de nobiembre de 2025": "2025-11-12", "12 Decmber 2025": "2025-12-12",
    "15.03.2026": "2026-03-15", "15.03.26": "2026-03-15", "15. marzo 2026": "2026-03-15", "24 nov. 2026": "2026-11-24", "Nov. 24, 2026": "2026-11-24",
    "5 de sep. de 2026": "2026-09-05", "31/12/26": "2026-12-31", "31/12/25": "2025-12-31", "12/31/25": "2025-12-31", "24-nov-26": "2026-11-24",
    "MAR/03/2026": "2026-03-03", "03MAR2026": "2026-03-03", "24 noviembre de 26": "2026-11-24", "3 de marzo del año 2026": "2026-03-03",
    "1ro de enero de 2026": "2026-01-01", "2do de mayo de 2026": "2026-05-02", "3er de mayo de 2026": "2026-05-03", "5to de mayo de 2026": "2026-05-05",
    "7mo de mayo de 2026": "2026-05-07", "8vo de mayo de 2026": "2026-05-08", "9no de mayo de 2026": "2026-05-09", "21st Dec 2025": "2025-12-21",
    "22nd of March, 2026": "2026-03-22", "1° de mayo de 2026": "2026-05-01", "mañana": "2026-11-25", "MAÑANA": "2026-11-25", "tomorrow": "2026-11-25",
    "pasado mañana": "2026-11-26", "day after tomorrow": "2026-11-26", "day before yesterday": "2026-11-22", "antier": "2026-11-22",
    "2026-11-24T00:00:00Z": "2026-11-24", "2026-11-24 00:00:00": "2026-11-24", "20261124": "2026-11-24", "24112026": "2026-11-24",
    "Tues. Nov. 24, 2026": "2026-11-24", "martes, 24 de noviembre de 2026": "2026-11-24", "Fri 11/27/2026": "2026-11-27", "vie 27/11/26": "2026-11-27",
    "mie. 25 nov 2026": "2026-11-25", "6/6/26": "2026-06-06", "24/11": "2026-11-24", "11/24": "2026-11-24", "12 Mar 2026.": "2026-03-12",
}  # fmt: skip
ASKED_DAYS = ["7/8/26", "6-7-2026", "3/4", "01/02/2026", "07082026", "5.6.2026", "lunes 3 de marzo de 2026"]
NO_DAYS = ["5 jule 2026", "12 mars 2026", "5 ju 2026", "Marco 12 2026 x", "Mario 12 2026", "5 Julia 2026", "Ana 12", "46350", "46350.0", "2026-11-24T08:30", "2026-11-24 08:30:00",
           "30 febreo 2026", "next week", "fin de mes", "0000-00-00", "11/2026", "24 nov 2026 / 25 nov 2026"]  # fmt: skip

HOURS = {
    "12 pm": "12:00", "12 am": "00:00", "12 md": "12:00", "12 m.d.": "12:00", "12:00 MD": "12:00", "12 M.": "12:00", "12:00 m": "12:00",
    "mediodía": "12:00", "al mediodía": "12:00", "al medio dia": "12:00", "at noon": "12:00", "12 noon": "12:00", "midnight": "00:00",
    "at midnight": "00:00", "a medianoche": "00:00", "a la medianoche": "00:00", "0830": "08:30", "8.30": "08:30", "830": "08:30", "20h": "20:00",
    "20 hrs": "20:00", "20 hrs.": "20:00", "20:00 hrs.": "20:00", "20H00": "20:00", "0900 hours": "09:00", "1330 hrs": "13:30", "8 h 30": "08:30",
    "1:30 P .M.": "13:30", "1:30 p.m": "13:30", "8:30 A. M.": "08:30", "8:30 a m": "08:30", "8:30 a.m.,": "08:30", "8:30;": "08:30", "8a": "08:00",
    "1 p. m.": "13:00", "10 am.": "10:00", "a las 9:00 hrs.": "09:00", "a la 1:00 de la tarde": "13:00", "nueve de la mañana": "09:00",
    "doce del mediodía": "12:00", "8 de la noche": "20:00", "6 a.m.": "06:00",
}  # fmt: skip
ASKED_HOURS = ["1:30", "5", "06:30", "0600", "00:00", "12 de la mañana", "la una y media"]
NO_HOURS = [
    "8:30 MST",
    "12:30 md m",
    "9 AM - 11 AM",
    "8:30 a 9:30",
    "24:00",
    "mañana",
    "8:30 mañana",
    "morning",
    "13 md",
    "8 md",
    "25h",
    "before 8:30",
    "2026-11-24T08:30",
]


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_read_as_it_is_typed(text):
    assert parse_day(text, TODAY) == date.fromisoformat(DAYS[text])


@pytest.mark.parametrize("text", ASKED_DAYS)
def test_a_day_that_may_be_two_is_asked_about(text):
    with pytest.raises(Invalid) as asked:
        parse_day(text, TODAY)
    assert "?" in asked.value.problems[0].en and "¿" in asked.value.problems[0].es


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_names_no_one_day_is_refused(text):
    with pytest.raises(Invalid) as refused:
        parse_day(text, TODAY)
    assert "no day of the calendar" in refused.value.problems[0].en


@pytest.mark.parametrize("text", HOURS)
def test_an_hour_is_read_as_it_is_typed(text):
    assert parse_hour(text) == time.fromisoformat(HOURS[text])


@pytest.mark.parametrize("text", ASKED_HOURS)
def test_an_hour_that_may_be_two_is_asked_about(text):
    with pytest.raises(Invalid) as asked:
        parse_hour(text)
    assert " or " in asked.value.problems[0].en and "Write a.m. or p.m." in asked.value.problems[0].en


@pytest.mark.parametrize("text", NO_HOURS)
def test_what_names_no_one_hour_is_refused(text):
    with pytest.raises(Invalid) as refused:
        parse_hour(text)
    assert "Write a time of day" in refused.value.problems[0].en
