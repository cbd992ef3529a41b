"""check --ask: what only the user knows, one short question at a time, while an answer would change something."""

from __future__ import annotations

import sys
from collections.abc import Callable

from modori.attribute.case import Lookup
from modori.errors import UsageError
from modori.ledger import Ledger
from modori.pipeline import Told, answer, conclude, pending
from modori.show.words import Words
from modori.types import Report


def ask(ledger: Ledger, told: Told, now: float, lang: str, lookup: Lookup | None = None) -> Report:
    """The report, after everything worth asking was asked."""
    words = Words(lang)
    report = conclude(ledger, told, now, lookup)
    asked: list[str] = []
    while (question := pending(ledger, told, now, report, asked, lookup)) is not None:
        if not asked:
            _write(words.say("questions.ui.intro") + "\n\n")
        asked.append(question)
        said = _answer(words, question)
        if said:
            answer(ledger, question, said)
            report = conclude(ledger, told, now, lookup)
    return report


def demand_terminal(lang: str, sources: list[str]) -> None:
    """Raise UsageError where nobody can be asked, before anything is read."""
    if "-" in sources or not sys.stdin.isatty():
        raise UsageError(Words(lang).say("questions.ui.needs-terminal"))


def _answer(words: Words, question: str, read: Callable[[], str] = input) -> str:
    """"yes", "no", or "" for: I do not know."""
    meanings = {spelt: value for value in ("yes", "no") for spelt in words.say(f"questions.ui.{value}").split(", ")}
    _write(f"{words.say(f'questions.ask.{question}')}\n{words.say('questions.ui.choices')} ")
    while True:
        try:
            said = read().strip().lower()
        except EOFError:  # Ctrl-D: no more answers, but the report is still wanted
            _write("\n")
            return ""
        if not said or said in meanings:
            return meanings.get(said, "")
        _write(words.say("questions.ui.again") + " ")


def _write(text: str) -> None:
    """To standard error: standard output is the report's."""
    sys.stderr.write(text)
    sys.stderr.flush()
