"""Files packed as a whole: .gz, .bz2, .xz. What they hold is read under their own name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from modori.read.inflate import bunzip, gunzip, unxz
from modori.read.item import Item, Reading
from modori.read.unpacked import Pieces, Section, Unpacked, buffered

Codec = Callable[[BinaryIO | Section], Pieces]

CODECS: dict[str, Codec] = {"gzip": gunzip, "bzip2": bunzip, "xz": unxz}
_SUFFIX = re.compile(r"\.(?:gz|bz2|xz)\Z", re.IGNORECASE)
_TAR_SUFFIX = re.compile(r"\.(?:tgz|tbz2?|txz)\Z", re.IGNORECASE)


def content(item: Item, stream: BinaryIO, reading: Reading, codec: Codec) -> Item:
    """What is packed in the file; `stream` is used up when the file cannot be opened again."""
    name = _TAR_SUFFIX.sub(".tar", _SUFFIX.sub("", item.name))
    opener = partial(_fresh, item, reading, codec) if item.again else partial(_unpacked, stream, item, reading, codec)
    return replace(item, name=name, open=opener, depth=item.depth + 1)


def _fresh(item: Item, reading: Reading, codec: Codec) -> BinaryIO:
    return _unpacked(item.open(), item, reading, codec)


def _unpacked(stream: BinaryIO, item: Item, reading: Reading, codec: Codec) -> BinaryIO:
    return buffered(Unpacked(codec(stream), partial(reading.once, label=item.label), reading.budget, stream))
