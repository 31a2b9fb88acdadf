"""Setting, closing, handing over and reckoning anew; the rules as rows with history."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text, update

from mexile.cases.event.models import Event
from mexile.deadlines.clock.actions import add_exception, sign_exception
from mexile.deadlines.closing.actions import close_day, revoke_closing
from mexile.deadlines.closure.actions import close_deadline, reopen_deadline
from mexile.deadlines.deadline.actions import hand_over, order_deadline, set_deadline, set_deadlines
from mexile.deadlines.deadline.models import Deadline, DeadlinePast
from mexile.deadlines.deadline.page import proposals_for
from mexile.deadlines.recompute.actions import confirm_recompute, discard_recompute, propose_recompute
from mexile.deadlines.recompute.models import RecomputeLine
from mexile.deadlines.rule.actions import change_law, replace_rule, seed_rules
from mexile.deadlines.rule.queries import rule_in_force
from mexile.ground import clock, queue
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere

NOON = datetime(2026, 11, 24, 19, tzinfo=UTC)
ORAL = date(2026, 10, 27)


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOON):
        yield


@pytest.fixture
def ximena(make):
    make.deadline_rules()
    return make.viewer(role="attorney")


@pytest.fixture
def elena(make):
    return make.user(role="director")


def put(make, viewer, member, code="EOIR_33_IC", on=date(2026, 11, 23), **more) -> Deadline:
    return make.write(lambda: set_deadline(viewer=viewer, member_id=member.id, rule_code=code, trigger_on=on, **more))


def again(make, made: Deadline) -> Deadline:
    return make.read(lambda: db.session.get(Deadline, made.id))


def test_a_deadline_keeps_its_rule_its_version_its_inputs_and_its_reason(make, ximena, elena):
    made = put(make, ximena, make.member(), "BIA_APPEAL", ORAL, second_owner_user_id=elena.id)
    rule = make.read(lambda: rule_in_force("BIA_APPEAL", ORAL))
    assert (made.due_on, made.rule_id) == (date(2026, 11, 27), rule.id)
    assert '"trigger_on":"2026-10-27"' in made.inputs and "2026-11-26" in made.inputs
    assert "Thanksgiving Day" in made.why_en and made.severity == "fatal"


def test_where_nothing_can_be_mended_two_different_people_answer(make, ximena, elena):
    member = make.member()
    for second in (None, ximena.user_id):
        with pytest.raises(Invalid) as wrong:
            put(make, ximena, member, "BIA_APPEAL", ORAL, second_owner_user_id=second)
        assert wrong.value.problems[0].place == "second_owner_user_id"
    put(make, ximena, member, "BIA_APPEAL", ORAL, second_owner_user_id=elena.id)


def test_who_can_t_see_the_member_can_t_answer_for_the_deadline(make, ximena):
    stranger = make.user(role="caseworker")
    with pytest.raises(Invalid) as wrong:
        put(make, ximena, make.member(), owner_user_id=stranger.id)
    assert "Assign them first" in wrong.value.problems[0].en
    made = put(make, ximena, make.member(assigned=stranger), owner_user_id=stranger.id)
    assert made.owner_user_id == stranger.id


def test_the_same_deadline_isn_t_set_twice(make, ximena):
    member = make.member()
    put(make, ximena, member)
    with pytest.raises(Invalid, match="stands already"):
        put(make, ximena, member)


def test_somebody_else_s_member_does_not_exist(make, ximena):
    lucia = make.viewer(role="caseworker")
    with pytest.raises(NotHere):
        put(make, lucia, make.member())


def test_a_move_sets_both_duties_for_each_person(make, ximena):
    people = [make.member() for _ in range(3)]
    made = make.write(
        lambda: set_deadlines(
            viewer=ximena,
            member_codes=[one.code for one in people],
            trigger="move_date",
            on=date(2026, 11, 25),
            rule_codes=["EOIR_33_IC", "AR_11"],
            owner_user_id=ximena.user_id,
        )
    )
    assert len(made) == 6
    assert {(one.rule_code, one.internal_on, one.due_on) for one in made} == {
        ("EOIR_33_IC", date(2026, 11, 30), date(2026, 12, 3)),
        ("AR_11", date(2026, 12, 4), date(2026, 12, 5)),
    }


def test_what_follows_from_a_decision_is_offered_with_the_likely_ticked(make, ximena):
    found = make.read(lambda: proposals_for("ij_decision_served", ORAL))
    assert {one.code: one.is_likely for one in found} == {"BIA_APPEAL": True, "MTR_RECONSIDER": False}
    assert all(one.reckoning.rule.status == "in_force" for one in found)


def test_a_judge_s_date_holds_and_the_old_one_is_kept(make, ximena, elena):
    made = put(make, ximena, make.member(), "BIA_APPEAL", ORAL, second_owner_user_id=elena.id)
    make.write(lambda: order_deadline(viewer=ximena, code=made.code, ordered_on=date(2026, 11, 25)))
    now = again(make, made)
    assert (now.due_on, now.ordered_on, now.computed_on) == (
        date(2026, 11, 25),
        date(2026, 11, 25),
        date(2026, 11, 27),
    )
    past = make.read(lambda: db.session.scalars(select(DeadlinePast)).all())
    assert [one.due_on for one in past] == [date(2026, 11, 27)]
    make.write(lambda: order_deadline(viewer=ximena, code=made.code, ordered_on=None))
    assert again(make, made).due_on == date(2026, 11, 27)


def test_history_can_t_be_rewritten(make, ximena, app):
    made = put(make, ximena, make.member())
    make.write(
        lambda: hand_over(viewer=ximena, code=made.code, owner_user_id=ximena.user_id, second_owner_user_id=None)
    )
    with pytest.raises(Exception, match="append-only"):
        make.write(lambda: db.session.execute(text("UPDATE deadline_past SET cause = 'x'")))


@pytest.mark.parametrize("reason", ["done", "waived", "missed"])
def test_only_an_attorney_closes_what_has_passed(make, ximena, reason):
    lucia = make.viewer(role="caseworker")
    user = make.read(lambda: lucia.user_id)
    member = make.member()
    made = make.deadline(member=member, due_on=date(2026, 11, 20))
    make.write(lambda: db.session.execute(text("SELECT 1")))
    from mexile.access.account.models import UserAccount

    make.assign(member, make.read(lambda: db.session.get(UserAccount, user)))
    with pytest.raises(Invalid) as wrong:
        make.write(lambda: close_deadline(viewer=lucia, code=made.code, reason=reason, note="stamp"))
    assert "attorney" in wrong.value.problems[0].en
    make.write(lambda: close_deadline(viewer=ximena, code=made.code, reason=reason, note="stamp"))
    with pytest.raises(Conflict):
        make.write(lambda: close_deadline(viewer=ximena, code=made.code, reason=reason, note="stamp"))
    make.write(lambda: reopen_deadline(viewer=ximena, code=made.code))
    make.write(lambda: close_deadline(viewer=ximena, code=made.code, reason="missed", note="again"))


def test_nothing_is_closed_without_its_evidence(make, ximena):
    made = put(make, ximena, make.member())
    with pytest.raises(Invalid, match="what shows it"):
        make.write(lambda: close_deadline(viewer=ximena, code=made.code, reason="done", note="  "))


# ---- rules as rows -----------------------------------------------------------------


def test_a_change_of_the_law_leaves_what_happened_before_under_the_old_rule(make, ximena):
    make.write(
        lambda: change_law(
            viewer=ximena,
            code="BIA_APPEAL",
            version=1,
            from_on=date(2027, 3, 1),
            values={"length": 10},
            reason="new law",
        )
    )
    before, after = (
        make.read(lambda on=on: rule_in_force("BIA_APPEAL", on)) for on in (date(2027, 2, 28), date(2027, 3, 1))
    )
    assert (before.length, after.length) == (30, 10)
    assert before.to_on == date(2027, 2, 28) and after.version > before.version


def test_a_newer_version_is_refused_with_all_its_problems(make, ximena):
    with pytest.raises(Invalid) as wrong:
        make.write(
            lambda: replace_rule(
                viewer=ximena,
                code="BIA_APPEAL",
                version=1,
                values={"citation": "", "unit": "fortnight", "source": ""},
                reason="x",
            )
        )
    assert {one.place for one in wrong.value.problems} >= {"citation", "unit", "source"}


def test_two_periods_of_one_rule_can_t_lie_on_one_another(make, ximena):
    with pytest.raises(Invalid, match="overlaps"):
        make.write(
            lambda: replace_rule(
                viewer=ximena, code="BIA_APPEAL", version=2, values={"status": "in_force", "verify": True}, reason="x"
            )
        )


def test_two_people_can_t_both_replace_one_version(make, ximena):
    make.write(lambda: replace_rule(viewer=ximena, code="AR_11", version=1, values={"length": 9}, reason="x"))
    with pytest.raises(Conflict):
        make.write(lambda: replace_rule(viewer=ximena, code="AR_11", version=1, values={"length": 8}, reason="x"))


def test_laying_the_rules_again_adds_nothing_and_keeps_what_people_wrote(make, ximena):
    make.write(lambda: replace_rule(viewer=ximena, code="AR_11", version=1, values={"length": 9}, reason="x"))
    assert make.write(seed_rules) == 0
    assert make.read(lambda: rule_in_force("AR_11", date(2026, 1, 5))).length == 9


# ---- reckoning anew ----------------------------------------------------------------


def propose(make, viewer, cause, subject) -> str:
    code = make.write(lambda: propose_recompute(viewer=viewer, cause=cause, subject=subject).code)
    with make.app.app_context():
        queue.work_all()
    return code


def confirm(make, viewer, code: str) -> int:
    return make.write(lambda: confirm_recompute(viewer=viewer, code=code))


def lines(make):
    return make.read(lambda: db.session.scalars(select(RecomputeLine)).all())


def test_a_changed_rule_changes_nothing_until_the_attorney_says_yes(make, ximena):
    made = put(make, ximena, make.member(), "AR_11", date(2026, 11, 23))
    make.write(lambda: replace_rule(viewer=ximena, code="AR_11", version=1, values={"length": 20}, reason="x"))
    code = propose(make, ximena, "rule", "AR_11")
    (line,) = lines(make)
    assert (line.old_due_on, line.new_due_on) == (date(2026, 12, 3), date(2026, 12, 13))
    assert again(make, made).due_on == date(2026, 12, 3)
    assert make.write(lambda: confirm_recompute(viewer=ximena, code=code)) == 1
    now = again(make, made)
    assert now.due_on == date(2026, 12, 13) and now.rule_id != made.rule_id and "+ 20 days" in now.why_en
    (past,) = make.read(lambda: db.session.scalars(select(DeadlinePast)).all())
    assert (past.due_on, past.rule_id, past.cause) == (date(2026, 12, 3), made.rule_id, "rule")


def test_a_closing_moves_what_it_touches_and_taking_it_back_moves_it_back(make, ximena, elena):
    made = put(make, ximena, make.member(), "BIA_APPEAL", ORAL, second_owner_user_id=elena.id)
    closing = make.write(
        lambda: close_day(viewer=ximena, on=date(2026, 11, 27), en="Snow", es="Nieve", source="court notice")
    )
    confirm(make, ximena, propose(make, ximena, "closing", "2026-11-27"))
    assert again(make, made).due_on == date(2026, 11, 30)
    make.write(lambda: revoke_closing(viewer=ximena, closing_id=closing.id))
    confirm(make, ximena, propose(make, ximena, "closing", "2026-11-27"))
    assert again(make, made).due_on == date(2026, 11, 27)


def test_a_hearing_that_moved_moves_what_hangs_on_it(make, ximena, elena):
    member = make.member()
    hearing = make.event(on=date(2027, 2, 16), people=[member])
    made = put(
        make,
        ximena,
        member,
        "IND_HEARING_FILINGS",
        date(2027, 2, 16),
        event_id=hearing.id,
        second_owner_user_id=elena.id,
    )
    make.write(lambda: db.session.execute(update(Event).where(Event.id == hearing.id).values(on=date(2027, 3, 16))))
    code = propose(make, ximena, "trigger", "")
    make.write(lambda: confirm_recompute(viewer=ximena, code=code))
    now = again(make, made)
    assert (now.trigger_on, now.due_on) == (date(2027, 3, 16), date(2027, 2, 12))


def test_a_proposed_day_that_has_passed_says_so_before_anybody_takes_it(make, ximena, client_as):
    ana = make.member()
    put(make, ximena, ana, "AR_11", clock.today() - timedelta(days=6))
    make.write(lambda: replace_rule(viewer=ximena, code="AR_11", version=1, values={"length": 1}, reason="x"))
    code, client = propose(make, ximena, "rule", "AR_11"), client_as("attorney")
    page = client.get(f"/recomputes/{code}").text
    assert "1 deadline would change" in page and "days ago" in page
    assert 'class="tag now"' not in page
    make.detention(ana, from_on=clock.today())
    assert 'class="tag now"' in client.get(f"/recomputes/{code}").text
    client.post(f"/recomputes/{code}/confirmation")
    page = client.get(f"/recomputes/{code}").text
    assert "would change" not in page and "Confirmed: 1 deadline changed." in page


def test_a_deadline_that_no_rule_binds_any_more_stays_and_the_page_says_so(make, ximena, client_as):
    made = put(make, ximena, make.member(), "AR_11", date(2026, 11, 23))
    make.write(lambda: replace_rule(viewer=ximena, code="AR_11", version=1, values={"status": "vacated"}, reason="x"))
    code = propose(make, ximena, "rule", "AR_11")
    page = client_as("attorney").get(f"/recomputes/{code}").text
    assert "no rule binds on its trigger" in page and "No rule of this name binds on Mon 23 Nov 2026" in page
    assert "Take the new days" not in page
    assert confirm(make, ximena, code) == 0
    assert (again(make, made).due_on, again(make, made).rule_id) == (made.due_on, made.rule_id)


@pytest.mark.parametrize(
    ("days", "said"), [(3, "3 days left"), (1, "1 day left"), (0, "last day"), (-2, "passed 2 days ago")]
)
def test_a_line_says_how_many_days_are_left(make, ximena, client_as, days, said):
    lucia, elena = make.user(role="caseworker"), make.user(role="director")
    member = make.member(assigned=lucia)
    make.deadline(
        member=member,
        owner=elena,
        second_owner_user_id=lucia.id,
        fatal=True,
        due_on=date(2026, 11, 24) + timedelta(days=days),
    )
    assert said in client_as(user=lucia).get("/today").text


def test_a_signed_reason_for_filing_late_stands_on_the_line(make, ximena, client_as):
    member = make.member()
    make.deadline(member=member, due_on=date(2026, 11, 1), rule_code="ASYLUM_ONE_YEAR")
    made = make.write(
        lambda: add_exception(
            viewer=ximena, code=member.code, kind="country_conditions",
            since_on=date(2026, 9, 1), until_on=None, evidence="A report.",
        ).id
    )  # fmt: skip
    page = client_as("attorney")
    assert "reason signed" not in page.get("/docket").text
    make.write(lambda: sign_exception(viewer=ximena, code=member.code, exception_id=made, holds=True))
    for way in ("/docket", f"/members/{member.code}"):
        assert "late filing: reason signed" in page.get(way).text


def test_what_was_closed_or_changed_meanwhile_is_left_alone(make, ximena):
    first, second = (put(make, ximena, make.member(), "AR_11", date(2026, 11, 23)) for _ in range(2))
    make.write(lambda: replace_rule(viewer=ximena, code="AR_11", version=1, values={"length": 20}, reason="x"))
    code = propose(make, ximena, "rule", "AR_11")
    make.write(lambda: close_deadline(viewer=ximena, code=first.code, reason="done", note="sent"))
    make.write(lambda: order_deadline(viewer=ximena, code=second.code, ordered_on=date(2026, 12, 1)))
    assert make.write(lambda: confirm_recompute(viewer=ximena, code=code)) == 0
    assert again(make, second).due_on == date(2026, 12, 1)


def test_a_discarded_proposal_changes_nothing_and_is_answered_once(make, ximena):
    made = put(make, ximena, make.member(), "AR_11", date(2026, 11, 23))
    make.write(lambda: replace_rule(viewer=ximena, code="AR_11", version=1, values={"length": 20}, reason="x"))
    code = propose(make, ximena, "rule", "AR_11")
    make.write(lambda: discard_recompute(viewer=ximena, code=code))
    assert again(make, made).due_on == made.due_on
    with pytest.raises(Conflict):
        make.write(lambda: confirm_recompute(viewer=ximena, code=code))


def test_a_clock_that_stands_still_takes_the_date_away_with_a_reason(make, ximena):
    member = make.member()
    made = put(make, ximena, member, "EAD_C8_FILE", date(2026, 9, 1))
    assert made.due_on == date(2026, 9, 1) + timedelta(days=150)
    make.clock_segment(member, from_on=date(2026, 9, 1))
    make.clock_segment(member, cause="applicant", from_on=date(2026, 10, 1))
    code = propose(make, ximena, "clock", member.code)
    (line,) = lines(make)
    assert line.new_due_on is None
    make.write(lambda: confirm_recompute(viewer=ximena, code=code))
    with pytest.raises(Conflict):
        make.write(lambda: close_deadline(viewer=ximena, code=made.code, reason="done", note="x"))
