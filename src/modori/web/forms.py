"""What browsers send in forms, read within bounds, and kept in memory where it is a secret."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

_MOST_FIELDS = 20


class TooLarge(Exception):
    """More was sent than anybody means to send here."""


class _InMemory(MultiPartParser):
    """Files that hold every password of somebody are not spooled to disk; 0 means: never."""

    spool_max_size = 0


async def fields(request: Request) -> dict[str, str]:
    """A form without files; of a name that comes twice, the first."""
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS)
    return {name: str(form.getlist(name)[0]) for name in form}


async def secret_files(request: Request, most: int) -> FormData:
    """A form whose files stay in memory; TooLarge beyond `most` bytes, after reading (and forgetting) all of them."""
    parser = _InMemory(request.headers, _bounded(request, most), max_files=1, max_fields=_MOST_FIELDS)
    try:
        return await parser.parse()
    except (MultiPartException, KeyError):
        return FormData()


async def _bounded(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """A browser shows no answer before it has sent everything, so the rest is read too."""
    seen = 0
    async for piece in request.stream():
        seen += len(piece)
        if seen <= most:
            yield piece
    if seen > most:
        raise TooLarge


def number(text: str, least: int, most: int) -> int | None:
    """A whole number within bounds, else None."""
    found = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else -1
    return found if least <= found <= most else None


def existing(told: str) -> str:
    """The file or folder of this machine that somebody typed, written out; "" when there is none."""
    try:
        path = Path(told).expanduser()
        return str(path) if told and path.is_absolute() and path.exists() else ""
    except (OSError, RuntimeError, ValueError):  # a name too long, a home that nobody has, a NUL
        return ""
