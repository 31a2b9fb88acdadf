"""Gifts are tested against the stand-in, through the real library, over loopback."""

import json
from dataclasses import replace

import pytest
from flask import Flask

from mexile import config as configuration
from mexile.demo.standin.events import sign
from mexile.ground import clock, queue
from tests.demo.standin import running

SECRET = "whsec_fictional"


class Standin:
    """The stand-in beside an app: what it tells is delivered when a test says so, in the order it says."""

    def __init__(self, standin, app, client):
        self.running, self.world, self.app, self.client = standin, standin.world, app, client
        self.told: list[dict] = []
        standin.world.on_change.append(self.told.extend)

    def deliver(self, events=None, *, secret=SECRET, at=None):
        """Post events to the app, by default all that were told since the last time; answers the statuses."""
        events = self.take() if events is None else events
        return [self.post(event, secret=secret, at=at) for event in events]

    def take(self):
        taken, self.told[:] = list(self.told), []
        return taken

    def post(self, event, *, secret=SECRET, at=None, client=None):
        payload = json.dumps(event).encode()
        moment = int(clock.now().timestamp()) if at is None else at
        headers = {"Stripe-Signature": sign(payload, secret, moment)}
        client = client or self.app.test_client()
        answer = client.post("/stripe/events", data=payload, headers=headers, csrf=False)
        return answer.status_code

    def settle(self):
        """Deliver everything and let the worker do all that is due."""
        self.deliver()
        self.work()

    def work(self):
        with self.app.app_context():
            return queue.work_all()


@pytest.fixture
def standin(app: Flask, client, make):
    """A stand-in that the app speaks to, and the three funds."""
    make.funds()
    with running() as found:
        configuration.use(replace(configuration.config(), stripe_base=found.address))
        yield Standin(found, app, client)


@pytest.fixture
def letters(monkeypatch):
    """Mails that would leave, instead of a mail server."""
    sent = []

    class Server:
        def __init__(self, *ignored, **also):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *ignored):
            pass

        def send_message(self, message):
            sent.append(message)

    monkeypatch.setattr("mexile.ground.smtp.smtplib.SMTP", Server)
    return sent
