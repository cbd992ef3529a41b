"""`make new-dialect NAME=some-server`: the two files that a new dialect needs, ready to be filled in."""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

_DIALECT = """\
name = "{name}"
grammar = "table"
source = "where its wording was seen or is documented"
date = "{today}"
checked = true  # false, and a source that begins with "general knowledge", when none was opened

# How it is known. certain: this mark alone proves it; likely; guess.
[marks.certain]
header = ["x-{name}-report"]

# How its text is laid out; every key is explained in src/modori/knowledge/dialect.py.
[[form]]
begin = 'could not be delivered'
recipient = '^<({{addr}})>'

original = ["--- The returned message follows"]
"""
_LETTER = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.net
To: hana@shop.example.jp
Subject: Undeliverable
Date: Mon, 02 Nov 2026 10:15:03 +0900
X-{title}-Report: failed

The message could not be delivered to:

<taro@dest.example.net>
550 5.1.1 User unknown

--- The returned message follows

From: Hana <hana@shop.example.jp>
To: taro@dest.example.net
Subject: Order 1
Message-ID: <20261102101458.0001@shop.example.jp>
"""
_EXPECTED = """\
dialect = "{name}"
writer = "mx.example.net"

[[failure]]
recipient = "taro@dest.example.net"
status = "5.1.1"
reply = 550
"""


def files(name: str, today: str) -> dict[Path, str]:
    """Path to contents."""
    samples = ROOT / "tests" / "parse" / "samples" / name
    return {
        ROOT / "src" / "modori" / "knowledge" / "dialects" / f"{name}.toml": _DIALECT.format(name=name, today=today),
        samples / "01.eml": _LETTER.format(title=name.title()),
        samples / "01.toml": _EXPECTED.format(name=name),
    }


def main(name: str) -> int:
    """Exit status: 2 when the name cannot be used."""
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,30}", name):
        print("a dialect's name has small letters, digits and hyphens", file=sys.stderr)
        return 2
    wanted = files(name, datetime.date.today().isoformat())
    if existing := [path for path in wanted if path.exists()]:
        print(f"there already: {existing[0].relative_to(ROOT)}", file=sys.stderr)
        return 2
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
    print("Now replace the letter by one that the software really writes (with example addresses), then: make test")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
