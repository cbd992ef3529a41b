"""OpenSMTPD, as a gateway for a domain whose recipients only an inner server knows, or on a web host."""

from __future__ import annotations

from collections.abc import Mapping

from tests.servers.lab.host import Host

_ACTION = """\
action "to-{number}" relay host "smtp://{inner}" src {address} helo {name}
match from any for domain "{domain}" action "to-{number}"
"""


def start(host: Host, *, routes: Mapping[str, str] | None = None) -> None:
    """Start one OpenSMTPD that relays each domain of `routes` to the address of its inner server, the rest by DNS."""
    text = f"listen on {host.address} port 25 hostname {host.name}\n"
    text += f'action "out" relay src {host.address} helo {host.name}\n'
    for number, (domain, inner) in enumerate((routes or {}).items()):
        text += _ACTION.format(number=number, inner=inner, address=host.address, name=host.name, domain=domain)
    host.write("/etc/smtpd.conf", text + 'match from any for any action "out"\n')
    host.directory("/var/spool/smtpd", mode="711")
    for folder in ("queue", "purge"):
        host.directory(f"/var/spool/smtpd/{folder}", "opensmtpq:root", "700")
    host.directory("/var/spool/smtpd/offline", "root:opensmtpq", "770")
    host.run("chgrp", "opensmtpq", "/usr/sbin/smtpctl")  # every user of the machine may hand letters in
    host.run("chmod", "2755", "/usr/sbin/smtpctl")
    host.directory("/var/lib/opensmtpd/empty")
    for jail in ("/var/lib/opensmtpd/empty", "/var/spool/smtpd"):
        host.lend_clock(jail)
    host.environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1"  # its timers would starve when the clock jumps
    host.start("smtpd", "-d")
