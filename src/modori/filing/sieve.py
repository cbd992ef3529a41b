"""A filter set into a copy of the user's own script, for servers that cannot include one script from another.

`require` may stand only before everything else (RFC 5228 section 3.2): the filter comes right behind the user's own, so
that it looks at a letter first, and requires only what they do not. The marks around it let it be taken out again, and
the first of them tells whether the copy was changed since.
"""

from __future__ import annotations

import re
from hashlib import sha256

_BEGIN, _END = "# >>> Modori", "# <<< Modori"
_BLOCK = re.compile(rf"^{_BEGIN} (\w{{16}})\n.*?^{_END}\n", re.MULTILINE | re.DOTALL)
# RFC 5228 section 8.1, as far as it can stand in or before a `require`.
_TOKEN = re.compile(
    r'\s+|#[^\n]*|/\*.*?\*/|"(?P<string>(?:[^"\\]|\\.)*)"|(?P<word>[A-Za-z_]\w*)|(?P<sign>.)', re.DOTALL
)
_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\n|\Z)")


def joined(own: str, rules: str, of: str) -> str:
    """The user's own script with the filter in it; `of`: the mark of the script that this one is a copy of."""
    end, required = _requires(own)
    line = _REST_OF_LINE.match(own, end) if end else None
    end = line.end() if line else end
    before = own[:end] if not end or own[end - 1] == "\n" else own[:end] + "\n"
    return f"{before}{_BEGIN} {of}\n{_without(rules, required)}{_END}\n{own[end:]}"


def apart(script: str) -> tuple[str, str]:
    """(the script without the filter, the mark of what it was joined to); the mark is "" where none was."""
    found = _BLOCK.search(script)
    return (script[: found.start()] + script[found.end() :], found[1]) if found else (script, "")


def mark(script: str) -> str:
    """By what a script is known again, whatever becomes of empty lines at its end on the way."""
    return sha256(script.rstrip().encode()).hexdigest()[:16]


def _without(rules: str, required: frozenset[str]) -> str:
    """The filter, requiring only what is not required already."""
    end, names = _requires(rules)
    begin = rules.rindex("require", 0, end)
    missing = [f'"{name}"' for name in sorted(names - required)]
    return rules[:begin] + (f"require [{', '.join(missing)}];" if missing else "") + rules[end:]


def _requires(script: str) -> tuple[int, frozenset[str]]:
    """Where the last `require` before everything else ends, and what they require."""
    end, inside, names = 0, False, set[str]()
    for token in _TOKEN.finditer(script):
        if token["word"]:
            if inside or token["word"].lower() != "require":
                break
            inside = True
        elif token["string"] is not None and inside:
            names.add(token["string"])
        elif token["sign"] == ";" and inside:
            inside, end = False, token.end()
        elif token["string"] is not None or (token["sign"] and not (inside and token["sign"] in "[],")):
            break
    return end, frozenset(names)
