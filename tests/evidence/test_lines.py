"""Lines of any file: whole, in order, at their offsets; what is too long is no line."""

from __future__ import annotations

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from modori.evidence.lines import LINE_LIMIT, NO_LINE, lines

LONG = b"x" * (LINE_LIMIT + 1)


class _Short(BytesIO):
    """A stream that gives less than it is asked for, as pipes do."""

    def __init__(self, content: bytes, most: int) -> None:
        super().__init__(content)
        self._most = most

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self._most)


@given(st.lists(st.sampled_from([b"", b"a", b"Feb 19", b"x" * LINE_LIMIT, LONG])), st.integers(1, 3 * LINE_LIMIT))
def test_every_line_stands_where_it_begins(written: list[bytes], most: int) -> None:
    content = b"".join(line + b"\n" for line in written)
    found = list(lines(_Short(content, most)))
    assert [line for _, _, line in found] == [NO_LINE if line == LONG else line for line in written]
    assert [number for _, number, _ in found] == list(range(1, len(written) + 1))
    for (offset, _, _), line in zip(found, written, strict=True):
        assert content[offset : offset + len(line) + 1] == line + b"\n"
