"""Letters that pose as reports: by the name they show, however it is encoded."""

from __future__ import annotations

from base64 import b64encode

import pytest

from modori.attribute.letters import poses, servers
from modori.read import one
from modori.types import Place


@pytest.mark.parametrize("charset", ["iso-2022-jp", "utf-8", "shift_jis"])
@pytest.mark.parametrize(("name", "signs"), [("メール配信システム", ("daemon-name", "link")), ("山田太郎", ())])
def test_a_daemons_name_is_seen_through_its_encoding(charset: str, name: str, signs: tuple[str, ...]) -> None:
    """Base64 tells letter case apart: what is lower-cased before it is decoded is no name any more."""
    encoded = b"=?%s?B?%s?=" % (charset.encode(), b64encode(name.encode(charset)))
    raw = (
        b"Return-Path: <a@mail.example>\nFrom: " + encoded + b" <a@mail.example>\nTo: me@shop.example\n"
        b"Subject: please\nContent-Type: text/plain\n\nhttp://login.example/\n"
    )
    arrival, _ = servers(raw)
    assert set(signs) <= set(found := poses(one(raw, Place("a.eml")), "please", arrival))
    assert bool(found) == bool(signs)
