"""Clients who dawdle: half-sent heads and bodies, answers that nobody fetches, connections that idle. They hold a
connection and no thread, for a bounded time and in bounded memory; everybody else is answered at once."""

from __future__ import annotations

import http.client
import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from flask import Flask

from mexile import serve
from tests.clients import Client
from tests.make import Make

HEAD = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Type: application/x-www-form-urlencoded\r\n"
GET = b"GET %s HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n%s\r\n"


@contextmanager
def serving(app: Flask, threads: int = 4) -> Iterator[serve.WebServer]:
    server = serve.WebServer(app, "127.0.0.1", 0, threads)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(15)
        assert not thread.is_alive()


@pytest.fixture
def server(app: Flask) -> Iterator[serve.WebServer]:
    with serving(app) as running:
        yield running


def connect(server: serve.WebServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(server.effective_port)), timeout=10)


def ask(server: serve.WebServer, path: str = "/sign-in") -> tuple[int, float]:
    """The status of a page, and how long it took."""
    begun = time.monotonic()
    talk = http.client.HTTPConnection("127.0.0.1", int(server.effective_port), timeout=20)
    talk.request("GET", path, headers={"Host": "127.0.0.1:8080"})
    answer = talk.getresponse()
    answer.read()
    talk.close()
    return answer.status, time.monotonic() - begun


def is_ended(line: socket.socket, within: float) -> bool:
    """Whether the server ends this connection within so many seconds."""
    line.settimeout(within)
    try:
        while line.recv(65_536):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


def is_empty(server: serve.WebServer) -> bool:
    """Whether the server comes to hold no connection; a busy machine has time for it."""
    limit = time.monotonic() + 20
    while server.active_channels and time.monotonic() < limit:
        time.sleep(0.1)
    return not server.active_channels


SLOW = {
    "half a head": HEAD,
    "half a line": b"GET /sign-in HT",
    "no word": b"",
    "half a body": HEAD + b"Content-Length: 5000\r\n\r\nemail=a",
    "half a chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\n400\r\nemail=a",
    "waiting to go on": HEAD + b"Expect: 100-continue\r\nContent-Length: 5000\r\n\r\n",
    "idle after an answer": GET % (b"/static/css/base.css", b""),
}


@pytest.mark.once
@pytest.mark.parametrize("kind", SLOW)
def test_sixty_slow_clients_hold_up_nobody(server: serve.WebServer, kind: str) -> None:
    ask(server)
    with ExitStack() as lines:
        for _ in range(60):
            lines.enter_context(connect(server)).sendall(SLOW[kind])
        assert ask(server)[0] == 200
        times = [ask(server)[1] for _ in range(3)]
        assert min(times) < 1, times


@pytest.mark.once
def test_a_request_that_does_not_come_to_its_end_is_ended_however_it_trickles(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "SECONDS", 1.0)
    with serving(app) as server, ExitStack() as opened:
        lines = [opened.enter_context(connect(server)) for _ in range(3)]
        lines[0].sendall(HEAD)
        lines[1].sendall(HEAD + b"Content-Length: 5000\r\n\r\n")
        lines[2].sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        begun = time.monotonic()
        with pytest.raises(OSError):
            while time.monotonic() - begun < 8:
                for line, word in zip(lines, (b"X-A: b\r\n", b"a", b"1\r\na\r\n"), strict=True):
                    line.sendall(word)
                time.sleep(0.2)
        assert all(is_ended(line, 4) for line in lines)
        assert ask(server)[0] == 200


@pytest.mark.once
def test_a_slow_but_honest_upload_comes_through(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "SECONDS", 1.0)
    body = b"email=" + b"a" * 40_000
    with serving(app) as server, connect(server) as line:
        line.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(body))
        for start in range(0, len(body), 4000):
            line.sendall(body[start : start + 4000])
            time.sleep(0.25)
        assert line.recv(100).startswith(b"HTTP/1.1 4")


