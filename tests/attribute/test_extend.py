"""What bounces teach about the owner: accounts whose reports come here, servers through which the owner's mail went out."""

from __future__ import annotations

from tests.attribute.build import (
    BOTS,
    DAY,
    HOME_IP,
    NOON,
    Mailbox,
    auth_line,
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
    assert many(letters).causes() == ["forged"]


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
