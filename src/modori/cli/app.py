"""The commands and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from modori.cli import incident_app, password_app

app = typer.Typer(
    name="modori",
    help="Reads the mail that bounced back to you and settles, with evidence, who sent it and what to do now.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
knowledge = typer.Typer(
    help="What Modori knows, and the data's own tests.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(knowledge, name="knowledge")
app.add_typer(incident_app.app, name="incident")
app.add_typer(password_app.app, name="password")

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="A mailbox (mbox, Maildir, .eml, a folder, .zip, .tar.gz), a mail log, a DMARC report, an access log, "
        "a site folder, imaps://user@host/FOLDER, or - for standard input. Give everything you have.",
    ),
]
Me = Annotated[
    list[str] | None, typer.Option("--me", metavar="ADDRESS", help="Your own address (repeatable; else learned).")
]
Provider = Annotated[str, typer.Option("--provider", metavar="NAME", help="Your mail provider.")]
Since = Annotated[
    str,
    typer.Option("--since", metavar="DATE", help="Only letters from this day on (2026-05-03 or 2026-05-03T14:00)."),
]
Until = Annotated[str, typer.Option("--until", metavar="DATE", help="Only letters before this day or time.")]
Lang = Annotated[str, typer.Option("--lang", metavar="ja|en", help="Language of the answer (default: your locale).")]
Out = Annotated[str, typer.Option("--out", metavar="FILE", help="Write the answer to a file.")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, max=64, metavar="N", help="Processes to read with.")]
Online = Annotated[
    bool, typer.Option("--online", help="Ask DNS and blocklists. Without it nothing leaves this machine.")
]
Resolver = Annotated[str, typer.Option("--resolver", metavar="HOST[:PORT]", help="The DNS server to ask.")]
OwnHost = Annotated[
    list[str] | None,
    typer.Option("--own-host", metavar="NAME", help="A mail server of yours (repeatable; else learned)."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no warnings.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more about what could not be read.")]


@app.callback(invoke_without_command=True)
def _root(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        from modori.version import __version__

        typer.echo(f"modori {__version__}")
        raise typer.Exit


@app.command()
def check(
    sources: Sources,
    me: Me = None,
    provider: Provider = "",
    since: Since = "",
    until: Until = "",
    lang: Lang = "",
    format: Annotated[str, typer.Option("--format", metavar="text|json|html", help="Form of the answer.")] = "text",
    out: Out = "",
    jobs: Jobs = 1,
    online: Online = False,
    resolver: Resolver = "",
    own_host: OwnHost = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    ask: Annotated[
        bool, typer.Option("--ask", help="Ask what only you can know, where it would change the answer.")
    ] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep this as an incident, or bring the open one up to date.")
    ] = False,
    countries: Annotated[
        str,
        typer.Option("--countries", metavar="FILE", help="Table of countries: .mmdb, or tor-geoipdb's geoip."),
    ] = "",
) -> None:
    """The main job: read everything given, print the verdict with its evidence and the plan.

    Exit status: 0 nothing to worry about, 10 noise, 11 undecided, 12 act now; 1 failed, 2 wrong usage,
    3 nothing readable.
    """
    from modori.cli import checking

    asked = checking.Asked(
        sources, me or [], provider, since, until, lang, format, out, jobs, online, resolver,
        own_host or [], quiet, verbose, ask, keep, countries,
    )  # fmt: skip
    raise typer.Exit(checking.run(asked))


@app.command()
def parse(
    sources: Sources,
    format: Annotated[
        str, typer.Option("--format", metavar="jsonl|sisimai|csv", help="Form of the records.")
    ] = "jsonl",
    all_: Annotated[bool, typer.Option("--all", help="Also delivered, relayed, expanded and answered.")] = False,
    out: Out = "",
    lang: Lang = "",
    quiet: Quiet = False,
) -> None:
    """One record per failed recipient, streamed."""
    from modori.cli import parsing

    raise typer.Exit(parsing.run(sources, format, all_, out, lang, quiet))


@app.command()
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="One bounce (.eml), or - for standard input.")],
    lang: Lang = "",
    out: Out = "",
) -> None:
    """One bounce in plain words, safely: nothing is loaded, opened or clicked."""
    from modori.cli import explaining

    raise typer.Exit(explaining.run(file, lang, out))


@app.command()
def site(
    directory: Annotated[str, typer.Argument(metavar="DIRECTORY", help="The folder of the site, as saved by FTP.")],
    logs: Annotated[list[str] | None, typer.Argument(metavar="[LOG]...", help="Its access logs.")] = None,
    lang: Lang = "",
    format: Annotated[str, typer.Option("--format", metavar="text|json", help="Form of the answer.")] = "text",
    out: Out = "",
    quiet: Quiet = False,
) -> None:
    """Newsletter CGIs, mailers, dropped scripts, unknown new files, suspicious requests. Reads only, runs nothing.

    Exit status: 0 nothing found, 10 something to look at, 12 act now.
    """
    from modori.cli import siting

    raise typer.Exit(siting.run(directory, logs or [], lang, format, out, quiet))


@app.command()
def domain(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The domain of your address.")],
    selector: Annotated[
        list[str] | None, typer.Option("--selector", metavar="NAME", help="A DKIM selector of yours (repeatable).")
    ] = None,
    address: Annotated[
        list[str] | None, typer.Option("--address", metavar="IP", help="An address your mail leaves from (repeatable).")
    ] = None,
    online: Online = False,
    resolver: Resolver = "",
    lang: Lang = "",
    format: Annotated[str, typer.Option("--format", metavar="text|json", help="Form of the answer.")] = "text",
    out: Out = "",
) -> None:
    """SPF, DKIM, DMARC, MX, PTR and blocklists of a domain, with the records to publish. Needs --online."""
    from modori.cli import domains

    raise typer.Exit(domains.run(name, selector or [], address or [], online, resolver, lang, format, out))


@app.command()
def rescue(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE...", help="A mailbox, as for check.", show_default=False)
    ] = None,
    move_to: Annotated[
        str, typer.Option("--move-to", metavar="FOLDER", help="Say which bounces would go to this folder.")
    ] = "",
    apply: Annotated[
        bool, typer.Option("--apply", help="Do it: move them, install the filter. Nothing is ever deleted.")
    ] = False,
    cause: Annotated[
        list[str] | None,
        typer.Option("--cause", metavar="CAUSE", help="Only bounces of this cause (repeatable; own never unasked)."),
    ] = None,
    undo: Annotated[
        str, typer.Option("--undo", metavar="JOURNAL", help="Bring back what a journal says was moved.")
    ] = "",
    journal: Annotated[
        str, typer.Option("--journal", metavar="FILE", help="Where each step is written down (default: found again).")
    ] = "",
    sieve: Annotated[bool, typer.Option("--sieve", help="Print a Sieve script that files such bounces.")] = False,
    gmail: Annotated[bool, typer.Option("--gmail", help="Print such a filter for Gmail to import.")] = False,
    install_sieve: Annotated[
        str, typer.Option("--install-sieve", metavar="USER@HOST", help="Say which filter this server would get.")
    ] = "",
    remove_sieve: Annotated[
        str, typer.Option("--remove-sieve", metavar="USER@HOST", help="Take the Sieve script away again.")
    ] = "",
    me: Me = None,
    provider: Provider = "",
    own_host: OwnHost = None,
    lang: Lang = "",
    format: Annotated[str, typer.Option("--format", metavar="text|json", help="Form of the answer.")] = "text",
    out: Out = "",
    jobs: Jobs = 1,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """The important letters buried between the bounces; with --move-to and --apply, the bounces out of the way."""
    from modori.cli import rescuing
    from modori.pipeline import Told

    if undo:
        raise typer.Exit(rescuing.undo(undo, lang, quiet))
    if remove_sieve:
        raise typer.Exit(rescuing.remove_sieve(remove_sieve, lang))
    told = Told(tuple(me or ()), tuple(own_host or ()), provider)
    asked = rescuing.Asked(
        sources or [], told, lang, format, out, jobs, quiet, verbose, move_to, cause or [], apply, journal,
        sieve, gmail, install_sieve,
    )  # fmt: skip
    raise typer.Exit(rescuing.run(asked))


@app.command()
def serve(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port on this machine (default: a free one).")
    ] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the browser.")] = False,
    online: Annotated[
        bool, typer.Option("--online", help="Ask DNS and blocklists. Without it the page asks you first.")
    ] = False,
    resolver: Resolver = "",
    lang: Lang = "",
) -> None:
    """The page in your browser: drop a mailbox, watch it being read, tick off the steps. Nothing leaves it."""
    from modori.cli import serving

    raise typer.Exit(serving.run(port, not no_open, online, resolver, lang))


@knowledge.command("check")
def knowledge_check() -> None:
    """The data's own tests: every fault on a line; exit status 1 when there is one."""
    from modori.cli import knowing

    raise typer.Exit(knowing.check())


@knowledge.command("list")
def knowledge_list(
    kind: Annotated[
        str, typer.Argument(metavar="[KIND]", help="reasons, dialects, providers, signs, notices ...")
    ] = "",
    lang: Lang = "",
) -> None:
    """What is known, a line each."""
    from modori.cli import knowing

    raise typer.Exit(knowing.listing(kind, lang))
