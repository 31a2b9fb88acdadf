"""The figures of logging a service: the cost of one save, and eight people saving at once.

`run()` returns rows (what, measured, bar). The cost is the CPU of this process for a whole
request with its trail, in milliseconds, the median of many. The eight clients speak over
sockets to the web server as `mexile serve` runs it, in a process of its own; what is shown
for those who don't pause is p95 divided by p50.
"""

from __future__ import annotations

import multiprocessing
import socket
from collections.abc import Callable
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from statistics import median, quantiles
from threading import Thread
from time import perf_counter, process_time, sleep
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import func, select

from mexile import serve
from mexile.access.csrf import csrf_token
from mexile.ground import clock
from mexile.ground.db import db, writing
from mexile.members.assignment.models import Assignment
from mexile.services.service.models import Service
from tests.bench.bench_members import organization
from tests.make import Make

CLIENTS = 8
TIMES = 120
PAUSE = 0.2
POST_BAR, PAUSING_BAR, PAUSELESS_BAR, READING_BAR = 5.0, 20.0, 2.5, 10.0
THREADS = 8


def _worker(app: Flask, make: Make) -> tuple[object, str]:
    """A caseworker of forty members, and her session."""
    user = make.user(role="caseworker")
    with app.app_context(), writing():
        for member_id in range(1, 41):
            row = Assignment(member_id=member_id, user_id=user.id, from_at=clock.now(), reason_from="case")
            db.session.add(row)
    return user, make.session(user)


def _fields(number: int) -> dict[str, str]:
    """What the bar sends once its line is settled: the line, and what was chosen for its words."""
    code = f"ME-{number % 40 + 1:04d}"
    return {
        "line": "mar ice 2h",
        "pick-0": f"mar=person:{code}",
        "pick-1": "ice=type:acc_ice",
        "pick-2": "2h=minutes:120",
        "again": "yes",
        "back": "/today",
        "form_token": f"bench-token-{number:08d}",
    }


def _median_ms(act: Callable[[int], object], first: int, times: int = TIMES) -> float:
    measured = []
    for number in range(first, first + times):
        begun = process_time()
        act(number)
        measured.append((process_time() - begun) * 1000)
    return round(median(measured), 2)


def save(app: Flask, make: Make) -> float:
    """One quick-log POST: the gate, the form, the reading, rights, the act, its person, the trail."""
    user, token = _worker(app, make)
    client = app.test_client().carry(app, token, user)

    def post(number: int) -> None:
        answer = client.post("/services/log", data=_fields(number))
        assert answer.status_code == 302, answer.text

    for number in range(10):
        post(number)
    return _median_ms(post, 10)


def read(app: Flask, make: Make) -> float:
    """One reading while someone types a name, as the attorney of all sees it."""
    user = make.user(role="attorney")
    client = app.test_client().carry(app, make.session(user), user)

    def ask(number: int) -> None:
        assert client.post("/services/reading", data={"line": "mar her ice 2h ayer"}).status_code == 200

    ask(0)
    return _median_ms(ask, 0, 40)


# ---- eight at once ----------------------------------------------------------------


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def _served(app: Flask):
    """The web server in a process of its own; yields its port."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    port = _free_port()
    server = multiprocessing.get_context("fork").Process(
        target=serve.run, args=(app, "127.0.0.1", port, THREADS), daemon=False
    )
    server.start()
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.join(10)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            sleep(0.05)
    raise TimeoutError("the web server did not start")


class _Poster(Thread):
    """One client: keeps its connection, posts, notes how long each answer took."""

    def __init__(self, port: int, cookie: str, token: str, first: int, times: int, pause: float):
        super().__init__(daemon=True)
        self.port, self.first, self.times, self.pause = port, first, times, pause
        self.headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{cookie}={token}",
            "X-CSRF": csrf_token(token),
        }
        self.took: list[float] = []
        self.wrong = 0

    def run(self) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        # Eight people don't press in the same instant: each begins an eighth of the pause later.
        sleep(self.pause * (self.first // 100_000 % CLIENTS) / CLIENTS)
        for number in range(self.first, self.first + self.times):
            begun = perf_counter()
            try:
                connection.request("POST", "/services/log", urlencode(_fields(number)), self.headers)
                answer = connection.getresponse()
                answer.read()
                self.wrong += answer.status != 302
            except (OSError, HTTPException):
                self.wrong += 1
                connection.close()
            took = perf_counter() - begun
            self.took.append(took * 1000)
            if self.pause:
                sleep(max(0.0, self.pause - took))
        connection.close()


def _together(port: int, cookie: str, tokens: list[str], first: int, times: int, pause: float) -> tuple[float, float]:
    """(p50, p95) over all clients; any answer that isn't a save is an error."""
    posters = [_Poster(port, cookie, token, first + n * 100_000, times, pause) for n, token in enumerate(tokens)]
    for poster in posters:
        poster.start()
    for poster in posters:
        poster.join()
    wrong = sum(poster.wrong for poster in posters)
    if wrong:
        raise RuntimeError(f"{wrong} posts were not saved")
    took = [one for poster in posters for one in poster.took]
    cuts = quantiles(took, n=100)
    return median(took), cuts[94]


def eight(app: Flask, make: Make) -> tuple[float, float]:
    """(p95 of eight who each post every 200 ms, p95 / p50 of eight without pause)."""
    tokens = [_worker(app, make)[1] for _ in range(CLIENTS)]
    cookie = app.extensions["gate"].cookie
    with app.app_context():
        before = db.session.scalar(select(func.count()).select_from(Service)) or 0
    with _served(app) as port:
        _together(port, cookie, tokens, 1_000_000, 5, 0)
        _, pausing = _together(port, cookie, tokens, 2_000_000, 40, PAUSE)
        p50, p95 = _together(port, cookie, tokens, 3_000_000, 60, 0)
    with app.app_context():
        after = db.session.scalar(select(func.count()).select_from(Service)) or 0
    if after - before != CLIENTS * (5 + 40 + 60):
        raise RuntimeError(f"{after - before} services for {CLIENTS * 105} posts")
    return round(pausing, 1), round(p95 / p50, 2)


def run() -> list[tuple[str, float, float]]:
    with organization() as (app, make):
        make.service_types()
        rows = [
            ("services: quick-log POST with trail, CPU ms", save(app, make), POST_BAR),
            ("services: reading as one types, 5,000 members, CPU ms", read(app, make), READING_BAR),
        ]
        pausing, ratio = eight(app, make)
        return [
            *rows,
            ("services: 8 clients posting every 200 ms, p95 ms", pausing, PAUSING_BAR),
            ("services: 8 clients without pause, p95 / p50", ratio, PAUSELESS_BAR),
        ]


if __name__ == "__main__":
    for what, measured, bar in run():
        print(f"{what}: {measured} (bar {bar})")
