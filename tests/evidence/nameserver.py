"""A DNS server on loopback for tests: answers from a table, over UDP and TCP, and counts what it was asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Thread

from dnslib import AAAA, MX, PTR, QTYPE, RCODE, RR, TXT, A, DNSRecord
from dnslib.server import BaseResolver, DNSHandler, DNSServer

Zone = Mapping[str, Mapping[str, Sequence[str]]]


class Table(BaseResolver):
    """name -> type -> values; a name that is not there does not exist."""

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self.asked: list[tuple[str, str]] = []

    def resolve(self, request: DNSRecord, handler: DNSHandler) -> DNSRecord:
        name = str(request.q.qname).rstrip(".").lower()
        kind = QTYPE[request.q.qtype]
        self.asked.append((name, kind))
        reply = request.reply()
        if name not in self._zone:
            reply.header.rcode = RCODE.NXDOMAIN
        for value in self._zone.get(name, {}).get(kind, ()):
            reply.add_answer(RR(request.q.qname, request.q.qtype, rdata=_data(kind, value)))
        return reply


def _data(kind: str, value: str) -> object:
    if kind == "MX":
        preference, _, host = value.partition(" ")
        return MX(host, int(preference))
    if kind == "TXT":
        return TXT([value[at : at + 255].encode() for at in range(0, len(value), 255)])
    return {"A": A, "AAAA": AAAA, "PTR": PTR}[kind](value)


@contextmanager
def nameserver(zone: Zone) -> Iterator[tuple[int, Table]]:
    """(port, the table) of a server that runs as long as the block."""
    table = Table(zone)
    udp, tcp = _both(table)
    port: int = udp.server.server_address[1]
    for server in (udp.server, tcp.server):
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield port, table
    finally:
        for server in (udp.server, tcp.server):
            server.shutdown()
            server.server_close()


def _both(table: Table) -> tuple[DNSServer, DNSServer]:
    """A server for UDP and one for TCP on the same port: what is free for one may be taken for the other."""
    for _ in range(20):
        udp = DNSServer(table, address="127.0.0.1", port=0, logger=_Quiet())
        try:
            return udp, DNSServer(
                table, address="127.0.0.1", port=udp.server.server_address[1], tcp=True, logger=_Quiet()
            )
        except OSError:
            udp.server.server_close()
    raise AssertionError("no port is free for both")


class _Quiet:
    """Takes every log call."""

    def __getattr__(self, name: str) -> object:
        return lambda *arguments: None
