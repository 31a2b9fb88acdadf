"""Weeks without means: what is covered, from which day on not, and until the permit."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mexile.members.means.rules import Promise, gap, worst_first

TODAY = date(2026, 3, 2)
PERMIT = date(2026, 6, 1)


def found(**values):
    return gap(
        TODAY,
        **{"asked_on": TODAY, "roof_until": None, "weeks_covered": None, "promises": (), "permit_on": PERMIT, **values},
    )


def test_nothing_said_is_no_gap_and_no_reproach():
    assert found() is None


def test_food_for_four_weeks_leaves_nine_until_the_permit():
    one = found(weeks_covered=4)
    assert (one.from_on, one.weeks, one.missing) == (date(2026, 3, 30), 9, ("living",))


def test_the_roof_counts_to_its_last_day():
    one = found(roof_until=date(2026, 5, 31))
    assert one.is_none and one.missing == ()
    assert found(roof_until=date(2026, 5, 30)).weeks == 1


def test_the_gap_begins_when_the_first_of_both_ends():
    one = found(roof_until=date(2026, 4, 5), weeks_covered=20)
    assert one.from_on == date(2026, 4, 6) and one.missing == ("roof",)


def test_what_was_covered_in_the_past_is_past():
    one = found(asked_on=TODAY - timedelta(days=70), weeks_covered=4)
    assert one.from_on == TODAY and one.weeks == 13


def test_a_promise_goes_on_where_means_end_and_not_over_an_empty_day():
    on_time = Promise("both", date(2026, 3, 30), date(2026, 5, 31))
    late = Promise("both", date(2026, 3, 31), date(2026, 5, 31))
    assert found(weeks_covered=4, roof_until=PERMIT, promises=[on_time]).is_none
    assert found(weeks_covered=4, roof_until=PERMIT, promises=[late]).from_on == date(2026, 3, 30)


def test_a_promise_of_a_roof_is_no_food():
    one = found(weeks_covered=1, promises=[Promise("roof", TODAY, PERMIT)])
    assert one.missing == ("living",)


def test_an_unknown_permit_leaves_the_weeks_unknown():
    one = found(weeks_covered=0, permit_on=None)
    assert one.weeks is None and one.from_on == TODAY and not one.is_none


def test_a_permit_that_is_here_leaves_no_gap():
    assert found(weeks_covered=0, permit_on=TODAY).is_none


def test_worst_comes_first():
    now, long, short = found(weeks_covered=0, permit_on=None), found(weeks_covered=1), found(weeks_covered=10)
    later = found(weeks_covered=3, permit_on=None)
    assert sorted([short, later, long, now], key=lambda one: worst_first(one, TODAY)) == [now, long, short, later]


days = st.integers(-60, 200).map(lambda number: TODAY + timedelta(days=number))
promises = st.builds(
    lambda kind, a, b: Promise(kind, min(a, b), max(a, b)),
    st.sampled_from(["roof", "living", "both", "other"]),
    days,
    days,
)


@given(st.none() | days, st.none() | st.integers(0, 40), st.lists(promises, max_size=4), days, promises)
@settings(max_examples=300, deadline=None)
def test_more_support_never_makes_the_gap_longer(roof, weeks, some, permit, one_more):
    before = found(roof_until=roof, weeks_covered=weeks, promises=some, permit_on=permit)
    needs = {"roof": roof is not None, "living": weeks is not None}
    for one in some:
        needs |= {need: True for need in needs if one.kind in (need, "both")}
    touches = all(needs[need] for need in needs if one_more.kind in (need, "both"))
    after = found(roof_until=roof, weeks_covered=weeks, promises=[*some, one_more], permit_on=permit)
    if before is not None and touches:
        assert after.weeks <= before.weeks
    for one in (before, after):
        if one is not None:
            assert one.from_on >= TODAY and one.weeks >= 0 and one.is_none == (one.from_on >= permit)
            assert one.weeks == 0 or (one.weeks - 1) * 7 < (permit - one.from_on).days <= one.weeks * 7
