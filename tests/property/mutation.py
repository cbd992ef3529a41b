"""Letters as the world damages them: any bytes, and good samples cut, joined, and with their lines changed."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

_SAMPLES = sorted((Path(__file__).parents[1] / "parse" / "samples").rglob("*.eml"))
_SMALL = tuple(sample.read_bytes() for sample in _SAMPLES if sample.stat().st_size < 20_000)


def samples() -> st.SearchStrategy[bytes]:
    """A letter that is well-formed."""
    return st.sampled_from(_SMALL)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sample with a piece cut out, repeated, or replaced by rubbish."""
    letter = draw(samples())
    begin = draw(st.integers(0, len(letter)))
    end = draw(st.integers(begin, min(len(letter), begin + 2_000)))
    middle = draw(st.one_of(st.just(b""), st.just(letter[begin:end] * 2), st.binary(max_size=200)))
    return letter[:begin] + middle + letter[end:]


def letters() -> st.SearchStrategy[bytes]:
    """Anything that may stand where a letter is expected."""
    return st.one_of(samples(), damaged(), st.binary(max_size=2_000))
