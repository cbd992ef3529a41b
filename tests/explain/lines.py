"""The samples beside this file: lines of servers (samples/, by reason) and answers of providers (remotes/, by host)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from modori.types import Failure

HERE = Path(__file__).parent
_CODES = re.compile(r"(?:([245]\d\d)[ -])?#?([245]\.\d{1,3}\.\d{1,3})?")


class Sample(NamedTuple):
    """A failure and the reason it must be given; `remote` names the file of remotes/ it tries, if any."""

    failure: Failure
    reason: str
    remote: str = ""


def lines() -> Iterator[Sample]:
    """samples/<reason>.toml."""
    for file in sorted((HERE / "samples").glob("*.toml")):
        for text in tomllib.loads(file.read_text("utf-8"))["lines"]:
            yield Sample(failure(text), file.stem)


def answers() -> Iterator[Sample]:
    """remotes/<provider>.toml."""
    for file in sorted((HERE / "remotes").glob("*.toml")):
        data = tomllib.loads(file.read_text("utf-8"))
        for line in data["line"]:
            yield Sample(failure(line["text"], line.get("command", ""), data["host"]), line["reason"], file.stem)


def failure(text: str, command: str = "", host: str = "") -> Failure:
    """The failure as a parser would read it: the codes at the beginning of the text."""
    found = _CODES.match(text)
    reply, status = (int(found[1] or 0), found[2] or "") if found else (0, "")
    return Failure("taro@example.jp", status=status, reply=reply, command=command, diagnosis=text, remote_mta=host)
