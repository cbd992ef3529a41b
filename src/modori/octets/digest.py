"""One 64-bit hash for identities that are only compared: the same in every process and on every machine."""

from __future__ import annotations

from hashlib import blake2b


def hash64(*parts: str | bytes) -> int:
    """BLAKE2b-64 of the parts, each closed by a NUL so that ("ab", "c") and ("a", "bc") differ."""
    digest = blake2b(digest_size=8)
    for part in parts:
        digest.update(part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part)
        digest.update(b"\0")
    return int.from_bytes(digest.digest(), "big")
