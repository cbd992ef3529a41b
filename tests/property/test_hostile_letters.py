"""Whatever a letter holds, reading it ends, raises nothing, and does not depend on how its lines end."""

from __future__ import annotations

from hypothesis import given

from modori.explain import explain
from modori.parse import original, parse
from modori.read import one
from modori.recognise import recognise
from modori.types import Bounce, Place
from tests.property.mutation import letters, samples

HERE = Place("letter.eml")


def read(raw: bytes) -> Bounce | None:
    letter = one(raw, HERE)
    bounce = parse(letter, recognise(letter))
    if bounce is None:
        return None
    original(letter, bounce)
    return explain(bounce)


@given(letters())
def test_any_bytes_can_be_read(raw: bytes) -> None:
    bounce = read(raw)
    assert bounce is None or all(failure.reason is not None for failure in bounce.failures)


@given(letters())
def test_the_same_bytes_say_the_same(raw: bytes) -> None:
    assert read(raw) == read(raw)


@given(samples())
def test_line_ends_do_not_matter(raw: bytes) -> None:
    unix = raw.replace(b"\r\n", b"\n")
    one_way, other_way = read(unix), read(unix.replace(b"\n", b"\r\n"))
    assert (one_way is None) == (other_way is None)
    if one_way and other_way:
        assert one_way.failures == other_way.failures
        assert (one_way.dialect, one_way.writer) == (other_way.dialect, other_way.writer)
