"""The outcome sheet: all that follows from a hearing in one confirmation, and one undo for all of it."""

import re
from datetime import time, timedelta

import pytest
from sqlalchemy import select

from mexile.cases.case.models import Case, CasePerson
from mexile.cases.event.actions import render_told
from mexile.cases.event.models import Event, EventCompanion, EventOutcome, EventOutcomeVoid, OutcomeSheet
from mexile.cases.event.page import chain_of
from mexile.cases.proceeding.models import ProceedingDecision, ProceedingDecisionVoid
from mexile.custody.alert.models import Alert
from mexile.custody.detention.models import Detention
from mexile.deadlines.clock.models import ClockSegment, ClockSegmentVoid
from mexile.deadlines.deadline.actions import set_deadline
from mexile.deadlines.deadline.models import Deadline, DeadlineClosure
from mexile.deadlines.rule.actions import seed_rules
from mexile.ground import clock, queue, seal
from mexile.ground.db import db
from mexile.members.means.queries import permit_days
from mexile.members.person.models import Member
from mexile.services.service.models import Service, ServiceVoid


@pytest.fixture
def hearing(make):
    """Yesterday's hearing of Ana and her daughter, with Beto at the wheel."""
    make.service_types()
    make.write(seed_rules)
    lucia, ximena = make.user(role="caseworker"), make.user(role="attorney")
    beto = make.user(role="volunteer", name="Beto Ramos")
    ana, luz = make.member(assigned=lucia), make.member(assigned=lucia)
    case = make.case(member=ana, derivatives=[luz], attorney=ximena)
    event = make.event(
        on=clock.today() - timedelta(days=1),
        at=time(9),
        owner=lucia,
        people=[ana, luz],
        companions=[(beto, "driver", True)],
        case_id=case.id,
        hearing_type="II",
        place="Corte Ejemplo",
    )
    return lucia, ana, event


def rows(app, *what):
    with app.app_context():
        return db.session.execute(select(*what)).all()


def next_day():
    return clock.today() + timedelta(days=120)


def moved(**more):
    return {
        "outcome": "continued",
        "clock_cause": "court",
        "interpreter": "phone",
        "attorney": "ours",
        "enforcement": "no",
        "on": next_day().isoformat(),
        "at": "8:30",
        **more,
    }


def test_the_sheet_says_what_follows_before_anything_is_written(app, hearing, client_as):
    client = client_as(user=hearing[0])
    assert "Was a next date given?" in client.get("/events/E-0001/outcome").text
    page = client.post("/events/E-0001/outcome", data=moved(step="look", logs="y")).text
    assert "All of it at once" in page and "Deadlines that follow" in page and "Beto Ramos" in page
    assert rows(app, EventOutcome.id) == [] and rows(app, Event.id) == [(1,)]


def test_one_confirmation_writes_outcome_next_date_deadlines_and_service(app, hearing, client_as):
    lucia, ana, event = hearing
    keys = [f"IND_HEARING_FILINGS:{next_day().isoformat()}"]
    answer = client_as(user=lucia).post(
        "/events/E-0001/outcome",
        data=moved(step="save", logs="y", asks="y", deadlines=keys, minutes="90", back="/today"),
    )
    assert answer.status_code == 302, answer.text
    assert rows(app, OutcomeSheet.clock_cause, OutcomeSheet.interpreter, OutcomeSheet.enforcement_seen) == [
        ("court", "phone", False)
    ]
    with app.app_context():
        following = db.session.scalars(select(Event).where(Event.id != event.id)).one()
        assert (following.case_id, following.hearing_type, following.place) == (event.case_id, "II", "Corte Ejemplo")
        assert (following.source, following.verified_by_user_id) == ("in_court", lucia.id)
        assert [link.clock_cause for link in chain_of(following.id)] == ["court", None]
        asked = db.session.scalars(select(EventCompanion).where(EventCompanion.event_id == following.id)).one()
        assert asked.confirmed_at is None
    assert rows(app, Deadline.rule_code, Deadline.member_id, Deadline.trigger_on) == [
        ("IND_HEARING_FILINGS", ana.id, next_day())
    ]
    assert rows(app, Service.minutes, Service.event_id) == [(90, event.id)]


def test_undo_takes_all_of_it_back(app, hearing, client_as):
    client = client_as(user=hearing[0])
    keys = [f"IND_HEARING_FILINGS:{next_day().isoformat()}"]
    client.post("/events/E-0001/outcome", data=moved(step="save", logs="y", deadlines=keys))
    assert client.post("/events/E-0001/outcome/void", data={"back": "/today"}).status_code == 302
    assert [row.outcome for row in rows(app, EventOutcome.outcome)] == ["continued", "cancelled"]
    assert rows(app, DeadlineClosure.reason) == [("set_aside",)]
    assert rows(app, ServiceVoid.reason) == [("undo",)]
    assert client.get("/events/E-0001/outcome").status_code == 200


