"""When it was sent: the log before the graph before the Dates of what came back; nothing of backscatter."""

from modori.attribute.campaigns import Examined
from modori.pipeline.sends import sends
from modori.types import Background, Campaign, Owner, Place, Report, SendCount, Sends, Usage, Verdict

HOUR = 3600.0
NOON = 493_825
OWNER = Owner(addresses=("me@shop.example",))


def campaign(cause: str) -> Campaign:
    return Campaign("c", cause, 0.9, 3, 3, NOON * HOUR, (NOON + 2) * HOUR)


def report(cause: str) -> Report:
    return Report(0.0, OWNER, Verdict(cause, 0.9, "critical"), campaigns=(campaign(cause),))


def returned(cause: str, *left: float) -> Examined:
    return Examined(campaign(cause), ((1, 1),) * len(left), 2.0 * len(left), {NOON: 3}, (), sent=left)


def row(account: str, method: str, hours: dict[int, int]) -> Usage:
    return Usage(("me@shop.example", account, method, "", "mx"), "192.0.2.1", 1, 1, 0, 0.0, 0.0, None, hours)


def test_the_log_of_the_own_account_speaks_first_and_of_other_accounts_not_at_all() -> None:
    rows = (
        row("me@shop.example", "auth", {NOON: 40, NOON - 9000: 3}),
        row("me@shop.example", "auth", {NOON: 2, NOON + 1: 5}),
        row("else@shop.example", "auth", {NOON: 7}),
        row("", "local", {NOON: 9}),
    )
    found = sends(report("hijacked"), [returned("hijacked", NOON * HOUR)], Background(submissions=rows))
    assert found == Sends({NOON: 42.0, NOON + 1: 5.0}, "log")


def test_a_bar_of_the_graph_is_spread_over_its_hours_and_counts_once() -> None:
    bar = SendCount(Place("graph.csv"), NOON * HOUR, (NOON + 4) * HOUR, 100, "send-graph")
    counter = SendCount(Place("a"), NOON * HOUR, (NOON + 1) * HOUR, 999, "counter")
    found = sends(report("hijacked"), [returned("hijacked")], Background(send_counts=(bar, bar, counter)))
    assert found == Sends(dict.fromkeys(range(NOON, NOON + 4), 25.0), "send-graph")


def test_without_either_the_dates_of_what_came_back_speak_scaled_to_all_of_it() -> None:
    examined = [returned("hijacked", NOON * HOUR, NOON * HOUR + 60, (NOON + 1) * HOUR)]
    assert sends(report("hijacked"), examined, Background()) == Sends({NOON: 4.0, NOON + 1: 2.0}, "originals")


def test_what_a_forgers_machines_sent_is_not_shown_as_sent_here() -> None:
    examined = [returned("forged", NOON * HOUR)]
    assert sends(report("forged"), examined, Background()) is None
    own = Background(submissions=(row("me@shop.example", "auth", {NOON: 2}),))
    assert sends(report("forged"), examined, own) == Sends({NOON: 2.0}, "log")
