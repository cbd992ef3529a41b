"""`modori explain`: one letter in plain words, and nothing in it can act on the reader's terminal or curiosity."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.show.letter import letter as shown
from modori.show.letter import tell
from modori.show.outline import Outline
from modori.show.words import Words
from modori.types import Original, Reason
from tests.show.bounces import BOUNCE, HEAD, RETURNED, UNKNOWN, failing, letter


def test_it_says_who_what_why_and_what_to_do() -> None:
    text = shown(letter(), BOUNCE, RETURNED, "en")
    assert text.startswith("This is an error report")
    for part in ("MAILER-DAEMON@out3.rental.example", "taro@example.jp", "Not delivered: No such address", "→ Compare"):
        assert part in text
    assert "Subject: お花のご案内" in text
    assert "It was returned whole." in text


def test_it_says_so_in_japanese() -> None:
    text = shown(letter(), BOUNCE, RETURNED, "ja")
    assert text.startswith("これはエラーの知らせです")
    assert "届きませんでした：宛先のアドレスがない" in text


@pytest.mark.parametrize("action", ["failed", "delayed", "delivered", "relayed", "expanded", "answered", "complaint"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_action_has_its_words(action: str, lang: str) -> None:
    text = shown(letter(), failing(action=action), None, lang)
    assert "letter." not in text
    assert "…" not in text


def test_a_number_without_a_docomo_contract_is_explained() -> None:
    raw = b"From: spmodemsgr@wdy.docomo.ne.jp\nSubject: Mail\n\nx\n"
    text = shown(letter(raw), failing(recipient="taro@docomo.ne.jp"), None, "en").replace("\n  ", " ")
    assert "NTT docomo" in text
    assert "no docomo contract any more" in text
    assert "契約がありません" in shown(letter(raw), failing(), None, "ja").replace("\n  ", "")


def test_a_refusal_after_the_content_at_au_is_explained() -> None:
    bounce = failing(diagnosis="550 : User unknown", remote_mta="lsean.ezweb.ne.jp", reason=Reason("filtered", False))
    assert "without naming the address" in shown(letter(), bounce, None, "en").replace("\n  ", " ")


def test_what_is_no_report_is_shown_as_such_with_its_first_words() -> None:
    raw = b"From: Bank <x@phish.example>\nSubject: Mail delivery failed\n\nClick https://evil.example/now !\n"
    text = shown(letter(raw), None, None, "en", wording="Click https://evil.example/now !\n")
    assert text.startswith("This is not an error report")
    assert "hxxps://evil.example/now" in text
    assert "https://" not in text


def test_attachments_are_named_and_not_opened() -> None:
    raw = HEAD + (
        b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nhi\n'
        b'--b\nContent-Type: application/zip; name="invoice.zip"\n\nPK\n--b--\n'
    )
    text = shown(letter(raw), BOUNCE, None, "en")
    assert "invoice.zip (application/zip)" in text
    assert "Not opened." in text


def test_html_is_never_rendered() -> None:
    raw = b"From: a@b.example\nContent-Type: text/html\n\n<script>alert(1)</script><img src=http://x.example/p.gif>\n"
    assert "x.example" not in shown(letter(raw), None, None, "en")


def test_ten_thousand_recipients_make_a_page_not_a_book() -> None:
    bounce = replace(BOUNCE, failures=(UNKNOWN,) * 10_000)
    text = shown(letter(), bounce, None, "en")
    assert "9,980 more recipients" in text
    assert len(text.splitlines()) < 400


NASTY = st.text(st.sampled_from("a\x1b[31m\u202e\u200b\x00\r\nhttps://x.example/<@>\x85\u2028é宛"), max_size=60)


@given(NASTY, NASTY, NASTY)
def test_nothing_commands_the_terminal(diagnosis: str, recipient: str, subject: str) -> None:
    raw = b"From: x@y.example\nSubject: " + subject.encode("utf-8", "replace").replace(b"\n", b"") + b"\n\nbody\n"
    bounce = failing(diagnosis=diagnosis, recipient=recipient)
    for lang in ("ja", "en"):
        text = shown(letter(raw), bounce, Original(sender=recipient, subject=subject), lang)
        assert not set(text) & set("\x1b\u202e\u200b\x00\r\x85\u2028")
        assert "https://" not in text


def test_a_rescued_letter_is_read_whole_and_called_no_trick() -> None:
    outline = Outline(Words("en"))
    tell(outline, letter(b"From: a@b.example\n\nx\n"), None, None, "\n".join(f"line {n}" for n in range(300)), rescued=True)
    told = [item.text for section in outline.sections for item in section.items]
    assert "line 299" in told
    assert Words("en").say("letter.what.ordinary") not in told
