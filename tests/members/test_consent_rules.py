"""How far a consent goes: levels, audiences, days, and that nothing leaves without a live one that fits."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mexile.ground.vocabulary import vocabulary
from mexile.members.consent import rules as consents
from mexile.members.consent.rules import LEVELS, Held, governing, is_enough

DAY = date(2026, 3, 2)
PURPOSES = ("media_name", "media_anon", "photo")
AUDIENCES = ("press", "film", "public", "staff")


def held(number=1, **values):
    values = {
        "purpose": "media_name",
        "audience": "press",
        "level": "named",
        "given_on": date(2026, 1, 10),
        "expires_on": date(2027, 1, 10),
        "revoked_on": None,
        **values,
    }
    return Held(number, 7, **values)


def test_the_last_day_still_counts_and_the_next_does_not():
    one = held()
    assert [one.state(day) for day in (date(2026, 1, 9), date(2026, 1, 10), date(2027, 1, 10), date(2027, 1, 11))] == [
        "not_yet",
        "live",
        "live",
        "expired",
    ]


def test_from_the_day_of_the_revocation_on_nothing_holds():
    one = held(revoked_on=DAY)
    assert (one.state(DAY - timedelta(days=1)), one.state(DAY)) == ("live", "revoked")


def test_a_year_later_is_the_28th_after_a_leap_day():
    assert consents.a_year_later(date(2028, 2, 29)) == date(2029, 2, 28)
    assert consents.a_year_later(date(2027, 2, 28)) == date(2028, 2, 28)


def test_everybody_stands_for_the_press_and_never_the_other_way_round():
    assert governing([held(audience="public")], "media_name", "press", DAY)
    assert governing([held(audience="press")], "media_name", "public", DAY) is None
    assert governing([held(audience="public")], "media_name", "staff", DAY) is None


def test_a_later_consent_that_allows_less_replaces_the_one_before():
    found = governing([held(1), held(2, given_on=date(2026, 2, 1), level="initials")], "media_name", "press", DAY)
    assert found is not None and found.level == "initials"


def test_an_older_or_wider_yes_never_brings_back_what_was_revoked():
    older, wider = held(1), held(2, audience="public")
    newer = held(3, given_on=date(2026, 2, 1), revoked_on=date(2026, 2, 20))
    assert governing([older, wider, newer], "media_name", "press", DAY) is None


@st.composite
def some(draw):
    given_on = DAY + timedelta(days=draw(st.integers(-500, 60)))
    revoked = draw(st.none() | st.integers(0, 500))
    return held(
        draw(st.integers(1, 99)),
        purpose=draw(st.sampled_from(PURPOSES)),
        audience=draw(st.sampled_from(AUDIENCES)),
        level=draw(st.sampled_from(LEVELS)),
        given_on=given_on,
        expires_on=given_on + timedelta(days=draw(st.integers(0, 400))),
        revoked_on=None if revoked is None else given_on + timedelta(days=revoked),
    )


@given(st.lists(some(), max_size=6), st.sampled_from(PURPOSES), st.sampled_from(AUDIENCES), st.sampled_from(LEVELS))
@settings(max_examples=300, deadline=None)
def test_nothing_leaves_without_a_live_consent_that_fits_purpose_audience_and_level(every, purpose, audience, wanted):
    found = governing(every, purpose, audience, DAY)
    if found is not None and is_enough(found.level, wanted):
        assert found in every and found.purpose == purpose
        assert found.audience == audience or (found.audience == "public" and audience in ("press", "film"))
        assert found.given_on <= DAY <= found.expires_on
        assert found.revoked_on is None or found.revoked_on > DAY
        assert LEVELS.index(found.level) >= LEVELS.index(wanted)


def terms(**values):
    return {
        "purpose": "media_name",
        "audience": "press",
        "level": "named",
        "given_on": DAY,
        "expires_on": date(2027, 3, 2),
        "evidence": "paper",
        "guardian": None,
        "witness": None,
        **values,
    }


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"expires_on": DAY - timedelta(days=1)}, "expires_on"),
        ({"given_on": DAY + timedelta(days=1)}, "given_on"),
        ({"purpose": "media_anon", "level": "first_name"}, "level"),
        ({"audience": "family"}, "audience"),
        ({"evidence": "witness"}, "witness"),
    ],
)
def test_what_a_consent_cannot_be_is_said_at_its_field(values, place):
    assert place in [problem.place for problem in consents.consent_terms_problems(terms(**values), DAY)]


def test_a_consent_of_one_day_is_one():
    assert consents.consent_terms_problems(terms(expires_on=DAY), DAY) == []


def test_a_minor_needs_somebody_who_consents_for_them():
    assert [p.place for p in consents.consent_terms_problems(terms(), DAY, is_minor=True)] == ["guardian"]
    assert consents.consent_terms_problems(terms(guardian="Ana"), DAY, is_minor=True) == []


def test_under_eighteen_is_counted_to_the_birthday():
    born = date(2008, 3, 2)
    assert consents.is_minor(2008, DAY - timedelta(days=1), born) and not consents.is_minor(2008, DAY, born)
    assert consents.is_minor(2008, DAY) and not consents.is_minor(2007, DAY) and not consents.is_minor(None, DAY)


def test_a_revocation_is_neither_before_the_consent_nor_tomorrow():
    given_on = date(2026, 1, 10)
    for day, is_right in ((date(2026, 1, 9), False), (given_on, True), (DAY, True), (DAY + timedelta(days=1), False)):
        assert (consents.revocation_problems(day, given_on, DAY) == []) == is_right


def test_a_person_is_shown_as_the_level_says():
    assert [consents.shown_as(level, "Ana María", "Ana María Reyes Luna") for level in (*LEVELS, None)] == [
        "",
        "A. M. R. L.",
        "Ana",
        "Ana María Reyes Luna",
        "",
    ]


def test_every_purpose_names_audiences_that_exist_and_words_in_both_languages():
    known = vocabulary("consent_audience")
    for term in vocabulary("consent_scope").values():
        assert set(term.more["audiences"]) <= set(known) and term.more["most"] in LEVELS
        version = consents.newest_words(term.code)
        assert consents.words_of(term.code, version, "en") != consents.words_of(term.code, version, "es")
