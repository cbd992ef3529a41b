"""A wire that breaks: passes bytes on to a server, and cuts the connection after so many of them."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


@contextmanager
def wire(port: int, cuts: Sequence[int]) -> Iterator[int]:
    """A port that leads to `port`. The nth connection ends after cuts[n] bytes from the server; later ones do not."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_accept, args=(listener, port, list(cuts)), daemon=True).start()
        yield listener.getsockname()[1]


def _accept(listener: socket.socket, port: int, cuts: list[int]) -> None:
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return  # the block has ended
        server = socket.create_connection(("127.0.0.1", port))
        left = cuts.pop(0) if cuts else -1
        threading.Thread(target=_pass, args=(client, server, -1), daemon=True).start()
        threading.Thread(target=_pass, args=(server, client, left), daemon=True).start()


def _pass(source: socket.socket, target: socket.socket, left: int) -> None:
    with contextlib.suppress(OSError):
        while left and (piece := source.recv(4096)):
            piece = piece[:left] if left > 0 else piece
            target.sendall(piece)
            left -= len(piece) if left > 0 else 0
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
