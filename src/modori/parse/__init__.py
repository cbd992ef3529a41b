"""What a report says: which recipients, what happened to each, and where the returned original lies.

Machine-readable parts come first (RFC 3464, RFC 5965, RFC 8098), then the texts that the dialects know, then the
general reader of plain words. Whatever yields no recipient is no report: None.
"""

from __future__ import annotations

from collections.abc import Sequence

from modori.octets import headers
from modori.octets.addresses import address, clean, domain_of
from modori.octets.dates import date
from modori.parse import readers
from modori.parse.anatomy import Anatomy
from modori.parse.dsn import Group, host
from modori.parse.lines import uniform
from modori.parse.original import original
from modori.parse.readers import Reading
from modori.types import Bounce, Letter

__all__ = ["original", "parse", "parse_all"]


Named = tuple[Letter, Sequence[str]]

_OWN_ENDINGS = (b"-queue-id", b"-sender")


def parse(letter: Letter, candidates: Sequence[str]) -> Bounce | None:
    """The report in this letter, read as the first candidate dialect that fits; None when it is no report."""
    return parse_all([(letter, candidates)])[0]


def parse_all(named: Sequence[Named]) -> list[Bounce | None]:
    """The same for a few letters with their candidates, step by step together: quicker, as in `pipeline.reading`."""
    quick = [readers.quick(letter, names) if names else None for letter, names in named]
    readings = [found or _thorough(one) for found, one in zip(quick, named, strict=True)]
    return [
        _bounce(letter, reading) if reading is not None and reading.failures else None
        for reading, (letter, _) in zip(readings, named, strict=True)
    ]


def _thorough(named: Named) -> Reading | None:
    letter, names = named
    return readers.read(Anatomy(uniform(letter)), names) if names else None


def _bounce(letter: Letter, reading: Reading) -> Bounce:
    at, raw, complete = reading.original
    message = reading.message
    told = {name: value for name, value in message.items() if name.endswith(_OWN_ENDINGS)}
    return Bounce(
        place=letter.place,
        dialect=reading.dialect,
        writer=_writer(letter, message),
        when=_when(letter),
        failures=tuple(reading.failures),
        original_at=at,
        original_raw=raw,
        original_complete=complete,
        queue_id=_ending(told, b"-queue-id"),
        envelope_sender=clean(_ending(told, b"-sender").rpartition(";")[2].encode()),
        arrival=date(message[b"arrival-date"]) if b"arrival-date" in message else None,
    )


def _ending(told: Group, name: bytes) -> str:
    """The field that Postfix calls X-Postfix-Queue-ID, and providers who run it under another name after theirs."""
    for field, value in told.items():
        if field.endswith(name):
            return headers.unfold(value[:1000]).decode("utf-8", "replace")
    return ""


def _writer(letter: Letter, message: Group) -> str:
    named = host(message.get(b"reporting-mta", b""))
    return named or domain_of(address(letter.head.get(b"from", b"")))


def _when(letter: Letter) -> float | None:
    """When it was written: its Date, else the stamp of the last server that handled it."""
    written = letter.head.get(b"date")
    moment = date(written) if written else None
    if moment is None and (line := letter.head.get(b"received")):
        moment = date(line.rpartition(b";")[2])
    return moment
