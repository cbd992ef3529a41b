"""What was buried: people first, newsletters last, forgeries never."""

from __future__ import annotations

import pytest

from modori.octets.digest import hash64
from modori.rescue import classify, rescue
from modori.types import Campaign, Correspondence, Owner, Place, Surge

T, DAY = 1_777_784_520.0, 86_400.0
ME = Owner(addresses=("info@hanaya.example",))
FLOOD = (Surge(T, T + 600, T + 6 * 3600, 300, 0.1),)
PERSON = {b"from": b"Tanaka Naoko <naoko@partner.example>", b"x-mailer": b"Becky! ver. 2.81"}
PLAIN = {b"from": b"naoko@partner.example"}


def letter(number: int, **more: object) -> Correspondence:
    fields: dict[str, object] = {
        "place": Place("inbox", number * 1000),
        "message_id": f"{number}@partner.example",
        "sender": f"p{number}@partner.example",
        "name": "Naoko",
        "subject": "hello",
        "moment": T + 3600,
        "kind": "personal",
        "why": "personal",
        **more,
    }
    return Correspondence(**fields)  # type: ignore[arg-type]


def saved(*letters: Correspondence, **more: object) -> list[str]:
    found = rescue(letters, FLOOD, (), ME, more.get("contacts", ()), more.get("sent_ids", ()))  # type: ignore[arg-type]
    return [f"{r.message_id.partition('@')[0]} {r.why}" for r in found]


# --- one letter -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("ご注文ありがとうございます（注文番号 12345）", "order"),
        ("【重要】お支払期限のお知らせ", "invoice"),
        ("4月分 請求書のご送付", "invoice"),
        ("お見積りのお願い", "invoice"),
        ("振込受付完了のお知らせ", "bank"),
        ("ご予約確認", "order"),
        ("新しい端末からのログインがありました", "security"),
        ("お問い合わせがありました", "form"),
        ("メール送信制限のお知らせ", "provider"),
        ("Invoice 2231 for April", "invoice"),
        ("Your receipt from Blue Bakery", "invoice"),
        ("Your order has shipped", "order"),
        ("Booking confirmation", "order"),
        ("New sign-in to your account", "security"),
        ("Across the border: a travel story", "personal"),  # "order" only from a word's start
        ("写真を送ります", "personal"),
        ("ＩＮＶＯＩＣＥ ＃５５", "invoice"),  # full-width, as some Japanese systems write
    ],
)
def test_words_name_the_kind(subject: str, kind: str) -> None:
    assert classify(PERSON, "naoko@partner.example", subject)[0] == kind


@pytest.mark.parametrize(
    ("head", "subject", "kind"),
    [
        ({b"list-id": b"<walk.lists.example>"}, "Re: invoice", "list"),
        ({b"x-ml-name": b"walk"}, "次回の集まり", "list"),
        ({b"list-unsubscribe": b"<https://x.example>"}, "今週のおすすめ", "newsletter"),
        ({b"precedence": b"Bulk"}, "Spring", "newsletter"),
        ({b"list-unsubscribe": b"<https://x.example>"}, "ご注文の確認", "order"),  # receipts use the same machines
        ({b"list-unsubscribe": b"<https://x.example>"}, "ご注文で使えるクーポン", "newsletter"),
        ({b"in-reply-to": b"<x@y>"}, "Re: hi", "reply"),
        ({b"references": b"<x@y>"}, "Re: 請求書の件", "reply"),
        ({b"auto-submitted": b"auto-generated"}, "Report", ""),
    ],
)
def test_structure_comes_before_words(head: dict[bytes, bytes], subject: str, kind: str) -> None:
    assert classify({**PERSON, **head}, "naoko@partner.example", subject)[0] == kind


def test_a_customer_may_ask_about_a_sale() -> None:
    assert classify(PERSON, "naoko@partner.example", "セール品について")[0] == "personal"
    assert classify(PLAIN, "naoko@partner.example", "セール品について")[0] == "newsletter"


def test_a_person_is_known_by_name_or_mail_program() -> None:
    assert classify(PERSON, "naoko@partner.example", "hello") == ("personal", "personal")
    assert classify(PLAIN, "naoko@partner.example", "hello") == ("", "unknown")
    assert classify(PLAIN, "naoko@partner.example", "hello", name="田中 直子") == ("personal", "personal")
    assert classify(PERSON, "no-reply@partner.example", "hello") == ("", "automatic")


