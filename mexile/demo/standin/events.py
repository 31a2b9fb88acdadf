"""Events: what the stand-in tells the program, signed as Stripe signs, and sent as untidily as the switches say."""

import copy
import hashlib
import hmac
import json
import random
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass, field

import stripe

from mexile.demo.standin.world import Body, World, start_later
from mexile.ground import clock

TRIES = 6


def tell(world: World, kind: str, body: Body, before: Body | None = None) -> None:
    """Note that something happened to an object; it leaves when the change is over."""
    event = world.new(
        "evt",
        "event",
        api_version=stripe.api_version,
        data={"object": copy.deepcopy(body), **({"previous_attributes": before} if before else {})},
        type=kind,
    )
    world.unsent.append(event)


def sign(payload: bytes, secret: str, moment: int) -> str:
    """The Stripe-Signature header: HMAC-SHA256 over the moment, a dot and the raw body."""
    mac = hmac.new(secret.encode(), f"{moment}.".encode() + payload, hashlib.sha256).hexdigest()
    return f"t={moment},v1={mac}"


@dataclass
class Postman:
    """Carries events to one address: at least once, in no promised order, again when it is not answered 2xx."""

    world: World
    address: str
    secret: str
    sent: list[tuple[str, int]] = field(default_factory=list)
    waiting: int = 0
    idle: threading.Condition = field(default_factory=threading.Condition)

    def __call__(self, events: list[Body]) -> None:
        switches = self.world.switches
        round_ = [event for event in events for _ in range(3 if switches.repeat else 1)]
        if switches.shuffle:
            random.shuffle(round_)
        with self.idle:
            self.waiting += len(round_)
        start_later(switches.delay_seconds, self._carry, round_)

    def wait(self, seconds: float = 10.0) -> bool:
        """Wait until nothing is on its way any more; False if the time ran out."""
        with self.idle:
            return self.idle.wait_for(lambda: not self.waiting, seconds)

    def _carry(self, events: list[Body], attempt: int = 1) -> None:
        again = []
        for event in events:
            status = self.deliver(event)
            self.sent.append((event["id"], status))
            if not 200 <= status < 300 and attempt < TRIES:
                again.append(event)
        with self.idle:
            self.waiting -= len(events) - len(again)
            self.idle.notify_all()
        if again:
            start_later(min(0.25 * 2**attempt, 30), self._carry, again, attempt + 1)

    def deliver(self, event: Body) -> int:
        """Post one event and answer the status; 0 when nobody answered."""
        payload = json.dumps(event).encode()
        request = urllib.request.Request(  # noqa: S310 - the address is loopback, checked by server.start
            self.address,
            data=payload,
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "Stripe-Signature": sign(payload, self.secret, int(clock.now().timestamp())),
                "User-Agent": "mexile stand-in",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                return answer.status
        except urllib.error.HTTPError as refused:
            return refused.code
        except (OSError, ValueError):
            return 0
