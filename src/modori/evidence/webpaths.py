"""What the path of a request, or of a file on the site, says: is it a program, and is it where programs belong?"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote_to_bytes

_PROGRAM = re.compile(rb"(?i)\.(?:php[3-8s]?|phtml|phar|cgi|pl|py|rb|aspx?|jsp)(?:/|$)")
_ODD_FOLDER = re.compile(
    rb"(?i)(?:^|/)(?:uploads?|img|images?|pics?|photos?|css|js|fonts?|tmp|temp|cache|files|media|assets|\.well-known)/"
)
_SETUP = re.compile(
    rb"(?i)(?:^|/)(?:init_ctl\.cgi|install(?:er)?\.(?:cgi|php|pl)|setup(?:-config)?\.(?:cgi|php)|init\.cgi)$"
)
_PROBE = re.compile(
    rb"(?i)(?:^|/)(?:xmlrpc\.php|wp-login\.php|\.env|\.git/|\.svn/|phpmyadmin/|adminer\.php|phpinfo\.php|"
    rb"shell\.php|c99\.php)"
)
_ADMIN = re.compile(
    rb"(?i)(?:^|/)(?:wp-admin/|administrator/|admin(?:/|\.(?:cgi|php|pl)$)|mt\.cgi$|login\.(?:cgi|php)$)"
)
_DATA = re.compile(rb"(?i)(?:^|/)data/[^/]{1,200}\.(?:cgi|dat|csv|txt|log)$")


@lru_cache(maxsize=4096)
def marks(method: bytes, path: bytes) -> tuple[str, ...]:
    """Why a request matters, () when it does not."""
    path = unquote_to_bytes(path)
    found = []
    if method in (b"POST", b"PUT") and is_program(path):
        found.append("post-program")
    if is_program(path) and in_odd_folder(path):
        found.append("odd-folder")
    for mark, pattern in (("setup", _SETUP), ("probe", _PROBE), ("admin", _ADMIN), ("data", _DATA)):
        if pattern.search(path):
            found.append(mark)
    if method == b"PUT":
        found.append("put")
    return tuple(found)


def is_program(path: bytes) -> bool:
    """The server would run this file."""
    return bool(_PROGRAM.search(path))


def in_odd_folder(path: bytes) -> bool:
    """The file lies among pictures, styles or uploads, where no program belongs."""
    return bool(_ODD_FOLDER.search(path.lower()))


def is_setup(path: bytes) -> bool:
    """A program's installer, which has no business on a site that is in use."""
    return bool(_SETUP.search(path))
