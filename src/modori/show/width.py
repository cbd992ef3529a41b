"""How wide text is on a terminal, and where it may be broken (Unicode TR 11 and TR 14, the part a report needs).

Japanese has no spaces: a line may be broken between any two characters, except that a line must not begin with a
closing mark or a small kana, nor end with an opening bracket (kinsoku). Latin and katakana words stay whole where they
fit.
"""

from __future__ import annotations

import re
import unicodedata

_NEVER_FIRST = frozenset(
    "、。，．・：；？！）」』】］｝〉》〕’”々〜…％,.:;?!)]}%ー"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
)
_NEVER_LAST = frozenset("（「『【［｛〈《〔‘“([{")
_PIECE = re.compile(r"[!-~\u00a1-\u02ff]+|[ァ-ヺー]{2,12}|\s+|[^!-~\u00a1-\u02ff\s]")


def columns(text: str) -> int:
    """Terminal columns: wide and full-width characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def pad(text: str, width: int) -> str:
    """`text` with spaces up to `width` columns."""
    return text + " " * max(0, width - columns(text))


def cut(text: str, width: int) -> str:
    """`text` in at most `width` columns, the loss marked."""
    if columns(text) <= width:
        return text
    kept, used = [], 1
    for char in text:
        used += _columns(char)
        if used > width:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def wrap(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """`text` in lines of at most `width` columns, the first begun with `first`, the others with `rest`."""
    hang = " " * columns(first) if rest is None else rest
    lines: list[str] = []
    line, used = first, columns(first)
    for piece in _pieces(text, max(8, width - columns(hang))):
        if used + columns(piece) > width and line.strip() != first.strip():
            lines.append(line.rstrip())
            line, used = hang, columns(hang)
            piece = piece.lstrip()
        line += piece
        used += columns(piece)
    lines.append(line.rstrip())
    return lines


def _pieces(text: str, most: int) -> list[str]:
    """Unbreakable pieces: Latin words, single Japanese characters with the marks that cling to them."""
    out: list[str] = []
    for piece in _PIECE.findall(text):
        clings = bool(out) and (piece[0] in _NEVER_FIRST or out[-1][-1] in _NEVER_LAST)
        if clings and columns(out[-1]) + columns(piece) <= most:
            out[-1] += piece
        else:
            out += [piece[i : i + most] for i in range(0, len(piece), most)]
    return out

