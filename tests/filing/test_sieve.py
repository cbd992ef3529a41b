"""A filter goes into a script behind its `require`s, whatever these look like, and comes out again without a trace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modori.filing import sieve

RULES = '# Made by Modori\nrequire ["envelope", "body", "fileinto"];\n\nif true {\n    stop;\n}\n'
MARK = "0" * 16


def block(script: str) -> list[str]:
    lines = sieve.joined(script, RULES, MARK).splitlines()
    return lines[lines.index(f"# >>> Modori {MARK}") : lines.index("# <<< Modori") + 1]


@pytest.mark.parametrize(
    ("own", "required"),
    [
        ("keep;\n", 'require ["body", "envelope", "fileinto"];'),
        ("", 'require ["body", "envelope", "fileinto"];'),
        ('require "fileinto";\nkeep;\n', 'require ["body", "envelope"];'),
        ('REQUIRE [ "fileinto" ,\n "body"\n];\nkeep;\n', 'require ["envelope"];'),
        ('/* require "x"; */ require "body"; require "envelope";\nkeep;\n', 'require ["fileinto"];'),
        ('require ["envelope", "body", "fileinto", "vacation"];\nkeep;\n', ""),
        ('# require "body";\nkeep; require "fileinto";\n', 'require ["body", "envelope", "fileinto"];'),
    ],
)
def test_only_what_is_missing_is_required(own: str, required: str) -> None:
    assert block(own)[2] == required


@pytest.mark.parametrize(
    ("own", "before"),
    [
        ('require "body";\nkeep;\n', 'require "body";\n'),
        ('require "body";  # why; not\n\nkeep;\n', 'require "body";  # why; not\n'),
        ('require "body"; keep;\n', 'require "body";\n'),
        ('require "a;\\"]b";\nkeep;\n', 'require "a;\\"]b";\n'),
        ('# first\n\nif true { require "body"; }\n', ""),
        ('require "body', ""),
        ("require text:\nbody\n.\n;\nkeep;\n", ""),
    ],
)
def test_it_stands_right_behind_the_last_require(own: str, before: str) -> None:
    assert sieve.joined(own, RULES, MARK).partition("# >>>")[0] == before


PIECE = st.sampled_from(
    [
        "# a note\n",
        "/* a\nnote */\n",
        'require "fileinto";\n',
        'require ["a", "b"]; # c\n',
        "\n",
        "keep;\n",
        "if true {\n}\n",
    ]
)


@given(st.lists(PIECE).map("".join))
def test_taken_out_again_nothing_of_it_is_left(own: str) -> None:
    assert sieve.apart(sieve.joined(own, RULES, sieve.mark(own))) == (own, sieve.mark(own))


@given(st.text())
def test_any_text_can_be_taken_apart_again(own: str) -> None:
    rest, mark = sieve.apart(sieve.joined(own, RULES, MARK))
    assert mark == MARK
    assert rest.replace("\n", "") == own.replace("\n", "")


def test_a_script_without_a_filter_is_left_alone() -> None:
    assert sieve.apart("keep;\n") == ("keep;\n", "")
