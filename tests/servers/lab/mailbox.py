"""Dovecot as somebody's mail server: IMAP over TLS, with and without MOVE, LMTP, and ManageSieve.

`python -m tests.servers.lab.mailbox FOLDER EXTENSION` leaves FOLDER/ca.pem, prints the ports once the server answers,
and serves until its standard input ends; its filters know no EXTENSION ("": all). It shares the machine's network,
so that the test's own processes can reach it.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NoReturn

from tests.servers.lab import network
from tests.servers.lab.host import Host

_INSIDE = "MODORI_LAB_INSIDE"
USER, PASSWORD, TOKEN = "alice", "secret", "a-good-token"
USERS = (USER, *(f"user{number}" for number in range(1, 30)))
PORTS = ("imaps", "plain", "old", "bare", "sieve", "lmtp")
_OLD = "IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ UIDPLUS CHILDREN NAMESPACE LIST-STATUS SPECIAL-USE"

_CONFIGURATION = """\
base_dir = /run/dovecot
state_dir = /run/dovecot
log_path = /var/log/mail.log
protocols = imap sieve lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = </etc/dovecot/cert.pem
ssl_key = </etc/dovecot/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = /etc/dovecot/oauth2.conf
}}
mail_location = maildir:/var/mail/virtual/%u
default_login_user = dovenull
default_internal_user = dovecot
first_valid_uid = 1
passdb {{
  driver = passwd-file
  args = /etc/dovecot/users
}}
userdb {{
  driver = static
  args = uid=vmail gid=vmail home=/var/mail/home/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Junk {{
    auto = create
    special_use = \\Junk
  }}
  mailbox 送信箱 {{
    auto = create
    special_use = \\Sent
  }}
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
  inet_listener old {{
    address = 127.0.0.2
    port = {old}
    ssl = yes
  }}
  inet_listener bare {{
    address = 127.0.0.3
    port = {bare}
    ssl = yes
  }}
}}
service managesieve-login {{
  chroot =
  inet_listener sieve {{
    port = {sieve}
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
protocol lmtp {{
  mail_plugins = sieve
  auth_username_format = %n
}}
local 127.0.0.2 {{
  protocol imap {{
    imap_capability = {without_move}
  }}
}}
local 127.0.0.3 {{
  protocol imap {{
    imap_capability = {without_uidplus}
  }}
}}
plugin {{
  sieve = file:~/sieve;active=~/.dovecot.sieve
  {extensions}
}}
"""
_OAUTH2 = """\
introspection_mode = post
introspection_url = http://127.0.0.1:{port}/
username_attribute = username
active_attribute = active
active_value = true
"""


@dataclass(frozen=True)
class Server:
    """Where the mailbox can be reached. `old` cannot MOVE, `bare` has no UIDPLUS either."""

    folder: Path
    ports: dict[str, int]

    @property
    def ca(self) -> Path:
        return self.folder / "ca.pem"

    def url(self, folders: str = "", user: str = USER, name: str = "imaps") -> str:
        host = {"old": "127.0.0.2", "bare": "127.0.0.3"}.get(name, "127.0.0.1")
        scheme = "imap" if name == "plain" else "imaps"
        return f"{scheme}://{user}@{host}:{self.ports[name]}/{folders}"


@contextmanager
def running(folder: Path, without: str = "") -> Iterator[Server]:
    """The server, in a process and a world of its own, until the block ends."""
    command = [sys.executable, "-m", "tests.servers.lab.mailbox", str(folder), without]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        ports = process.stdout.readline().split()
        assert len(ports) == len(PORTS), "the mail server did not start"
        yield Server(folder, dict(zip(PORTS, map(int, ports), strict=True)))
        process.stdin.close()


def main(folder: Path, without: str) -> None:
    """Start one Dovecot; say where; wait for the end of standard input."""
    ports = dict(zip(PORTS, _free(len(PORTS)), strict=True))
    host = Host("mailbox.example", "127.0.0.1", "mailbox", network.scratch()).build()
    _certify(folder)
    for name in ("cert.pem", "key.pem"):
        host.write(f"/etc/dovecot/{name}", (folder / name).read_text())
    host.write("/etc/dovecot/users", "".join(f"{user}:{{PLAIN}}{PASSWORD}\n" for user in USERS))
    capabilities = {"without_move": _OLD, "without_uidplus": _OLD.replace(" UIDPLUS", "")}
    capabilities["extensions"] = f"sieve_extensions = -{without}" if without else ""
    host.write("/etc/dovecot/dovecot.conf", _CONFIGURATION.format(**ports, **capabilities))
    for path, owner in (("/run/dovecot", "root"), ("/var/mail/virtual", "vmail"), ("/var/mail/home", "vmail")):
        host.directory(path, f"{owner}:{owner}")
    host.write("/etc/dovecot/oauth2.conf", _OAUTH2.format(port=_vouch()))
    host.start("dovecot", "-F", "-c", "/etc/dovecot/dovecot.conf")
    host.wait(port=ports["imaps"])
    print(*ports.values(), flush=True)
    sys.stdin.read()


class _Issuer(BaseHTTPRequestHandler):
    """Who issued the tokens, asked whether one is good (RFC 7662): one is, and it is alice's."""

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        answer = {"active": TOKEN in asked, "username": USER}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Standard error is the test's."""


def _vouch() -> int:
    """The port on which tokens are looked up."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Issuer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def _free(count: int) -> list[int]:
    """Ports that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    numbers: list[int] = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return numbers


def _certify(folder: Path) -> None:
    """A certificate for this machine's own addresses, signed by itself."""
    names = "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:127.0.0.2,IP:127.0.0.3"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", "/CN=localhost",
            "-addext", names, "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    (folder / "ca.pem").write_bytes((folder / "cert.pem").read_bytes())


def _enter(told: list[str]) -> NoReturn:
    """As network.enter, but in the machine's own network."""
    shut = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    again = [*shut, sys.executable, "-m", __spec__.name, *told]
    os.execvpe(again[0], again, {**os.environ, _INSIDE: "1"})


if __name__ == "__main__":
    if not os.environ.get(_INSIDE):
        _enter(sys.argv[1:])
    main(Path(sys.argv[1]), sys.argv[2])