@pytest.mark.once
def test_an_answer_that_nobody_fetches_is_let_go(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "SECONDS", 1.0)
    app.view_functions["public.front"] = lambda: b"x" * 30_000_000
    with serving(app) as server, ExitStack() as opened:
        ask(server)
        lines = [opened.enter_context(connect(server)) for _ in range(6)]
        for line in lines:
            line.sendall(GET % (b"/", b""))
        time.sleep(1)
        assert ask(server)[1] < 1
        assert is_empty(server)


@pytest.mark.once
def test_an_answer_of_which_somebody_fetches_a_part_and_no_more_is_let_go(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "SECONDS", 1.0)
    app.view_functions["public.front"] = lambda: b"x" * 30_000_000
    with serving(app) as server, connect(server) as line:
        line.sendall(GET % (b"/", b""))
        left = 12_000_000
        while left > 0:
            left -= len(line.recv(65_536))
        assert is_empty(server)


@pytest.mark.once
def test_a_thousand_requests_in_one_breath_whose_answers_nobody_fetches_hold_no_thread(app: Flask) -> None:
    app.view_functions["public.front"] = lambda: b"x" * 1_000_000
    with serving(app, 2) as server, ExitStack() as opened:
        for _ in range(3):
            opened.enter_context(connect(server)).sendall(GET % (b"/", b"") * 1000)
        time.sleep(1)
        assert ask(server)[1] < 2
        assert sum(channel.total_outbufs_len for channel in server.active_channels.values()) < 50_000_000


@pytest.mark.once
def test_a_few_requests_in_one_breath_are_answered_one_after_another(server: serve.WebServer) -> None:
    with connect(server) as line:
        line.sendall(
            GET % (b"/static/css/base.css", b"") * 3 + GET % (b"/static/css/base.css", b"Connection: close\r\n")
        )
        received = b""
        while part := line.recv(65_536):
            received += part
    assert received.count(b"HTTP/1.1 200 OK") == 4


@pytest.mark.once
def test_more_connections_than_there_may_be_cost_the_one_that_waits_longest(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "CONNECTIONS", 20)
    with serving(app) as server, ExitStack() as opened:
        lines = [opened.enter_context(connect(server)) for _ in range(50)]
        for line in lines[20:]:
            line.sendall(HEAD)
        status, seconds = ask(server)
        assert status == 200 and seconds < 2
        assert is_ended(lines[0], 3) and len(server.active_channels) <= 20


@pytest.mark.once
def test_bodies_that_wait_are_bounded_together(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "BODIES", 6 * 1024 * 1024)
    ended = 0
    with serving(app) as server, ExitStack() as opened:
        for _ in range(8):
            line = opened.enter_context(connect(server))
            try:
                line.sendall(HEAD + b"Content-Length: 9000000\r\n\r\n" + b"a" * 2_000_000)
            except OSError:
                ended += 1
        time.sleep(0.5)
        assert server.held() < 9 * 1024 * 1024
        assert ask(server)[0] == 200


@pytest.mark.once
def test_an_endless_line_between_chunks_is_ended(server: serve.WebServer) -> None:
    with connect(server) as line:
        line.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        with pytest.raises(OSError):
            for _ in range(400):
                line.sendall(b"1" * 4000)
                time.sleep(0.005)


def _event(server: serve.WebServer, head: bytes, body: bytes) -> bytes:
    with connect(server) as line:
        start = b"POST /stripe/events HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Type: application/json\r\n"
        line.sendall(start + head + b"\r\n" + body)
        return line.recv(100).partition(b"\r\n")[0]


