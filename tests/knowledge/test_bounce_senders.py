"""Whose bounces these are: every sender that users ask about, and what special texts mean."""

from __future__ import annotations

import pytest

from modori.knowledge.bounce_senders import whose

SENDERS = {
    "mailer-daemon@yahoo.co.jp": "yahoo-japan",
    "mailer-daemon@gmail.com": "google",
    "mailer-daemon@googlemail.com": "google",
    "mailer-daemon@hotmail.com": "microsoft",
    "mailer-daemon@outlook.com": "microsoft",
    "mailer-daemon@live.jp": "microsoft",
    "mailer-daemon@icloud.com": "icloud",
    "mailer-daemon@softbank.ne.jp": "softbank",
    "mailer-daemon@ezweb.ne.jp": "kddi",
    "mailer-daemon@au.com": "kddi",
    "MAILER-DAEMON@wdy.docomo.ne.jp": "docomo",
    "spmodemsgr@wdy.docomo.ne.jp": "docomo",
    "mailer-daemon@nifty.com": "nifty",
    "mailer-daemon@so-net.ne.jp": "so-net",
    "mailer-daemon@biglobe.ne.jp": "biglobe",
    "mailer-daemon@plala.or.jp": "plala",
    "mailer-daemon@ocn.ne.jp": "ocn",
    "mailer-daemon@sakura.ne.jp": "sakura",
    "mailer-daemon@xserver.jp": "xserver",
    "mailer-daemon@lolipop.jp": "lolipop",
    "mailer-daemon@heteml.jp": "heteml",
    "mailer-daemon@u-tokyo.ac.jp": "u-tokyo",
    "mailer-daemon@waseda.jp": "waseda",
    "MAILER-DAEMON@smtp-proxy001.phy.heteml.jp": "heteml",
}


@pytest.mark.parametrize(("sender", "provider"), SENDERS.items())
def test_each_sender_is_known(sender: str, provider: str) -> None:
    found = whose(sender)
    assert found is not None
    assert found.id == provider


def test_strangers_and_look_alikes_are_nobodys() -> None:
    assert whose("mailer-daemon@shop.example") is None
    assert whose("mailer-daemon@notdocomo.ne.jp") is None
    assert whose("") is None


def test_the_docomo_sender_for_numbers_without_a_contract() -> None:
    docomo = whose("spmodemsgr@wdy.docomo.ne.jp")
    assert docomo is not None
    assert "no-contract" in list(docomo.meanings("spmodemsgr@wdy.docomo.ne.jp", ""))
    assert "no-contract" not in list(docomo.meanings("mailer-daemon@wdy.docomo.ne.jp", ""))
