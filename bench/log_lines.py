"""Logs for the benchmark: what each server writes for one message after the other, from connection to end.

In the templates `%(id)d` is the message's number and `%(born)s` the moment as that server writes it into its ids;
`%(who)s` and `%(ip)s` come from some hundred; `%(pid)d` changes as often as the server's processes do.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

BEGIN = 1_771_459_200  # 2026-02-19 00:00:00 UTC
A_SECOND = 40  # messages
_BASE60 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx"
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

_BSD = "%b %d %H:%M:%S"
_ISO = "%Y-%m-%dT%H:%M:%S.123456+00:00"
_EXIM_STAMP = "%Y-%m-%d %H:%M:%S"
_COMMON = "%d/%b/%Y:%H:%M:%S"

# One message handed in for two recipients, one that comes in, one who guesses passwords.
_POSTFIX = """\
%(time)s mx1 postfix/submission/smtpd[%(pid)d]: connect from pc.isp.example[%(ip)s]
%(time)s mx1 postfix/submission/smtpd[%(pid)d]: %(id)010X: client=pc.isp.example[%(ip)s], sasl_method=PLAIN, \
sasl_username=%(who)s
%(time)s mx1 postfix/cleanup[412]: %(id)010X: message-id=<%(id)d.a@pc.example>
%(time)s mx1 postfix/qmgr[413]: %(id)010X: from=<%(who)s>, size=1234, nrcpt=2 (queue active)
%(time)s mx1 postfix/submission/smtpd[%(pid)d]: disconnect from pc.isp.example[%(ip)s] ehlo=2 starttls=1 auth=1 \
mail=1 rcpt=2 data=1 quit=1 commands=9
%(time)s mx1 postfix/smtp[414]: %(id)010X: to=<a@shop.example>, relay=mx.shop.example[198.51.100.12]:25, \
delay=1.1, delays=0.1/0/0.5/0.5, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 4F2D)
%(time)s mx1 postfix/smtp[415]: %(id)010X: to=<b@shop.example>, relay=mx.shop.example[198.51.100.12]:25, \
delay=1.1, delays=0.1/0/0.5/0.5, dsn=5.1.1, status=bounced (host mx.shop.example[198.51.100.12] said: 550 unknown)
%(time)s mx1 postfix/qmgr[413]: %(id)010X: removed
%(time)s mx1 postfix/smtpd[%(pid)d]: connect from mx.shop.example[198.51.100.12]
%(time)s mx1 postfix/smtpd[%(pid)d]: F%(id)09X: client=mx.shop.example[198.51.100.12]
%(time)s mx1 postfix/cleanup[412]: F%(id)09X: message-id=<%(id)d.b@mx.shop.example>
%(time)s mx1 postfix/qmgr[413]: F%(id)09X: from=<news@shop.example>, size=4321, nrcpt=1 (queue active)
%(time)s mx1 postfix/smtpd[%(pid)d]: disconnect from mx.shop.example[198.51.100.12] ehlo=1 mail=1 rcpt=1 data=1 \
quit=1 commands=5
%(time)s mx1 postfix/lmtp[416]: F%(id)09X: to=<%(who)s>, relay=mx1[private/dovecot-lmtp], delay=0.2, \
delays=0.1/0/0/0.1, dsn=2.0.0, status=sent (250 2.0.0 <%(who)s> Saved)
%(time)s mx1 postfix/qmgr[413]: F%(id)09X: removed
%(time)s mx1 postfix/smtpd[%(pid)d]: warning: unknown[%(ip)s]: SASL LOGIN authentication failed: \
Invalid authentication mechanism
"""

_EXIM = """\
%(time)s no host name found for IP address %(ip)s
%(time)s 1%(born)s-%(id)06d-Xh <= %(who)s H=(pc) [%(ip)s]:55211 P=esmtpsa X=TLS1.3:TLS_AES_256_GCM_SHA384:256 CV=no \
A=dovecot_login:%(who)s S=900 id=%(id)d.a@pc.example T="Hello" for a@shop.example b@bank.example
%(time)s 1%(born)s-%(id)06d-Xh => a@shop.example R=dnslookup T=remote_smtp H=mx.shop.example [198.51.100.12] \
X=TLS1.3:TLS_AES_256_GCM_SHA384:256 CV=yes C="250 OK"
%(time)s 1%(born)s-%(id)06d-Xh ** b@bank.example R=dnslookup T=remote_smtp H=mx.bank.example [198.51.100.13]: \
SMTP error from remote mail server after RCPT TO:<b@bank.example>: 550 5.1.1 unknown
%(time)s 1%(born)s-%(id)06d-Yi <= <> R=1%(born)s-%(id)06d-Xh U=Debian-exim P=local S=2000 T="Mail delivery failed"
%(time)s 1%(born)s-%(id)06d-Yi => %(who)s R=boxes T=maildir
%(time)s 1%(born)s-%(id)06d-Yi Completed
%(time)s 1%(born)s-%(id)06d-Xh Completed
"""

_SENDMAIL = """\
%(time)s www1 sm-mta[%(pid)d]: STARTTLS=server, relay=pc.isp.example [%(ip)s], version=TLSv1.3, verify=NO, \
cipher=TLS_AES_256_GCM_SHA384, bits=256/256
%(time)s www1 sm-mta[%(pid)d]: AUTH=server, relay=pc.isp.example [%(ip)s], authid=%(who)s, mech=PLAIN, bits=0
%(time)s www1 sm-mta[%(pid)d]: %(born)sXa%(id)06d: from=<%(who)s>, size=500, class=0, nrcpts=2, \
msgid=<%(id)d.a@pc.example>, bodytype=8BITMIME, proto=ESMTPSA, daemon=MSA, relay=pc.isp.example [%(ip)s]
%(time)s www1 sm-mta[%(pid)d]: STARTTLS=client, relay=mx.shop.example., version=TLSv1.3, verify=FAIL, \
cipher=TLS_AES_256_GCM_SHA384, bits=256/256
%(time)s www1 sm-mta[%(pid)d]: %(born)sXa%(id)06d: to=<a@shop.example>, ctladdr=<%(who)s> (1000/1000), \
delay=00:00:02, xdelay=00:00:01, mailer=esmtp, pri=60000, relay=mx.shop.example. [198.51.100.12], \
dsn=2.0.0, stat=Sent (ok)
%(time)s www1 sm-mta[%(pid)d]: %(born)sXa%(id)06d: to=<b@bank.example>, ctladdr=<%(who)s> (1000/1000), \
delay=00:00:02, xdelay=00:00:01, mailer=esmtp, pri=60000, relay=mx.bank.example. [198.51.100.13], \
dsn=5.1.1, stat=User unknown
"""

_DOVECOT = """\
%(time)s mx1 dovecot: imap-login: Login: user=<%(who)s>, method=PLAIN, rip=%(ip)s, lip=192.0.2.1, mpid=%(id)d, \
TLS, session=<3vmyMP7GqN7AAAIB>
%(time)s mx1 dovecot: imap(%(who)s)<%(id)d><3vmyMP7GqN7AAAIB>: Disconnected: Logged out in=44 out=1 deleted=0
%(time)s mx1 dovecot: lmtp(%(who)s)<%(id)d><mCFxG2pelmlgQQAAZek+Tw>: msgid=<%(id)d.a@pc.example>: saved mail to INBOX
"""

_QMAIL = """\
%(time)s www2 vpopmail[%(pid)d]: vchkpw-submission: (PLAIN) login success %(who)s:%(ip)s
%(time)s www2 qmail: %(born)s.100000 new msg %(id)d
%(time)s www2 qmail: %(born)s.100001 info msg %(id)d: bytes 1000 from <%(who)s> qp %(pid)d uid 503
%(time)s www2 qmail: %(born)s.200000 starting delivery 1%(id)d: msg %(id)d to remote a@shop.example
%(time)s www2 qmail: %(born)s.200001 status: local 0/10 remote 1/20
%(time)s www2 qmail: %(born)s.200002 starting delivery 2%(id)d: msg %(id)d to remote b@bank.example
%(time)s www2 qmail: %(born)s.200003 status: local 0/10 remote 2/20
%(time)s www2 qmail: %(born)s.300000 delivery 1%(id)d: success: 198.51.100.12_accepted_message./
%(time)s www2 qmail: %(born)s.300001 status: local 0/10 remote 1/20
%(time)s www2 qmail: %(born)s.300002 delivery 2%(id)d: failure: 198.51.100.13_does_not_like_recipient./
%(time)s www2 qmail: %(born)s.300003 status: local 0/10 remote 0/20
%(time)s www2 qmail: %(born)s.400000 end msg %(id)d
"""

_COURIER = """\
%(time)s mail imapd: Connection, ip=[::ffff:%(ip)s]
%(time)s mail imapd: LOGIN, user=%(who)s, ip=[::ffff:%(ip)s], port=[%(pid)d], protocol=IMAP
%(time)s mail courierd: newmsg,id=0000000000A1B2C3.0000000069965E6A.%(id)08X,auth=%(who)s: dns; \
pc (pc.isp.example [::ffff:%(ip)s])
%(time)s mail courierd: started,id=0000000000A1B2C3.0000000069965E6A.%(id)08X,from=<%(who)s>,module=esmtp,\
host=shop.example,addr=<a@shop.example>
%(time)s mail courieresmtp: id=0000000000A1B2C3.0000000069965E6A.%(id)08X,from=<%(who)s>,addr=<a@shop.example>,\
size=900,success: delivered: mx.shop.example [198.51.100.12]
%(time)s mail courierd: completed,id=0000000000A1B2C3.0000000069965E6A.%(id)08X
%(time)s mail imapd: LOGOUT, user=%(who)s, ip=[::ffff:%(ip)s], port=[%(pid)d], headers=0, body=0, rcvd=40, sent=900, \
time=1
"""

_WEB = """\
%(ip)s - - [%(time)s +0000] "GET /menu/%(id)d.html HTTP/1.1" 200 5120 "-" "Mozilla/5.0"
%(ip)s - - [%(time)s +0000] "GET /style.css HTTP/1.1" 200 900 "https://www.farm.example/menu/" "Mozilla/5.0"
%(ip)s - - [%(time)s +0000] "GET /wp-login.php HTTP/1.1" 404 512 "-" "Mozilla/5.0"
%(ip)s - - [%(time)s +0000] "POST /contact/form.php HTTP/1.1" 200 512 "-" "Mozilla/5.0"
"""


def _seconds(moment: int) -> str:
    return str(moment)


def _exim_born(moment: int) -> str:
    """The last five digits of Exim's six: the first is 1 from 2014 to 2033."""
    digits = ""
    for _ in range(5):
        moment, digit = divmod(moment, 62)
        digits = _BASE62[digit] + digits
    return digits


