"""Mail straight from a server: log in, choose folders, and a worker reads them (EXAMINE: nothing there changes).

The password comes by POST, is held in memory until the worker has it, goes there through a pipe, and is written
nowhere; only when the user ticks it, the system's keyring keeps it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from modori.imap import Account, ImapError, account, parse, secret, service_of, services
from modori.octets.addresses import address
from modori.read.imap_folders import Folder, usual
from modori.show.words import Words
from modori.web.forms import fields
from modori.web.job import Asked, Job
from modori.web.logins import Login, Logins, log_in
from modori.web.page import language, page
from modori.web.reading import complaint
from modori.web.starting import job_of, own, shelf_of, to

_FIELDS = ("user", "server")  # what a form may show again
_MOST_FOLDERS = 500
_OF_PASSWORDS = frozenset({"imap-login", "imap-no-password"})


def logins_of(request: Request) -> Logins:
    found: Logins = request.app.state.logins
    return found


# --- the password -------------------------------------------------------------------------------------------------


def start(request: Request) -> Response:
    return _form(request, {})


def _form(request: Request, given: Mapping[str, str], wrong: str = "", field: str = "") -> Response:
    """`wrong` is what is wrong, `field` where to look first."""
    shown = {name: given.get(name, "") for name in _FIELDS}
    return page(
        request, "login.html.jinja", 422 if wrong else 200, given=shown, wrong=wrong, services=services(),
        field=field, keyring=secret.has_keyring(), service=service_of(shown["user"]),
    )  # fmt: skip


async def enter(request: Request) -> Response:
    """Try the password; the folders are the next page."""
    given = await fields(request)
    try:
        meant = _account(given.get("user", "").strip(), given.get("server", "").strip())
        login = await run_in_threadpool(_tried, meant, given.get("password", ""), given.get("keep") == "yes")
    except ImapError as wrong:
        said = complaint(Words(language(request)), wrong.id, wrong.params)
        return _form(request, given, said, "password" if wrong.id in _OF_PASSWORDS else "server")
    return RedirectResponse(f"/imap/{logins_of(request).hold(login)}", 303)


def _account(user: str, server: str) -> Account:
    """Without a server's name, the one that the address leads to."""
    service = service_of(user)
    host = server or (service.host if service else "")
    if not host:
        raise ImapError("imap-which-server")
    return account(user, host)


def _tried(meant: Account, password: str, keep: bool) -> Login:
    """The login, with what was typed, else with what this machine knows; never asked for at the server's terminal."""
    given = password or secret.known(meant)
    if not given and not secret.token(meant):
        raise ImapError("imap-no-password", user=meant.user, host=meant.host)
    login = log_in(meant, given)
    if keep and password:
        secret.keep(meant, password)
    return login


# --- the folders --------------------------------------------------------------------------------------------------


def folders(request: Request) -> Response:
    name = request.path_params["login"]
    login = logins_of(request).find(name)
    return _folders(request, name, login) if login else RedirectResponse("/imap", 303)


def _folders(request: Request, name: str, login: Login, wrong: str = "") -> Response:
    chosen = usual(login.folders)
    rest = [folder for folder in login.folders if folder not in chosen]
    shown = [(login.folders.index(one), one.name, _kind(one), one in chosen) for one in (*chosen, *rest)]
    return page(
        request, "folders.html.jinja", 422 if wrong else 200, login=name, account=login.account,
        folders=shown[:_MOST_FOLDERS], me=address(login.account.user.encode("utf-8", "replace")), wrong=wrong,
    )  # fmt: skip


def _kind(folder: Folder) -> str:
    """What the folder is for, as far as a letter's reading depends on it."""
    return "inbox" if folder.name.upper() == "INBOX" else "junk" if folder.junk else "sent" if folder.sent else ""


async def begin(request: Request) -> Response:
    """The chosen folders become a job; its worker gets the password, and nobody keeps it here."""
    name, form = request.path_params["login"], await request.form(max_files=0, max_fields=_MOST_FOLDERS + 10)
    logins = logins_of(request)
    login = logins.find(name)
    if login is None:
        return RedirectResponse("/imap", 303)
    numbers = {int(str(one)) for one in form.getlist("folder") if str(one).isdecimal() and len(str(one)) < 6}
    names = [folder.name for number, folder in enumerate(login.folders) if number in numbers]
    if not names:
        return _folders(request, name, login, Words(language(request)).say("login.none_chosen"))
    logins.take(name)
    me = own(str(form.get("me", "")))
    shelf = shelf_of(request)
    job = shelf.make(Asked(time.time(), language(request), me, login.account.folders(names)))
    shelf.start(job, login.password)
    return to(job)


# --- once more ----------------------------------------------------------------------------------------------------


async def again(request: Request) -> Response:
    """Read a job's folders again: the password was forgotten with the worker that had it."""
    job, shelf, given = job_of(request), shelf_of(request), await fields(request)
    meant = account_of(job)
    if meant is None:
        raise HTTPException(404)
    if shelf.state(job) in ("working", "done"):
        return to(job)
    try:
        login = await run_in_threadpool(_tried, meant, given.get("password", ""), False)
    except ImapError as wrong:
        said = complaint(Words(language(request)), wrong.id, wrong.params)
        return page(
            request, "working.html.jinja", 422, here=f"/jobs/{job.id}", job=job, state=shelf.state(job),
            told={"wrong": said}, account=meant,
        )  # fmt: skip
    shelf.start(job, login.password)
    return to(job)


def account_of(job: Job) -> Account | None:
    """Whose mailbox a job reads from a server; None for a job that reads files."""
    asked = job.asked()
    try:
        return parse(asked.path)[0] if asked is not None and asked.on_server else None
    except ImapError:
        return None
