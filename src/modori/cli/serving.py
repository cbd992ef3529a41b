"""modori serve: the page, from the command line."""

from __future__ import annotations

from importlib import import_module

from modori.cli import console
from modori.cli.guard import guarded
from modori.show.words import Words


def run(port: int, open_browser: bool, online: bool, resolver: str, lang: str) -> int:
    """0 when the user ends it."""
    return guarded(lambda: _run(port, open_browser, online, resolver, lang))


def _run(port: int, open_browser: bool, online: bool, resolver: str, lang: str) -> int:
    words = Words(console.language(lang))

    def say(address: str) -> None:
        print(words.say("web.serve.open"), address, words.say("web.serve.end"), sep="\n", flush=True)

    # By name: the doors do not import one another, and this command is no more than the key to that one.
    import_module("modori.web").serve(port, open_browser, say, online, resolver)
    return 0