def _sendmail_born(moment: int) -> str:
    year, month, day, hour, minute, second = time.gmtime(moment)[:6]
    return "".join(_BASE60[part] for part in ((year - 1900) % 60, month - 1, day, hour, minute, second))


@dataclass(frozen=True)
class Log:
    """How one software writes."""

    template: str
    stamp: str = _BSD
    born: Callable[[int], str] = _seconds
    a_process: int = 100  # messages that one process serves


LOGS = {
    "Postfix": Log(_POSTFIX),
    "Postfix, ISO stamps": Log(_POSTFIX, _ISO),
    "Exim": Log(_EXIM, _EXIM_STAMP, _exim_born),
    "sendmail": Log(_SENDMAIL, born=_sendmail_born, a_process=1),
    "Dovecot": Log(_DOVECOT),
    "qmail": Log(_QMAIL, a_process=1),
    "Courier": Log(_COURIER),
    "web server": Log(_WEB, _COMMON),
}


def written(log: Log, lines: int) -> bytes:
    """A log of about so many lines."""
    blocks = []
    for number in range(lines // log.template.count("\n")):
        moment = BEGIN + number // A_SECOND
        values = {
            "time": time.strftime(log.stamp, time.gmtime(moment)),
            "born": log.born(moment),
            "id": 100_000 + number,
            "pid": 4711 + number // log.a_process % 30_000,
            "who": f"user{number % 300}@farm.example",
            "ip": f"203.0.113.{number * 7 % 250 + 1}",
        }
        blocks.append(log.template % values)
    return "".join(blocks).encode()