def test_a_continued_hearing_needs_to_say_whose_continuance_it_was(app, hearing, client_as):
    answer = client_as(user=hearing[0]).post("/events/E-0001/outcome", data={"outcome": "continued", "back": "/today"})
    assert answer.status_code == 422
    assert "clock of the work permit" in answer.text
    assert rows(app, EventOutcome.id) == []


def test_an_outcome_of_what_has_not_happened_is_refused_in_words(app, make, hearing, client_as):
    lucia, ana, _ = hearing
    make.event(on=clock.today() + timedelta(days=2), owner=lucia, people=[ana])
    make.event(on=None, precision="to_be_set", owner=lucia, people=[ana])
    for code in ("E-0002", "E-0003"):
        answer = client_as(user=lucia).post(f"/events/{code}/outcome", data={"outcome": "done"})
        assert answer.status_code == 422 and "has not happened yet" in answer.text
    assert rows(app, EventOutcome.id) == []


def test_a_decision_proposes_the_appeal(hearing, client_as):
    page = client_as(user=hearing[0]).post(
        "/events/E-0001/outcome", data={"outcome": "done", "result": "decided", "step": "look", "logs": "y"}
    )
    assert 'value="BIA_APPEAL:' in page.text


def test_a_next_date_on_the_night_of_the_clocks_is_asked_about(app, hearing, client_as):
    data = moved(on="2027-03-14", at="2:30 am", step="look")
    answer = client_as(user=hearing[0]).post("/events/E-0001/outcome", data=data)
    assert answer.status_code == 422 and "does not exist" in answer.text
    far = client_as(user=hearing[0]).post("/events/E-0001/outcome", data=moved(on="2034-01-09", step="look"))
    assert far.status_code == 422 and "years ahead" in far.text


def test_a_volunteer_closes_what_she_walked_along_and_sets_no_deadline(app, make, hearing, client_as):
    event = hearing[2]
    beto = make.user(role="volunteer")
    make.companion(event, beto)
    keys = [f"IND_HEARING_FILINGS:{next_day().isoformat()}"]
    answer = client_as(user=beto).post("/events/E-0001/outcome", data=moved(step="save", logs="y", deadlines=keys))
    assert answer.status_code == 302
    assert rows(app, Deadline.id) == []


def stretches(app):
    standing = ClockSegment.id.not_in(select(ClockSegmentVoid.segment_id))
    with app.app_context():
        return db.session.execute(
            select(ClockSegment.member_id, ClockSegment.cause, ClockSegment.from_on, ClockSegment.to_on)
            .where(ClockSegment.cause != "filing", standing)
            .order_by(ClockSegment.member_id)
        ).all()


def test_our_continuance_stops_the_clock_of_everybody_in_the_case_who_has_one(app, make, hearing, client_as):
    lucia, ana, event = hearing
    luz = make.member()
    make.write(
        lambda: db.session.add(CasePerson(case_id=event.case_id, member_id=luz.id, role="derivative", from_on=event.on))
    )
    for one in (ana, luz):
        make.clock_segment(one, from_on=event.on - timedelta(days=60))
    client = client_as(user=lucia)
    look = client.post("/events/E-0001/outcome", data=moved(step="look", logs="y", clock_cause="applicant")).text
    assert "The work-permit clock stops" in look and stretches(app) == []
    client.post("/events/E-0001/outcome", data=moved(step="save", logs="y", clock_cause="applicant"))
    stopped = ("applicant", event.on, next_day())
    assert stretches(app) == [(ana.id, *stopped), (luz.id, *stopped)], "the daughter has no clock"
    client.post("/events/E-0001/outcome/void", data={"back": "/today"})
    assert stretches(app) == []


def test_a_continuance_without_a_next_day_stops_the_clock_until_somebody_ends_it(app, make, hearing, client_as):
    lucia, ana, event = hearing
    make.clock_segment(ana, from_on=event.on - timedelta(days=60))
    data = moved(step="save", clock_cause="applicant", on="", at="", known="to_be_set")
    assert client_as(user=lucia).post("/events/E-0001/outcome", data=data).status_code == 302
    assert stretches(app) == [(ana.id, "applicant", event.on, None)]


