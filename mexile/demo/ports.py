"""Ports on loopback: the usual one where it is free, else the next free one; held until used."""

import socket
from dataclasses import dataclass, field

HOST = "127.0.0.1"
ROOM = 200


@dataclass
class Held:
    """Ports that nobody else can take while the organization is being laid."""

    sockets: list[socket.socket] = field(default_factory=list)

    def take(self, wanted: int) -> int:
        """`wanted`, or the next higher one that is free."""
        for port in range(wanted, wanted + ROOM):
            held = _listen(port)
            if held is not None:
                self.sockets.append(held)
                return port
        raise OSError(f"no port between {wanted} and {wanted + ROOM - 1} is free")

    def release(self) -> None:
        """Let them go, for the programs they were held for."""
        for held in self.sockets:
            held.close()
        self.sockets.clear()


def _listen(port: int) -> socket.socket | None:
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((HOST, port))
        held.listen()
    except OSError:
        held.close()
        return None
    return held


def answers(port: int) -> bool:
    """Somebody listens there."""
    try:
        with socket.create_connection((HOST, port), timeout=0.2):
            return True
    except OSError:
        return False
