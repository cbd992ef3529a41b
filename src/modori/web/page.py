"""Templates to answers: the language of the reader, and what every page needs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import ChoiceLoader, Environment, PackageLoader
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, Response

from modori.show.html import environment
from modori.show.words import Words

LANGUAGES = ("ja", "en")
_COOKIE = "modori-lang"


@lru_cache(maxsize=1)
def templates() -> Environment:
    """The report's own templates, with the pages' beside them."""
    return environment().overlay(loader=ChoiceLoader([PackageLoader("modori.web"), PackageLoader("modori.show")]))


def prepare() -> None:
    """Read the words and compile the templates before somebody waits for them."""
    for lang in LANGUAGES:
        Words(lang)
    for name in templates().list_templates(extensions=["jinja"]):
        templates().get_template(name)


def language(asked: HTTPConnection) -> str:
    """What the reader clicked, else chose before, else what the browser prefers."""
    for told in (asked.query_params.get("lang"), asked.cookies.get(_COOKIE)):
        if told in LANGUAGES:
            return str(told)
    preferred = [entry.strip()[:2].lower() for entry in asked.headers.get("accept-language", "").split(",")[:20]]
    return next((lang for lang in preferred if lang in LANGUAGES), "en")


def page(asked: HTTPConnection, name: str, status: int = 200, **shown: Any) -> Response:
    """The template `name` as an answer; a language that was clicked is remembered.

    `here` is where a click on a language leads: the page's own address, unless that takes forms only.
    """
    lang = language(asked)
    query = [(name, value) for name, value in asked.query_params.multi_items() if name != "lang"]
    kept = f"{urlencode(query)}&" if query and asked.scope["method"] == "GET" else ""
    told = {"words": Words(lang), "here": asked.url.path, "query": kept, "check": asked.app.state.keys.check, **shown}
    text = templates().get_template(name).render(**told)
    answer = HTMLResponse(text.encode("utf-8", "replace"), status)
    if asked.query_params.get("lang") == lang:
        answer.set_cookie(_COOKIE, lang, max_age=31_536_000, samesite="strict", httponly=True)
    return answer


def refused(asked: HTTPConnection, why: str, status: int = 403) -> Response:
    """The page that says why there is nothing to see; it gives no secret away."""
    words = Words(language(asked))
    text = templates().get_template("refused.html.jinja").render(words=words, why=why, here="/", query="")
    return HTMLResponse(text, status)


def missing(asked: Request, wrong: Exception) -> Response:
    return refused(asked, "missing", 404)
