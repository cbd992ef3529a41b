"""A customer's site on a host: pages, CGI programs that run under the customer's own user id, and an access log."""

from __future__ import annotations

import http.client
import threading
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.servers.lab.host import Host

_BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0"


@dataclass
class Site:
    """`account` and `number` are the customer's Unix user; `log` grows as an Apache would write it ("combined")."""

    host: Host
    account: str
    number: int
    zone: tzinfo
    log: list[str] = field(default_factory=list)

    @property
    def home(self) -> str:
        return f"/home/{self.account}/www"

    def build(self, files: Mapping[str, str], since: float) -> Site:
        """Give the customer a home with these files, as old as `since`."""
        self.host.add_account(self.account, self.number)
        for path, text in files.items():
            self.put(path, text, since)
        self.host.run("chown", "-R", f"{self.account}:{self.account}", f"/home/{self.account}")
        return self

    def put(self, path: str, text: str, moment: float) -> None:
        """Write one file with its time of change; programs may be run."""
        target = f"{self.home}/{path}"
        self.host.write(target, text)
        file = self.host.root / target.lstrip("/")
        file.chmod(0o755 if path.endswith(".cgi") else 0o644)
        self.host.run("env", "LD_PRELOAD=", "touch", "-d", f"@{moment:.0f}", target)

    def serve(self) -> None:
        """Answer on port 80 of the host until the program ends."""
        site = self

        class Door(_Door):
            owner = site

        server = ThreadingHTTPServer((self.host.address, 80), Door)
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def visit(self, client: str, path: str, form: Mapping[str, str] | None = None, agent: str = _BROWSER) -> int:
        """One request from the address `client`; with `form`, a POST. The answer's status."""
        connection = http.client.HTTPConnection(self.host.address, 80, timeout=30, source_address=(client, 0))
        body = urllib.parse.urlencode(form) if form is not None else None
        headers = {"User-Agent": agent, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST" if form is not None else "GET", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    def answer(self, method: str, target: str, body: bytes, client: str) -> tuple[int, bytes]:
        """What the web server does: run a program or read a file."""
        path, _, query = target.partition("?")
        file = self.host.root / self.home.lstrip("/") / (path.lstrip("/") or "index.html")
        if not file.is_file():
            return 404, b"Not Found\n"
        if file.suffix != ".cgi":
            return 200, file.read_bytes()
        return 200, self._run(path, method, query, body, client)

    def note(self, client: str, request: str, status: int, size: int, agent: str) -> None:
        """One line of the access log."""
        assert self.host.clock is not None
        stamp = datetime.fromtimestamp(self.host.clock.now(), self.zone).strftime("%d/%b/%Y:%H:%M:%S %z")
        self.log.append(f'{client} - - [{stamp}] "{request}" {status} {size} "-" "{agent}"\n')

    def _run(self, path: str, method: str, query: str, body: bytes, client: str) -> bytes:
        variables = {
            "GATEWAY_INTERFACE": "CGI/1.1",
            "REQUEST_METHOD": method,
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": client,
            "SCRIPT_NAME": path,
        }
        program = ("/usr/bin/perl", f"{self.home}{path}")
        return self.host.run_as(self.account, *program, given=body, variables=variables).partition(b"\n\n")[2]

    def listing(self) -> str:
        """The files with their times: a copy of the tree loses them."""
        return self.host.run("sh", "-c", f"cd {self.home} && find . -type f -printf '%T@ %s %p\\n' | sort -k3")

    def evidence(self) -> dict[str, bytes]:
        """What the customer can fetch: the tree, its listing, the access log."""
        home = self.host.root / self.home.lstrip("/")
        files = sorted(file for file in home.rglob("*") if file.is_file())
        tree = {f"site/{file.relative_to(home)}": file.read_bytes() for file in files}
        return {**tree, "site-listing.txt": self.listing().encode(), "access_log": "".join(self.log).encode()}


class _Door(BaseHTTPRequestHandler):
    owner: Site

    def do_GET(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _serve(self, body: bytes) -> None:
        client = self.client_address[0]
        status, page = self.owner.answer(self.command, self.path, body, client)
        self.owner.note(client, self.requestline, status, len(page), self.headers.get("User-Agent", "-"))
        self.send_response(status)
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:
        """The site has a log of its own."""
