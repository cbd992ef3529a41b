"""Reports in the own server's name that came from outside are sorted apart, so that they crowd out no true one."""

from __future__ import annotations

import pytest

from modori.attribute.handover import came_from_outside
from tests.attribute.build import (
    BOTS,
    MX,
    OWNER,
    RELAY,
    RELAY_IP,
    auth_line,
    client_line,
    hijacked,
    many,
    original,
    report,
)  # fmt: skip

HOME = "hosting.example"


@pytest.mark.parametrize("line", [
    client_line(BOTS[0], MX, "", RELAY),
    client_line(BOTS[0], MX, "dyn.elsewhere.example", RELAY),
    client_line(BOTS[0], MX, "", f"{RELAY} ({RELAY} [{RELAY_IP}])"),
    f"from [{BOTS[0]}] (port=4711 helo={RELAY})\n\tby {MX} with esmtp (Exim 4.98)\n\tid 1; Sun, 3 May 2026 12:00:00 +0900",
    f"from unknown (HELO {RELAY}) ({BOTS[0]})\n  by {MX} with SMTP; 3 May 2026 03:00:00 -0000",
    f"from dyn.elsewhere.example ([{BOTS[0]}]:4711 helo=[10.0.0.7])\n\tby {MX} with esmtp (Exim 4.98)\n\tid 1; Sun, 3 May 2026 12:00:00 +0900",
    client_line("IPv6:2001:db8::7", MX, "", RELAY),
])  # fmt: skip
def test_a_strangers_address(line: str) -> None:
    assert came_from_outside(f"Return-Path: <>\nReceived: {line}\nSubject: x\n".encode(), HOME)


@pytest.mark.parametrize("line", [
    client_line(RELAY_IP, MX, RELAY, RELAY),
    client_line("10.0.0.7", MX, "", "filter"),
    client_line("127.0.0.1", MX, "localhost", "localhost"),
    f"from {RELAY} (HELO {RELAY}) ({RELAY_IP})\n  by {MX} with SMTP; 3 May 2026 03:00:00 -0000",
    f"by {RELAY} (Postfix)\n\tid 5AFF01; Sun, 3 May 2026 12:00:00 +0900",
    f"from {RELAY} ([{RELAY_IP}]:4711)\n\tby {MX} with esmtps (Exim 4.98)\n\tid 1; Sun, 3 May 2026 12:00:00 +0900",
])  # fmt: skip
def test_an_own_servers(line: str) -> None:
    assert not came_from_outside(f"Received: {line}\nSubject: x\n".encode(), HOME)


def test_a_flood_of_such_reports_hides_no_break_in() -> None:
    """They look like the true ones in everything that is counted by, and there are far more of them."""
    posed = [
        report(
            original([auth_line(BOTS[n % 4], f"a{n}@b{n}.example")], sender=f"x{n}@y{n}.example", subject=f"Offer {n:x} {n**3:x}", number=n),
            RELAY,
            [client_line(BOTS[n % 4], MX, "", RELAY, to=OWNER), f"by {RELAY} (Postfix)\n\tid 5AFF01"],
            recipient=f"u{n}@shop.example",
        )
        for n in range(400)
    ]
    assert "hijacked" in many([*posed, *hijacked(6)]).causes()
