"""From an mbox to JSON lines: Modori beside the parsers that people use for this now, on the same mails in one run.

`python -m bench.throughput [FOLDER]`: the mails of FOLDER instead of the project's own. What each program finds is
shown too, for a parser that skips the work is fast.
"""

from __future__ import annotations

import json
import mailbox
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path

import fast_mail_parser
import msgspec
from flufl.bounce import all_failures

from bench import mails, page
from modori import read
from modori.pipeline import parse_letter
from modori.show import record
from modori.types import Letter

COUNT = 20_000
ROUNDS = 2


def modori(box: Path, out: Path) -> int:
    """Every failed recipient with dialect, status, reply, diagnosis, reason and the returned letter's headers."""
    encode, written = msgspec.json.Encoder().encode, 0
    with out.open("wb") as target:
        for item in read.read([str(box)], lambda problem: None):
            reading = parse_letter(item) if isinstance(item, Letter) else None
            for line in record.records(reading.bounce, reading.original) if reading else ():
                target.write(encode(line) + b"\n")
                written += 1
    return written


def flufl_bounce(box: Path, out: Path) -> int:
    """Addresses that failed for good or for now; no reasons."""
    written = 0
    with out.open("w") as target:
        for letter in _letters(box):
            temporary, permanent = all_failures(message_from_bytes(letter))
            for address in (*temporary, *permanent):
                target.write(json.dumps({"recipient": address.decode(errors="replace")}) + "\n")
                written += 1
    return written


def stdlib_email(box: Path, out: Path) -> int:
    """The fields of the delivery-status part, where there is one; no plain-text bounces, no reasons."""
    written = 0
    with out.open("w") as target:
        for letter in _letters(box):
            for part in message_from_bytes(letter, policy=policy.default).walk():
                if part.get_content_type() == "message/delivery-status":
                    groups = [group for group in part.iter_parts() if "Final-Recipient" in group]
                    lines = [json.dumps({name: str(value) for name, value in group.items()}) for group in groups]
                    target.writelines(line + "\n" for line in lines)
                    written += len(lines)
    return written


def fast_mail(box: Path, out: Path) -> int:
    """Parts and headers only: it does not read bounces, and its records are letters."""
    written = 0
    with out.open("w") as target:
        for letter in _letters(box):
            try:
                parsed = fast_mail_parser.parse_email(letter)
            except fast_mail_parser.ParseError:
                continue
            target.write(json.dumps({"subject": parsed.subject, "date": parsed.date}) + "\n")
            written += 1
    return written


def _letters(box: Path) -> Iterator[bytes]:
    """The letters of an mbox as the standard library gives them."""
    whole = mailbox.mbox(box, create=False)
    for key in whole.iterkeys():
        yield whole.get_bytes(key)


PROGRAMS: dict[str, Callable[[Path, Path], int]] = {
    "Modori": modori,
    "stdlib email": stdlib_email,
    "flufl.bounce": flufl_bounce,
    "fast-mail-parser": fast_mail,
}


def main() -> None:
    """Measure, and write the table."""
    letters = mails.folder(Path(sys.argv[1])) if len(sys.argv) > 1 else mails.bounces() + mails.everyday()
    with tempfile.TemporaryDirectory() as scratch:
        box, out = Path(scratch) / "mails.mbox", Path(scratch) / "records.jsonl"
        count = mails.write_mbox(box, letters, count=COUNT)
        seconds, found = {}, {}
        for name, program in PROGRAMS.items():
            seconds[name], found[name] = _best(program, box, out)
    base = seconds["Modori"] / count
    rows = [
        (name, f"{seconds[name] / count / base:.1f}", found[name], (PROGRAMS[name].__doc__ or "").splitlines()[0])
        for name in PROGRAMS
    ]
    head = ("program", "time, Modori = 1", "records", "what it finds")
    page.write("Throughput", f"{count:,} mails, mbox to JSON lines, one process.\n\n{page.table(head, rows)}")


def _best(program: Callable[[Path, Path], int], box: Path, out: Path) -> tuple[float, int]:
    best, found = float("inf"), 0
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        found = program(box, out)
        best = min(best, time.perf_counter() - begin)
    return best, found


if __name__ == "__main__":
    main()
