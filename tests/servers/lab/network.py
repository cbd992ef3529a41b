"""The closed world: private namespaces, documentation addresses on the loopback device, and its own DNS."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from dnslib import QTYPE, RCODE, RR
from dnslib.server import BaseResolver, DNSLogger, DNSServer

_INSIDE = "MODORI_LAB_INSIDE"


def enter(module: str, *arguments: str) -> bool:
    """Run `python -m module` again inside fresh namespaces; True when this process already is inside.

    The process namespace ends every server with the program; the mount namespace takes the overlays with it.
    """
    if os.environ.get(_INSIDE):
        return True
    shut = ["unshare", "--net", "--mount", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc"]
    subprocess.run([*shut, sys.executable, "-m", module, *arguments], check=True, env={**os.environ, _INSIDE: "1"})
    return False


def scratch() -> Path:
    """A folder in memory for the machines' disks, which ends with the namespace."""
    place = Path("/mnt")
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(place)], check=True)
    return place


def lay(addresses: Mapping[str, str]) -> None:
    """Give the loopback device every address, and point this namespace's resolver at the DNS of `serve`."""
    _ip("link", "set", "lo", "up")
    for address in sorted(set(addresses.values())):
        _ip("address", "add", f"{address}/32", "dev", "lo")
    resolver = Path("/run/modori-lab-resolv.conf")
    resolver.write_text("nameserver 127.0.0.1\n")
    subprocess.run(["mount", "--bind", str(resolver), "/etc/resolv.conf"], check=True)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


class Zone(BaseResolver):  # type: ignore[misc]  # dnslib ships no types
    """Answers from a zone file's text; a name that is not in it does not exist."""

    def __init__(self, text: str) -> None:
        self._records = RR.fromZone(text)
        self._names = {str(record.rname).lower() for record in self._records}

    def resolve(self, request, handler):  # type: ignore[no-untyped-def]  # signature of dnslib
        name, kind = str(request.q.qname).lower(), QTYPE[request.q.qtype]
        answer = request.reply()
        for record in self._records:
            if str(record.rname).lower() == name and QTYPE[record.rtype] in (kind, "CNAME"):
                answer.add_answer(record)
        if name not in self._names:
            answer.header.rcode = RCODE.NXDOMAIN
        return answer


def zone(hosts: Mapping[str, str], exchangers: Mapping[str, str], extra: str = "") -> str:
    """A zone file: an address and a pointer for every host, a mail exchanger for every domain."""
    lines = ["$TTL 300"]
    for name, address in hosts.items():
        backwards = ".".join(reversed(address.split(".")))
        lines += [f"{name}. IN A {address}", f"{backwards}.in-addr.arpa. IN PTR {name}."]
    lines += [f"{domain}. IN MX 10 {host}." for domain, host in exchangers.items()]
    return "\n".join([*lines, extra, ""])


def serve(text: str) -> None:
    """Answer for `text` on 127.0.0.1:53 until the program ends."""
    quiet = DNSLogger("-request,-reply,-truncated,-error")
    for tcp in (False, True):
        DNSServer(Zone(text), address="127.0.0.1", port=53, tcp=tcp, logger=quiet).start_thread()
