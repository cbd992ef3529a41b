"""modori serve: a server on the loopback address, its address printed, the browser opened."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from threading import Timer

import uvicorn

from modori.errors import UsageError
from modori.web.app import application
from modori.web.guard import Keys
from modori.web.online import Online
from modori.web.page import prepare
from modori.web.shelf import Shelf

_LOOPBACK = "127.0.0.1"
_MEANWHILE = 1.0  # seconds after which the first page is there, and its reader reads


def serve(
    port: int, open_browser: bool, say: Callable[[str], None], online: bool = False, resolver: str = ""
) -> None:
    """Serve until interrupted. Port 0 takes a free one; `say` is given the address to open.

    With `online`, DNS and blocklists may be asked without asking the user first. `resolver` is the DNS server to ask;
    without one, the system's.
    """
    listening = _bound(port)
    keys = Keys(listening.getsockname()[1])
    allowed = Online(online, resolver)
    shelf = Shelf(online=allowed)
    address = f"http://{_LOOPBACK}:{listening.getsockname()[1]}/?token={keys.token}"
    say(address)
    if open_browser:
        webbrowser.open(address)
    config = uvicorn.Config(
        application(keys, shelf, allowed),
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=3,
    )
    later = Timer(_MEANWHILE, prepare)
    later.daemon = True
    later.start()
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        shelf.close()


def _bound(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((_LOOPBACK, port))
        listening.listen()  # a browser may be quicker than the server
    except OSError as wrong:
        listening.close()
        raise UsageError(f"--port {port}: {wrong.strerror}") from wrong
    return listening
