"""What opening words say of a delivery is read as their samples say, in every language and in whatever form."""

from __future__ import annotations

import time
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from modori.knowledge import table
from modori.knowledge.check_reports import unproven
from modori.knowledge.report_words import KINDS, Words
from modori.parse import parse
from modori.parse.delays import is_delay, is_failure, plain_words
from modori.recognise import recognise
from tests.parse.letters import letter

FILES = sorted(Path(__file__).with_name("report_words").glob("*.toml"))
SAMPLES = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in FILES}  # by language: kind -> texts
EVERY = [(kind, text) for kinds in SAMPLES.values() for kind, texts in kinds.items() for text in texts]
NAMED = "\n\n<gone@dest.example.net>: the letter of 2 November\n"


def said(text: str) -> str:
    words = plain_words(text)
    return "delayed" if is_delay(words) else "failed" if is_failure(words) else "neither"


def told(text: str) -> str:
    """What the letter of some mail server is read as that begins so and names a recipient on a line."""
    head = (
        "From: MAILER-DAEMON@gateway.example.org\nTo: hana@shop.example.jp\nSubject: Your letter\n"
        "Content-Type: text/plain; charset=utf-8\n\n"
    )
    one = letter((head + text + NAMED).encode())
    found = parse(one, recognise(one))
    return "/".join(sorted({failure.action for failure in found.failures})) if found else "neither"


@pytest.mark.parametrize("language", SAMPLES)
def test_words_are_read_as_labelled(language: str) -> None:
    labelled = [(kind, text) for kind, texts in SAMPLES[language].items() for text in texts]
    assert [(kind, text) for kind, text in labelled if said(text) != kind] == []


@pytest.mark.parametrize("language", SAMPLES)
def test_letters_are_read_as_labelled(language: str) -> None:
    labelled = [(kind, text) for kind, texts in SAMPLES[language].items() for text in texts]
    assert [(kind, text) for kind, text in labelled if told(text) != kind] == []


def test_no_phrase_without_a_sample() -> None:
    assert unproven(EVERY) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_language_has_its_samples(kind: str) -> None:
    assert table("report_words")[kind].keys() == SAMPLES.keys()
    assert all(texts["neither"] for texts in SAMPLES.values())


CHANGES: dict[str, Callable[[str], str]] = {
    "folded lines": lambda text: text.replace(" ", "\r\n\t"),
    "margins": lambda text: f"  {text} \n",
    "characters taken apart": lambda text: unicodedata.normalize("NFD", text),
    "curly apostrophes": lambda text: text.replace("'", "\u2019"),
    "wide letters": lambda text: "".join(chr(ord(c) + 0xFEE0) if "a" <= c <= "z" else c for c in text),
    "capitals": lambda text: text.upper() if text.upper().lower() == text.lower() else text,  # not of "ß" and "ı"
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_form_of_a_text_does_not_matter(change: str) -> None:
    assert [(kind, text) for kind, text in EVERY if said(CHANGES[change](text)) != kind] == []


def test_what_is_late_has_not_failed_yet() -> None:
    assert said("Your message could not be delivered. It will be retried until it is 5 days old.") == "delayed"
    assert said("Your message could not be delivered. It will not be retried.") == "failed"


def test_a_gap_ends_with_its_clause() -> None:
    searched = Words(["nicht * zugestellt", "まだ*届いて"])
    for text in ("nicht zugestellt", "nicht an <x@dest.example> zugestellt", "まだ届いて", "まだ相手に届いて"):
        assert len(list(searched.found(text))) == 1, text
    for text in (
        "nicht da, zugestellt",
        "nicht da. zugestellt",
        "nicht " + "x" * 100 + " zugestellt",
        "まだです。届いて",
    ):
        assert list(searched.found(text)) == [], text


def test_words_are_whole() -> None:
    searched = Words(["не * доставить", "no * entreg"])
    assert list(searched.found("не удалось доставить")) == ["не * доставить"]
    assert list(searched.found("просили мне доставить")) == []
    assert list(searched.found("nos han entregado")) == []


def test_texts_that_repeat_beginnings_cost_little() -> None:
    begin = time.process_time()
    for text in ("could not " * 900, "message mail delivery " * 400, "не no non nicht pas " * 500, "届け" * 4000):
        assert not is_delay(plain_words(text))
        is_failure(plain_words(text))
    assert time.process_time() - begin < 1
