"""A mail server that says whatever a test wants it to: real TLS, real sockets, strange answers."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path


def certify(folder: Path) -> Path:
    """A certificate for this machine's own address, signed by itself; its key lies in the same file."""
    file = folder / "server.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(folder / "key"), "-out", str(folder / "certificate"),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    file.write_bytes((folder / "certificate").read_bytes() + (folder / "key").read_bytes())
    return file


@contextmanager
def saying(pem: Path, answers: Mapping[str, bytes]) -> Iterator[int]:
    """The port of a server that answers a command with these lines before its OK."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_serve, args=(listener, context, answers), daemon=True).start()
        yield listener.getsockname()[1]


def _serve(listener: socket.socket, context: ssl.SSLContext, answers: Mapping[str, bytes]) -> None:
    with suppress(OSError):  # the block has ended
        while True:
            plain, _ = listener.accept()
            with suppress(OSError, ssl.SSLError), context.wrap_socket(plain, server_side=True) as client:
                _talk(client, answers)


def _talk(client: ssl.SSLSocket, answers: Mapping[str, bytes]) -> None:
    client.sendall(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
    with client.makefile("rb") as lines:
        for line in lines:
            tag, command = line.split()[:2]
            name = command.decode().upper()
            client.sendall(answers.get(name, b"") + tag + b" OK done\r\n")
