"""After the fix: old retries are not new sending; the owner's own refused letters are found; the profile adds up."""

from modori.count.aftermath import aftermath
from modori.count.profile import profile
from modori.count.refused import unsent
from modori.octets.digest import hash64
from modori.types import Aftermath, Bounce, Failure, Original, Place, Reason, Volume, Witness

DAY = 86400.0


def test_bounces_of_old_originals_are_retries() -> None:
    assert aftermath(10 * DAY, 14 * DAY, 14 * DAY) == Aftermath(10 * DAY, 15 * DAY, True)


def test_fresh_originals_mean_that_it_goes_on() -> None:
    assert aftermath(10 * DAY, 10 * DAY + 60, 10 * DAY + 120).stopped is False


def test_in_between_it_is_too_early_to_tell() -> None:
    assert aftermath(10 * DAY, 10 * DAY + 60, 10.5 * DAY).stopped is None


def test_without_an_original_nothing_is_said() -> None:
    assert aftermath(None, 10 * DAY, 11 * DAY) == Aftermath(None, None, None)


def test_a_clock_that_runs_ahead_is_not_believed() -> None:
    assert aftermath(30 * DAY, 10 * DAY, 12 * DAY) == Aftermath(10 * DAY, 15 * DAY, True)


def refusal(moment: float, message_id: str, code: str, recipient: str = "a@example.net") -> Witness:
    failure = Failure(recipient, reason=Reason(code, False))
    bounce = Bounce(Place("m", int(moment)), "exim", "mx.example.com", moment, (failure,))
    return Witness(int(moment), bounce, b"", moment, Original(message_id=message_id, subject="見積書"))


def test_own_letters_that_the_limit_kept_back_are_found_once_each() -> None:
    found = unsent(
        [
            refusal(30.0, "mine-2@example.com", "sender-suspended"),
            refusal(10.0, "mine-1@example.com", "sending-limit"),
            refusal(20.0, "mine-1@example.com", "sending-limit", "b@example.net"),
            refusal(15.0, "spam@example.com", "sending-limit"),
            refusal(16.0, "mine-3@example.com", "user-unknown"),
        ],
        {hash64(name) for name in ("mine-1@example.com", "mine-2@example.com", "mine-3@example.com")},
    )
    assert [(letter.message_id, letter.recipients, letter.when) for letter in found] == [
        ("mine-1@example.com", ("a@example.net", "b@example.net"), 10.0),
        ("mine-2@example.com", ("a@example.net",), 30.0),
    ]


def test_the_profile_names_domains_the_invalid_share_and_the_pace() -> None:
    domains, reasons = {"example.net": 60, "example.org": 40}, {"user-unknown": 70, "spam-detected": 30}
    found = profile(domains, reasons, {1: 10.0, 2: 30.0}, Volume(100, 400, 900, "prior"))
    assert found.domains == (("example.net", 60), ("example.org", 40))
    assert found.invalid == 0.7
    assert found.an_hour == 200.0
    assert profile({}, {}, {}, None).an_hour == 0.0
