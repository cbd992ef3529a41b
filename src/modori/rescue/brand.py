"""Does a letter bear a name that phishing likes to put on, and come from somebody else? (knowledge/brands.toml)"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from modori.knowledge import table
from modori.octets.addresses import domain_of

_LONGEST = 60
_AROUND = "【】「」『』[]()<>\"'、。.・:|-_* "


def borrowed(name: str, sender: str) -> bool:
    """The name shown is exactly a brand's, and the address is not of its domains."""
    domains = _domains(name) if name else ()
    if not domains:
        return False
    host = domain_of(sender)
    return not any(host == domain or host.endswith(f".{domain}") for domain in domains)


@lru_cache(maxsize=4096)
def _domains(name: str) -> tuple[str, ...]:
    """The domains of the brand that the name is, () when it is none's: "Apple Tree Cafe" is not Apple's."""
    plain = normalize("NFKC", name[:_LONGEST]).lower().strip(_AROUND)
    brands, endings = _brands()
    while plain not in brands:
        ending = next((e for e in endings if plain.endswith(e) and len(plain) > len(e)), "")
        if not ending:
            return ()
        plain = plain.removesuffix(ending).strip(_AROUND)
    return brands[plain]


@lru_cache(maxsize=1)
def _brands() -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    data = table("brands")
    names = {
        normalize("NFKC", name).lower(): tuple(brand["domains"])
        for brand in data["brand"].values()
        for name in brand["names"]
    }
    return names, tuple(sorted((normalize("NFKC", e).lower() for e in data["endings"]), key=len, reverse=True))
