"""Let real servers work and fail for a while, and keep what they wrote into their logs.

`python -m tests.servers.lab.logged FOLDER` leaves FOLDER/<server>.log; it takes some seconds.
"""

from __future__ import annotations

import contextlib
import imaplib
import smtplib
import sys
import time
from email.message import EmailMessage
from pathlib import Path

from tests.servers.lab import dovecot, exim, network, postfix, sendmail, syslogd
from tests.servers.lab.client import send
from tests.servers.lab.host import Host
from tests.servers.lab.sink import Sink, listen

ACCOUNT, PASSWORD = "info@farm.example", "secret"
CLIENT = "203.0.113.44"
ADDRESSES = {
    "inner.shop.example": "198.51.100.9",
    "pc.isp.example": CLIENT,
    "postfix.lab.example": "198.51.100.11",
    "exim.lab.example": "198.51.100.12",
    "sendmail.lab.example": "198.51.100.13",
    "dovecot.lab.example": "198.51.100.14",
}
GOOD, BAD = "taro@shop.example", "nobody@shop.example"
MESSAGES = 3


def refuse(address: str) -> str:
    """The inner server's reply to RCPT."""
    return f"550 5.1.1 <{address}>: Recipient address rejected: User unknown" if address == BAD else ""


def letter(number: int) -> bytes:
    """One of the letters handed in."""
    message = EmailMessage()
    message["From"], message["To"] = ACCOUNT, GOOD
    message["Subject"], message["Message-ID"] = f"Invoice {number}", f"<{number}@pc.isp.example>"
    message.set_content("Please pay.\n")
    return message.as_bytes()


def main(folder: Path) -> None:
    """Build the world, work in it, keep the logs."""
    network.lay(ADDRESSES)
    exchangers = dict.fromkeys(("shop.example", "farm.example"), "inner.shop.example")
    network.serve(network.zone(ADDRESSES, exchangers))
    listen(Sink(refuse=refuse), "inner.shop.example", ADDRESSES["inner.shop.example"])
    place = network.scratch()
    hosts = {
        name: Host(f"{name}.lab.example", ADDRESSES[f"{name}.lab.example"], name, place).build()
        for name in ("postfix", "exim", "sendmail", "dovecot")
    }
    start(hosts)
    work(hosts)
    wait(hosts)
    for name, file in (
        ("postfix", "mail.log"),
        ("exim", "exim4/mainlog"),
        ("sendmail", "mail.log"),
        ("dovecot", "mail.log"),
    ):
        (folder / f"{name}.log").write_bytes((hosts[name].root / "var/log" / file).read_bytes())


def start(hosts: dict[str, Host]) -> None:
    """Postfix and Exim take mail of their own people, sendmail is a gateway, Dovecot holds the mailboxes."""
    postfix.start(hosts["postfix"], settings={}, passwords={ACCOUNT: PASSWORD})
    exim.start(hosts["exim"], friends=[CLIENT])
    syslogd.listen(hosts["sendmail"])
    sendmail.start(hosts["sendmail"], routes={"shop.example": ADDRESSES["inner.shop.example"]})
    dovecot.start(hosts["dovecot"], {ACCOUNT: PASSWORD})
    for name in ("postfix", "exim", "sendmail"):
        hosts[name].wait()


def work(hosts: dict[str, Host]) -> None:
    """Hand letters in with a password, without one, and as a local program; log in rightly and wrongly."""
    for number in range(MESSAGES):
        inside = (ACCOUNT, PASSWORD)
        send(
            letter(number),
            ACCOUNT,
            [GOOD, BAD],
            server=hosts["postfix"].address,
            source=CLIENT,
            helo="pc",
            login=inside,
        )
        for name in ("exim", "sendmail"):
            send(letter(number), ACCOUNT, [GOOD, BAD], server=hosts[name].address, source=CLIENT, helo="pc")
    with contextlib.suppress(smtplib.SMTPAuthenticationError):
        wrong = (ACCOUNT, "wrong")
        send(letter(9), ACCOUNT, [GOOD], server=hosts["postfix"].address, source=CLIENT, helo="pc", login=wrong)
    for command in ("exim:exim4 -i", "postfix:sendmail -i"):
        name, _, program = command.partition(":")
        hosts[name].write("/tmp/letter", letter(8).decode())
        hosts[name].run("sh", "-c", f"{program} {GOOD} < /tmp/letter")
    log_in(hosts["dovecot"].address, PASSWORD)
    log_in(hosts["dovecot"].address, "wrong")


def log_in(server: str, password: str) -> None:
    """One IMAP session from the client's address, once the server answers."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            session = imaplib.IMAP4(server, timeout=20)
            break
        except OSError:
            time.sleep(0.1)
    with contextlib.suppress(imaplib.IMAP4.error):
        session.login(ACCOUNT, password)
        session.logout()


def wait(hosts: dict[str, Host], seconds: float = 30) -> None:
    """Until every letter has left or come back, as far as the logs tell."""
    marks = {"postfix": ": removed", "exim": " Completed", "sendmail": "stat="}
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if all(hosts[name].logs().count(mark) > MESSAGES for name, mark in marks.items()):
            break
        time.sleep(0.2)
    time.sleep(1.0)


if __name__ == "__main__" and network.enter(__spec__.name, *sys.argv[1:]):
    main(Path(sys.argv[1]))
