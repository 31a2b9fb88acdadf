"""The sitting in which attorneys review the rules that wait: each is met once, and what was approved leaves."""

from __future__ import annotations

import random
import re
from datetime import date

import pytest
from sqlalchemy import func, select

from mexile.deadlines.closing.rules import OpenDays
from mexile.deadlines.deadline.page import proposals_for
from mexile.deadlines.deadline.rules import example, reckon
from mexile.deadlines.rule.actions import replace_rule
from mexile.deadlines.rule.file import own_rules
from mexile.deadlines.rule.queries import rule_lines
from mexile.ground.db import db
from mexile.ground.trail import TrailRow


def waiting(make):
    lines = make.read(rule_lines)
    return {f"/rules/{one.rule.code}/versions/{one.rule.version}/review" for one in lines if one.is_unreviewed}


def onward(page):
    return re.search(r'data-key="n" href="([^"]+)"', page.text)[1]


def entered(client):
    return client.get("/rules/review").headers["Location"]


@pytest.mark.parametrize("seed", [1, 2])
def test_two_attorneys_meet_each_rule_that_waits_once_and_what_one_approves_leaves_for_both(app, make, client_as, seed):
    make.deadline_rules()
    chance, both = random.Random(seed), [client_as("attorney"), client_as("attorney")]
    left, asked, approved = waiting(make), len(waiting(make)), 0
    while left:
        at, met = [entered(client) for client in both], [[], []]
        while at != ["/rules", "/rules"]:
            who = chance.choice([one for one in (0, 1) if at[one] != "/rules"])
            url, client = at[who], both[who]
            page = client.get(url)
            met[who].append(url)
            done = asked - len(left)
            assert f"of {asked} to review; {done} reviewed." in page.text
            assert ('data-key="a"' in page.text) is (url in left), "only what waits can be approved"
            if chance.random() < 0.4:
                answer = client.post(url)
                assert answer.status_code == (302 if url in left else 409)
                assert url in left or "This was reviewed already." in answer.text
                approved += url in left
                left.discard(url)
                at[who] = answer.headers["Location"] if answer.status_code == 302 else onward(answer)
            else:
                at[who] = onward(page)
            assert waiting(make) == left
        for one in met:
            assert len(one) == len(set(one)), "met twice in one round"
            assert left <= set(one), "a rule that waits was passed over"
    assert approved == asked and entered(both[0]) == "/rules"
    assert f"{asked} of the {asked} rules" in both[0].get("/rules").text
    with app.app_context():
        rows = db.session.scalar(select(func.count()).select_from(TrailRow).where(TrailRow.act == "rule.review"))
        assert rows == asked, "each review stands in the trail, and none that was refused"


def test_a_newer_version_takes_its_place_in_the_sitting_and_the_older_says_so(make, client_as):
    make.deadline_rules()
    client, viewer, before = client_as("attorney"), make.viewer(role="attorney"), waiting(make)
    change = {"length": 8, "verify": True}
    newer = make.write(
        lambda: replace_rule(viewer=viewer, code="EOIR_33_IC", version=1, values=change, reason="read")
    ).version
    old = "/rules/EOIR_33_IC/versions/1/review"
    assert waiting(make) == before - {old} | {old.replace("/1/", f"/{newer}/")}
    assert "A newer version stands in the place" in client.get(old).text


def test_what_was_approved_is_offered_without_the_mark(make, client_as):
    make.deadline_rules()
    marks = lambda: {one.code: one.is_unreviewed for one in proposals_for("move_date", date(2026, 11, 20))}
    assert make.read(marks)["EOIR_33_IC"]
    client_as("attorney").post("/rules/EOIR_33_IC/versions/1/review")
    assert not make.read(marks)["EOIR_33_IC"]


def test_only_attorneys_sit(make, client_as):
    make.deadline_rules()
    assert "/rules/review" in client_as("attorney").get("/rules").text
    for role in ("director", "caseworker"):
        client = client_as(role)
        assert "/rules/review" not in client.get("/rules").text
        assert client.get("/rules/review").status_code == 404
        assert client.post("/rules/EOIR_33_IC/versions/1/review").status_code == 404


@pytest.mark.parametrize("today", [date(1980, 1, 1), date(2026, 12, 1), date(2090, 12, 31)])
def test_the_example_of_each_rule_is_what_the_engine_gives_for_a_day_in_its_period(today):
    for rule in own_rules():
        shown = example(rule, today, OpenDays({}))
        assert shown == reckon(rule, shown.trigger_on, OpenDays({})), rule.code
        assert (rule.from_on or date.min) <= shown.trigger_on <= (rule.to_on or date.max)
