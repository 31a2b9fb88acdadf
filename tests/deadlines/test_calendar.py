"""The calendar file: a date that moved moves in it, one that was called off is struck out, and no line is too long."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from mexile.cases.companion.actions import ask_companion, confirm_companion, release_companion
from mexile.cases.event.actions import open_event, record_outcome, take_back_outcome
from mexile.cases.event.holding import take_event
from mexile.cases.verification.actions import change_event
from mexile.deadlines.calendar.rules import Entry, calendar_file, escaped, folded
from mexile.deadlines.deadline.actions import hand_over, keep_past
from mexile.deadlines.deadline.models import Deadline
from mexile.ground import clock
from mexile.ground.db import db
from mexile.members.assignment.models import Assignment

NOON = datetime(2026, 11, 30, 19, tzinfo=UTC)
TODAY = date(2026, 11, 30)


@pytest.fixture
def noon():
    with clock.at(NOON):
        yield


def entries(client) -> dict[str, dict[str, str]]:
    """code -> the properties of its entry, from the file that this person takes."""
    answer = client.post("/docket/calendar", data={})
    text = answer.text.replace("\r\n ", "")
    found = {}
    for block in text.split("BEGIN:VEVENT\r\n")[1:]:
        lines = dict(line.split(":", 1) for line in block.split("END:VEVENT")[0].strip().split("\r\n"))
        found[lines["UID"].partition("@")[0]] = lines
    return found


def test_a_file_without_an_invitation_is_published(make, client_as, noon):
    client = client_as("attorney")
    answer = client.post("/docket/calendar", data={})
    assert "METHOD:PUBLISH\r\n" in answer.text and "method=PUBLISH" in answer.headers["Content-Type"]


def test_a_date_that_moves_keeps_its_uid_and_grows_its_sequence(make, client_as, noon):
    client = client_as("attorney")
    viewer = make.viewer(user=client.user, role="attorney")
    event = make.event(on=TODAY + timedelta(days=9), at=time(9), owner=client.user)
    first = entries(client)[event.code]
    assert first["SEQUENCE"] == "0" and first["STATUS"] == "CONFIRMED" and first["LAST-MODIFIED"] == "20261130T190000Z"
    seen = [int(first["SEQUENCE"])]
    for hour, values in enumerate(({"at": time(10)}, {"on": TODAY + timedelta(days=12)}, {"room": "3"}), start=1):
        with clock.at(NOON + timedelta(hours=hour)):
            make.write(lambda values=values: _change(viewer, event.code, values))
            line = entries(client_as(user=client.user))[event.code]
        assert line["UID"] == first["UID"] and line["LAST-MODIFIED"] == f"20261130T{19 + hour}0000Z"
        seen.append(int(line["SEQUENCE"]))
    assert seen == sorted(set(seen)) and line["DTSTART"] == "20261212T170000Z"


def _change(viewer, code, values):
    version = open_event(viewer, code).version
    change_event(viewer=viewer, code=code, version=version, values=values, source=None)


@pytest.mark.parametrize("outcome", ["cancelled", "continued"])
def test_a_date_that_was_called_off_is_struck_out_for_sixty_days(make, client_as, noon, outcome):
    client = client_as("attorney")
    viewer = make.viewer(user=client.user, role="attorney")
    event = make.event(kind="ice_checkin", on=TODAY + timedelta(days=80), owner=client.user)
    before = entries(client)[event.code]
    sequence = int(before["SEQUENCE"])
    make.write(lambda: record_outcome(viewer=viewer, event=open_event(viewer, event.code), outcome=outcome))
    off = entries(client)[event.code]
    assert off["STATUS"] == "CANCELLED" and int(off["SEQUENCE"]) > sequence
    assert off["DTSTART;VALUE=DATE"] == before["DTSTART;VALUE=DATE"]
    for days, stands in ((59, True), (61, False)):
        with clock.at(NOON + timedelta(days=days)):
            assert (event.code in entries(client_as(user=client.user))) is stands
    make.write(lambda: take_back_outcome(viewer=viewer, code=event.code))
    again = entries(client)[event.code]
    assert again["STATUS"] == "CONFIRMED" and int(again["SEQUENCE"]) > int(off["SEQUENCE"])


def test_a_date_that_moved_far_away_or_lost_its_day_does_not_stay_where_it_was(make, client_as, noon):
    client = client_as("attorney")
    viewer = make.viewer(user=client.user, role="attorney")
    far, lost, never = (make.event(on=TODAY + timedelta(days=9), at=time(9), owner=client.user) for _ in range(3))
    make.write(lambda: _change(viewer, far.code, {"on": TODAY + timedelta(days=300)}))
    make.write(lambda: _change(viewer, lost.code, {"on": None, "at": None, "precision": "to_be_set"}))
    make.event(on=None, owner=client.user)
    found = entries(client)
    assert found[far.code]["DTSTART"].startswith("20270926") and found[far.code]["STATUS"] == "CONFIRMED"
    assert found[lost.code]["STATUS"] == "CANCELLED" and found[lost.code]["DTSTART"] == "20261209T160000Z"
    assert found[never.code]["SEQUENCE"] == "0" and len(found) == 3


def struck(client, code) -> bool:
    return entries(client)[code]["STATUS"] == "CANCELLED"


def test_who_answered_for_a_date_before_finds_it_struck_out_for_sixty_days(make, client_as, noon):
    old, new = client_as("attorney"), client_as("attorney")
    viewer = make.viewer(user=old.user, role="attorney")
    events = [make.event(on=TODAY + timedelta(days=80), at=time(9), owner=old.user) for _ in range(2)]
    before = entries(old)
    make.write(
        lambda: _change(viewer, events[0].code, {"owner_user_id": new.user.id, "on": TODAY + timedelta(days=85)})
    )
    make.write(lambda: take_event(viewer, events[1].code, old.user.id, new.user.id))
    for code, line in entries(old).items():
        assert line["STATUS"] == "CANCELLED" and int(line["SEQUENCE"]) > int(before[code]["SEQUENCE"])
        assert line["DTSTART"] == before[code]["DTSTART"] and line["UID"] == before[code]["UID"]
    assert entries(old).keys() == before.keys() == entries(new).keys()
    assert all(line["STATUS"] == "CONFIRMED" for line in entries(new).values())
    for days, stands in ((59, True), (61, False)):
        with clock.at(NOON + timedelta(days=days)):
            assert (events[0].code in entries(client_as(user=old.user))) is stands
    off = int(entries(old)[events[0].code]["SEQUENCE"])
    make.write(lambda: _change(viewer, events[0].code, {"owner_user_id": old.user.id}))
    again = entries(old)[events[0].code]
    assert again["STATUS"] == "CONFIRMED" and int(again["SEQUENCE"]) > off and struck(new, events[0].code)
    make.write(lambda: _change(viewer, events[0].code, {"owner_user_id": None}))
    assert struck(old, events[0].code)


def test_who_walked_along_finds_a_date_struck_out_until_they_say_yes_again(make, client_as, noon):
    lucia, owner = client_as("caseworker"), make.user(role="attorney")
    viewer, hers = make.viewer(user=owner, role="attorney"), make.viewer(user=lucia.user)
    event = make.event(on=TODAY + timedelta(days=9), at=time(9), owner=owner, people=[make.member()])
    code, numbers = event.code, []

    def reads(status):
        line = entries(lucia)[code]
        assert line["STATUS"] == status
        numbers.append(int(line["SEQUENCE"]))
        return line["DTSTART"]

    make.companion(event, lucia.user, confirmed=True)
    first = reads("CONFIRMED")
    make.write(lambda: release_companion(viewer=viewer, code=code, user_id=lucia.user.id))
    assert reads("CANCELLED") == first
    make.write(lambda: ask_companion(viewer=viewer, code=code, user_id=lucia.user.id, role="accompanier"))
    reads("CANCELLED")
    make.write(lambda: confirm_companion(viewer=hers, code=code, user_id=lucia.user.id))
    reads("CONFIRMED")
    make.write(lambda: _change(viewer, code, {"on": TODAY + timedelta(days=12)}))
    assert reads("CANCELLED") == first
    make.write(lambda: confirm_companion(viewer=hers, code=code, user_id=lucia.user.id))
    assert reads("CONFIRMED") != first
    assert (
        numbers[:2] == sorted(set(numbers[:2])) and numbers[2:] == sorted(set(numbers[2:])) and numbers[1] <= numbers[2]
    )


def test_a_question_that_nobody_answered_strikes_nothing_out(make, client_as, noon):
    lucia, owner = client_as("caseworker"), make.user(role="attorney")
    event = make.event(on=TODAY + timedelta(days=9), owner=owner)
    make.companion(event, lucia.user, confirmed=False)
    make.write(
        lambda: release_companion(
            viewer=make.viewer(user=owner, role="attorney"), code=event.code, user_id=lucia.user.id
        )
    )
    assert entries(lucia) == {}


def test_a_deadline_of_a_person_one_walks_with_no_longer_is_struck_out(make, client_as, noon):
    lucia, other, ana = client_as("caseworker"), make.user(role="attorney"), make.member()
    make.assign(ana, lucia.user)
    deadline = make.deadline(member=ana, owner=lucia.user, due_on=TODAY + timedelta(days=20))
    assert not struck(lucia, deadline.code)
    viewer = make.viewer(user=other, role="attorney")
    make.write(lambda: hand_over(viewer=viewer, code=deadline.code, owner_user_id=other.id, second_owner_user_id=None))
    make.write(lambda: db.session.execute(update(Assignment).values(to_at=clock.now())))
    assert struck(lucia, deadline.code)


def test_a_deadline_carries_its_revision_too(make, client_as, noon):
    client, other = client_as("attorney"), make.user(role="attorney")
    viewer = make.viewer(user=client.user, role="attorney")
    moved, closed, handed, target = (
        make.deadline(owner=client.user, due_on=TODAY + timedelta(days=20 + n)) for n in range(4)
    )
    make.write(lambda: setattr(db.session.get(Deadline, target.id), "internal_on", TODAY + timedelta(days=2)))
    before = {code: int(line["SEQUENCE"]) for code, line in entries(client).items()}
    make.write(lambda: _move(moved.id, client.user.id))
    make.deadline_closure(closed, by=client.user)
    make.write(lambda: hand_over(viewer=viewer, code=handed.code, owner_user_id=other.id, second_owner_user_id=None))
    found = entries(client)
    assert found[moved.code]["STATUS"] == "CONFIRMED" and found[moved.code]["DTSTART;VALUE=DATE"] == "20270115"
    assert found[closed.code]["STATUS"] == found[handed.code]["STATUS"] == "CANCELLED"
    assert all(int(found[one.code]["SEQUENCE"]) > before[one.code] for one in (moved, closed, handed))
    with clock.at(NOON + timedelta(days=4)):
        later = entries(client_as(user=client.user))[target.code]
    assert later["DTSTART;VALUE=DATE"] != found[target.code]["DTSTART;VALUE=DATE"]
    assert int(later["SEQUENCE"]) > before[target.code]


def _move(id, by):
    deadline = db.session.scalars(select(Deadline).where(Deadline.id == id)).one()
    keep_past(deadline, cause="order", by_user_id=by)
    deadline.due_on = date(2027, 1, 15)


def test_every_entry_says_its_revision(make, client_as, noon):
    client = client_as("attorney")
    make.deadline(owner=client.user, due_on=TODAY + timedelta(days=3))
    make.event(on=TODAY + timedelta(days=3), owner=client.user)
    found = entries(client)
    assert len(found) == 2
    for line in found.values():
        assert line.keys() >= {"UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "STATUS", "SUMMARY"}


@pytest.mark.parametrize(
    ("zone", "on", "written"),
    [
        ("America/Denver", date(2027, 3, 13), "20270313T160000Z"),
        ("America/Denver", date(2027, 3, 15), "20270315T150000Z"),
        ("America/Mexico_City", date(2027, 3, 15), "20270315T150000Z"),
    ],
)
def test_an_hour_is_the_same_moment_on_both_sides_of_a_change_of_clocks(make, client_as, zone, on, written):
    with clock.at(datetime(2027, 3, 1, 19, tzinfo=UTC)):
        client = client_as("attorney")
        event = make.event(on=on, at=time(9), zone=zone, owner=client.user)
        assert entries(client)[event.code]["DTSTART"] == written


@given(st.text(max_size=300))
def test_a_line_is_folded_and_a_text_escaped(word):
    line = f"SUMMARY:{escaped(word)}"
    written = folded(line)
    assert all(len(part.encode()) <= 75 for part in written.split("\r\n"))
    assert written.replace("\r\n ", "") == line
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", escaped(word))


def test_words_that_could_end_a_line_do_not():
    text = calendar_file([Entry("E-1", "Qué; vence,\nhoy \\ " + "ñ" * 60, TODAY)], NOON)
    assert "SUMMARY:Qué\\; vence\\,\\nhoy \\\\ " in text.replace("\r\n ", "")
    assert text.endswith("END:VCALENDAR\r\n") and all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_what_is_printed_says_of_which_moment_it_is(make, client_as, noon):
    client = client_as("attorney")
    ana = make.member()
    make.event(on=TODAY + timedelta(days=9), people=[ana], owner=client.user)
    assert re.search(r"as of Mon 30 Nov 2026, 12:00", client.get("/docket?names=no").text)
    assert re.search(r"lunes 30 nov 2026, 12:00", client.get(f"/members/{ana.code}/pocket-card").text)


def test_a_date_that_lost_its_day_before_it_was_handed_over_is_struck_out_where_it_stood(make, client_as, noon):
    old, new = client_as("attorney"), client_as("attorney")
    viewer = make.viewer(user=old.user, role="attorney")
    event = make.event(on=TODAY + timedelta(days=8), at=time(9), owner=old.user)
    before = entries(old)[event.code]
    make.write(lambda: _change(viewer, event.code, {"on": None, "at": None, "precision": "to_be_set"}))
    make.write(lambda: _change(viewer, event.code, {"owner_user_id": new.user.id}))
    after = entries(old)[event.code]
    assert after["STATUS"] == "CANCELLED" and after["DTSTART"] == before["DTSTART"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_a_date_that_is_none_of_law_any_more_is_struck_out_and_stands_again_when_it_is(make, client_as, noon):
    owner, lucia = client_as("attorney"), client_as("caseworker")
    viewer = make.viewer(user=owner.user, role="attorney")
    event = make.event(kind="hearing", on=TODAY + timedelta(days=8), at=time(9), owner=owner.user)
    make.companion(event, lucia.user, confirmed=True)
    numbers = [int(entries(owner)[event.code]["SEQUENCE"])]
    for kind, status in (("visit", "CANCELLED"), ("interview", "CONFIRMED"), ("other", "CANCELLED")):
        make.write(lambda kind=kind: _change(viewer, event.code, {"kind": kind}))
        line = entries(owner)[event.code]
        assert line["STATUS"] == status == entries(lucia)[event.code]["STATUS"]
        numbers.append(int(line["SEQUENCE"]))
    assert numbers == sorted(set(numbers))


def test_what_never_was_in_a_calendar_is_struck_out_of_none(make, client_as, noon):
    owner, lucia = client_as("attorney"), client_as("caseworker")
    viewer = make.viewer(user=owner.user, role="attorney")
    visit = make.event(kind="visit", on=TODAY + timedelta(days=8), at=time(9), owner=owner.user)
    make.companion(visit, lucia.user, confirmed=True)
    make.write(lambda: release_companion(viewer=viewer, code=visit.code, user_id=lucia.user.id))
    make.write(lambda: _change(viewer, visit.code, {"kind": "other"}))
    assert entries(owner) == entries(lucia) == {}
