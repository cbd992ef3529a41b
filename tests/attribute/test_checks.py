"""Keys, records and signatures are strangers' text: the checks answer, whatever it is."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from modori.attribute import dkimcheck
from modori.octets.senderpolicy import RESULTS, check_host

TAGS = st.dictionaries(st.sampled_from(["v", "a", "b", "bh", "c", "d", "s", "h", "i", "l", "t", "x", "q"]), st.text("abcXYZ019:/=+.@ -", max_size=12))


@settings(max_examples=150, deadline=None)
@given(TAGS, st.text(max_size=60), st.one_of(st.none(), st.binary(max_size=60)))
def test_any_signature_and_any_key(tags: dict[str, str], key: str, body: bytes | None) -> None:
    written = "; ".join(f"{tag}={text}" for tag, text in tags.items())
    head = f"From: <info@kitchen.example>\nDKIM-Signature: {written}\nSubject: x\n".encode()
    for record in (key, f"v=DKIM1; p={key}"):
        assert dkimcheck.check(head, body, 0, lambda name, kind, text=record: (text,)) in {"broken", "no-key"}


@settings(max_examples=150, deadline=None)
@given(st.text("ip4:include-all?~+a/mx redirect=%{i}.0123456789kitchen.example", max_size=60))
def test_any_record(text: str) -> None:
    def lookup(name: str, kind: str) -> tuple[str, ...]:
        return (f"v=spf1 {text}",) if kind == "TXT" else ()

    assert check_host(lookup, "203.0.113.9", "info@kitchen.example", "kitchen.example") in RESULTS


def test_a_withdrawn_key_is_none() -> None:
    head = b"From: <a@kitchen.example>\nDKIM-Signature: v=1; a=rsa-sha256; d=kitchen.example; s=s1; h=from; bh=x; b=y\n"
    assert dkimcheck.check(head, None, 0, lambda name, kind: ("v=DKIM1; p=",)) == "no-key"
    assert dkimcheck.check(head, None, 0, lambda name, kind: ()) == "no-key"
