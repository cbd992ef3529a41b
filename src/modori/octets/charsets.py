"""Bytes to text: charsets as mail names them, encoded words (RFC 2047), and undeclared 8-bit text, Japanese first.

Nothing here raises: what cannot be decoded becomes U+FFFD, because a bounce must be readable whatever is in it.
"""

from __future__ import annotations

import re
from binascii import Error as BadBase64
from binascii import a2b_base64, a2b_qp
from codecs import lookup
from functools import lru_cache

GUESS_LIMIT = 4096  # bytes looked at when nobody says which charset it is

# What senders call them -> the superset that Python knows (vendor characters included).
_SUPERSETS = {
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "ms_kanji": "cp932", "eucjp": "euc_jp", "x-euc-jp": "euc_jp", "gb2312": "gb18030", "gbk": "gb18030",
    "big5": "big5hkscs", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "unicode-1-1-utf-7": "utf_7", "unicode-1-1-utf-8": "utf_8", "utf8": "utf_8", "win-1251": "cp1251",
}  # fmt: skip
_UNDECLARED = {"", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "unknown", "8bit", "binary", "default_charset"}
_WORD = re.compile(rb"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([BbQq])\?([^?]{0,2000})\?=")
_BETWEEN = re.compile(rb"(\?=)[ \t\r\n]+(?==\?)")
_SPACE = re.compile(rb"[ \t\r\n]+")
_ESCAPE = re.compile(rb"\x1b(\$@|\$B|\$\(D|\(B|\(J|\(I|\$\(Q|\$\(O)")
# Letters with the same byte in every charset of Europe's Latin scripts, and foreign letters side by side.
_LATIN = frozenset("ÁÂÄÇÉËÍÎÓÔÖÚÜßáâäçéëíîóôöúü".encode("latin-1"))
_RUN = re.compile(rb"[\x80-\xff]{2}")
_FOREIGN = re.compile(rb"[\x80-\xff]")
_DOUBLE, _KANA_MODE = (b"$B", b"$@"), b"(I"  # escapes to JIS X 0208, to half-width kana
_KANA = re.compile("[\u3041-\u30fe\u4e00-\u9fff\u3000-\u3002]")


def decode(data: bytes, charset: str = "") -> str:
    """`data` as text under the declared `charset`; guessed when it is undeclared or a lie."""
    if data.isascii() and b"\x1b" not in data and charset.lower() not in ("unicode-1-1-utf-7", "utf-7"):
        return data.decode("ascii")
    name = charset.strip().strip("\"'").lower()
    if name in _UNDECLARED:
        return guess(data)
    if name.startswith(("iso-2022-jp", "iso2022-jp", "csiso2022jp", "cp5022")):
        return _jis(data)
    try:
        return data.decode(_SUPERSETS.get(name, name))
    except UnicodeDecodeError:
        return guess(data) if _is_utf8(data) else data.decode(_SUPERSETS.get(name, name), "replace")
    except (LookupError, ValueError):
        return guess(data)


def guess(data: bytes) -> str:
    """Text of 8-bit bytes that nobody declared: JIS escapes, UTF-8, then Shift_JIS or EUC-JP, then whatever fits."""
    if b"\x1b$" in data or b"\x1b(" in data:
        return _jis(data)
    return _without_escapes(data)


def as_utf8(data: bytes) -> bytes:
    """The same text in UTF-8, its charset guessed once for all of it: for what holds thousands of values."""
    if b"\x1b$" in data or b"\x1b(" in data:
        return _jis(data).encode()
    foreign = _FOREIGN.search(data)
    if foreign is None:
        return data
    name = _likely(data[foreign.start() : foreign.start() + GUESS_LIMIT])
    return data if name == "utf-8" else data.decode(name, "replace").encode()


def _without_escapes(data: bytes) -> str:
    return data.decode("ascii") if data.isascii() else data.decode(_likely(data), "replace")


def _likely(data: bytes) -> str:
    """The charset of data that is not all ASCII."""
    if _is_utf8(data):
        return "utf-8"
    sample = data[:GUESS_LIMIT]
    if _is_latin(sample):
        return "cp1252"
    japanese = max(("euc_jp", "cp932"), key=lambda name: _japaneseness(sample, name))
    return japanese if _japaneseness(sample, japanese) > 0.5 else _statistical(sample)


