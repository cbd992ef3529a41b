"""Header fields: the first value wins, folding survives until asked away, and line ends make no difference."""

import time

from hypothesis import given
from hypothesis import strategies as st

from modori.octets.headers import HEAD_LIMIT, every, fields, head_end, head_map, unfold

BLOCK = (
    b"Received: from mx.example.net\n\tby mail.example.jp; Tue, 28 Jul 2026 04:41:06 +0900\n"
    b"Received: from pc.example.net by mx.example.net\n"
    b"From nobody Tue Jul 28 04:41:06 2026\n"
    b"SUBJECT : a\n long one\n"
    b"X-Empty:\n"
    b"no colon here\n"
    b"To:info@example.jp\n"
)


def test_first_value_wins_and_is_still_folded() -> None:
    head = head_map(BLOCK)
    assert head[b"received"].startswith(b"from mx.example.net\n\tby")
    assert unfold(head[b"subject"]) == b"a long one"
    assert head[b"x-empty"] == b""
    assert head[b"to"] == b"info@example.jp"
    assert len(every(BLOCK, b"received")) == 2


def test_lines_that_are_no_fields_belong_to_nobody() -> None:
    assert [name for name, _ in fields(BLOCK)] == [b"Received", b"Received", b"SUBJECT", b"X-Empty", b"To"]


def test_line_ends_make_no_difference() -> None:
    assert head_map(BLOCK.replace(b"\n", b"\r\n")) == head_map(BLOCK)
    assert head_map(BLOCK.replace(b"\n", b"\r")) == head_map(BLOCK)


def test_the_head_ends_at_the_first_blank_line() -> None:
    for end in (b"\n", b"\r\n", b"\r"):
        raw = BLOCK.replace(b"\n", end) + end + b"body" + end + end + b"more"
        stop, body = head_end(raw)
        assert raw[body:].startswith(b"body")
        assert head_map(raw[:stop]) == head_map(BLOCK)


def test_a_mixed_letter_ends_at_whichever_blank_line_comes_first() -> None:
    raw = b"A: 1\r\nB: 2\n\r\nbody\n\nrest"
    assert raw[head_end(raw)[1] :] == b"body\n\nrest"
    assert head_end(b"A: 1\nB: 2\n") == (10, 10)
    assert head_end(b"\r\nbody") == (0, 2)
    assert head_end(b"xx\nbody", 2) == (2, 3)


def test_a_bare_carriage_return_in_a_letter_of_lf_lines_starts_no_field() -> None:
    assert b"bcc" not in head_map(b"Subject: x\rBcc: y@example.com\nTo: z@example.com\n")


@given(st.binary(max_size=400))
def test_any_bytes(raw: bytes) -> None:
    stop, body = head_end(raw)
    assert 0 <= stop <= body <= len(raw)
    assert all(b":" not in name for name in head_map(raw[:stop]))


def test_hostile_heads_cost_little() -> None:
    begin = time.process_time()
    patterns = (b"A: b\n", b"a", b"A: b\n ", b"\r", b" \t", b"A:", b"\n ")
    for raw in (b"A" + pattern * 1_000_000 for pattern in patterns):
        assert sum(len(value) for _, value in fields(raw[: head_end(raw)[0]])) <= HEAD_LIMIT
    assert time.process_time() - begin < 3
