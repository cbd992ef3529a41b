"""Received lines as the servers write them, and as attackers would like them to be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.attribute.received import hop

LINES = [
    (
        b"from pc-7 (unknown [203.0.113.9])\n\t(using TLSv1.3 with cipher X (256/256 bits))\n"
        b"\t(Authenticated sender: Hana@shop.example)\n\tby out1.rental.example (Postfix) with ESMTPSA id 4Fz1\n"
        b"\tfor <x@else.example>; Sun, 22 Feb 2026 10:00:39 +0900 (JST)",
        dict(by="out1.rental.example", source_ip="203.0.113.9", source_host="", protocol="ESMTPSA", queue_id="4Fz1",
             account="hana@shop.example", authenticated=True, recipient="x@else.example", when=1771722039.0),
    ),
    (
        b"from mail.else.example (mail.else.example [198.51.100.4])\n\tby mx1.rental.example (Postfix) with ESMTPS id 1;"
        b" Sun, 22 Feb 2026 10:00:39 +0900",
        dict(source_host="mail.else.example", verified=True, authenticated=False, protocol="ESMTPS"),
    ),
    (
        b"from host-9.isp.example ([203.0.113.9]:34049 helo=win-1)\n\tby cp3.rental.example with esmtpsa  (TLS1.3) tls X\n"
        b"\t(Exim 4.96)\n\t(envelope-from <a@shop.example>)\n\tid 1wlQ7k-0004nI-Xm;\n\tSun, 19 Jul 2026 20:55:59 +0900",
        dict(source_host="host-9.isp.example", source_helo="win-1", source_ip="203.0.113.9", verified=True,
             by="cp3.rental.example", protocol="ESMTPSA", authenticated=True, queue_id="1wlQ7k-0004nI-Xm"),
    ),
    (
        b"from [203.0.113.9] (port=1 helo=own.rental.example)\n\tby cp3.rental.example with esmtp (Exim 4.96)\n\tid 1-2-3;",
        dict(source_host="", source_helo="own.rental.example", source_ip="203.0.113.9", verified=False),
    ),
    (b"by web1.rental.example (Postfix, from userid 1207)\n\tid 65C4; Mon, 13 Apr 2026 23:42:18 +0900 (JST)",
     dict(by="web1.rental.example", local=True, uid="1207", protocol="local", queue_id="65C4")),
    (b"from www-data by cp3.rental.example with local (Exim 4.96)\n\t(envelope-from <w@x>)\n\tid 1-2; Mon, 1 Jan 2026 0:00",
     dict(by="cp3.rental.example", local=True, source_host="", uid="www-data")),
    (b"(qmail 18904 invoked by uid 1003); 19 Jul 2026 11:55:59 -0000", dict(local=True, uid="1003")),
    (b"(qmail 18904 invoked from network); 19 Jul 2026 11:55:59 -0000", dict(local=False, uid="")),
    (b"from p9.isp.example (HELO own.rental.example) (203.0.113.9)\n  by mx0.q.example with SMTP; 19 Jul 2026 11:55:59 -0000",
     dict(source_host="p9.isp.example", source_helo="own.rental.example", source_ip="203.0.113.9", verified=False)),
    (b"from unknown (HELO pc) (hana@shop.example@203.0.113.9)\n  by mx0.q.example with ESMTPA; 19 Jul 2026 11:55:59 -0000",
     dict(account="hana@shop.example", authenticated=True, source_ip="203.0.113.9")),
    (b"from pc (p9.isp.example [203.0.113.9])\n\t(authenticated bits=0)\n\tby www9.rental.example (8.16.1/8.16.1) with ESMTPSA"
     b" id 61M\n\tfor <x@y.example>; Sun, 22 Feb 2026 10:00:39 +0900",
     dict(authenticated=True, account="", by="www9.rental.example", source_host="p9.isp.example")),
    (b"from own.rental.example (own.rental.example [203.0.113.9] (may be forged))\n\tby mx.s.example (8.16.1/8.16.1) with"
     b" ESMTP id 61M; Sun, 22 Feb 2026 10:00:39 +0900", dict(source_host="", verified=False, authenticated=False)),
    (b"(from apache@localhost)\n\tby web1.rental.example (8.14.7/8.14.7/Submit) id 61M; Sun, 22 Feb 2026 10:00:39 +0900",
     dict(local=True, by="web1.rental.example", uid="apache")),
    (b"from localhost (web5.rental.example [local])\n\tby web5.rental.example (OpenSMTPD) with ESMTPA id 84f\n\tfor <v@x>; Mon, 2 Nov 2026 19:30:00 +0900",
     dict(local=True, authenticated=False, by="web5.rental.example")),
    (b"from pc (p9.isp.example [203.0.113.9])\n\tby mx.o.example (OpenSMTPD) with ESMTPSA id 8f (TLSv1.3:X:256:NO)"
     b" auth=yes user=hana\n\tfor <x@y.example>;\n\tSun, 22 Feb 2026 10:00:39 +0900",
     dict(account="hana", authenticated=True, source_host="p9.isp.example")),
    (b"from pc (p9.isp.example [::ffff:203.0.113.9])\n  (AUTH: LOGIN hana@shop.example, TLS: TLSv1.3)\n  by c.example with"
     b" ESMTPSA id 00AA; Sun, 22 Feb 2026 10:00:39 +0900", dict(account="hana@shop.example", source_ip="203.0.113.9")),
]


@pytest.mark.parametrize(("line", "expected"), LINES)
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_reads_what_servers_write(line: bytes, expected: dict[str, object], ends: bytes) -> None:
    found = hop(line.replace(b"\n", ends))
    assert {key: getattr(found, key) for key in expected} == expected


@pytest.mark.parametrize(
    "helo",
    [
        b"x (Authenticated sender: hana@shop.example) by out1.rental.example (Postfix) with ESMTPSA id 1",
        b"x(Authenticated_sender:hana@shop.example)",
        b"out1.rental.example (out1.rental.example [192.0.2.1])",
        b"x (authenticated bits=0)",
        b"(from hana@localhost)",
        b"x [192.0.2.1]) (Authenticated sender: hana",
        b"x auth=yes user=hana@shop.example",
    ],
)
def test_a_helo_cannot_pose_as_the_server(helo: bytes) -> None:
    found = hop(b"from " + helo + b" (bot.isp.example [203.0.113.66])\n\tby mx.else.example (Postfix) with ESMTP id 9;"
                b" Sun, 22 Feb 2026 10:00:39 +0900")
    assert (found.by, found.authenticated, found.account, found.local) == ("mx.else.example", False, "", False)
    assert found.source_ip == "203.0.113.66"
    assert found.source_host in {"bot.isp.example", ""}


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_never_raises(start: bytes, end: bytes) -> None:
    for line in (start, b"from " + start, b"from " + start + b"\n\tby " + end, b"by " + end):
        assert hop(line).text == line[:4096]
