"""The options of `modori incident`; what they do is in incidents.py, imported when it is needed."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    help="Incidents that last: verdict, ticked steps, notes, what changed since. `check --keep` begins one.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Name = Annotated[
    str, typer.Argument(metavar="[ID]", help="The incident's name or its beginning (default: the open one).")
]
OfIncident = Annotated[
    str, typer.Option("--incident", "-i", metavar="ID", help="The incident's name (default: the open one).")
]
Steps = Annotated[list[str], typer.Argument(metavar="STEP...", help="The step's number in the plan, or its id.")]
When = Annotated[str, typer.Option("--when", metavar="DATE", help="When it was (2026-05-03T14:00; default: now).")]
Lang = Annotated[str, typer.Option("--lang", metavar="ja|en", help="Language of the answer (default: your locale).")]


@app.command("list")
def listing(lang: Lang = "") -> None:
    """All incidents, a line each, open ones first."""
    from modori.cli import incidents

    raise typer.Exit(incidents.listing(lang))


@app.command()
def show(
    incident: Name = "",
    format: Annotated[str, typer.Option("--format", metavar="text|json", help="Form of the answer.")] = "text",
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="Write the answer to a file.")] = "",
    lang: Lang = "",
) -> None:
    """The verdict, what changed, the plan with its ticks, and what happened when."""
    from modori.cli import incidents

    raise typer.Exit(incidents.show(incident, format, out, lang))


@app.command()
def done(
    steps: Steps,
    incident: OfIncident = "",
    when: When = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Words to keep with the step.")] = "",
    lang: Lang = "",
) -> None:
    """Tick steps of the plan."""
    from modori.cli import incidents

    raise typer.Exit(incidents.done(steps, incident, when, note, lang))


@app.command()
def undone(steps: Steps, incident: OfIncident = "", lang: Lang = "") -> None:
    """Take ticks back."""
    from modori.cli import incidents

    raise typer.Exit(incidents.undone(steps, incident, lang))


@app.command()
def note(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Anything worth remembering.")],
    incident: OfIncident = "",
    lang: Lang = "",
) -> None:
    """Add a note."""
    from modori.cli import incidents

    raise typer.Exit(incidents.note(text, incident, lang))


@app.command()
def event(
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help="password-changed, program-stopped, device-cleaned, provider-told, provider-answered, "
            "or words of your own.",
        ),
    ],
    incident: OfIncident = "",
    when: When = "",
    lang: Lang = "",
) -> None:
    """Add something that happened, with its time."""
    from modori.cli import incidents

    raise typer.Exit(incidents.event(what, incident, when, lang))


@app.command()
def close(incident: Name = "", lang: Lang = "") -> None:
    """Close an incident; a later check of the mailbox begins a new one."""
    from modori.cli import incidents

    raise typer.Exit(incidents.close(incident, lang))


@app.command()
def reopen(
    incident: Annotated[str, typer.Argument(metavar="ID", help="The incident's name.")],
    lang: Lang = "",
) -> None:
    """Open a closed incident again."""
    from modori.cli import incidents

    raise typer.Exit(incidents.reopen(incident, lang))


@app.command()
def export(
    incident: Name = "",
    out: Annotated[str, typer.Option("--out", metavar="FILE.zip", help="The archive (default: modori-ID.zip).")] = "",
    lang: Lang = "",
) -> None:
    """One archive for your provider or insurer: report, plan, diary, evidence list, drafts; no letters."""
    from modori.cli import incidents

    raise typer.Exit(incidents.export(incident, out, lang))
