"""The options of `modori password`; what they do is in passwords.py, imported when it is needed."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    help="Passwords: make one, judge one, find which accounts share one. All local; nothing is stored or sent.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Lang = Annotated[str, typer.Option("--lang", metavar="ja|en", help="Language of the answer (default: your locale).")]
Me = Annotated[list[str] | None, typer.Option("--me", metavar="ADDRESS", help="Your own address (repeatable).")]


@app.command()
def new(
    length: Annotated[int, typer.Option("--length", metavar="N", help="Characters (12 to 128).")] = 20,
    words: Annotated[
        int, typer.Option("--words", metavar="N", help="Of N words (5 to 20; 8 is good) instead of characters.")
    ] = 0,
    symbols: Annotated[bool, typer.Option(help="With signs such as # and %.")] = True,
    count: Annotated[int, typer.Option("--count", metavar="N", help="How many.")] = 1,
    lang: Lang = "",
) -> None:
    """Long random passwords, one a line."""
    from modori.cli import passwords

    raise typer.Exit(passwords.new(length, words, symbols, count, lang))


@app.command()
def check(me: Me = None, lang: Lang = "") -> None:
    """How long a password would stand. It is asked for without being shown, or read from standard input.

    Exit status: 0 good enough, 10 weak.
    """
    from modori.cli import passwords

    raise typer.Exit(passwords.check(me or [], lang))


@app.command()
def reused(
    file: Annotated[str, typer.Argument(metavar="FILE.csv", help="An export of your browser or password manager.")],
    me: Me = None,
    lang: Lang = "",
) -> None:
    """Which accounts share a password (also the one that got out, if you type it), in the order to change them.

    Exit status: 0 none, 10 some. No password is shown, stored or sent.
    """
    from modori.cli import passwords

    raise typer.Exit(passwords.reused(file, me or [], lang))