@pytest.mark.once
def test_an_event_of_five_megabytes_is_too_large_in_chunks_as_in_one_piece(server: serve.WebServer) -> None:
    size = 5_000_000
    assert b" 413 " in _event(server, b"Content-Length: %d\r\n" % size, b"a" * size)
    chunks = b"".join(b"%x\r\n%s\r\n" % (50_000, b"a" * 50_000) for _ in range(size // 50_000)) + b"0\r\n\r\n"
    assert b" 413 " in _event(server, b"Transfer-Encoding: chunked\r\n", chunks)


def test_an_event_without_a_length_is_measured_as_it_is_read(app: Flask) -> None:
    """As behind a server that hands chunks on."""

    class Endless(io.BytesIO):
        sent = 0

        def read(self, size: int | None = -1) -> bytes:
            self.sent += size or 0
            assert 0 < self.sent < 3_000_000, "it is read without an end"
            return b"a" * (size or 0)

        def readinto(self, buffer: bytearray) -> int:
            buffer[:] = self.read(len(buffer))
            return len(buffer)

    answer = app.test_client().post(
        "/stripe/events",
        base_url="http://127.0.0.1:8080",
        input_stream=Endless(),
        environ_overrides={"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True},
    )
    assert answer.status_code == 413


@pytest.mark.once
def test_a_form_that_is_too_large_is_answered_by_its_page(server: serve.WebServer) -> None:
    with connect(server) as line:
        line.sendall(HEAD + b"Content-Length: 20000000\r\n\r\n" + b"a" * 20_000_000)
        assert line.recv(100).startswith(b"HTTP/1.1 4")


@pytest.mark.once
def test_nothing_sent_or_answered_lies_in_a_temporary_file(
    app: Flask, make: Make, client_as: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def spool(*_words: object, **_more: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr("tempfile.TemporaryFile", spool)
    app.view_functions["public.front"] = lambda: b"x" * 30_000_000
    with serving(app) as server:
        assert ask(server, "/")[0] == 200
        with connect(server) as line:
            line.sendall(HEAD + b"Content-Length: 15000000\r\n\r\n" + b"a" * 15_000_000)
            assert line.recv(100).startswith(b"HTTP/1.1 4")


@contextmanager
def program(app: Flask, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`mexile serve` itself, on the home of `app`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = app.config["MEXILE"]
    environ = {
        **os.environ,
        "MEXILE_HOME": str(settings.home),
        "MEXILE_KEYS": str(settings.keys),
        "MEXILE_URL": f"http://127.0.0.1:{port}",
    }
    command = [str(Path(sys.executable).with_name("mexile")), "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        limit = time.monotonic() + 180
        while time.monotonic() < limit and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield process, port
    finally:
        process.kill()
        process.wait(10)


@pytest.mark.once
def test_told_to_stop_it_ends_soon_though_clients_dawdle_and_serves_them_until_then(app: Flask, tmp_path: Path) -> None:
    with program(app, tmp_path) as (process, port), ExitStack() as lines:
        for _ in range(40):
            lines.enter_context(socket.create_connection(("127.0.0.1", port))).sendall(HEAD)
        begun = time.monotonic()
        talk = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        talk.request("GET", "/static/css/base.css")
        assert talk.getresponse().status == 200 and time.monotonic() - begun < 2
        process.send_signal(signal.SIGTERM)
        assert process.wait(8) == 0
        talk.close()


@pytest.mark.once
def test_who_is_being_served_gets_the_answer_before_the_server_ends(app: Flask) -> None:
    entered = threading.Event()

    def slowly() -> bytes:
        entered.set()
        time.sleep(1)
        return b"whole " + b"x" * 3_000_000 + b" end"

    app.view_functions["public.front"] = slowly
    server = serve.WebServer(app, "127.0.0.1", 0, 2)
    thread = threading.Thread(target=server.run)
    thread.start()
    with connect(server) as line:
        line.sendall(GET % (b"/", b""))
        assert entered.wait(5)
        server.stop()
        received = b""
        while part := line.recv(65_536):
            received += part
    thread.join(15)
    assert received.endswith(b" end") and not thread.is_alive()
