"""Recipient fields of delivery-status parts, in the forms that the grammar allows (RFC 3464 section 2.3.2)."""

from __future__ import annotations

import pytest

from modori.parse.dsn import recipient_of


@pytest.mark.parametrize(
    ("value", "recipient"),
    [
        (b"rfc822; taro@Example.JP", "taro@example.jp"),
        (b'rfc822; "taro yamada"@example.jp', '"taro yamada"@example.jp'),
        (b'RFC822;"a\\"b;c"@example.jp', '"a\\"b;c"@example.jp'),
        (b"rfc822; <taro@example.jp> (Taro)", "taro@example.jp"),
        (b"x400; /C=jp/A=example/", ""),
    ],
)
def test_recipient_of_a_typed_field(value: bytes, recipient: str) -> None:
    assert recipient_of({b"final-recipient": value}, b"final-recipient") == recipient
