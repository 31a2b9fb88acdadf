"""The web server: waitress in one process with threads, as SQLite wants it.

Waitress reads a request whole before a thread takes it, and keeps an answer until it is fetched, so a client who
dawdles holds a connection and nothing else. What it has no bounds for is bounded here: how long a client may take,
how many connections there are, and how much of what isn't read yet lies in memory.
"""

from __future__ import annotations

import gc
import logging
import signal
import time
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

SECONDS = 30.0
"""So long a client may take for a request, for fetching its answer, or between the two ..."""
RATE = 4096
"""... and a second more for each so many bytes that it moves ..."""
STILL = 3
"""... but never longer than so many times `SECONDS` in which nothing moves at all."""
AHEAD = 8
"""So many requests it may send before the first is answered. Browsers and proxies send one."""
CONNECTIONS = 1000
"""So many at once. Whoever comes after them takes the place of the one that has waited longest."""
BODY = 32 * 1024 * 1024
"""Larger than any form may be, so that a form which is somewhat too large is answered in words by its page."""
BODIES = 256 * 1024 * 1024
"""All that is sent and not yet answered, together."""
CONTROL_LINE = 4096
GRACE = 10.0
"""Seconds that who is being served has left, when the server is told to stop."""


class Channel(HTTPChannel):
    """One connection, and since when the server waits for the client at its other end."""

    def __init__(self, *words: Any, **more: Any):
        self._wait_anew()
        super().__init__(*words, **more)

    def _wait_anew(self) -> None:
        self.since = self.last_moved = time.monotonic()
        self.moved = 0

    def _count(self, size: int) -> None:
        if size:
            self.moved += size
            self.last_moved = time.monotonic()

    def received(self, data: bytes) -> bool:
        if self.request is None:
            self._wait_anew()
        self._count(len(data))
        was_taken = bool(super().received(data))
        if self._is_beyond_measure():
            self.handle_close()
        return was_taken

    def send(self, data: bytes, do_close: bool = True) -> int:
        sent = int(super().send(data, do_close=do_close))
        self._count(sent)
        return sent

    def service(self) -> None:
        super().service()
        self._wait_anew()

    @property
    def is_served(self) -> bool:
        """Whether it is our turn: a request of it waits for a thread or is being answered."""
        return bool(self.requests)

    def is_too_slow(self, now: float) -> bool:
        if self.is_served:
            return False
        return now - self.since > SECONDS + self.moved / RATE or now - self.last_moved > STILL * SECONDS

    def held(self) -> int:
        """Bytes of bodies that lie in memory for it."""
        return sum(request.body_bytes_received for request in (*self.requests, self.request) if request is not None)

    def _is_beyond_measure(self) -> bool:
        """Whether what it has sent outgrows what the server keeps."""
        if len(self.requests) > AHEAD:
            return True
        if self.request is None:
            return False
        if len(getattr(self.request.body_rcv, "control_line", b"")) > CONTROL_LINE:
            return True
        return self.request.body_bytes_received > 1024 * 1024 and self.server.held() > BODIES


class WebServer(TcpWSGIServer):
    """The listening socket and its connections. `run` returns after `stop` was called from a signal or a thread."""

    channel_class = Channel

    def __init__(self, app: Flask, host: str, port: int, threads: int):
        self._is_stopping = False
        adjustments = Adjustments(
            host=host,
            port=port,
            threads=threads,
            ident="",
            clear_untrusted_proxy_headers=False,  # the app itself says which proxies it believes (MEXILE_PROXIES)
            connection_limit=CONNECTIONS + 100,
            cleanup_interval=1,
            asyncore_loop_timeout=1,
            asyncore_use_poll=True,
            recv_bytes=65_536,
            max_request_header_size=65_536,
            max_request_body_size=BODY,
            # What people send and read never lies unsealed in a temporary file.
            inbuf_overflow=2 * BODY,
            outbuf_overflow=2**40,
            outbuf_high_watermark=2**40,  # no thread waits until an answer is fetched
            log_socket_errors=False,
        )
        super().__init__(app, adj=adjustments)

    def handle_accept(self) -> None:
        if len(self.active_channels) >= CONNECTIONS:
            waiting = [channel for channel in self.active_channels.values() if not channel.is_served]
            if waiting:
                min(waiting, key=lambda channel: channel.since).handle_close()
        super().handle_accept()

    def maintenance(self, _now: float) -> None:
        now = time.monotonic()
        for channel in list(self.active_channels.values()):
            if channel.is_too_slow(now):
                channel.will_close = True
                channel.handle_close()

    def held(self) -> int:
        return sum(channel.held() for channel in list(self.active_channels.values()))

    def stop(self, *_signal: Any) -> None:
        self._is_stopping = True
        self.pull_trigger()

    def run(self) -> None:
        while not self._is_stopping:
            self._turn()
        wasyncore.dispatcher.close(self)  # nobody new
        until = time.monotonic() + GRACE
        while self._let_go() and time.monotonic() < until:
            self._turn(0.1)
        self.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._map)

    def _turn(self, timeout: float = 1.0) -> None:
        wasyncore.loop(timeout=timeout, use_poll=True, map=self._map, count=1)

    def _let_go(self) -> bool:
        """Close the connections on which nothing is under way; returns whether others are left."""
        for channel in list(self.active_channels.values()):
            if not channel.is_served and not channel.total_outbufs_len:
                channel.handle_close()
        return bool(self.active_channels)


def run(app: Flask, host: str, port: int, threads: int) -> None:
    """Serve until told to stop."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = WebServer(app, host, port, threads)
    # What the program itself holds in memory is never searched for rubbish.
    gc.collect()
    gc.freeze()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, server.stop)
    server.run()
