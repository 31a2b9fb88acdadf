"""Who waits and since when, what a conversation may say, and what remains of whom we don't take."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mexile.ground.small_count import LEAST
from mexile.ground.vocabulary import vocabulary
from mexile.inquiries.conversation.models import PLACES, WISHES
from mexile.inquiries.conversation.rules import likely_problems, parse_share, talk_problems, write_share
from mexile.inquiries.decision.rules import NOT_TAKEN, OURS, THEIRS, check_holds, reason_problems, reasons
from mexile.inquiries.figure.rules import row_of
from mexile.inquiries.forgetting.rules import LEFT_OUT, Cell, assign, cells, forgotten_on
from mexile.inquiries.inquiry.rules import inquiry_problems
from mexile.inquiries.waiting.rules import due_on, is_overdue, stage, state

TODAY = date(2026, 11, 24)


def places(problems):
    return sorted(problem.place for problem in problems)


@pytest.mark.parametrize("given", [{"alias": "Río"}, {"answer": "por Signal"}, {"safe_contact": "signal"}])
def test_an_alias_or_a_safe_way_is_enough(given):
    assert inquiry_problems(given, TODAY) == []


@pytest.mark.parametrize("given", [{}, {"alias": "", "answer": None}, {"profile": "searcher", "note": "ayuda"}])
def test_an_empty_inquiry_is_none(given):
    assert places(inquiry_problems(given, TODAY)) == ["alias"]


def test_days_that_cannot_be_are_told_all_at_once():
    tomorrow = TODAY + timedelta(days=1)
    found = inquiry_problems(
        {"asked_on": tomorrow, "consent_on": tomorrow, "answer_due_on": TODAY, "state": "MX-GRO", "country": "GT"},
        TODAY,
    )
    assert places(found) == ["alias", "answer_due_on", "asked_on", "consent_on", "state"]


@pytest.mark.parametrize(("days", "is_wrong"), [(0, False), (14, False), (15, True)])
def test_nobody_is_promised_an_answer_later_than_two_weeks(days, is_wrong):
    due = {"alias": "Río", "answer_due_on": TODAY + timedelta(days=days)}
    assert bool(inquiry_problems(due, TODAY)) == is_wrong


@pytest.mark.parametrize(("urgency", "days"), [("danger", 0), ("days", 2), ("weeks", 7), ("asking", 14), (None, 14)])
def test_the_first_answer_is_due_by_the_urgency(urgency, days):
    assert due_on(TODAY, urgency) == TODAY + timedelta(days=days)


@pytest.mark.parametrize(("days", "found"), [(0, "quiet"), (14, "quiet"), (15, "now"), (60, "now")])
def test_without_a_decision_it_turns_red_on_the_fifteenth_day(days, found):
    asked = TODAY - timedelta(days=days)
    assert state(asked, TODAY + timedelta(days=1), "undecided", TODAY) == found
    assert is_overdue(asked, "undecided", TODAY) == (found == "now")
    assert not is_overdue(asked, "untold", TODAY)


def test_an_answer_is_due_from_its_day_on():
    assert state(TODAY, TODAY, "undecided", TODAY) == "soon"
    assert state(TODAY, TODAY - timedelta(days=1), "untold", TODAY) == "soon"
    assert state(TODAY, TODAY - timedelta(days=1), "over", TODAY) == "done"


@pytest.mark.parametrize(
    ("decision", "is_told", "is_member", "found"),
    [
        (None, False, False, "undecided"),
        ("represent", False, False, "untold"),
        ("represent", True, False, "unwritten"),
        ("accompany", True, True, "over"),
        ("refer", False, False, "untold"),
        ("cannot", True, False, "over"),
        ("stayed", False, False, "over"),
        ("lost", False, False, "over"),
    ],
)
def test_what_an_inquiry_waits_for(decision, is_told, is_member, found):
    assert stage(decision, is_told, is_member) == found


def test_a_conversation_before_the_inquiry_or_tomorrow_is_refused():
    asked = TODAY - timedelta(days=3)
    early, late = {"held_on": asked - timedelta(days=1)}, {"held_on": TODAY + timedelta(days=1)}
    assert places(talk_problems(early, asked, TODAY)) == ["held_on"]
    assert places(talk_problems(late, asked, TODAY)) == ["held_on"]
    assert talk_problems({"held_on": asked}, asked, TODAY) == []
    told = {"risks": (TODAY + timedelta(days=1), "NS"), "benefits": (asked, ""), "detention": (asked, "N5")}
    found = talk_problems({"held_on": TODAY, "told": told}, asked, TODAY)
    assert places(found) == ["benefits_initials", "detention_initials", "risks_on"]


def test_a_percentage_without_its_source_is_refused():
    assert places(likely_problems({"likely_bp": 400})) == ["likely_of", "likely_source"]
    assert places(likely_problems({"likely_bp": 0, "likely_of": "all"})) == ["likely_source"]
    assert places(likely_problems({"likely_words": "más o menos 15 por ciento"})) == ["likely_source"]
    assert places(likely_problems({"likely_words": "about 15%"})) == ["likely_source"]
    assert likely_problems({"likely_words": "muy pocas personas lo logran"}) == []
    assert likely_problems({"likely_bp": 400, "likely_of": "completions", "likely_source": "EOIR, FY2022"}) == []


@pytest.mark.parametrize(
    ("text", "share"),
    [("4", 400), ("16.6 %", 1660), ("16,6%", 1660), ("0", 0), ("100", 10_000), ("0.25", 25)]
    + [(text, None) for text in ("101", "-3", "4.123", "four", "", "1e2", "100.01", "4 de 100")],
)
def test_a_percentage_is_read_or_refused(text, share):
    assert parse_share(text) == share


@given(some.integers(0, 10_000))
def test_a_percentage_is_written_as_it_is_read(share):
    assert parse_share(write_share(share)) == share


def test_every_decision_of_ours_has_reasons_and_only_fitting_ones_pass():
    for decision in OURS:
        assert reasons(decision)
        assert reason_problems(decision, reasons(decision)[0]) == []
        assert reason_problems(decision, None) and reason_problems(decision, "because")
    assert reason_problems("represent", "no_room")


def test_the_words_of_the_tables_and_of_the_vocabularies_are_the_same():
    assert tuple(vocabulary("conversation_place")) == PLACES
    assert tuple(vocabulary("person_wish")) == WISHES
    assert tuple(vocabulary("inquiry_decision")) == (*OURS, *THEIRS)
    for term in vocabulary("conversation_told").values():
        assert term.more["say_en"] and term.more["say_es"]
        if term.code not in ("lawful_ways",):
            assert "attorney" in term.more["say_en"] and "abogada" in term.more["say_es"]


NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("checked", "named", "holds"),
    [
        (None, None, False),
        (timedelta(0), None, True),
        (timedelta(days=7), None, True),
        (timedelta(days=7, seconds=1), None, False),
        (timedelta(hours=1), timedelta(hours=2), True),
        (timedelta(hours=2), timedelta(hours=1), False),
    ],
)
def test_a_check_holds_for_a_week_and_until_another_name_comes(checked, named, holds):
    ago = lambda span: None if span is None else NOW - span
    assert check_holds(ago(checked), ago(named), NOW) == holds


def test_who_was_not_taken_is_kept_for_ninety_days():
    assert forgotten_on(date(2026, 8, 26)) == TODAY
    assert forgotten_on(date(2024, 2, 29)) == date(2024, 5, 29)


people = some.tuples(
    some.dates(date(2026, 1, 1), date(2026, 6, 30)),
    some.sampled_from(["MX", "GT", None]),
    some.sampled_from(["MX-GRO", "MX-CHH", None]),
    some.sampled_from(["film", "press", None]),
    some.sampled_from(NOT_TAKEN),
)


@given(some.lists(people, max_size=60))
def test_no_count_that_says_anything_is_of_fewer_than_five(asked):
    rows = [cells(*one) for one in asked]
    counted = Counter(assign(rows, {}))
    assert sum(counted.values()) == len(asked)
    for cell, number in counted.items():
        says_nothing = (cell.country, cell.state, cell.heard_of_us, cell.decision) == (LEFT_OUT,) * 4
        assert number >= LEAST or (says_nothing and cell.span == "year")


@given(some.lists(people, min_size=1, max_size=40), some.randoms(use_true_random=False))
def test_whoever_is_forgotten_first_the_counts_end_the_same(asked, random):
    """Day by day, in any order, the counts end as if all were forgotten at once."""
    whole = Counter(assign([cells(*one) for one in asked], {}))
    here, held = list(asked), Counter()
    while here:
        places_now = assign([cells(*one) for one in here], held)
        gone = random.randrange(len(here))
        held[places_now[gone]] += 1
        here.pop(gone)
    assert held == whole


def test_the_finest_cell_comes_first_and_the_last_says_only_the_year():
    found = cells(date(2026, 3, 9), "MX", "MX-GRO", "film", "refer")
    assert found[0] == Cell("month", date(2026, 3, 1), "MX", "MX-GRO", "film", "refer")
    assert found[-1] == Cell("year", date(2026, 1, 1), "*", "*", "*", "*")


def test_fewer_than_five_are_not_shown_and_cannot_be_worked_out():
    ways = ["film", "press", "other"]
    assert row_of(TODAY, {"film": 38, "press": 5, "other": 6}, ways).total == 49
    one = row_of(TODAY, {"film": 38, "press": 4, "other": 6}, ways)
    assert one.cells == (38, None, 6) and one.total is None
    none = row_of(TODAY, {"film": 38, "press": 5}, ways)
    assert none.cells == (38, 5, None) and none.total is None
    assert row_of(TODAY, {"film": 4, "press": 4, "": 1}, ways).total == 9
