"""Let every server bounce the same forged letter, for every reason it can, and keep what arrives at the forged address.

`python -m tests.servers.lab.backscatter FOLDER` leaves FOLDER/<server>/NN.eml; it takes about half a minute.
"""

from __future__ import annotations

import sys
import time
from email.message import EmailMessage
from pathlib import Path

from tests.servers.lab import exim, network, opensmtpd, postfix, sendmail
from tests.servers.lab.client import send
from tests.servers.lab.host import Host
from tests.servers.lab.sink import Sink, listen

VICTIM = "hanako@victim.example"
ADDRESSES = {
    "mx.victim.example": "192.0.2.10",
    "inner.strict.example": "198.51.100.9",
    "botnet-44.example": "203.0.113.44",
    "postfix.lab.example": "198.51.100.11",
    "exim.lab.example": "198.51.100.12",
    "sendmail.lab.example": "198.51.100.13",
    "opensmtpd.lab.example": "198.51.100.14",
}
# Local part -> what the inner server answers: the gateways learn it only after they accepted the letter.
REFUSALS = {
    "nobody": "550 5.1.1 <{}>: Recipient address rejected: User unknown in virtual mailbox table",
    "full": "552 5.2.2 <{}>: Recipient address rejected: Mailbox is over quota",
}
GATEWAYS = ("postfix", "exim", "sendmail", "opensmtpd")


def domain(server: str) -> str:
    """The domain that `server` accepts mail for."""
    return f"{server}-users.example"


def recipients(server: str) -> tuple[str, ...]:
    """Whom the forged letters go to by way of `server`."""
    return tuple(f"{name}@{domain(server)}" for name in REFUSALS)


def refuse(address: str) -> str:
    """The inner server's reply to RCPT."""
    return REFUSALS.get(address.partition("@")[0], "").format(address)


def spam(recipient: str, number: int) -> bytes:
    """The forged letter."""
    letter = EmailMessage()
    letter["From"] = f"お支払いセンター <{VICTIM}>"
    letter["To"] = recipient
    letter["Subject"] = "お支払い方法の更新をお願いします"
    letter["Date"] = "Sun, 22 Nov 2026 10:00:00 +0900"
    letter["Message-ID"] = f"<{number:08d}.4711@botnet-44.example>"
    letter.set_content("お支払い方法を更新してください。\nhttp://phish.example/\n", charset="utf-8")
    return letter.as_bytes()


def main(folder: Path) -> None:
    """Build the world, send, wait for the bounces, write them down."""
    network.lay(ADDRESSES)
    exchangers = {"victim.example": "mx.victim.example", **{domain(name): f"{name}.lab.example" for name in GATEWAYS}}
    network.serve(network.zone(ADDRESSES, exchangers))
    inner, outer = Sink(refuse=refuse), Sink()
    listen(inner, "inner.strict.example", ADDRESSES["inner.strict.example"])
    listen(outer, "mx.victim.example", ADDRESSES["mx.victim.example"])
    start_gateways(network.scratch())
    for server in GATEWAYS:
        before = len(outer.kept)
        for number, recipient in enumerate(recipients(server)):
            inject(server, recipient, number)
        wait(outer, before + len(recipients(server)))
        keep(folder / server, outer.kept[before:])


def start_gateways(place: Path) -> None:
    """One machine for each server, all of them accepting first and asking the inner server later."""
    hosts = {}
    for server in GATEWAYS:
        name = f"{server}.lab.example"
        hosts[server] = Host(name, ADDRESSES[name], server, place).build()
    inner = ADDRESSES["inner.strict.example"]
    relay = {"relay_domains": domain("postfix"), "relay_transport": f"smtp:[{inner}]"}
    postfix.start(hosts["postfix"], settings=relay)
    exim.start(hosts["exim"], routes={domain("exim"): inner})
    sendmail.start(hosts["sendmail"], routes={domain("sendmail"): inner})
    opensmtpd.start(hosts["opensmtpd"], routes={domain("opensmtpd"): inner})
    for host in hosts.values():
        host.wait()


def inject(server: str, recipient: str, number: int) -> None:
    """A botnet's client hands the forged letter to `server`."""
    target, source = ADDRESSES[f"{server}.lab.example"], ADDRESSES["botnet-44.example"]
    send(spam(recipient, number), VICTIM, [recipient], server=target, source=source, helo="botnet-44.example")


def wait(sink: Sink, count: int, seconds: float = 30) -> None:
    """Until the sink holds `count` letters, or the time is over."""
    until = time.monotonic() + seconds
    while len(sink.kept) < count and time.monotonic() < until:
        time.sleep(0.1)


def keep(folder: Path, letters: list[bytes]) -> None:
    """Write letters as NN.eml."""
    folder.mkdir(parents=True)
    for number, letter in enumerate(letters, 1):
        (folder / f"{number:02d}.eml").write_bytes(letter)


if __name__ == "__main__" and network.enter(__spec__.name, *sys.argv[1:]):
    main(Path(sys.argv[1]))
