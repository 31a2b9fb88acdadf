"""What goes out in an emergency says nothing: no letter, no subject and no job names a person or what happened."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from mexile.ground import clock, queue
from mexile.ground.db import db
from mexile.ground.mail import RENDERERS
from tests.house.canaries import set_canaries
from tests.house.world import World
from tests.make import Make

TELLING = re.compile(
    r"detain|deten|arrest|custod|hearing|audienc|court|corte|\bice\b|migra|deport|expuls|asyl|asilo|caso|case\b|member|integrante",
    re.IGNORECASE,
)


@pytest.mark.once
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_letter_and_no_job_of_an_emergency_says_who_or_what(
    app: Flask, make: Make, client_as: Any, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    world = World(make, language)
    canaries = {one.value for one in set_canaries(app, world) if one.owner in ("member", "alert")}
    member = world.around["assigned"]["members"]
    for role in ("attorney", "director", "caseworker"):
        make.in_line(make.user(role=role, language=language))
    caseworker = client_as(user=world.user["caseworker"])
    assert caseworker.post("/alerts", data={"member": member.code, "last_seen": "CANARYFLOOR"}).status_code == 302
    event = make.event(people=[member], owner=world.user["caseworker"], on=clock.today())
    assert caseworker.post(f"/events/{event.code}/entry", data={"minutes": "60"}).status_code == 302
    stranger = world.around["not"]["members"]
    reason = "CANARYREASON she stands at the door."
    opener = client_as(user=make.user(role="caseworker", language=language))  # who has nobody else's page open
    assert opener.post("/emergencies/new", data={"code": stranger.code, "reason": reason}).status_code == 302
    kinds = set()
    with app.app_context():
        for minutes in (0, 6, 12, 18, 24, 90, 120, 180):
            with clock.at(clock.now() + timedelta(minutes=minutes)):
                due = select(queue.Job).where(queue.Job.kind != "mail", queue.Job.run_at <= clock.now())
                for job in db.session.scalars(due).all():
                    queue.HANDLERS[job.kind](json.loads(job.body))
        for job in db.session.scalars(select(queue.Job)).all():
            held = f"{job.kind} {job.key} {job.body}"
            assert "CANARY" not in held and not [one for one in canaries if one in held], held
            if job.kind == "mail":
                body = json.loads(job.body)
                letter = RENDERERS[body["kind"]](body["body"])
                kinds.add(body["kind"])
                said = "\n".join([letter.subject, letter.text, letter.html or ""])
                assert not TELLING.search(said.replace("/alerts", "").replace("/emergencies", "")), said
                assert "CANARY" not in said and not [one for one in canaries if one in said]
                assert not re.search(r"ME-\d", said) and letter.subject in (
                    "Please open mexile now",
                    "Abra mexile ahora, por favor",
                )
    assert kinds >= {"cases.alert", "cases.not_out", "members.emergency"}
    assert "CANARY" not in caplog.text and not [one for one in canaries if one in caplog.text]
