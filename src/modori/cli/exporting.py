"""One archive of an incident for a provider or an insurer: report, data, evidence list, drafts, and a digest of each.

The user's letters stay at home, and so do the names and subjects of those that were rescued or kept back by a sending
limit: the evidence list says where each examined letter is and its SHA-256, so that it can be proven later. The same
incident gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from modori.cli import console
from modori.show.draft import written
from modori.show.html import html as report_html
from modori.show.incident import text as incident_text
from modori.show.incident_json import incident_json
from modori.show.json import json as report_json
from modori.show.record import cell
from modori.show.text import text as report_text
from modori.show.words import Words
from modori.store import outcome
from modori.types import Incident, Place, Report
from modori.version import __version__

_WIDTH = 80


def write(incident: Incident, file: str, lang: str) -> int:
    """The archive, whole or not at all; how many files are in it."""
    found = dict(files(_public(incident), lang))
    found["SHA256SUMS"] = "".join(f"{hashlib.sha256(b).hexdigest()}  {n}\n" for n, b in found.items()).encode()
    with console.output(file) as target, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(_entry(name, incident.updated), content)
    return len(found)


def files(incident: Incident, lang: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file but the digests."""
    yield "README.txt", _readme(incident, lang).encode()
    stands = outcome(incident, incident.updated)
    for tongue in console.LANGUAGES:
        yield f"incident.{tongue}.txt", incident_text(incident, tongue, stands, _WIDTH).encode()
    yield "incident.json", incident_json(incident, __version__)
    if incident.report is not None:
        yield from _report(incident, incident.report, lang)


def _public(incident: Incident) -> Incident:
    """Without what concerns nobody but the user: who writes to them and to whom they write, and about what."""
    if incident.report is None:
        return incident
    return replace(incident, report=replace(incident.report, rescue=(), unsent=()))


def _report(incident: Incident, report: Report, lang: str) -> Iterator[tuple[str, bytes]]:
    for tongue in console.LANGUAGES:
        yield f"report.{tongue}.txt", report_text(report, tongue, _WIDTH, verbose=True).encode()
        yield f"report.{tongue}.html", report_html(report, tongue)
    yield "report.json", report_json(report, __version__)
    yield "evidence.csv", evidence(incident, report)
    for draft in report.plan.drafts:
        letter = written(report, draft, lang)
        yield f"drafts/{draft.id}.txt", f"{letter.subject}\n\n{letter.body}".encode()


def evidence(incident: Incident, report: Report) -> bytes:
    """RFC 4180: what each sign rests on, where it is, the line itself, and the digest of the letter or file."""
    digests = {proof.place: proof.sha256 for proof in incident.proofs}
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(("sign", "source", "offset", "length", "line", "sha256", "quote"))
    signs = [*report.verdict.signs, *(s for c in report.campaigns for s in c.signs)]
    seen = dict.fromkeys((sign.id, at) for sign in signs for at in sign.places)
    for identity, at in seen:
        digest = digests.get(at) or digests.get(Place(at.source), "")
        values = (identity, at.source, at.offset, at.length, at.line or "", digest, report.quotes.get(at, ""))
        rows.writerow(cell(value) for value in values)
    return out.getvalue().encode("utf-8", "replace")


def _readme(incident: Incident, lang: str) -> str:
    words = Words(lang)
    told = {"version": __version__, "when": incident.updated, "id": incident.id}
    lines = {
        "report.ja.txt, report.en.txt": "report",
        "report.ja.html, report.en.html": "page",
        "incident.json, report.json": "data",
        "evidence.csv": "evidence",
        "drafts/": "drafts",
        "SHA256SUMS": "sums",
    }
    listed = [f"  {name}\n      {words.say(f'incident.export.{key}')}" for name, key in lines.items()]
    head = [words.say("incident.export.readme"), "", *listed, ""]
    return "\n".join([*head, words.say("incident.export.about", told), words.say("incident.export.private"), ""])


def _entry(name: str, when: float) -> zipfile.ZipInfo:
    stamp = time.gmtime(max(when, 315_532_800.0))  # zip begins in 1980
    entry = zipfile.ZipInfo(name, stamp[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