def test_the_court_s_continuance_is_written_down_and_stops_nothing(app, make, hearing, client_as):
    lucia, ana, event = hearing
    filed = event.on - timedelta(days=60)
    make.clock_segment(ana, from_on=filed)
    client_as(user=lucia).post("/events/E-0001/outcome", data=moved(step="save"))
    assert stretches(app) == [(ana.id, "court", event.on, next_day())]
    assert make.read(lambda: permit_days([ana.id])) == {ana.id: filed + timedelta(days=180)}


def test_a_clock_that_changed_offers_to_reckon_anew(app, make, hearing, client_as):
    lucia, ana, event = hearing
    ximena = make.user(role="attorney")
    filed = event.on - timedelta(days=60)
    make.clock_segment(ana, from_on=filed)
    viewer = make.viewer(role="attorney", user=ximena)
    made = make.write(lambda: set_deadline(viewer=viewer, member_id=ana.id, rule_code="EAD_C8_FILE", trigger_on=filed))
    said, before = "1 deadline stands on a clock that was changed since", made.due_on
    docket = client_as(user=ximena)
    client_as(user=lucia).post("/events/E-0001/outcome", data=moved(step="save", clock_cause="court"))
    assert said not in docket.get("/docket").text, "the court's stops nothing"
    client_as(user=lucia).post("/events/E-0001/outcome/void", data={"back": "/today"})
    client_as(user=lucia).post("/events/E-0001/outcome", data=moved(step="save", clock_cause="applicant"))
    assert said in docket.get("/docket").text
    url = docket.post("/recomputes", data={"cause": "clock"}).location
    with app.app_context():
        queue.work_all()
    assert "1 deadline would change" in docket.get(url).text
    docket.post(f"{url}/confirmation")
    assert said not in docket.get("/docket").text
    lost = (next_day() - event.on).days
    assert rows(app, Deadline.due_on) == [(before + timedelta(days=lost),)]


def test_what_binds_the_daughter_too_is_set_for_both(app, hearing, client_as):
    lucia, ana, event = hearing
    with app.app_context():
        luz = db.session.scalars(select(Member).where(Member.id != ana.id)).one()
    client = client_as(user=lucia)
    page = client.post("/events/E-0001/outcome", data=moved(step="look", logs="y")).text
    assert f'value="{luz.code}"' in page and f'value="{ana.code}"' not in page, "the lead is always bound"
    keys = [f"IND_HEARING_FILINGS:{next_day().isoformat()}"]
    data = moved(step="save", deadlines=keys, same_for=[luz.code, "ME-9999"])
    client.post("/events/E-0001/outcome", data=data)
    assert {row.member_id for row in rows(app, Deadline.member_id)} == {ana.id, luz.id}


def test_detained_at_the_hearing_raises_the_alert_and_writes_custody_in_one_confirmation(app, hearing, client_as):
    lucia, ana, event = hearing
    client = client_as(user=lucia)
    look = client.post("/events/E-0001/outcome", data={"outcome": "detained"}).text
    assert "Who was detained?" in look and rows(app, Alert.id) == [], "two words from Today raise nothing"
    nobody = client.post("/events/E-0001/outcome", data={"outcome": "detained", "step": "save"})
    assert nobody.status_code == 422 and "Say who was detained" in nobody.text
    assert rows(app, EventOutcome.id) == [] and rows(app, Alert.id) == []
    data = {"outcome": "detained", "step": "save", "detained": [ana.code], "last_seen": "second floor", "logs": "y"}
    answer = client.post("/events/E-0001/outcome", data=data)
    assert answer.location == "/alerts/AL-0001"
    assert rows(app, Alert.member_id) == rows(app, Detention.member_id) == [(ana.id,)]
    assert rows(app, EventOutcome.outcome) == [("detained",)]
    with app.app_context(), seal.silent():
        assert db.session.scalars(select(Alert)).one().last_seen == "second floor"


def test_the_undo_of_an_outcome_never_silences_an_alert(app, hearing, client_as):
    lucia, ana, event = hearing
    client = client_as(user=lucia)
    client.post("/events/E-0001/outcome", data={"outcome": "detained", "step": "save", "detained": [ana.code]})
    answer = client.post("/events/E-0001/outcome/void", data={"back": "/alerts/AL-0001"}, follow_redirects=True)
    assert "The alert stands" in answer.text and "I have it" in answer.text


