"""Who may ask, and what an answer may do: the door in front of every page.

Other pages in the same browser, and other programs' names for this address, must not get through:
- the Host must be ours (a foreign name that resolves to 127.0.0.1 is DNS rebinding);
- the address that was printed holds a token that works once and is exchanged for a cookie (HttpOnly, SameSite=Strict);
- whatever changes something must come from our own Origin and carry the page's check value;
- an answer runs only our own script and style, asks nobody else, and is framed by nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SAFE = frozenset({"GET", "HEAD"})
_OPEN = "/static/"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # no-referrer would also take the Origin from our own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}


class Keys:
    """The secrets of one run of the server."""

    def __init__(self, port: int) -> None:
        self.token = secrets.token_urlsafe(32)
        self.session = secrets.token_urlsafe(32)
        self.check = hmac.new(self.session.encode(), b"check", hashlib.sha256).hexdigest()
        self.cookie = f"modori-{port}"  # browsers keep cookies by host, not by port
        self.hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))

    def exchange(self, token: str) -> bool:
        """True once, for the right token."""
        right = bool(self.token) and hmac.compare_digest(token.encode(), self.token.encode())
        if right:
            self.token = ""
        return right


class Guard:
    """ASGI middleware; `refused(connection, why)` makes the page that says no."""

    def __init__(self, app: ASGIApp, keys: Keys, refused: Callable[[HTTPConnection, str], Response]) -> None:
        self._app, self._keys, self._refused = app, keys, refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._answer(HTTPConnection(scope), scope["method"])
        await (answer or self._app)(scope, receive, guarded)

    def _answer(self, asked: HTTPConnection, method: str) -> Response | None:
        """What is answered at the door; None lets the request in."""
        if asked.headers.get("host", "") not in self._keys.hosts:
            return PlainTextResponse("This server answers to its own address only.", 421)
        if method in _SAFE and asked.url.path.startswith(_OPEN):
            return None
        if method == "GET" and asked.url.path == "/" and "token" in asked.query_params:
            return self._welcome(asked)
        if not self._known(asked):
            return self._refused(asked, "token")
        if method not in _SAFE and not self._ours(asked):
            return self._refused(asked, "refused")
        return None

    def _welcome(self, asked: HTTPConnection) -> Response:
        if not self._known(asked) and not self._keys.exchange(asked.query_params["token"]):
            return self._refused(asked, "token")
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._keys.cookie, self._keys.session, httponly=True, samesite="strict")
        return answer

    def _known(self, asked: HTTPConnection) -> bool:
        return _same(asked.cookies.get(self._keys.cookie, ""), self._keys.session)

    def _ours(self, asked: HTTPConnection) -> bool:
        if asked.headers.get("origin", "") != f"http://{asked.headers['host']}":
            return False
        told = asked.headers.get("x-modori-check", "") or asked.query_params.get("check", "")
        return _same(told, self._keys.check)


def _same(told: str, right: str) -> bool:
    return hmac.compare_digest(told.encode("utf-8", "replace"), right.encode())
