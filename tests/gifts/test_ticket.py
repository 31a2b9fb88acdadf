"""Tickets: what opens what, for how long, and that nobody else can write one."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mexile.gifts.give import ticket as tickets
from mexile.gifts.give.ticket import Age

KEY, NOW = b"k" * 32, datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_form_is_good_from_three_seconds_to_two_hours():
    ticket = tickets.new_form_ticket(KEY, NOW)
    ages = {0: Age.TOO_SOON, 2: Age.TOO_SOON, 3: Age.GOOD, 7200: Age.GOOD, 7201: Age.TOO_OLD}
    for seconds, age in ages.items():
        assert tickets.age_of(KEY, ticket, NOW + timedelta(seconds=seconds)) is age
    assert tickets.age_of(b"x" * 32, ticket, NOW + timedelta(minutes=1)) is Age.FORGED


@given(st.text(max_size=60))
def test_no_made_up_word_is_a_ticket(word):
    assert tickets.age_of(KEY, word, NOW) is Age.FORGED
    assert tickets.code_of(KEY, word) is None
    assert tickets.rid_of(KEY, "link", word) is None


def test_the_same_form_filled_in_the_same_way_is_the_same_gift():
    ticket = tickets.new_form_ticket(KEY, NOW)
    assert tickets.gift_code(ticket, 5000, "a") == tickets.gift_code(ticket, 5000, "a")
    assert tickets.gift_code(ticket, 5000, "a") != tickets.gift_code(ticket, 5001, "a")
    assert len({tickets.gift_code(tickets.new_form_ticket(KEY, NOW)) for _ in range(500)}) == 500


def test_the_secret_of_a_link_is_not_that_of_its_session():
    rid = b"r" * 16
    assert tickets.rid_of(KEY, "link", tickets.link_word(KEY, "link", rid)) == rid
    assert tickets.rid_of(KEY, "session", tickets.link_word(KEY, "link", rid)) is None


def test_a_form_shown_before_the_clock_was_set_back_is_shown_anew_and_not_called_too_quick():
    ticket = tickets.new_form_ticket(KEY, NOW)
    assert tickets.age_of(KEY, ticket, NOW - timedelta(hours=1)) is Age.TOO_OLD
    assert tickets.age_of(KEY, ticket, NOW - timedelta(seconds=2)) is Age.TOO_SOON


def test_what_was_signed_in_the_earlier_way_lives_out_its_time():
    def earlier(purpose: str, body: str) -> str:
        return f"{body}-{hmac.new(KEY, f'{purpose}|{body}'.encode(), hashlib.sha256).hexdigest()[:32]}"

    assert tickets.code_of(KEY, earlier("gift", "G-2031")) == "G-2031"
    assert tickets.rid_of(KEY, "link", earlier("link", (b"r" * 16).hex())) == b"r" * 16
    assert tickets.rid_of(KEY, "session", earlier("link", (b"r" * 16).hex())) is None
    form = earlier("form", f"0123456789abcdef-{int(NOW.timestamp()):x}")
    assert tickets.age_of(KEY, form, NOW + timedelta(minutes=1)) is Age.GOOD
