"""One letter in plain words, safely: who wrote it, what happened to whom, what it returned, and what to do.

Nothing is opened, loaded or clicked: no HTML is rendered, attachments are only named, links are defused, and characters
that hide or reorder text are shown as what they are (`show/safe.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from modori.knowledge.bounce_senders import Provider, whose
from modori.octets.addresses import address
from modori.octets.charsets import words as decoded
from modori.octets.fold import fold
from modori.octets.headers import unfold
from modori.octets.mime import Part, leaves, media, param
from modori.show import safe
from modori.show.page import Page
from modori.show.words import Words
from modori.types import Bounce, Failure, Letter, Original

_MOST_FAILURES = 20
_MOST_FILES = 20
_MOST_LINES = 12
_MOST_READ = 400  # lines of a letter that is opened to be read
_LONG_LINE = 2000  # one paragraph of a program that breaks no lines
_BODY_REACH = 1 << 20
_QUOTE = 600
_REPORT_KINDS = (b"text/", b"message/", b"multipart/")
_NO_ERROR = frozenset({"delivered", "relayed", "expanded", "answered", "complaint"})


def letter(
    letter: Letter, bounce: Bounce | None, original: Original | None, lang: str, width: int = 80, wording: str = ""
) -> str:
    """The explanation in one language; `bounce` and `original` as parsed and explained, None when it is no report;
    `wording` is what the letter says."""
    page = Page(Words(lang), width)
    tell(page, letter, bounce, original, wording)
    return page.text()


def tell(
    page: Page,
    letter: Letter,
    bounce: Bounce | None,
    original: Original | None,
    wording: str,
    rescued: bool = False,
) -> None:
    """The same onto any page; of a letter that was `rescued` nobody asks whether it is an error report."""
    sender = address(letter.head.get(b"from", b""))
    provider = whose(sender)
    if not rescued:
        page.line(page.say(f"letter.what.{_kind(bounce)}"), style="bold")
    _writer(page, letter, bounce, provider)
    if bounce is None:
        _text(page, letter, wording)
    else:
        _failures(page, bounce, sender, provider)
        _returned(page, original)
    _files(page, letter)
    page.gap()
    page.line(page.say("letter.safe"), style="dim")


def _kind(bounce: Bounce | None) -> str:
    if bounce is None or not bounce.failures:
        return "ordinary"
    actions = {failure.action for failure in bounce.failures}
    return next((kind for kind in ("failed", "delayed", "complaint", "answered") if kind in actions), "delivered")


def _writer(page: Page, letter: Letter, bounce: Bounce | None, provider: Provider | None) -> None:
    page.heading("letter.head.writer")
    _field(page, "from", _header(letter, b"from"))
    _field(page, "subject", _header(letter, b"subject"))
    _field(page, "date", _header(letter, b"date"))
    if bounce is not None:
        _field(page, "server", bounce.writer)
    if provider is not None and bounce is not None:
        _field(page, "provider", provider.name[page.words.lang])
        page.line(page.say(f"providers.{provider.id}.about"), "  ")
    page.line(page.say("letter.forgeable"), "  ")
    if not page.verbose:
        page.line(page.say("letter.who"), "  ")


def _failures(page: Page, bounce: Bounce, sender: str, provider: Provider | None) -> None:
    page.heading("letter.head.failures", {"count": len(bounce.failures)})
    for failure in bounce.failures[:_MOST_FAILURES]:
        _failure(page, failure, sender, provider)
    if len(bounce.failures) > _MOST_FAILURES:
        page.line(page.say("letter.more", {"count": len(bounce.failures) - _MOST_FAILURES}), "  ")


def _failure(page: Page, failure: Failure, sender: str, provider: Provider | None) -> None:
    code = failure.reason.code if failure.reason else "undefined"
    page.gap()
    page.line(safe.line(failure.recipient) or page.say("letter.nobody"), "● ", style="bold")
    page.line(page.say(f"letter.action.{failure.action}", {"reason": page.say(f"reasons.{code}.name")}), "  ")
    page.line(page.say(f"reasons.{code}.meaning"), "  ")
    for meaning in _special(failure, sender, provider):
        page.line(page.say(meaning), "  ")
    page.line(page.say(f"reasons.{code}.do"), "  → ")
    _field(page, "codes", " ".join(filter(None, (str(failure.reply or ""), failure.status, failure.command))))
    _field(page, "remote", failure.remote_mta)
    _field(page, "words", safe.line(failure.diagnosis, _QUOTE))
    if failure.reason and failure.action not in _NO_ERROR:
        _field(page, "because", failure.reason.because)


def _special(failure: Failure, sender: str, provider: Provider | None) -> Iterator[str]:
    """Keys of what the writer, or the provider of the recipient, means by this sender or these words."""
    text = fold(failure.diagnosis)
    concerned = {p.id: p for p in (provider, whose(failure.recipient), whose(failure.remote_mta)) if p is not None}
    for known in concerned.values():
        yield from (f"providers.{known.id}.{meaning}" for meaning in known.meanings(sender.lower(), text))


def _returned(page: Page, original: Original | None) -> None:
    page.heading("letter.head.original")
    if original is None:
        page.line(page.say("letter.nothing_returned"), "  ")
        return
    _field(page, "from", original.sender)
    if original.recipients:
        _field(page, "to", page.words.fill("{to}", {"to": original.recipients}))
    _field(page, "subject", original.subject)
    _field(page, "date", original.date)
    page.line(page.say("letter.complete" if original.complete else "letter.headers_only"), "  ")
    if not page.verbose:  # else this is the page that tells
        page.line(page.say("letter.not_yours"), "  → ")


def _text(page: Page, letter: Letter, wording: str) -> None:
    """What it says: its beginning, or as much as one reads where there is room for it."""
    kinds = {_media(part) for part in _parts(letter)}
    most = _MOST_READ if page.verbose else _MOST_LINES
    shown = [line for line in map(_read, wording.split("\n")[: 10 * most]) if line]
    if shown:
        page.heading("letter.head.whole" if page.verbose else "letter.head.text")
    for line in shown[:most]:
        page.line(line, "  | ")
    if b"text/html" in kinds and b"text/plain" not in kinds:
        page.line(page.say("letter.html_only"), "  ", "dim")


def _read(line: str) -> str:
    return safe.line(line, _LONG_LINE)


def _files(page: Page, letter: Letter) -> None:
    files = [part for part in _parts(letter) if not _media(part).startswith(_REPORT_KINDS)]
    if not files:
        return
    page.heading("letter.head.files", {"count": len(files)})
    for part in files[:_MOST_FILES]:
        name = decoded(param(part.type, b"name")) or page.say("letter.nameless")
        page.line(f"{safe.line(name, 80)} ({safe.line(_media(part), 60)})", "  - ")
    page.line(page.say("letter.not_opened"), "  ")


def _parts(letter: Letter) -> Iterator[Part]:
    end = min(len(letter.raw), letter.body_at + _BODY_REACH)
    return leaves(letter.raw, letter.head.get(b"content-type", b""), letter.body_at, end)


def _media(part: Part) -> bytes:
    """Its media type, also that of a letter which is all one part."""
    return media(part.type) or b"text/plain"


def _header(letter: Letter, name: bytes) -> str:
    return decoded(unfold(letter.head.get(name, b"")[:2000]))


def _field(page: Page, key: str, value: str) -> None:
    if value:
        page.line(f"{page.say(f'letter.field.{key}')}: {safe.line(value, _QUOTE)}", "  ", rest="    ")