def test_a_volunteer_raises_the_alert_from_the_hallway(app, make, hearing, client_as):
    lucia, ana, _ = hearing
    beto = make.user(role="volunteer")
    today = make.event(on=clock.today(), owner=lucia, people=[ana], companions=[beto])
    data = {"outcome": "detained", "step": "save", "detained": [ana.code]}
    answer = client_as(user=beto).post(f"/events/{today.code}/outcome", data=data)
    assert answer.location == "/alerts/AL-0001" and rows(app, Alert.member_id) == [(ana.id,)]


def test_what_was_said_there_can_be_written_after_two_taps_closed_it(app, make, hearing, client_as):
    lucia, ana, event = hearing
    client = client_as(user=lucia)
    assert client.post("/events/E-0001/outcome", data={"outcome": "done", "back": "/today"}).status_code == 302
    assert "/events/E-0001/outcome" in client.get("/today").text
    page = client.get("/events/E-0001/outcome").text
    assert "stands in its place" in page and 'name="anew"' in page
    keys = [f"BIA_APPEAL:{event.on.isoformat()}"]
    data = {"outcome": "done", "result": "decided", "step": "save", "logs": "y", "anew": "y", "deadlines": keys}
    assert client_as(user=make.user(role="attorney")).post("/events/E-0001/outcome", data=data).status_code == 404
    assert client.post("/events/E-0001/outcome", data=data).status_code == 302
    late = client.post("/events/E-0001/outcome", data=data | {"anew": "", "room": "Sala 4"})
    assert late.status_code == 409
    assert "Somebody has already said what came of this." in late.text and 'value="Sala 4"' in late.text
    standing = EventOutcome.id.not_in(select(EventOutcomeVoid.outcome_id))
    with app.app_context():
        assert db.session.scalars(select(EventOutcome.outcome).where(standing)).all() == ["done"]
        assert db.session.scalars(select(OutcomeSheet.result).join(EventOutcome).where(standing)).all() == ["decided"]
        assert (
            len(db.session.scalars(select(Service).where(Service.id.not_in(select(ServiceVoid.service_id)))).all()) == 1
        )
    assert rows(app, Deadline.rule_code) == [("BIA_APPEAL",)]


def test_an_alert_for_somebody_whom_the_companion_may_not_know(app, make, hearing, client_as):
    event = hearing[2]
    ines = make.user(role="volunteer")
    make.companion(event, ines)
    client = client_as(user=ines)
    look = client.post("/events/E-0001/outcome", data={"outcome": "detained"}).text
    assert "Somebody who isn&#39;t named here" in look and "ME-" not in look
    answer = client.post(
        "/events/E-0001/outcome", data={"outcome": "detained", "step": "save", "detained": ["somebody"]}
    )
    assert answer.status_code == 302
    with app.app_context(), seal.silent():
        alert = db.session.scalars(select(Alert)).one()
        assert alert.member_id is None and alert.who == "E-0001"


DECIDED = {
    "asylum_grant": {"I730_FOLLOW_TO_JOIN": True, "ASYLEE_ADJUSTMENT": True, "BIA_APPEAL": False},
    "denied_removed": {"BIA_APPEAL": True, "MTR_RECONSIDER": False},
    "vd": {"VOLUNTARY_DEPARTURE": True, "BIA_APPEAL": True},
    "in_absentia": {"MTR_IN_ABSENTIA": True, "PETITION_FOR_REVIEW": False},
    "terminated": {"BIA_APPEAL": False},
    "cov": {},
}


def offered(text):
    """rule code -> does it stand ticked."""
    found = re.findall(r'name="deadlines" value="(\w+):[\d-]+"( checked)?', text)
    return {code: bool(checked) for code, checked in found}


@pytest.mark.parametrize("decision", DECIDED)
def test_each_decision_proposes_what_it_sets_running(hearing, client_as, decision):
    page = client_as(user=hearing[0]).post(
        "/events/E-0001/outcome", data={"outcome": "done", "decision": decision, "step": "look", "logs": "y"}
    )
    found = offered(page.text)
    assert DECIDED[decision].items() <= found.items() and bool(found) == bool(DECIDED[decision])


@pytest.mark.parametrize(
    "kind,result,rule",
    [
        ("interview", "granted", "I730_FOLLOW_TO_JOIN"),
        ("interview", "fear_denied", "CREDIBLE_FEAR_IJ_REVIEW"),
        ("interview", "rf_denied", "REASONABLE_FEAR_IJ_REVIEW"),
        ("interview", "nta", "NTA_FIRST_HEARING"),
        ("ice_checkin", "nta", "NTA_FIRST_HEARING"),
        ("hearing", "pretermit", "MOTION_RESPONSE"),
        ("hearing", "dismissed_dhs", "MOTION_RESPONSE"),
    ],
)
def test_each_result_proposes_what_it_sets_running(make, hearing, client_as, kind, result, rule):
    lucia, ana, event = hearing
    held = make.event(kind=kind, on=event.on, owner=lucia, people=[ana], case_id=event.case_id)
    data = {"outcome": "done", "result": result, "step": "look", "logs": "y"}
    client = client_as(user=lucia)
    assert rule in offered(client.post(f"/events/{held.code}/outcome", data=data).text)
    if kind != "hearing":
        assert client.post(f"/events/{held.code}/outcome", data={**data, "result": "decided"}).status_code == 422


