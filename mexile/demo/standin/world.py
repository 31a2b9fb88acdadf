"""Everything the stand-in remembers: Stripe's objects, what it answered before, and its switches."""

import json
import os
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from mexile.demo.standin.shapes import blank, complete
from mexile.demo.standin.wire import missing
from mexile.ground import clock

Body = dict[str, Any]


@dataclass
class Switches:
    """What the demo may change about the stand-in's behavior."""

    pay_late: bool = False  # the next payments stay "processing" until settle() is asked
    decline_next: bool = False  # the next card is declined, whatever its number
    repeat: bool = False  # every event is sent twice more
    shuffle: bool = False  # events that are close together leave in another order
    delay_seconds: float = 0.0  # events leave that much later
    fee_late_seconds: float = 0.5  # so long a charge has no balance transaction
    slow_seconds: float = 0.0  # so long every answer takes
    down: bool = False  # nothing is answered at all
    breaks: str = ""  # the next change breaks at Stripe, "before" or "after" it was made, and is answered with 500
    forbidden: str = ""  # what a restricted key may not read, as its addresses are called: "payouts disputes"


@dataclass
class World:
    """One account of the stand-in. All changes happen under ``changing()``, one at a time."""

    path: Path | None = None
    address: str = "http://127.0.0.1"
    objects: dict[str, Body] = field(default_factory=dict)
    private: dict[str, Body] = field(default_factory=dict)
    answered: dict[str, Body] = field(default_factory=dict)
    switches: Switches = field(default_factory=Switches)
    unsent: list[Body] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    on_change: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.path and self.path.exists():
            kept = json.loads(self.path.read_text("utf-8"))
            self.objects, self.private, self.answered = kept["objects"], kept["private"], kept["answered"]
            self.switches = Switches(**kept["switches"])

    @contextmanager
    def changing(self) -> Iterator[Self]:
        """Hold the world; afterwards keep it on disk and let the events go."""
        with self.lock:
            try:
                yield self
            finally:
                self._keep()
                leaving, self.unsent = self.unsent, []
        if leaving:
            for listener in self.on_change:
                listener(leaving)

    def _keep(self) -> None:
        if not self.path:
            return
        kept = {
            "objects": self.objects,
            "private": self.private,
            "answered": self.answered,
            "switches": asdict(self.switches),
        }
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(kept), "utf-8")
        os.replace(fresh, self.path)

    def forget(self) -> None:
        """Begin again with an empty account."""
        with self.changing():
            told = {name: row for name, row in self.objects.items() if row["object"] == "webhook_endpoint"}
            for kept in (self.objects, self.private, self.answered, self.unsent):
                kept.clear()
            self.objects |= told
            self.switches = Switches()

    def now(self) -> int:
        """The moment as Stripe writes it, in whole seconds."""
        return int(clock.now().timestamp())

    def new(self, prefix: str, kind: str, **body: Any) -> Body:
        """A new object with an identifier, a moment and every field its class has."""
        own: Body = {"id": f"{prefix}_{secrets.token_hex(12)}", "object": kind, "created": self.now()}
        given = own | blank(kind) | body
        if kind not in ("refund", "balance_transaction", "subscription_item"):
            given.setdefault("livemode", False)
        body = self.objects[own["id"]] = complete(given)
        return body

    def get(self, kind: str, identifier: str) -> Body:
        """The object, or Stripe's 404."""
        body = self.objects.get(identifier)
        if body is None or body["object"] != kind:
            raise missing(kind, identifier)
        return body

    def all(self, kind: str) -> list[Body]:
        """The objects of a kind, newest first."""
        return [body for body in reversed(self.objects.values()) if body["object"] == kind]

    def later(self, seconds: float, act: Any) -> None:
        """Do something after a while, by itself; at once when there is nothing to wait for."""
        if seconds <= 0:
            act()
            return
        start_later(seconds, self._quietly, act)

    def _quietly(self, act: Any) -> None:
        with suppress(KeyError), self.changing():  # forget() may have been faster
            act()

    def pause(self) -> None:
        """Take as long as the switch says before answering."""
        if self.switches.slow_seconds:
            time.sleep(self.switches.slow_seconds)


def start_later(seconds: float, act: Any, *given: Any) -> None:
    """In a thread that ends with the program."""
    timer = threading.Timer(seconds, act, given)
    timer.daemon = True
    timer.start()
