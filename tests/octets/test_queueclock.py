"""Queue numbers hold the second they were made in; whatever else looks like one holds nothing."""

from __future__ import annotations

from time import gmtime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.octets import queueclock

moments = st.integers(min_value=946_684_800, max_value=4_102_444_799)
BASE52 = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"
BASE60 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx"
BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def written(value: int, alphabet: str, width: int) -> str:
    digits = ""
    for _ in range(width):
        value, digit = divmod(value, len(alphabet))
        digits = alphabet[digit] + digits
    return digits


@given(moments, st.integers(0, 62**6 - 1), st.sampled_from(["old", "new"]))
def test_exim_numbers_hold_their_second(when: int, process: int, length: str) -> None:
    tail = written(process, BASE62, 6) + "-2c" if length == "old" else "00000" + written(process, BASE62, 6) + "-2cX1"
    assert queueclock.exim(f"{written(when, BASE62, 6)}-{tail}") == when


@given(moments, st.integers(0, 999_999), st.integers(0, 2**48))
def test_long_postfix_numbers_hold_their_microsecond(when: int, micros: int, inode: int) -> None:
    number = written(when, BASE52, 6) + written(micros, BASE52, 4) + "z" + written(inode, BASE52, 9)
    assert queueclock.postfix(number) == pytest.approx(when + micros / 1e6, abs=1e-5)


@given(moments, st.integers(-20 * 365 * 86_400, 20 * 365 * 86_400))
def test_sendmail_numbers_hold_their_second_whichever_sixty_years(when: int, off: int) -> None:
    t = gmtime(when)
    fields = (t.tm_year - 1900) % 60, t.tm_mon - 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec
    number = "".join(BASE60[f] for f in fields) + "07" + "012345"
    assert queueclock.sendmail(number, when + off) == when


@given(st.text(max_size=40))
def test_anything_can_be_asked(number: str) -> None:
    found = queueclock.moment(number, 1_790_000_000.0)
    assert found is None or 631_152_000 <= found < 4_102_444_801


@pytest.mark.parametrize("number", ["3A68D1BFA8", "4BFqT2", "AB12CD34EF56", "1b2c3d4e", "x", ""])
def test_short_postfix_numbers_and_words_hold_none(number: str) -> None:
    assert queueclock.moment(number, 1_790_000_000.0) is None