def test_no_trigger_of_a_hearing_or_an_interview_is_forgotten():
    from mexile.cases.event.happenings import started_by_decision, started_by_result
    from mexile.ground.vocabulary import vocabulary

    started = {one.trigger for code in vocabulary("hearing_result") for one in started_by_result(code)}
    started |= {
        one.trigger
        for code in vocabulary("case_outcome")
        for kind in vocabulary("proceeding_kind")
        for one in started_by_decision(code, kind=kind)
    }
    assert started <= set(vocabulary("deadline_trigger"))
    assert started == {
        "ij_decision_served",
        "in_absentia_order_date",
        "final_order_date",
        "filing_received",
        "bond_decision_date",
        "negative_cf_determination",
        "referral_date",
        "nta_service",
        "asylum_grant_date",
        "vd_order_date",
    }


def test_one_confirmation_writes_the_decision_and_binds_who_is_in_the_case_and_not_at_the_date(
    app, make, hearing, client_as
):
    lucia, ana, event = hearing
    mia, far = make.member(assigned=lucia), make.member()
    for one in (mia, far):
        make.write(
            lambda one=one: db.session.add(
                CasePerson(case_id=event.case_id, member_id=one.id, role="derivative", from_on=event.on)
            )
        )
    make.proceeding(make.read(lambda: db.session.get(Case, event.case_id)))
    client = client_as(user=lucia)
    typed = {"outcome": "done", "decision": "asylum_grant", "logs": "y"}
    look = client.post("/events/E-0001/outcome", data={**typed, "step": "look"}).text
    assert "decision of the proceeding P-0001" in look and f'value="{mia.code}"' in look
    assert "one person you" in look and f'value="{far.code}"' not in look
    keys = [f"{code}:{event.on.isoformat()}" for code in ("I730_FOLLOW_TO_JOIN", "ASYLEE_ADJUSTMENT")]
    data = {**typed, "step": "save", "decides": "y", "deadlines": keys, "same_for": [mia.code, far.code]}
    assert client.post("/events/E-0001/outcome", data=data).status_code == 302
    assert rows(app, ProceedingDecision.outcome, ProceedingDecision.on) == [("asylum_grant", event.on)]
    assert sorted(rows(app, Deadline.rule_code, Deadline.member_id)) == sorted(
        [("I730_FOLLOW_TO_JOIN", ana.id), ("ASYLEE_ADJUSTMENT", ana.id), ("ASYLEE_ADJUSTMENT", mia.id)]
    )
    assert "Asylum granted" in client.get("/cases/C-0001?part=all").text
    client.post("/events/E-0001/outcome/void", data={"back": "/today"})
    assert len(rows(app, ProceedingDecisionVoid.decision_id)) == 1
    assert "no decision yet" in client.get("/cases/C-0001?part=all").text


def test_a_decision_beside_a_result_that_says_there_was_none_is_asked_about(hearing, client_as):
    data = {"outcome": "done", "result": "held", "decision": "vd", "step": "look"}
    answer = client_as(user=hearing[0]).post("/events/E-0001/outcome", data=data)
    assert answer.status_code == 422 and "Which of the two?" in answer.text


def test_the_attorney_is_told_that_there_is_news_and_nothing_of_it(app, hearing, client_as):
    client = client_as(user=hearing[0])
    typed = {"outcome": "done", "decision": "denied_removed", "logs": "y"}
    look = client.post("/events/E-0001/outcome", data={**typed, "step": "look"}).text
    assert re.search('name="tells" value="y" checked', look)
    client.post("/events/E-0001/outcome", data={**typed, "step": "save", "tells": "y"})
    with app.app_context():
        keys = db.session.scalars(select(queue.Job.key).where(queue.Job.kind == "mail")).all()
        (key,) = [key for key in keys if key.startswith("cases.told:")]
        letter = render_told({"code": "E-0001", "user": int(key.split("/")[1])})
    assert "E-0001" in letter.text and "denied" not in letter.text.lower()
