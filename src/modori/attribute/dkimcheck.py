"""Is a DKIM signature valid (RFC 6376), for whole letters and for those that came back without their text?

dkimpy does the whole. For a returned head alone its verifier runs without the one step that needs the text, the body
hash: the signature still covers the chosen header fields, and the bh= tag itself. Keys come from a lookup function.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal

from modori.octets.headers import fields

Lookup = Callable[[str, str], tuple[str, ...]]
Result = Literal["valid", "broken", "no-key"]

_MOST = 3  # signatures tried on one letter


@lru_cache(maxsize=1)
def _verifier() -> Any:
    import dkim  # 100 ms, and only when there is a key to be had

    class HeadVerifier(dkim.DKIM):  # type: ignore[misc]  # dkimpy has no types
        """dkimpy's verifier; without a text to hash it leaves the body hash out."""

        def verify_sig_process(self, sig: Any, *rest: Any) -> Any:
            if self.body is None:
                sig = {tag: value for tag, value in sig.items() if tag not in (b"bh", b"l")}
            return super().verify_sig_process(sig, *rest)

    return HeadVerifier


def domains(head: bytes) -> list[str]:
    """The d= of each signature, from the top down."""
    return [tags.get(b"d", b"").decode("latin-1").lower() for tags in signatures(head)]


def signatures(head: bytes) -> list[dict[bytes, bytes]]:
    """The tags of each DKIM-Signature field (RFC 6376 section 3.5), without white space."""
    found = []
    for name, value in fields(head):
        if name.lower() == b"dkim-signature":
            pairs = (part.partition(b"=")[::2] for part in value[:8192].split(b";"))
            found.append({tag.strip(): b"".join(text.split()) for tag, text in pairs})
    return found


def check(head: bytes, body: bytes | None, number: int, lookup: Lookup) -> Result:
    """Signature `number` of the letter; `body` None when it was not returned, or not whole."""
    if number >= _MOST:
        return "no-key"
    tags = signatures(head)[number]
    name = f"{tags.get(b's', b'').decode('latin-1')}._domainkey.{tags.get(b'd', b'').decode('latin-1')}"
    key = next((text for text in lookup(name.lower(), "TXT") if "p=" in text), "")
    if not key or not key.split("p=", 1)[1].strip(" ;"):
        return "no-key"  # none published, or withdrawn
    try:
        letter = head + b"\r\n" + (body or b"")
        verifier = _verifier()(letter, timeout=1)
        if body is None:
            verifier.body = None
        valid = verifier.verify(idx=number, dnsfunc=lambda *_, **__: key.encode("latin-1", "replace"))
    except Exception:  # the letter and the key are strangers' bytes, and dkimpy raises more than its own errors on them
        return "broken"
    return "valid" if valid else "broken"
