"""What a Perl CGI does, read from its text alone: a newsletter sends in a loop, a form answers the visitor.

The programs of Japanese rental servers pipe into sendmail and keep their lists in flat files; that is what is looked
for. Never run, every pattern bounded.
"""

from __future__ import annotations

import re

_SENDS = re.compile(
    rb"\|\s{0,9}-?\s{0,9}(?:/usr/(?:sbin|lib|bin)/(?:sendmail|mail)|\$\{?\w{0,40}(?:sendmail|mailprog|mailer)\w{0,20}|\$\w{1,20}\{['\"]?sendmail)"
    rb"|['\"]\|-['\"]\s{0,9},\s{0,9}(?:['\"][^'\"\n]{0,60}sendmail|\$\w{0,40}(?:sendmail|mailprog|mailer))"
    rb"|Net::SMTP|Mail::Sendmail|Mail::Sender|jcode.{0,40}sendmail"
)
_READS = re.compile(rb"STDIN\s{0,9},|CONTENT_LENGTH|QUERY_STRING|->\s{0,9}param\s{0,9}\(|ReadParse|CGI::Lite")
_LOOP = re.compile(rb"\b(?:for|foreach|while)\s{0,9}(?:my\s{0,9})?(?:\$\w{1,60}\s{0,9})?\(([^;\n]{1,300}?)\)\s{0,9}\{")
_FORM = re.compile(rb"\$(?:in|form|FORM|f|q|param|cgi|query|input|data|p)\{|->\s{0,9}param\s{0,9}\(|\$_\[")
_VISITOR = re.compile(
    rb"(?i)(?:To:\s{0,9}|sendmail[^\n;]{0,80}\s)(?:<)?\$\{?(?:in|form|f|q|param)\{['\"]?(?:e?-?mail|address|from)"
)
_TOLD = re.compile(rb"\w\(\s{0,9}\$(?:in|form|f|q|param)\{['\"]?(?:e?-?mail|address|from)['\"]?\}\s{0,9},")
_ASSIGNED = re.compile(rb"@(\w{1,60})\s{0,9}=([^;\n]{1,300});")
_LOGIN = re.compile(rb"(?i)passw(?:or)?d|\bpasswd?\b|\blogin|session|cookie|REMOTE_USER|crypt\s{0,9}\(|digest")
_RUN = re.compile(
    rb"(?:\beval\s{0,9}\(?\s{0,9}(?=\$)|\bsystem\s{0,9}\(|\bexec\s{0,9}\(|`)[^;\n]{0,200}?\$(?:in|form|FORM|f|q|param)\{"
)
_LOOP_REACH = 1500


def behaviour(code: bytes) -> frozenset[str]:
    """Marks of what the program does; empty for one that does nothing of interest."""
    code = re.sub(rb"(?m)^[ \t]{0,200}#[^\n]{0,20000}$", b"", code)
    found = set()
    reads = bool(_READS.search(code))
    if reads:
        found.add("reads-request")
        if _RUN.search(code):
            found.add("runs-request")
    if not _SENDS.search(code):
        return frozenset(found)
    found.add("sends-mail")
    if not _LOGIN.search(code):
        found.add("no-login")
    asked = {name for name, value in _ASSIGNED.findall(code) if _FORM.search(value)}
    for loop in _LOOP.finditer(code):
        if _SENDS.search(code, loop.end(), _end(code, loop.end())):
            from_form = reads and (_FORM.search(loop[1]) or _named(loop[1]) & asked)
            found.add("recipients-from-request" if from_form else "recipients-from-list")
    if reads and (_VISITOR.search(code) or _TOLD.search(code)):
        found.add("answers-visitor")
    return frozenset(found)


def _end(code: bytes, begin: int) -> int:
    """Where the block that begins there ends, by its braces; _LOOP_REACH further at most."""
    depth = 1
    for at in range(begin, min(len(code), begin + _LOOP_REACH)):
        depth += (code[at] == 0x7B) - (code[at] == 0x7D)
        if depth == 0:
            return at
    return begin + _LOOP_REACH


def _named(expression: bytes) -> set[bytes]:
    """The lists that a loop goes through."""
    return set(re.findall(rb"@(\w{1,60})", expression))