@pytest.mark.parametrize(
    "head", [{b"x-spam-flag": b"YES"}, {b"x-spam-status": b"Yes, score=9"}, {b"received-spf": b"Fail (mailfrom)"}]
)
def test_what_was_marked_on_the_way_is_suspicious(head: dict[bytes, bytes]) -> None:
    assert classify({**PERSON, **head}, "bank@bank.example", "振込のお知らせ")[0] == "suspicious"
    assert classify(PERSON, "bank@bank.example", "振込のお知らせ", authentic=False)[0] == "suspicious"
    assert classify(PERSON, "bank@bank.example", "振込のお知らせ", authentic=True)[0] == "bank"


# --- the flood --------------------------------------------------------------------------------------------------


def test_people_before_money_before_parcels_before_newsletters() -> None:
    assert saved(
        letter(1, kind="newsletter", why="newsletter"),
        letter(2, kind="order", why="order"),
        letter(3, kind="invoice", why="invoice"),
        letter(4, sender="friend@partner.example"),
        letter(5, in_reply_to="mine@hanaya.example", kind="reply", why="reply"),
        letter(6, kind="list", why="list"),
        contacts={"Friend@Partner.example"},
        sent_ids={hash64("mine@hanaya.example")},
    ) == ["5 reply-to-yours", "4 wrote-to-them", "3 invoice", "2 order", "6 list", "1 newsletter"]


def test_contacts_and_own_ids_are_learned_from_sent_letters_too() -> None:
    mine = letter(9, sent=True, message_id="m@hanaya.example", to=("p1@partner.example",))
    assert saved(mine, letter(1), letter(2, in_reply_to="m@hanaya.example")) == ["2 reply-to-yours", "1 wrote-to-them"]


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "suspicious"},
        {"kind": "fake-bounce"},
        {"kind": "bank", "why": "bank", "authentic": False},
        {"poses": ("link",)},
        {"sender": "info@hanaya.example", "received_ip": "203.0.113.9", "received_from": "x.example"},  # "from" oneself
        {"kind": "", "why": "unknown", "received_ip": "203.0.113.9"},  # nameless machine, nameless sender
    ],
)
def test_forgeries_are_never_listed(more: dict[str, object]) -> None:
    assert (
        saved(letter(1, **more), contacts={"p1@partner.example"} if "sender" not in more and "poses" in more else ())
        == []
    )


def test_the_own_form_writes_from_the_own_address() -> None:
    assert saved(letter(1, sender="info@hanaya.example", kind="form", why="form")) == ["1 form"]


def test_what_is_unknown_but_came_from_a_named_machine_is_listed_late() -> None:
    named = letter(1, kind="", why="unknown", received_ip="203.0.113.9", received_from="mail.partner.example")
    assert saved(named, letter(2)) == ["2 personal", "1 unknown"]


def test_only_the_days_of_the_flood_count() -> None:
    near, far = letter(1, moment=T - 3600), letter(2, moment=T - 30 * DAY)
    assert saved(near, far) == ["1 personal"]
    assert rescue([near], (), (), ME, ()) == ()


def test_a_lull_belongs_to_the_flood() -> None:
    def campaign(first: float) -> Campaign:
        return Campaign("c", "own", 0.9, 1, 1, first, first)

    between = letter(1, moment=T + 3.5 * DAY)
    assert rescue([between], (), (campaign(T), campaign(T + 5 * DAY)), ME, ()) != ()
    assert rescue([between], (), (campaign(T), campaign(T + 20 * DAY)), ME, ()) == ()


def test_a_flood_that_goes_on_has_no_end() -> None:
    open_ended = (Surge(T, T, None, 9, 0.0),)
    assert rescue([letter(1, moment=T + 300 * DAY)], open_ended, (), ME, ()) != ()


def test_the_same_letter_in_two_folders_is_listed_once() -> None:
    assert saved(letter(1), letter(1, place=Place("spam", 5))) == ["1 personal"]
    nameless = [letter(1, message_id="", place=Place("inbox", n)) for n in (1, 2)]
    assert len(rescue(nameless, FLOOD, (), ME, ())) == 2


def test_notices_of_a_form_that_robots_fill_in_come_after_orders() -> None:
    form = letter(1, kind="form", why="form", subject="A message from your web site")
    order = letter(2, kind="order", why="order", moment=T + 7200)
    misused = Campaign("a", "autoreply", 0.99, 40, 40, T, T + 3600)
    ranks = [[r.why for r in rescue((form, order), FLOOD, c, ME, ())] for c in ((), (misused,))]
    assert ranks == [["form", "order"], ["order", "form"]]
