"""May this person be reached by this way now? What isn't known to be safe is not."""

from datetime import UTC, datetime, time, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from mexile.ground import queue
from mexile.ground.db import db, writing
from mexile.ground.errors import Invalid
from mexile.members.contact.actions import mail_to_member
from mexile.members.contact.queries import may_contact
from mexile.members.contact.rules import CHANNELS, KIND_OF, Way, answer, when
from tests.make import Make

# Tuesday 24 Nov 2026, 18:30 in El Paso.
EVENING = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
NOON = EVENING - timedelta(hours=6)


def _way(kind: str = "phone", **rules: object) -> Way:
    return Way(kind, **rules)


def test_a_way_without_rules_is_allowed_and_another_kind_is_not_known() -> None:
    assert answer(_way(), "call", NOON).allowed
    assert not answer(_way(), "signal", NOON).allowed


@pytest.mark.parametrize(
    ("way", "channel", "safe", "words"),
    [
        (_way(via_attorney=True), "call", (), "Only through the attorney."),
        (_way(), "call", ("via_attorney",), "Only through the attorney."),
        (_way(), "call", ("in_person",), "Only in person."),
        (_way(is_mexican=True), "call", ("never_mx",), "Never to a Mexican number."),
        (_way(), "text", ("no_sms",), "No text messages."),
        (_way("email"), "email", ("call_only",), "Calls only."),
    ],
)
def test_what_holds_for_a_person_forbids_the_way(way: Way, channel: str, safe: tuple[str, ...], words: str) -> None:
    said = answer(way, channel, NOON, safe)
    assert (said.allowed, said.en) == (False, words) and said.es


def test_a_number_outside_mexico_may_be_called_where_mexican_ones_may_not() -> None:
    assert answer(_way(), "call", NOON, ("never_mx",)).allowed


def test_hours_hold_in_the_zone_of_the_person() -> None:
    way = _way(from_at=time(18), to_at=time(20))
    assert answer(way, "call", EVENING).allowed
    said = answer(way, "call", NOON)
    assert said.en == "Not now: only from 6:00 p.m. to 8:00 p.m. (El Paso, Denver). It is Tue 12:30 p.m. there now."
    assert (
        said.es == "Ahora no: solo de 6:00 p. m. a 8:00 p. m. (El Paso, Denver). Allá son las 12:30 p. m. del martes."
    )
    in_mexico = _way(zone="America/Mexico_City", from_at=time(18), to_at=time(19))
    assert not answer(in_mexico, "call", EVENING).allowed  # 19:30 there


def test_hours_begin_and_end_to_the_minute() -> None:
    way = _way(from_at=time(18), to_at=time(20))
    begin = EVENING - timedelta(minutes=30)
    assert answer(way, "call", begin).allowed
    assert not answer(way, "call", begin - timedelta(seconds=1)).allowed
    assert not answer(way, "call", begin + timedelta(hours=2)).allowed


def test_hours_over_midnight_belong_to_the_evening_before() -> None:
    """Fridays from 22:00 to 2:00: Saturday at 1:00 is allowed, Friday at 1:00 is not."""
    way = _way(days="0000100", from_at=time(22), to_at=time(2))
    saturday_at_one = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
    assert answer(way, "call", saturday_at_one).allowed
    assert not answer(way, "call", saturday_at_one - timedelta(days=1)).allowed


def test_hours_hold_on_the_night_the_clocks_change() -> None:
    """1 Nov 2026: 1:30 comes twice in El Paso, and both are before two."""
    way = _way(from_at=time(1), to_at=time(2))
    for hour in (7, 8):
        assert answer(way, "call", datetime(2026, 11, 1, hour, 30, tzinfo=UTC)).allowed
    assert not answer(way, "call", datetime(2026, 11, 1, 9, 30, tzinfo=UTC)).allowed


def test_what_to_mind_is_said_with_the_yes() -> None:
    way = _way(has_code_name=True, no_voicemail=True, is_shared=True, no_content=True)
    assert answer(way, "call", NOON).en == "Allowed now. Say the code name. Leave no voicemail. Others use it too."
    assert "llámenos" in answer(way, "text", NOON).es
    assert when(_way(days="1000000"), "en") == "only Mondays" and when(_way(), "es") == ""


DAYS = st.lists(st.sampled_from("01"), min_size=7, max_size=7).map("".join)
YEARS = {"min_value": datetime(2020, 1, 1), "max_value": datetime(2030, 1, 1)}  # noqa: DTZ001 - Hypothesis adds the zone
HOURS = st.tuples(st.times(), st.times()) | st.just((None, None))


@given(DAYS, HOURS, st.datetimes(timezones=st.just(UTC), **YEARS), st.sampled_from(CHANNELS))
def test_an_answer_always_comes_in_words_and_no_day_is_never(
    days: str, hours: tuple, moment: datetime, channel: str
) -> None:
    way = Way(KIND_OF[channel], days=days, from_at=hours[0], to_at=hours[1])
    said = answer(way, channel, moment)
    assert said.en and said.es
    if days == "0000000":
        assert not said.allowed
    assert not answer(way, channel, moment, ("via_attorney",)).allowed


def test_a_member_of_whom_nothing_is_known_is_not_contacted(app: Flask, make: Make, in_app: None) -> None:
    member = make.member()
    for channel in CHANNELS:
        assert not may_contact(member.id, channel).allowed
    assert not may_contact(10_000, "call").allowed


def test_the_number_on_the_record_counts_with_the_safe_answer(app: Flask, make: Make, in_app: None) -> None:
    member = make.member(phone="+526565550101", safe_contact="never_mx")
    other = make.member(phone="+19155550101", safe_contact="signal")
    assert may_contact(member.id, "call").en == "Never to a Mexican number."
    assert may_contact(other.id, "signal").allowed and may_contact(other.id, "call").allowed
    assert not may_contact(other.id, "whatsapp").allowed


def test_a_number_written_with_rules_goes_before_the_one_on_the_record(app: Flask, make: Make, in_app: None) -> None:
    member = make.member(phone="+19155550101")
    make.contact(member, value="+19155550101", via_attorney=True)
    member = make.member_with_phone_index(member)
    assert may_contact(member.id, "call").en == "Only through the attorney."


def test_no_mail_leaves_for_a_member_without_permission(app: Flask, make: Make) -> None:
    attorney = make.viewer("attorney")
    silent, shy = make.member(), make.member(email="canario@example.org", safe_contact="in_person")
    glad = make.member(email="canaria@example.org")
    with app.app_context():
        for member in (silent, shy):
            with pytest.raises(Invalid), writing():
                mail_to_member(viewer=attorney, code=member.code, kind="members.hello", key="1")
        with writing():
            mail_to_member(viewer=attorney, code=glad.code, kind="members.hello", key="2")
        assert db.session.scalars(db.select(queue.Job.key)).all() == ["members.hello:2"]
