"""Log lines per second of each source on one core, from the file to joined facts.

    python -m bench.logs [LINES]

The logs are generated: a server with some hundred accounts, each line as the software writes it.
"""

from __future__ import annotations

import sys
import time
from io import BytesIO

from bench import page
from modori.evidence import facts, sniff
from modori.types import Paper, Place

LINES = 200_000
ROUNDS = 3

# Each message is one block; %(id)s differs from message to message, %(who)s and %(ip)s among some hundred.
_TEMPLATES = {
    "Postfix": """\
Feb 19 %(time)s mx1 postfix/smtpd[411]: %(id)010X: client=pc.isp.example[%(ip)s], \
sasl_method=PLAIN, sasl_username=%(who)s
Feb 19 %(time)s mx1 postfix/cleanup[412]: %(id)010X: message-id=<%(id)d.a@pc.example>
Feb 19 %(time)s mx1 postfix/qmgr[413]: %(id)010X: from=<%(who)s>, size=1234, nrcpt=2 (queue active)
Feb 19 %(time)s mx1 postfix/smtp[414]: %(id)010X: to=<a@shop.example>, relay=mx.shop.example[198.51.100.12]:25, \
delay=1.1, delays=0.1/0/0.5/0.5, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 4F2D)
Feb 19 %(time)s mx1 postfix/smtp[415]: %(id)010X: to=<b@shop.example>, relay=mx.shop.example[198.51.100.12]:25, \
delay=1.1, delays=0.1/0/0.5/0.5, dsn=5.1.1, status=bounced (host mx.shop.example[198.51.100.12] said: 550 unknown)
Feb 19 %(time)s mx1 postfix/qmgr[413]: %(id)010X: removed
""",
    "Exim": """\
2026-02-19 %(time)s 1vqA00-%(id)06d-Xh <= %(who)s H=pc.isp.example (pc) [%(ip)s]:55211 P=esmtpsa \
X=TLS1.3:TLS_AES_256_GCM_SHA384:256 CV=no A=login:%(who)s S=900 id=%(id)d.a@pc.example T="Hello" for a@shop.example
2026-02-19 %(time)s 1vqA00-%(id)06d-Xh => a@shop.example R=dnslookup T=remote_smtp H=mx.shop.example [198.51.100.12] \
X=TLS1.3:TLS_AES_256_GCM_SHA384:256 CV=yes C="250 OK"
2026-02-19 %(time)s 1vqA00-%(id)06d-Xh Completed
""",
    "sendmail": """\
Feb 19 %(time)s www1 sm-mta[411]: AUTH=server, relay=pc.isp.example [%(ip)s], authid=%(who)s, mech=PLAIN, bits=0
Feb 19 %(time)s www1 sm-mta[411]: 61J0ooXa%(id)06d: from=<%(who)s>, size=500, class=0, nrcpts=2, \
msgid=<%(id)d.a@pc.example>, bodytype=8BITMIME, proto=ESMTPSA, daemon=MSA, relay=pc.isp.example [%(ip)s]
Feb 19 %(time)s www1 sm-mta[412]: 61J0ooXa%(id)06d: to=<a@shop.example>, ctladdr=<%(who)s> (1000/1000), \
delay=00:00:02, xdelay=00:00:01, mailer=esmtp, pri=60000, relay=mx.shop.example. [198.51.100.12], \
dsn=2.0.0, stat=Sent (ok)
Feb 19 %(time)s www1 sm-mta[413]: 61J0ooXa%(id)06d: to=<b@bank.example>, ctladdr=<%(who)s> (1000/1000), \
delay=00:00:02, xdelay=00:00:01, mailer=esmtp, pri=60000, relay=mx.bank.example. [198.51.100.13], \
dsn=5.1.1, stat=User unknown
""",
    "Dovecot": """\
Feb 19 %(time)s mx1 dovecot: imap-login: Login: user=<%(who)s>, method=PLAIN, rip=%(ip)s, lip=192.0.2.1, mpid=%(id)d, \
TLS, session=<3vmyMP7GqN7AAAIB>
Feb 19 %(time)s mx1 dovecot: imap(%(who)s)<%(id)d><3vmyMP7GqN7AAAIB>: Disconnected: Logged out in=44 out=1 deleted=0
""",
    "Courier": """\
Feb 19 %(time)s mail imapd: LOGIN, user=%(who)s, ip=[::ffff:%(ip)s], port=[%(id)d], protocol=IMAP
Feb 19 %(time)s mail courierd: newmsg,id=0000000000A1B2C3.0000000069965E6A.%(id)08X,auth=%(who)s: dns; \
pc (pc.isp.example [::ffff:%(ip)s])
Feb 19 %(time)s mail courierd: started,id=0000000000A1B2C3.0000000069965E6A.%(id)08X,from=<%(who)s>,module=esmtp,\
host=shop.example,addr=<a@shop.example>
Feb 19 %(time)s mail courieresmtp: id=0000000000A1B2C3.0000000069965E6A.%(id)08X,from=<%(who)s>,addr=<a@shop.example>,\
size=900,success: delivered: mx.shop.example [198.51.100.12]
Feb 19 %(time)s mail courierd: completed,id=0000000000A1B2C3.0000000069965E6A.%(id)08X
""",
    "web server": """\
%(ip)s - - [19/Feb/2026:%(time)s +0900] "GET /menu/%(id)d.html HTTP/1.1" 200 5120 "-" "Mozilla/5.0"
%(ip)s - - [19/Feb/2026:%(time)s +0900] "POST /contact/form.php HTTP/1.1" 200 512 "-" "Mozilla/5.0"
""",
}


def written(template: str, lines: int) -> bytes:
    """A log of about so many lines, forty messages a second."""
    blocks = []
    for number in range(lines // template.count("\n")):
        seconds = number // 40
        clock = f"{seconds // 3600 % 24:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        who, ip = f"user{number % 300}@farm.example", f"203.0.113.{number * 7 % 250 + 1}"
        blocks.append(template % {"time": clock, "id": number, "who": who, "ip": ip})
    return "".join(blocks).encode()


def speed(content: bytes) -> float:
    """The best lines per second of ROUNDS readings."""
    paper = Paper(Place("log"), "log", content[:8192], lambda: BytesIO(content), "", time.time())
    source = sniff(paper)
    if source is None:
        raise SystemExit("a generated log is not recognised")
    took = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        for _fact in facts(paper, source, lambda problem: None):
            pass
        took.append(time.perf_counter() - begin)
    return content.count(b"\n") / min(took)


def main() -> None:
    """Measure each source, and write the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    measured = {name: speed(written(template, count)) for name, template in _TEMPLATES.items()}
    rows = [(name, f"{rate:,.0f}", f"{rate / measured['Postfix']:.2f}") for name, rate in measured.items()]
    text = page.table(("log", "lines a second", "Postfix = 1"), rows)
    page.write("Logs", f"{count:,} generated lines each, one process, joined into facts.\n\n{text}")


if __name__ == "__main__":
    main()
