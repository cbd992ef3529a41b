"""What every command shares: language, output, one-line problems, progress on a terminal, dates of options."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import BinaryIO, TextIO

from modori.errors import UsageError
from modori.show import safe
from modori.show.words import Words
from modori.types import Problem

LANGUAGES = ("ja", "en")


def language(asked: str) -> str:
    """The language asked for, else the locale's, else English."""
    if asked:
        if asked not in LANGUAGES:
            raise UsageError(f"--lang {asked}: use ja or en")
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "ja" if value.lower().startswith("ja") else "en"
    return "en"


def moment(text: str, option: str) -> float | None:
    """Epoch seconds of an option's date, in the machine's own zone unless it names one; None for ""."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).astimezone().timestamp()
    except ValueError:
        raise UsageError(f"{option} {text}: write a date such as 2026-05-03 or 2026-05-03T14:00") from None


def width() -> int:
    """Columns to write in: the terminal's, within what reads well."""
    return max(40, min(100, shutil.get_terminal_size((80, 24)).columns))


def say(problem: Problem, lang: str) -> str:
    """One line about a problem: which source, what is wrong, what to do."""
    words = Words(lang)
    name = safe.line(problem.place.source or "-", 200)
    return f"modori: {name}: {words.say(f'problems.{problem.id}', {'source': name, **problem.params})}"


@contextmanager
def output(path: str) -> Iterator[BinaryIO]:
    """The file of --out, or standard output. A file appears whole or not at all."""
    if not path:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if os.path.exists(path) and not os.path.isfile(path):  # a device or a pipe: nothing to replace
        try:
            with open(path, "wb") as stream:
                yield stream
        except OSError as wrong:
            raise UsageError(f"--out {path}: {wrong.strerror}") from wrong
        return
    temporary = f"{path}.{os.getpid()}.part"
    try:
        with open(temporary, "wb") as file:
            yield file
        os.replace(temporary, path)
    except OSError as wrong:
        raise UsageError(f"--out {path}: {wrong.strerror}") from wrong
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)


def bar(quiet: bool, lang: str, stream: TextIO | None = None) -> Callable[[int, int], None] | None:
    """A progress line on standard error, only on a terminal; None when it must not be shown."""
    target = stream or sys.stderr
    if quiet or not target.isatty():
        return None
    label = "読んでいます" if lang == "ja" else "reading"
    last = [-1]

    def show(done: int, total: int) -> None:
        share = int(100 * done / total) if total else 0
        if share != last[0]:
            last[0] = share
            filled = "█" * (share // 4)
            target.write(f"\r{label} {filled:<25} {share:3d}%")
            if share >= 100:
                target.write("\r\x1b[K")
            target.flush()

    return show
