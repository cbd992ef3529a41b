"""Addresses in plain words: found from their @, and yet the same ones that the pattern alone would find."""

import re
import time

from hypothesis import example, given
from hypothesis import strategies as st

from modori.knowledge.dialect import ADDRESS
from modori.parse.places import mentions

PIECES = st.sampled_from(
    [
        "a",
        "b.c",
        "@",
        ".",
        " ",
        "\n",
        "<",
        ">",
        '"',
        ",",
        ":",
        "-",
        "あ",
        "！",
        "\u3000",
        "\xa0",
        "é",
        "x" * 130,
        "x@y.z",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
@example("x" * 130 + "@b.example")
@example("a@b.examplec@d.example")
@example("info@shop.exampleへ送れません")
def test_every_address_and_no_other(text: str) -> None:
    alone = [(hit.start(), hit[0]) for hit in re.finditer(ADDRESS, text)]
    assert [(hit.start(), hit[0]) for hit in mentions(text)] == alone


def test_many_signs_without_an_address_cost_little() -> None:
    begin = time.process_time()
    for text in ("@" * 60_000, "a@" * 30_000, ("x" * 200 + " @") * 300, "x@" + "y" * 60_000):
        list(mentions(text))
    assert time.process_time() - begin < 5
