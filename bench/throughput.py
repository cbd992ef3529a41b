"""From an mbox to JSON lines: Modori beside the parsers that people use for this now, on the same mails in one run.

`python -m bench.throughput [FOLDER]`: the mails of FOLDER instead of the project's own. What each program finds is
shown too, for a parser that skips the work is fast. Reports and ordinary letters are measured apart, because most
mailboxes hold mostly the latter; and Modori a second time with its answers to earlier mails forgotten before every
mail, because repeated mails flatter whoever remembers. Programs take turns, and processor time is what counts: a
neighbour on the machine then disturbs all of them alike.
"""

from __future__ import annotations

import json
import logging
import mailbox
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from statistics import median

import fast_mail_parser
import msgspec
from flufl.bounce import scan_message

from bench import mails, page
from modori import explain, read, recognise
from modori.octets import charsets, dates
from modori.parse import dsn, plain, smtp
from modori.pipeline import parse_letter, parse_letters
from modori.show import record
from modori.types import Letter

COUNT = 4_000
ROUNDS = 5
REMEMBERED = (
    charsets.words, dates._midnight, dsn.host, explain._decided, plain._paragraphs, recognise._candidates,
    smtp._figures,
)  # fmt: skip


def modori(box: Path, out: Path) -> int:
    """Every failed recipient with dialect, status, reply, diagnosis, reason and the returned letter's headers."""
    encode, written = msgspec.json.Encoder().encode, 0
    with out.open("wb") as target:
        items = read.read([str(box)], lambda problem: None)
        for reading in parse_letters(item for item in items if isinstance(item, Letter)):
            for line in record.records(reading.bounce, reading.original):
                target.write(encode(line) + b"\n")
                written += 1
    return written


def forgetful(box: Path, out: Path) -> int:
    """The same letter by letter, nothing remembered from one mail to the next."""
    encode, written = msgspec.json.Encoder().encode, 0
    with out.open("wb") as target:
        for item in read.read([str(box)], lambda problem: None):
            for remembered in REMEMBERED:
                remembered.cache_clear()
            reading = parse_letter(item) if isinstance(item, Letter) else None
            for line in record.records(reading.bounce, reading.original) if reading else ():
                target.write(encode(line) + b"\n")
                written += 1
    return written


def flufl_bounce(box: Path, out: Path) -> int:
    """Addresses that failed for good; no reasons."""
    written = 0
    with out.open("w") as target:
        for letter in _letters(box):
            try:
                addresses = scan_message(message_from_bytes(letter))
            except Exception:  # some mails break one of its detectors; its time counts, its mail is lost
                continue
            for address in addresses:
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
    "Modori, forgetful": forgetful,
    "stdlib email": stdlib_email,
    "flufl.bounce": flufl_bounce,
    "fast-mail-parser": fast_mail,
}


def main() -> None:
    """Measure, and write the table."""
    logging.disable(logging.CRITICAL)  # of detectors that fail
    reports = mails.folder(Path(sys.argv[1])) if len(sys.argv) > 1 else mails.bounces()
    tables = [_measured("Reports", reports), _measured("Ordinary letters and reports", mails.everyday())]
    head = f"{ROUNDS} x {COUNT:,} mails each, mbox to JSON lines, one process, processor time."
    page.write("Throughput", "\n\n".join([head, *tables]))


def _measured(title: str, letters: list[bytes]) -> str:
    """One table: every program on the same mails."""
    with tempfile.TemporaryDirectory() as scratch:
        box, out = Path(scratch) / "mails.mbox", Path(scratch) / "records.jsonl"
        mails.write_mbox(box, letters, count=COUNT)
        took: dict[str, list[float]] = {name: [] for name in PROGRAMS}
        found: dict[str, int] = {}
        for _ in range(ROUNDS):
            for name, program in PROGRAMS.items():
                begin = time.process_time()
                found[name] = program(box, out)
                took[name].append(time.process_time() - begin)
    base = median(took["Modori"])
    rows = [
        (name, f"{median(took[name]) / base:.1f}", found[name], (PROGRAMS[name].__doc__ or "").splitlines()[0])
        for name in PROGRAMS
    ]
    return f"{title}:\n\n{page.table(('program', 'time, Modori = 1', 'records', 'what it finds'), rows)}"


if __name__ == "__main__":
    main()
