"""One 64-bit hash for identities that are only compared: the same in every process and on every machine."""

from __future__ import annotations

from hashlib import blake2b


def hash64(*parts: str | bytes) -> int:
    """BLAKE2b-64 of the parts, each closed by a NUL so that ("ab", "c") and ("a", "bc") differ."""
    whole = b"\0".join([*map(_bytes, parts), b""])
    return int.from_bytes(blake2b(whole, digest_size=8).digest(), "big")


def _bytes(part: str | bytes) -> bytes:
    return part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
