"""Text out of whatever charset a mailer used, declared or not, whole or cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.octets.charsets import as_utf8, decode, guess, transfer, words

GREETING = "メールを配信できませんでした"


@pytest.mark.parametrize("charset", ["iso-2022-jp", "shift_jis", "euc-jp", "utf-8", "cp932"])
def test_japanese_is_read_as_declared(charset: str) -> None:
    assert decode(GREETING.encode(charset), charset) == GREETING


@pytest.mark.parametrize("charset", ["iso-2022-jp", "shift_jis", "euc-jp", "utf-8"])
def test_japanese_is_read_when_nobody_declares_it(charset: str) -> None:
    assert guess(GREETING.encode(charset)) == GREETING


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("gb2312", "未送达的邮件"),
        ("big5", "無法傳遞"),
        ("koi8-r", "Недоставленное"),
        ("windows-1251", "Недоставленное"),
        ("iso-8859-1", "Échec de la remise"),
        ("ks_c_5601-1987", "배달되지 않음"),
        ("unicode-1-1-utf-7", "Zustellung fehlgeschlagen"),
    ],
)
def test_other_charsets(charset: str, text: str) -> None:
    codec = {"ks_c_5601-1987": "cp949", "unicode-1-1-utf-7": "utf-7"}.get(charset, charset)
    assert decode(text.encode(codec), charset) == text


def test_vendor_characters_and_half_width_kana_in_iso_2022_jp() -> None:
    assert decode(b"\x1b$B-!\x1b(B", "iso-2022-jp") == "①"
    assert decode(b"\x1b(IC0", "iso-2022-jp") == "ﾃｰ"


@pytest.mark.parametrize("charset", ["us-ascii", "", "no-such-charset", "utf-8"])
def test_wrong_declaration_is_overruled(charset: str) -> None:
    assert decode(GREETING.encode("utf-8"), charset) == GREETING


def test_encoded_words_split_inside_a_character() -> None:
    assert words(b"=?UTF-8?B?44Oh44O844OrCg==?=".replace(b"Cg==", b"44I=") + b"\n =?UTF-8?B?kg==?=") == "メールを"


def test_encoded_words_and_plain_text_keep_their_spaces() -> None:
    assert words(b"Re: =?ISO-8859-1?Q?caf=E9_noir?= for two") == "Re: café noir for two"


def test_encoded_word_that_was_folded_in_the_middle() -> None:
    assert words(b"=?UTF-8?Q?caf=C3=\n A9?=") == "café"


def test_raw_eight_bit_subject() -> None:
    assert words("配信不能".encode("shift_jis")) == "配信不能"


def test_transfer_encodings() -> None:
    assert transfer(b"caf=C3=A9=\n!", b"quoted-printable") == "café!".encode()
    assert transfer(b"Y2Fmw6k=", b"Base64") == "café".encode()
    assert transfer(b"Y2Fmw6kh\nY2", b"base64").startswith("café!".encode())  # cut off in the middle
    assert transfer(b"as it is", b"7bit") == b"as it is"


@given(st.binary(max_size=300), st.sampled_from(["", "iso-2022-jp", "utf-8", "euc-jp", "big5", "x-nonsense"]))
def test_nothing_raises(data: bytes, charset: str) -> None:
    assert isinstance(decode(data, charset), str)
    assert isinstance(words(data), str)
    assert isinstance(transfer(data, b"base64"), bytes)


@given(st.text(max_size=60))
def test_utf8_words_round_trip(text: str) -> None:
    assert decode(text.encode("utf-8", "replace"), "utf-8") == text.encode("utf-8", "replace").decode("utf-8")


@pytest.mark.parametrize("charset", ["utf-8", "shift_jis", "euc_jp", "iso-2022-jp", "cp1252"])
def test_as_utf8_reads_the_charset_of_the_whole(charset: str) -> None:
    text = "Müller\n" * 3 if charset == "cp1252" else "宛先のメールアドレスが見つかりませんでした。\n" * 3
    plain = "Action: failed\n" * 1000  # longer than what is looked at
    assert as_utf8((plain + text).encode(charset)).decode() == plain + text


@given(st.binary(max_size=300))
def test_as_utf8_never_raises_and_leaves_ascii(data: bytes) -> None:
    as_utf8(data).decode()
    assert as_utf8(b"Status: 5.1.1\n") == b"Status: 5.1.1\n"
