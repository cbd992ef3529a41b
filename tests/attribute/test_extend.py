"""What bounces teach about the owner: accounts whose reports come here, servers through which the owner's mail went out."""

from __future__ import annotations

from tests.attribute.build import (
    BOTS,
    DAY,
    HOME_IP,
    NOON,
    RELAY,
    RELAY_IP,
    Mailbox,
    auth_line,
    client_line,
    foreign_bounce,
    from_sent,
    hijacked,
    many,
    original,
    own_bounce,
    sent,
)  # fmt: skip

SECOND = "shop@kitchen-goods.example"
CARRIER, CARRIER_IP = "out9.rental.example", "198.51.100.90"


def _by_carrier(returned: str, recipient: str, when: float = NOON) -> bytes:
    return foreign_bounce(returned, writer=CARRIER, ip=CARRIER_IP, recipient=recipient, when=when)


def _own_mail(domains: tuple[str, ...]) -> Mailbox:
    """Letters in Sent that came back through a server where the mailbox is not kept, and then a flood through it."""
    mailbox = Mailbox()
    for n, domain in enumerate(domains):
        line = auth_line(HOME_IP, by=CARRIER, account="", when=NOON - 20 * DAY)
        returned = _by_carrier(from_sent(n, [line]), f"yuki@{domain}", NOON - 20 * DAY)
        mailbox.add(returned).wrote(sent(n, f"yuki@{domain}", when=NOON - 20 * DAY))
    flood = [
        _by_carrier(original([auth_line(BOTS[n % 4], by=CARRIER, account="", when=NOON + n)], number=n), f"u{n}@shop.example")
        for n in range(9)
    ]
    return mailbox.add(*flood).wrote(*(sent(n, when=NOON - 9 * DAY) for n in range(20, 30)))


def test_an_account_whose_reports_come_here_is_the_owners() -> None:
    letters = [raw.replace(b"\nTo: info@kitchen.example", f"\nTo: {SECOND}".encode()) for raw in hijacked(account=SECOND)]
    assert "account-named" in many(letters).signs()
    assert many(letters).causes() == ["hijacked"]


def test_a_neighbours_account_under_the_owners_name_stays_the_neighbours() -> None:
    assert many(hijacked(account=SECOND)).causes() == ["neighbour"]


def test_a_stranger_cannot_make_an_account_the_owners() -> None:
    letters = [foreign_bounce(original([auth_line(by="mx.shop.example", account=SECOND)], number=n), to=SECOND) for n in range(6)]
    assert SECOND not in {s.params.get("account") for s in many(letters).signs().values()}
    assert many(letters).causes() == ["undecided"]


def test_letters_in_sent_show_through_which_server_mail_goes_out() -> None:
    found = _own_mail(("friend.example", "school.example"))
    assert "own-relay-authenticated" in found.signs()
    assert "hijacked" in found.causes()


def test_one_letter_alone_may_be_a_trap() -> None:
    found = _own_mail(("friend.example",))
    assert "own-relay-authenticated" not in found.signs()
    assert not {"hijacked", "script", "device"} & set(found.causes())


def test_a_report_of_the_owners_own_letter_changes_nothing_here() -> None:
    mine = own_bounce(from_sent(1, [auth_line(HOME_IP)]))
    assert many([mine]).wrote(*map(sent, range(8))).causes() == ["own"]


GATE, GATE_IP = "us3.filter.example", "198.51.100.91"


def _by_gateway(returned: str, recipient: str, when: float, refused_by: str) -> bytes:
    letter = foreign_bounce(returned, writer=GATE, ip=GATE_IP, recipient=recipient, when=when)
    return letter.replace(b"Action: failed", f"Remote-MTA: dns; {refused_by}\nAction: failed".encode())


def _through_gateway(refusing: tuple[str, ...]) -> Mailbox:
    crossing = client_line(RELAY_IP, GATE, RELAY, RELAY)
    mailbox = Mailbox().wrote(*(sent(n, when=NOON - 9 * DAY) for n in range(20, 30)))
    for n, name in enumerate(refusing):
        when = NOON - 20 * DAY
        returned = from_sent(n, [crossing, auth_line(HOME_IP, when=when)])
        mailbox.add(_by_gateway(returned, f"yuki@friend{n}.example", when, name)).wrote(sent(n, f"yuki@friend{n}.example", when))
    for n in range(9):
        returned = original([crossing, auth_line(BOTS[n % 4], when=NOON + n)], number=n)
        mailbox.add(_by_gateway(returned, f"u{n}@shop.example", NOON + n, "mx.shop.example"))
    return mailbox


def test_a_filter_that_all_outgoing_mail_passes_is_believed() -> None:
    assert "hijacked" in _through_gateway(("mx.friend0.example", "mx.friend1.example")).causes()


def test_a_recipients_own_gateway_is_not() -> None:
    for refusing in (("in1.filter.example", "in2.filter.example"), ("mx.friend0.example",)):
        assert not {"hijacked", "script", "device"} & set(_through_gateway(refusing).causes())