@lru_cache(maxsize=256)
def words(value: bytes) -> str:
    """A header value as text: encoded words decoded, also those cut in the middle of a character or a line.

    Kept for a while: several stages ask for one letter's subject, and the letters of a flood share theirs.
    """
    if b"=?" not in value:
        return guess(_SPACE.sub(b" ", value)).strip()
    joined, out, at = _BETWEEN.sub(rb"\1", value), [], 0
    held, held_as = b"", ""  # neighbours of one charset are decoded together: senders split characters between words
    for found in _WORD.finditer(joined):
        between = joined[at : found.start()]
        charset = found[1].decode("ascii", "replace")
        if held and (between or charset.lower() != held_as.lower()):
            out.append(decode(held, held_as))
            held = b""
        if between:
            out.append(guess(_SPACE.sub(b" ", between)))
        held, held_as, at = held + _payload(found[2], found[3]), charset, found.end()
    if held:
        out.append(decode(held, held_as))
    out.append(guess(_SPACE.sub(b" ", joined[at:])))
    return "".join(out).strip()


def transfer(data: bytes, encoding: bytes) -> bytes:
    """`data` with its Content-Transfer-Encoding undone (RFC 2045 section 6); damaged base64 gives what it can."""
    encoding = encoding.strip().lower()
    if encoding == b"quoted-printable":
        return a2b_qp(data)
    if encoding == b"base64":
        return _base64(data)
    return data


def known(charset: str) -> bool:
    """True when Python can decode it."""
    try:
        lookup(charset)
    except (LookupError, ValueError):
        return False
    return True


def _payload(encoding: bytes, data: bytes) -> bytes:
    if encoding in b"Bb":
        return _base64(data)
    return a2b_qp(re.sub(rb"\r?\n[ \t]", b"", data), header=True)


def _base64(data: bytes) -> bytes:
    try:
        return a2b_base64(data)
    except BadBase64:
        pass
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", data)  # padding in the middle, stray characters, a cut end
    clean = clean[: len(clean) - (len(clean) % 4 == 1)]
    return a2b_base64(clean + b"=" * (-len(clean) % 4))


def _is_utf8(data: bytes) -> bool:
    try:
        data[:GUESS_LIMIT].decode("utf-8")
    except UnicodeDecodeError as wrong:
        return wrong.start > 0 and wrong.start >= min(len(data), GUESS_LIMIT) - 3  # only the cut end is broken
    return True


def _japaneseness(sample: bytes, name: str) -> float:
    """Share of the non-ASCII characters that are kana or common kanji when read as `name`; 0 when it does not fit."""
    text = sample.decode(name, "replace")
    foreign = [c for c in text if ord(c) > 127]
    broken = text.count("\ufffd")
    if not foreign or broken > 1 + len(foreign) // 20:
        return 0.0
    return len(_KANA.findall(text)) / len(foreign)


def _is_latin(sample: bytes) -> bool:
    """Only single letters of Latin scripts among ASCII: other scripts, and Japanese above all, write them in runs."""
    return not _RUN.search(sample) and _LATIN.issuperset(b"".join(_FOREIGN.findall(sample)))


def _statistical(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # slow to import, and hardly ever needed

    best = from_bytes(sample).best()
    return best.encoding if best is not None and known(best.encoding) else "cp1252"


def _jis(data: bytes) -> str:
    """ISO-2022-JP with everything that mailers put into it: half-width kana and vendor characters (CP50221)."""
    runs, mode, at = [], b"(B", 0
    for found in _ESCAPE.finditer(data):
        runs.append((data[at : found.start()], mode))
        mode, at = found[1], found.end()
    runs.append((data[at:], mode))
    strays = b"".join(run for run, mode in runs if mode not in _DOUBLE and mode != _KANA_MODE and not run.isascii())
    other = _likely(strays) if strays else "ascii"  # once: a hostile text has thousands of runs
    return "".join(_jis_run(run, mode, other) for run, mode in runs)


def _jis_run(run: bytes, mode: bytes, other: str) -> str:
    """One run; `other` is the charset of 8-bit characters outside JIS."""
    if mode == _KANA_MODE:
        return bytes(b | 0x80 if 0x21 <= b <= 0x5F else b for b in run).decode("cp932", "replace")
    if mode not in _DOUBLE:
        return run.decode(other, "replace")
    shifted = bytearray()
    for high, low in zip(run[::2], run[1::2], strict=False):  # JIS X 0208 rows to Shift_JIS
        if not (0x21 <= high <= 0x7E and 0x21 <= low <= 0x7E):
            shifted += b"?"
            continue
        lead = (high + 1) // 2 + (0x70 if high < 0x5F else 0xB0)
        tail = low + (0x1F if low < 0x60 else 0x20) if high & 1 else low + 0x7E
        shifted += bytes((lead, tail))
    return shifted.decode("cp932", "replace")
