"""Ports on loopback: the usual one where it is free, else the next free one, said aloud."""

from __future__ import annotations

import socket

HOST = "127.0.0.1"


def is_free(port: int) -> bool:
    """Nobody listens on this port of loopback, and we may."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port(wanted: int, taken: set[int]) -> int:
    """`wanted`, or the next higher that is free; `taken` are given away already."""
    for port in range(wanted, wanted + 200):
        if port not in taken and is_free(port):
            return port
    raise OSError(f"no port between {wanted} and {wanted + 199} is free")


def answers(port: int) -> bool:
    """Somebody listens there."""
    try:
        with socket.create_connection((HOST, port), timeout=0.2):
            return True
    except OSError:
        return False
