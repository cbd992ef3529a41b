"""Passing bytes on to a server, and cutting the connection after so many of them."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Wire:
    """A way to a server that breaks: the nth connection ends after cuts[n] bytes from the server; later ones do not."""

    server: tuple[str, int]
    cuts: list[int]
    port: int = 0
    cut: int = 0

    def accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return  # the block has ended
            server = socket.create_connection(self.server)
            left = self.cuts.pop(0) if self.cuts else -1
            threading.Thread(target=self._carry, args=(client, server, -1), daemon=True).start()
            threading.Thread(target=self._carry, args=(server, client, left), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, left: int) -> None:
        with contextlib.suppress(OSError):
            while left and (piece := source.recv(4096)):
                piece = piece[:left] if left > 0 else piece
                target.sendall(piece)
                left -= len(piece) if left > 0 else 0
        self.cut += left == 0
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire(port: int, cuts: Sequence[int], host: str = "127.0.0.1") -> Iterator[Wire]:
    """A port of this machine that leads to another."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = Wire((host, port), list(cuts), listener.getsockname()[1])
        threading.Thread(target=found.accept, args=(listener,), daemon=True).start()
        yield found
