"""One Received field to a Hop (RFC 5321 section 4.4), in the forms that real servers write.

    Postfix    from HELO (RDNS [IP]) (Authenticated sender: USER) by HOST (Postfix) with ESMTPSA id Q for <R>; DATE
    Exim       from RDNS ([IP]:PORT helo=HELO) by HOST with esmtpsa (TLS1.3) tls ... (Exim 4.96) id Q for R; DATE
    sendmail   from HELO (RDNS [IP] (may be forged)) (authenticated bits=0) by HOST (8.16.1/8.16.1) with ESMTPSA id Q
    qmail      (qmail 123 invoked by uid 1001); DATE      from RDNS (HELO H) (USER@IP) by HOST with SMTP; DATE
    OpenSMTPD  from HELO (RDNS [IP]) by HOST (OpenSMTPD) with ESMTPSA id Q (TLS..) auth=yes user=USER for <R>; DATE
    Courier    from HELO (RDNS [::ffff:IP]) (AUTH: LOGIN USER, TLS: ...) by HOST with ESMTPSA id Q
    Exchange   from NAME (IP) by NAME (IP) with Microsoft SMTP Server id ...

Only the middle and the end of the field are the server's own words. What the client called itself (HELO) stands first
and may hold anything, even " (Authenticated sender: you) by your.server with ESMTPSA": Postfix joins all words after
HELO. So the first physical line gives the client and nothing else; AUTH marks and the `by` clause are read from the
lines after it, which no client can write. The scan is one hand-written pass, at most 4 KiB, nothing can backtrack.
What the line says is not believed here: `zone` decides whose lines count.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from functools import lru_cache

from modori.octets.addresses import is_ip
from modori.octets.dates import date
from modori.octets.headers import unfold
from modori.types import Hop

_LIMIT = 4096
_KEYWORDS = {"from", "by", "with", "id", "for", "via"}
_IP = re.compile(r"\[(?:IPv6:|::ffff:)?([0-9A-Fa-f:.]{3,45})\]|(?<![\w.])((?:\d{1,3}\.){3}\d{1,3})(?![\w.])")
# RFC 3848: the A means AUTH was used. Exchange hands in over MAPI what a user who logged in has written.
_AUTH_ESMTP = re.compile(r"(?:(?:U?E?SMTP|LMTP|HTTP)S?A|MAPI)\Z", re.IGNORECASE)
_SENDER = re.compile(r"authenticated[ _](?:sender|user|as|id)[:=]?\s*([^\s,()]{1,255})", re.IGNORECASE)
_COURIER_AUTH = re.compile(r"AUTH:\s*\S{1,32}\s+([^\s,()]{1,255})")
_UID = re.compile(r"(?:from userid|invoked by uid|\(uid|^uid)\s*(\d{1,10})", re.IGNORECASE)
_SUBMITTER = re.compile(r"\(from ([^\s@()]{1,64})@")
_HELO = re.compile(r"(?:helo[= ]|HELO |EHLO )\s*([^\s()]{1,255})")
_USER = re.compile(r"\buser=([^\s()]{1,255})")


@lru_cache(maxsize=8192)
def hop(field: bytes) -> Hop:
    """The Hop one (folded) Received value describes; every part that it does not name is empty."""
    client, middle, server = _parts(field[:_LIMIT])
    server, semicolon, stamp = server.rpartition(";") if ";" in server else (server, "", "")
    clauses, notes = _clauses(server)
    host, helo, ip, verified = _source(client, any("Exim" in note for note in notes))
    protocol = clauses.get("with", "").split(" ", 1)[0]
    account = _account(middle, server, client)
    uid = _found(_UID, server.split(" for ", 1)[0]) or ("" if host or ip else _found(_UID, client))
    if protocol.lower() == "local" and not uid:  # Exim names the Unix user: from www-data by host with local
        uid, helo = helo, ""
    submitted = any("/Submit" in note for note in notes)
    if submitted and not uid:  # sendmail: (from www@localhost) by host (8.17/8.17/Submit)
        uid = _found(_SUBMITTER, client)
    on_the_spot = "[local]" in client and not ip  # OpenSMTPD; where an address stands too, it is the client's HELO
    local = bool(uid) or submitted or on_the_spot or protocol.lower() == "local"
    return Hop(
        by=_host(clauses.get("by", "")),
        source_host=host,
        source_helo=helo,
        source_ip=ip,
        protocol="local" if local else protocol.upper(),
        queue_id=clauses.get("id", "").split(" ", 1)[0].strip("<>();,"),
        account=account,
        uid=uid,
        recipient=clauses.get("for", "").split(" ", 1)[0].strip("<>;,").lower(),
        when=date(stamp.encode()) if semicolon else None,
        authenticated=not local  # OpenSMTPD writes ESMTPA for what a program hands in, too
        and (bool(account) or bool(_AUTH_ESMTP.match(protocol)) or "authenticated bits=" in middle),
        local=local,
        verified=verified,
        text=field[:_LIMIT],
    )


def _parts(field: bytes) -> tuple[str, str, str]:
    """(what names the client, what stands between, from `by` on): by physical lines, else by the last " by "."""
    lines = [line.strip().decode("utf-8", "replace") for line in field.splitlines() if line.strip()]
    text = unfold(field).decode("utf-8", "replace")
    if not lines or not text.startswith(("from ", "(from ")):
        return "", "", text
    for number, line in enumerate(lines[1:], 1):
        if line.startswith("by ") or " by " in f" {_outside(line)} ":
            before, by, after = line.partition("by ") if line.startswith("by ") else line.partition(" by ")
            middle = [*lines[1:number], before]
            return lines[0], " ".join(middle), " ".join([by.strip() + " " + after, *lines[number + 1 :]])
    plain = _outside(text)
    at = plain.rfind(" by ")
    if at < 0:
        return text, "", ""
    close = text.find(")", text.find("["))
    if 0 <= close < at:
        return text[: close + 1], text[close + 1 : at], text[at + 1 :]
    return text[:at], "", text[at + 1 :]


def _outside(text: str) -> str:
    """The text with everything inside comments blanked out, same length."""
    out, depth = [], 0
    for char in text:
        depth += char == "("
        out.append(" " if depth else char)
        depth -= char == ")" and depth > 0
    return "".join(out)


def _clauses(body: str) -> tuple[dict[str, str], list[str]]:
    """The words after each keyword (its first use counts: what follows `for` is the client's), and the comments."""
    words: dict[str, list[str]] = {}
    comments: list[str] = []
    clause = ""
    for kind, token in _tokens(body):
        if kind == "comment":
            comments.append(token)
        elif token.lower() in _KEYWORDS and token.lower() not in words:
            clause = token.lower()
            words[clause] = []
        else:
            words.setdefault(clause, []).append(token)
    return {key: " ".join(value) for key, value in words.items()}, comments


def _tokens(body: str) -> Iterator[tuple[str, str]]:
    depth, begin = 0, 0
    for at, char in enumerate(body):
        if char == "(" and (depth or at == begin or body[at - 1] in " \t)"):
            if depth == 0:
                yield from (("word", w) for w in body[begin:at].split())
                begin = at + 1
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            if depth == 0:
                yield "comment", body[begin:at]
                begin = at + 1
    tail = body[begin:]
    if depth:
        yield "comment", tail
    else:
        yield from (("word", w) for w in tail.split())


def _source(client: str, exim: bool) -> tuple[str, str, str, bool]:
    """(host, HELO, address, whether the receiver confirmed the name) of the client's line.

    The address is in the last comment that holds one, since a HELO may bring comments of its own but comes first.
    "NAME ([address])" means two things: Exim puts there what it looked up both ways, and the HELO only when that
    failed; sendmail, Courier and Gmail always put the HELO there, and leave the looked-up name out when there is none.
    """
    tokens = list(_tokens(client))
    name = next((t for kind, t in tokens if kind == "word" and t.lower() not in {"from", "(from"}), "")
    comments = [t for kind, t in tokens if kind == "comment"]
    holder = next((c for c in reversed(comments) if _IP.search(c) or _bare6(c)), "")
    found = _last_ip(holder) or _last_ip(name)
    ip = (found[1] or found[2]).lower() if found else _bare6(holder)
    helo = next((_found(_HELO, c) for c in comments if _HELO.search(c)), "").lower()
    if not holder:
        return "", helo or _host(name), ip, False
    if holder.startswith("["):
        named = _host(name) if exim and not name.startswith("[") else ""
        return named, helo or named or _host(name), ip, bool(named)
    if helo or _bare(holder):  # qmail and its clones: the PTR name, not confirmed; Exchange: the HELO
        return _host(name), helo or _host(name), ip, False
    before = holder[: found.start()] if found else holder
    rdns = _host(before.rpartition("(")[2].strip())  # an unclosed "(" in the HELO must not hide the real name
    confirmed = bool(rdns) and "may be forged" not in holder
    return (rdns if confirmed else ""), _host(name), ip, confirmed


def _bare6(comment: str) -> str:
    """An IPv6 address that fills the comment (Exchange writes it so), else ""."""
    text = comment.strip()
    return text.lower() if text.count(":") >= 2 and all(c in "0123456789abcdefABCDEF:." for c in text) else ""


def _last_ip(text: str) -> re.Match[str] | None:
    return deque(_IP.finditer(text), maxlen=1).pop() if _IP.search(text) else None


def _bare(comment: str) -> bool:
    """Only an address, or user@address, stands in the comment."""
    if _bare6(comment):
        return True
    found = _IP.search(comment)
    return found is not None and found[1] is None and comment.rpartition("@")[2].strip() == found[2]


def _host(word: str) -> str:
    word = word.split(" ", 1)[0].strip("<>()[];,").rstrip(".").lower()
    return "" if word in {"unknown", "localhost.localdomain", "may"} or is_ip(word) else word[:255]


def _account(middle: str, server: str, client: str) -> str:
    """The authenticated user, where a server names one: between client and `by`, or after `by` (user=)."""
    found = _found(_SENDER, middle) or _found(_COURIER_AUTH, middle) or _found(_USER, server.split(" for ", 1)[0])
    if found and not found.lower().startswith("bits="):
        return found.lower().strip("<>")
    for kind, comment in _tokens(client):  # qmail-smtpd-auth: (user@domain@192.0.2.1)
        name, at, _ = comment.strip().rpartition("@")
        if kind == "comment" and at and name and " " not in name and _bare(comment):
            return name.lower()
    return ""


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
