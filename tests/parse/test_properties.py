"""What must hold for any bytes: reading never raises, says only what can be shown, and does not depend on line ends."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modori.knowledge.dialect import dialects
from modori.parse import original, parse
from modori.recognise import recognise
from tests.parse.letters import letter, samples

RAWS = [sample.raw for sample in samples()]
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

cuts = st.tuples(st.integers(0, 6000), st.integers(0, 400), st.binary(max_size=60))


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sample with a few stretches replaced by something else."""
    raw = draw(st.sampled_from(RAWS))
    for at, length, junk in draw(st.lists(cuts, min_size=1, max_size=4)):
        raw = raw[: at % len(raw)] + junk + raw[at % len(raw) + length :] or b"x"
    return raw


@QUICK
@given(damaged())
def test_damaged_letter_never_raises(raw: bytes) -> None:
    one = letter(raw)
    found = parse(one, recognise(one))
    if found is not None:
        original(one, found)
        assert found.dialect in dialects()
        assert all(failure.recipient for failure in found.failures)


@QUICK
@given(st.binary(max_size=3000), st.sampled_from(sorted(dialects())))
def test_any_bytes_never_raise(raw: bytes, name: str) -> None:
    one = letter(b"From: MAILER-DAEMON@mx.example.org\nContent-Type: multipart/report\n" + raw)
    parse(one, (name, "plain"))


@QUICK
@given(damaged())
def test_returned_original_lies_inside_the_letter(raw: bytes) -> None:
    one = letter(raw)
    found = parse(one, recognise(one))
    if found is not None and found.original_at is not None:
        begin, end = found.original_at
        assert 0 <= begin < end <= len(raw)


@QUICK
@given(st.sampled_from(RAWS), st.integers(10, 6000))
def test_cut_letter_says_the_same_with_either_line_end(raw: bytes, at: int) -> None:
    short = raw[:at]
    lf, crlf = letter(short), letter(short.replace(b"\n", b"\r\n"))
    one, other = parse(lf, recognise(lf)), parse(crlf, recognise(crlf))
    assert (one and one.failures) == (other and other.failures)
