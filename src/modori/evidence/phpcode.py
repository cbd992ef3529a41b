"""What a PHP program does, read from its text alone: whom it mails, what it runs, where its data comes from.

No parser: request data is followed through plain assignments and loops, twice, which is enough for what people drop on
sites and for the forms they stand beside. The text is never run, and every pattern is bounded.
"""

from __future__ import annotations

import re

_REQUEST = re.compile(
    rb"\$_(?:POST|GET|REQUEST|COOKIE|FILES)\b|\$_SERVER\s{0,9}\[\s{0,9}['\"]HTTP_|php://input|getallheaders\s{0,9}\(|\$HTTP_RAW_POST"
)
_ASSIGN = re.compile(rb"\$(\w{1,60})\s{0,9}(?:\[[^\]\n]{0,80}\]\s{0,9})?\.?=(?![=>])([^;]{1,2000})")
_LOOP = re.compile(rb"foreach\s{0,9}\(([^;{}]{1,300}?)\bas\s{1,9}(?:\$\w{1,60}\s{0,9}=>\s{0,9})?&?\$(\w{1,60})")
_VARIABLE = re.compile(rb"\$\{?(\w{1,60})")
_MAIL = re.compile(rb"(?<![\w>:$])(?:mb_send_mail|mail)\s{0,9}\(")
_MAILER = re.compile(rb"->\s{0,9}(?:addAddress|AddAddress|addBCC|AddBCC)\s{0,9}\(")
_RUN = re.compile(
    rb"(?<![\w>:$])(?:eval|assert|create_function|system|exec|shell_exec|passthru|popen|proc_open|call_user_func|"
    rb"include|include_once|require|require_once)\b\s{0,9}\(?([^;]{1,1000})"
)
_RUN_VARIABLE = re.compile(rb"\$_(?:POST|GET|REQUEST|COOKIE)\s{0,9}\[[^\]]{1,60}\]\s{0,9}\(")
_REPLACE_E = re.compile(rb"preg_replace\s{0,9}\(\s{0,9}(['\"])(.)[^'\"]{0,200}\2[imsxu]{0,5}e[imsxu]{0,5}\1")
_DECODE = re.compile(
    rb"(?i)\b(?:base64_decode|gzinflate|gzuncompress|gzdecode|str_rot13|hex2bin|convert_uudecode|strrev)\s{0,9}\("
)
_WRITE = re.compile(rb"(?:file_put_contents|fwrite|fputs)\s{0,9}\(")
_BLOB = re.compile(rb"[A-Za-z0-9+/=]{1500}|(?:\\x[0-9a-fA-F]{2}){200}|(?:chr\(\d{1,3}\)\s{0,3}\.\s{0,3}){40}")
_POSES = re.compile(rb"(?i)header\s{0,9}\(\s{0,9}['\"](?:HTTP/1\.[01]|Status:) 404")
_ARGUMENT_REACH = 20_000
_PAIRS = {ord("("): 1, ord("["): 1, ord("{"): 1, ord(")"): -1, ord("]"): -1, ord("}"): -1}


def behaviour(code: bytes) -> frozenset[str]:
    """Marks of what the program does; empty for a page that does nothing of interest."""
    code = _uncommented(code)
    tainted, decoded = _request_variables(code)
    found = set()
    if _REQUEST.search(code):
        found.add("reads-request")
    if _POSES.search(code) and "reads-request" in found:
        found.add("poses-as-missing")
    if _BLOB.search(code):
        found.add("encoded-blob")
    found |= _runs(code, tainted)
    found |= _mails(code, tainted, decoded)
    for call in _WRITE.finditer(code):
        arguments = _arguments(code, call.end())
        if len(arguments) > 1 and all(_tainted(a, tainted) for a in arguments[:2]):
            found.add("writes-request")
    return frozenset(found)


def _uncommented(code: bytes) -> bytes:
    code = re.sub(rb"/\*(?:[^*]|\*(?!/)){0,20000}\*/", b" ", code)
    # Only whole lines: after code, what looks like a comment may stand in a string and hide what follows.
    return re.sub(rb"(?m)^(?:<\?php)?[ \t]{0,200}(?://|#)[^\n]{0,20000}$", b"", code)


def _request_variables(code: bytes) -> tuple[set[bytes], set[bytes]]:
    """(variables that hold request data, those of them that were decoded on the way)."""
    tainted: set[bytes] = set()
    decoded: set[bytes] = set()
    flows = [(m[1], m[2]) for m in _ASSIGN.finditer(code)] + [(m[2], m[1]) for m in _LOOP.finditer(code)]
    for _ in range(2):
        for name, origin in flows[:5000]:
            if _tainted(origin, tainted):
                tainted.add(name)
                if _DECODE.search(origin) or not decoded.isdisjoint(_VARIABLE.findall(origin)):
                    decoded.add(name)
    return tainted, decoded


def _tainted(expression: bytes, tainted: set[bytes]) -> bool:
    return bool(_REQUEST.search(expression)) or not tainted.isdisjoint(_VARIABLE.findall(expression))


def _runs(code: bytes, tainted: set[bytes]) -> set[str]:
    found = set()
    if _RUN_VARIABLE.search(code) or _REPLACE_E.search(code):
        found.add("runs-request")
    for call in _RUN.finditer(code):
        if _tainted(call[1], tainted):
            found.add("runs-request")
        elif call[0].startswith((b"eval", b"assert", b"create")) and _DECODE.search(call[1]):
            found.add("runs-decoded")
    return found


def _mails(code: bytes, tainted: set[bytes], decoded: set[bytes]) -> set[str]:
    found = set()
    looped = {m[2] for m in _LOOP.finditer(code) if _tainted(m[1], tainted)}
    for call in _MAIL.finditer(code):
        found.add("sends-mail")
        arguments = _arguments(code, call.end())
        if not arguments or not _tainted(arguments[0], tainted):
            continue
        names = set(_VARIABLE.findall(b" ".join(arguments)))
        if names & decoded:
            found.add("mails-decoded-request")
        elif names & looped or (len(arguments) > 2 and all(_raw(a, tainted) for a in arguments[1:3])):
            found.add("recipients-from-request")
        else:
            found.add("answers-visitor")
    for call in _MAILER.finditer(code):
        found.add("sends-mail")
        arguments = _arguments(code, call.end())
        if arguments and _tainted(arguments[0], tainted):
            found.add("recipients-from-request" if set(_VARIABLE.findall(arguments[0])) & looped else "answers-visitor")
    return found


def _raw(argument: bytes, tainted: set[bytes]) -> bool:
    """Nothing but what the visitor sent: no words of the site's own."""
    return _tainted(argument, tainted) and not re.search(rb"['\"][^'\"\[\]$]{3,}['\"](?!\s{0,9}\])", argument)


def _arguments(code: bytes, start: int) -> list[bytes]:
    """The arguments of the call whose bracket opens just before `start`."""
    arguments: list[bytes] = []
    depth, quote, begin = 0, 0, start
    reach = min(len(code), start + _ARGUMENT_REACH)
    at = start
    while at < reach:
        char = code[at]
        if quote:
            if char == 92:  # backslash
                at += 1
            elif char == quote:
                quote = 0
        elif char in b"'\"":
            quote = char
        elif char == 44 and depth == 0:  # comma
            arguments.append(code[begin:at])
            begin = at + 1
        else:
            depth += _PAIRS.get(char, 0)
            if depth < 0:
                return [*arguments, code[begin:at]]
        at += 1
    return arguments
